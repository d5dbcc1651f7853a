//! `sesame check` and `sesame compact`: a running node that has the vault open does it between its turns; a vault that no
//! node holds is opened here, with its passphrase, for as long as it takes.

use std::cell::OnceCell;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use serde_json::{Value, json};
use sesame_api::care::{Compacted, Health, Report, Severity};
use sesame_api::client::Client;
use sesame_api::node::{State, Status};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::Context;
use crate::args::Secret;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask, home, problem};

/// How often a node is asked how far it is.
const LOOK: Duration = Duration::from_millis(200);
/// What takes no longer is done before a bar could be read.
const BAR_AFTER: Duration = Duration::from_secs(1);

/// Checks the vault, and ends with 7 when something in it is damaged.
pub(super) fn check(context: &Context, secret: &Secret) -> Result<ExitCode> {
    let mut found = Value::Null;
    super::alone(async {
        found = cared(context, secret, "check", sesame_node::check).await?;
        Ok(())
    })?;
    let is_damaged = found["damaged"] == true;
    context.output.show(found, |words, report: Report| sheet(words, &report))?;
    Ok(if is_damaged { ExitCode::from(Code::Corrupt.exit()) } else { ExitCode::SUCCESS })
}

/// Frees what nothing in the vault needs any more.
pub(super) async fn compact(context: &Context, secret: &Secret) -> Result<()> {
    let freed = cared(context, secret, "compact", sesame_node::compact).await?;
    context.output.show(freed, |words, compacted: Compacted| {
        let freed = words.bytes(compacted.before_bytes.saturating_sub(compacted.after_bytes));
        let (before, after) = (words.bytes(compacted.before_bytes), words.bytes(compacted.after_bytes));
        let args = [("freed", (&freed).into()), ("before", (&before).into()), ("after", (&after).into())];
        Sheet::new().toned(Tone::Good, words.with("cli-compact-done", &args))
    })
}

/// What is done with a vault that no node holds: home, what was typed, and who is told how far it is.
type Here<T> = fn(&Path, &[u8], &mut dyn FnMut(u64, u64)) -> Result<T>;

/// Has the node do it that holds the vault, or does it here.
async fn cared<T: Serialize>(context: &Context, secret: &Secret, command: &str, here: Here<T>) -> Result<Value> {
    let bar = Bar::new(context, &format!("cli-{command}-bar"));
    if let Some(node) = holder(context).await? {
        let answer = watched(&node, &format!("vault/{command}"), &bar).await;
        bar.end();
        return answer;
    }
    let passphrase = typed(context, secret, command)?;
    let answer = here(&context.home, passphrase.as_bytes(), &mut |done, total| bar.at(done, total));
    bar.end();
    serde_json::to_value(answer?).map_err(|error| problem::unreadable(&error))
}

/// The node that has the vault open. One that is locked or ailing does not hold it.
async fn holder(context: &Context) -> Result<Option<Client>> {
    let node = match context.node().await {
        Ok(node) => node,
        Err(problem) if problem.code == Code::NoNode => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let status: Status = node.get("status", &[]).await?;
    Ok((status.state == State::Open).then_some(node))
}

/// What opens the vault here; nobody is asked for it where there is none.
fn typed(context: &Context, secret: &Secret, command: &str) -> Result<ask::Hidden> {
    if !context.home.join(home::VAULT).exists() {
        return Err(Problem::new(Code::NoVault).with("file", context.home.display()));
    }
    ask::passphrase(context, secret, command)
}

/// Has the node do it, and looks how far it is.
async fn watched(node: &Client, path: &str, bar: &Bar) -> Result<Value> {
    let nothing = json!({});
    let answer = node.post(path, &nothing);
    let mut answer = std::pin::pin!(answer);
    let mut look = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            answer = &mut answer => return answer,
            _ = look.tick() => {
                let health = node.get::<Health>("vault", &[]).await;
                if let Ok(Health { working: Some(working), .. }) = health {
                    bar.at(working.done_bytes, working.total_bytes);
                }
            }
        }
    }
}

/// What a check found: the sentence first, then each finding with what to do about it.
fn sheet(words: &Words, report: &Report) -> Sheet {
    let tone = |severity| match severity {
        None | Some(Severity::Notice) => Tone::Good,
        Some(Severity::Weakened) => Tone::Warn,
        Some(Severity::Lost | Severity::Fatal) => Tone::Bad,
    };
    let mut sheet = Sheet::new().toned(tone(report.worst), report.sentence(words));
    if report.erased > 0 {
        sheet = sheet.line(format!("  {}", words.with("care-report-erased", &[("count", report.erased.into())])));
    }
    for finding in &report.findings {
        sheet = sheet.gap().toned(tone(Some(finding.severity)), finding.sentence(words));
        sheet = sheet.line(format!("  {}", finding.remedy(words)));
    }
    if report.more > 0 {
        sheet = sheet.gap().line(words.with("care-report-more", &[("count", report.more.into())]));
    }
    sheet
}

/// A bar with a rate and an end, once the work takes longer than a second and where there is a terminal.
struct Bar {
    drawn: ProgressBar,
    /// When the work began: the time in which a passphrase is typed does not count.
    since: OnceCell<Instant>,
    draws: bool,
}

impl Bar {
    fn new(context: &Context, label: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg}  {bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta}");
        let bar = match style {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        let bar = bar.with_message(context.words().text(label));
        Self { drawn: bar, since: OnceCell::new(), draws: context.output.draws() }
    }

    fn at(&self, done: u64, total: u64) {
        let since = self.since.get_or_init(|| {
            self.drawn.reset();
            Instant::now()
        });
        if self.draws && self.drawn.is_hidden() && since.elapsed() > BAR_AFTER {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.drawn.set_length(total);
        self.drawn.set_position(done);
    }

    fn end(&self) {
        self.drawn.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use sesame_api::care::Finding;
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    #[test]
    fn damage_is_said_with_its_place_its_size_and_what_to_do() {
        let finding = Finding {
            severity: Severity::Lost,
            kind: "frames".into(),
            file: Some("segment.00000002".into()),
            offset: Some(4096),
            bytes: Some(512),
            batch: None,
            mode: None,
        };
        let worst = Some(Severity::Lost);
        let report = Report { damaged: true, worst, findings: vec![finding], erased: 2, ..Report::default() };
        for (language, parts) in [
            (Language::En, ["segment.00000002", "512", "4,096", "backup"]),
            (Language::Fr, ["segment.00000002", "512", "4\u{202f}096", "sauvegarde"]),
        ] {
            let text = sheet(Words::of(language), &report).drawn(Look::default());
            for part in parts {
                assert!(text.contains(part), "{part}: {text}");
            }
        }
    }

    #[test]
    fn the_name_of_a_stray_file_cannot_steer_the_terminal() {
        let finding = Finding {
            severity: Severity::Notice,
            kind: "stray".into(),
            file: Some("a\u{1b}[2Jb".into()),
            offset: None,
            bytes: None,
            batch: None,
            mode: None,
        };
        let report = Report { worst: Some(Severity::Notice), findings: vec![finding], ..Report::default() };
        let text = sheet(Words::of(Language::En), &report).drawn(Look::default());
        assert!(!text.contains('\u{1b}') && text.starts_with('✓'), "{text}");
    }
}
