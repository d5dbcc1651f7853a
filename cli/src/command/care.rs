//! `sesame check` and `sesame compact`: a running node that has the vault open does it between its turns; a vault that no
//! node holds is opened here, with its passphrase, for as long as it takes.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value, json};
use sesame_api::care::{Compacted, Health, Report, Severity};
use sesame_api::client::Client;
use sesame_api::node::{State, Status};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::Context;
use super::bar::Bar;
use crate::args::Secret;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask, home, problem};

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
        return bar.watch(&node, &format!("vault/{command}"), &json!({}), look).await;
    }
    let passphrase = typed(context, secret, command)?;
    let answer = here(&context.home, passphrase.as_bytes(), &mut |done, total| bar.at(done, total));
    drop(bar);
    serde_json::to_value(answer?).map_err(|error| problem::unreadable(&error))
}

/// The node that has the vault open. One that is locked or ailing does not hold it.
pub(super) async fn holder(context: &Context) -> Result<Option<Client>> {
    let node = match context.node().await {
        Ok(node) => node,
        Err(problem) if problem.code == Code::NoNode => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let status: Status = node.get("status", &[]).await?;
    Ok((status.state == State::Open).then_some(node))
}

/// What opens the vault here; nobody is asked for it where there is none.
pub(super) fn typed(context: &Context, secret: &Secret, command: &str) -> Result<ask::Hidden> {
    if !context.home.join(home::VAULT).exists() {
        return Err(Problem::new(Code::NoVault).with("file", context.home.display()));
    }
    ask::passphrase(context, secret, command)
}

/// How far the node is with what it does to the vault.
async fn look(node: &Client) -> Option<(u64, u64)> {
    let health: Health = node.get("vault", &[]).await.ok()?;
    health.working.map(|working| (working.done_bytes, working.total_bytes))
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
