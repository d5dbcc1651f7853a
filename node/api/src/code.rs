//! Error codes: stable, never translated, and in step with the exit codes of the command line.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares [`Code`] once: variant, number and the exit status that its first two digits are.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal;)*) => {
        /// What went wrong. Shown as `E<exit><nn>`; the first two digits are the exit status of the command line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable text of the code, such as `E0601`.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

codes! {
    /// Something failed that no other code describes; the facts say what.
    Failed = "E0101";
    /// The disk answered with an error.
    Disk = "E0102";
    /// The node could not set up its network.
    Network = "E0103";
    /// The command line is wrong.
    Usage = "E0201";
    /// A value of the configuration is wrong.
    Setting = "E0202";
    /// No node runs here.
    NoNode = "E0301";
    /// There is no vault yet.
    NoVault = "E0302";
    /// The vault is locked.
    Locked = "E0401";
    /// The caller may not do this: no session, no token or a foreign page.
    Unauthorised = "E0402";
    /// The passphrase does not open the vault.
    Passphrase = "E0501";
    /// The words are not those of this vault.
    Words = "E0502";
    /// Neither the passphrase nor the words open the backup.
    BackupKey = "E0510";
    /// Another process holds the vault.
    VaultInUse = "E0601";
    /// The port is taken.
    PortTaken = "E0602";
    /// There is a vault already.
    VaultExists = "E0603";
    /// A backup is being made there already.
    BackupInUse = "E0610";
    /// The vault is damaged.
    Corrupt = "E0701";
    /// The vault is damaged so that nothing can be saved of it.
    BeyondRepair = "E0702";
    /// Part of a file is lost, because the vault was damaged.
    FileLost = "E0703";
    /// The backup is damaged.
    BackupDamaged = "E0710";
    /// The vault was written by a newer version.
    Newer = "E0801";
    /// No space is left on the disk.
    NoSpace = "E0901";
    /// The other node cannot be reached.
    Unreachable = "E1001";
    /// The node did not answer in time.
    Busy = "E1002";
    /// The receiver of the desk's webhook did not take a message.
    Receiver = "E1003";
    /// A contact's key changed without the usual notice.
    KeyChanged = "E1101";
    /// The node's own rules refuse this.
    Refused = "E1201";
    /// The invitation was used, has expired or was withdrawn.
    Invitation = "E1202";
    /// The file is in no format that the node knows.
    UnknownFormat = "E1301";
    /// The file is in a known format but damaged or incomplete.
    BadFile = "E1302";
    /// The file is larger than the node accepts.
    TooLarge = "E1303";
    /// A form or an argument holds a value that makes no sense.
    BadValue = "E1304";
    /// The passphrase is too weak.
    WeakPassphrase = "E1305";
    /// A code that was handed over cannot be read, or is for something else.
    BadCode = "E1306";
    /// The subject of a rating cannot be read.
    BadSubject = "E1307";
    /// There is no backup in what was named.
    NoBackup = "E1320";
    /// The place of a backup holds something else.
    BackupPlace = "E1321";
    /// What was asked for does not exist.
    NotFound = "E1401";
    /// The file was imported before: nothing new in it.
    NothingNew = "E1501";
    /// There is nothing to decide on here: it was decided already, or has ended.
    NothingToDecide = "E1502";
    /// Compaction would free nothing.
    NothingToFree = "E1503";
    /// The vault is whole: there is nothing to repair.
    NothingToRepair = "E1504";
    /// A person interrupted the command.
    Interrupted = "E13001";
}

impl Code {
    /// The exit status of the command line: 1 to 15, or 130.
    pub fn exit(self) -> u8 {
        let digits = &self.text()[1..self.text().len() - 2];
        digits.parse().expect("a code is E, an exit status below 256 and two digits")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// An error as the local API carries it: a code and facts, no words. The words come from [`crate::words`], in the
/// language of whoever reads them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code} {facts:?}")]
pub struct Problem {
    /// What went wrong.
    pub code: Code,
    /// What the words need: numbers, names of files, limits. Never a secret.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
}

impl Problem {
    /// A problem without facts.
    pub fn new(code: Code) -> Self {
        Self { code, facts: BTreeMap::new() }
    }

    /// The same problem with one fact more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_its_exit_status_agree() {
        assert_eq!(Code::VaultInUse.exit(), 6);
        assert_eq!(Code::NothingNew.exit(), 15);
        assert_eq!(Code::Interrupted.exit(), 130);
    }
}
