//! `sesame status`: health first, in one sentence; then what the vault holds, what waits, and where things are.

use serde_json::Value;
use sesame_api::backup::Backup;
use sesame_api::care::Checked;
use sesame_api::node::{State, Status};
use sesame_api::words::Words;

use super::{Context, moment};
use crate::Result;
use crate::sheet::{Sheet, Tone};

/// Shows how the node is, in whatever state it is.
pub(super) async fn run(context: &Context) -> Result<()> {
    let status: Value = context.node().await?.get("status", &[]).await?;
    context.output.show(status, |words, status: Status| sheet(words, &status))
}

/// The sheet of a status.
fn sheet(words: &Words, status: &Status) -> Sheet {
    let (tone, sentence) = health(words, status);
    let mut sheet = Sheet::new().toned(tone, sentence);
    if let Some(problem) = &status.problem {
        let said = words.problem(problem);
        sheet = sheet.line(format!("  {} ({})", said.what, said.code)).line(format!("  {}", said.why));
        sheet = sheet.line(format!("  {}", said.remedy));
    }
    sheet.gap().pairs(facts(words, status))
}

/// How the node is, as one sentence, with what wants doing first.
fn health(words: &Words, status: &Status) -> (Tone, String) {
    let open = match status.state {
        State::Bare => return (Tone::Warn, words.text("cli-status-bare")),
        State::Locked => return (Tone::Warn, words.text("cli-status-locked")),
        State::Ailing => return (Tone::Bad, words.text("cli-status-ailing")),
        State::Open => status.vault.as_ref(),
    };
    if open.is_some_and(|vault| !vault.words_checked) {
        return (Tone::Warn, words.text("cli-status-words"));
    }
    let waiting = status.network.as_ref().map_or(0, |network| network.waiting);
    if waiting > 0 {
        return (Tone::Good, words.with("cli-status-waiting", &[("count", waiting.into())]));
    }
    (Tone::Good, words.text("cli-status-well"))
}

/// When the last backup was made, whether it was found whole, and where it lies.
fn backup(words: &Words, last: Option<&Backup>) -> String {
    let Some(last) = last else { return words.text("cli-status-backup-none") };
    let at = moment(words, &last.at);
    let checked = last.checked.as_ref().map_or_else(|| "absent".to_owned(), |at| moment(words, at));
    let told = [("at", (&at).into()), ("checked", (&checked).into()), ("place", (&last.place).into())];
    words.with("cli-status-backup", &told)
}

fn facts(words: &Words, status: &Status) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    if let Some(vault) = &status.vault {
        if !vault.name.is_empty() {
            pairs.push((words.text("cli-name"), vault.name.clone()));
        }
        if vault.vendor {
            pairs.push((words.text("cli-kind"), words.text("cli-status-vendor")));
        }
        pairs.push((words.text("cli-identity"), vault.did.clone()));
        let size = words.bytes(vault.journal_bytes);
        let counts =
            [("readings", vault.readings.into()), ("contacts", vault.contacts.into()), ("size", (&size).into())];
        pairs.push((words.text("cli-vault"), words.with("cli-status-vault", &counts)));
        pairs.push((words.text("cli-backup"), backup(words, vault.backup.as_ref())));
        let checked = Checked::clause(vault.checked.as_ref(), words, &|at| moment(words, at));
        pairs.push((words.text("cli-status-checked"), checked));
        if vault.index_rebuilt {
            pairs.push((words.text("cli-index"), words.text("cli-status-rebuilt")));
        }
    }
    if let Some(network) = &status.network {
        let counts = [("linked", network.linked.into()), ("waiting", network.waiting.into())];
        pairs.push((words.text("cli-network"), words.with("cli-status-network", &counts)));
        for address in &network.listening {
            pairs.push((words.text("cli-listening"), address.clone()));
        }
        for (reason, count) in &network.refused {
            let text = words.with("cli-status-refused", &[("count", (*count).into()), ("reason", reason.into())]);
            pairs.push((words.text("cli-refused"), text));
        }
    }
    let page = [("page", (&status.page).into()), ("fingerprint", (&status.fingerprint).into())];
    pairs.push((words.text("cli-page"), words.with("cli-status-page", &page)));
    let since = moment(words, &status.since);
    let pid = status.pid.to_string();
    let process = [("pid", (&pid).into()), ("since", (&since).into()), ("version", (&status.version).into())];
    pairs.push((words.text("cli-process"), words.with("cli-status-process", &process)));
    pairs.push((words.text("cli-home"), status.home.clone()));
    pairs
}

