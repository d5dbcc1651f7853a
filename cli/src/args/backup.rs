//! The options of the commands about backups.

use std::path::PathBuf;

use clap::Subcommand;

use super::Secret;

/// Commands about backups.
#[derive(Debug, Subcommand)]
pub(crate) enum Backup {
    /// Make a backup of the open vault.
    ///
    /// The node goes on working, and asks for no passphrase. A folder grows by what changed; with --file it is one file.
    #[command(after_help = "Example:\n  sesame backup create /media/stick/sesame --keep 10")]
    Create {
        /// The folder, or the file with --file; where the last backup went when absent
        #[arg(value_name = "PLACE")]
        place: Option<PathBuf>,
        /// Write one file that holds everything
        #[arg(long, requires = "place", conflicts_with = "keep")]
        file: bool,
        /// Keep this many backups in the folder, this one included, and remove older ones
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        keep: Option<u32>,
    },
    /// Show the backups that this node made.
    ///
    /// The newest comes first. Each line says where it lies and when it was last found whole.
    #[command(after_help = "Example:\n  sesame backup list")]
    List,
    /// Read every byte of a backup.
    ///
    /// It says what is damaged and what that means. The open node needs no passphrase; without it you are asked for one.
    #[command(after_help = "Example:\n  sesame backup verify /media/stick/sesame")]
    Verify {
        /// The folder or the file
        #[arg(value_name = "PLACE")]
        place: PathBuf,
        /// Where the passphrase, or the 24 words, come from.
        #[command(flatten)]
        secret: Secret,
    },
    /// Make the vault of a new home from a backup.
    ///
    /// It opens with the passphrase of that time, or with the 24 words; then you choose a new one. It never replaces a vault.
    #[command(after_help = "Example:\n  sesame backup restore /media/stick/sesame --home ~/sesame")]
    Restore {
        /// The folder or the file
        #[arg(value_name = "PLACE")]
        place: PathBuf,
        /// Take what is whole of a damaged backup, and name what is lost
        #[arg(long)]
        partial: bool,
        /// Where the passphrase of the backup, or the 24 words, come from.
        #[command(flatten)]
        secret: Secret,
        /// A file whose first line is the new passphrase, when the 24 words open the backup
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Try whether a backup can be restored.
    ///
    /// It is restored into a scratch folder, compared, opened and removed. You type what you would have to type that day.
    #[command(after_help = "Example:\n  sesame backup drill /media/stick/sesame")]
    Drill {
        /// The folder or the file
        #[arg(value_name = "PLACE")]
        place: PathBuf,
        /// Where the passphrase, or the 24 words, come from.
        #[command(flatten)]
        secret: Secret,
    },
}