#[cfg(test)]
mod tests {
    use sesame_api::node::{Language, NetworkStatus, VaultStatus};
    use sesame_api::{Code, Problem};

    use super::*;
    use crate::sheet::Look;

    fn status(state: State) -> Status {
        Status {
            state,
            version: "0.1.0".into(),
            pid: 4121,
            since: "2026-11-23T09:14:00Z".into(),
            home: "/home/a".into(),
            page: "http://127.0.0.1:7373".into(),
            fingerprint: "ami blé clé".into(),
            vault: None,
            network: None,
            problem: None,
        }
    }

    fn vault(words_checked: bool) -> VaultStatus {
        VaultStatus {
            name: "Al\u{1b}[2Jice".into(),
            vendor: false,
            did: "did:key:z6Mk".into(),
            batch: 3,
            journal_bytes: 1_500_000,
            readings: 34_812,
            contacts: 1,
            words_checked,
            index_rebuilt: false,
            backup: None,
            checked: None,
        }
    }

    #[test]
    fn health_comes_first_in_every_state() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let mut firsts = Vec::new();
            for state in [State::Bare, State::Locked, State::Open, State::Ailing] {
                let text = sheet(words, &status(state)).drawn(Look::default());
                let first = text.lines().next().unwrap().to_owned();
                assert!(first.chars().count() > 10 && !firsts.contains(&first), "{first}");
                firsts.push(first);
            }
        }
    }

    #[test]
    fn unchecked_words_come_before_what_waits() {
        let words = Words::of(Language::En);
        let network = Some(NetworkStatus { waiting: 2, ..NetworkStatus::default() });
        let unchecked = Status { vault: Some(vault(false)), network: network.clone(), ..status(State::Open) };
        assert_eq!(health(words, &unchecked), (Tone::Warn, words.text("cli-status-words")));
        let checked = Status { vault: Some(vault(true)), network, ..status(State::Open) };
        assert_eq!(health(words, &checked).0, Tone::Good);
        assert!(health(words, &checked).1.contains('2'));
    }

    #[test]
    fn an_ailing_node_says_what_why_and_what_to_do() {
        let words = Words::of(Language::Fr);
        let ailing = Status { problem: Some(Problem::new(Code::Corrupt)), ..status(State::Ailing) };
        let text = sheet(words, &ailing).drawn(Look::default());
        let said = words.problem(&Problem::new(Code::Corrupt));
        for part in [said.what, said.why, said.remedy] {
            assert!(text.contains(&part), "{text}");
        }
    }

    #[test]
    fn an_organisations_node_says_that_it_is_one() {
        for language in [Language::En, Language::Fr] {
            let words = Words::of(language);
            let text = |vendor| {
                let vault = VaultStatus { vendor, ..vault(true) };
                sheet(words, &Status { vault: Some(vault), ..status(State::Open) }).drawn(Look::default())
            };
            let said = words.text("cli-status-vendor");
            assert!(text(true).contains(&said) && !text(false).contains(&said), "{}", text(true));
        }
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let words = Words::of(Language::En);
        let open = Status { vault: Some(vault(true)), ..status(State::Open) };
        assert!(!sheet(words, &open).drawn(Look::default()).contains('\u{1b}'));
    }
}
