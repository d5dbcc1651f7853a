//! `sesame repair`: what is whole of a damaged vault becomes a new one in its place. No node may hold it meanwhile.

use sesame_api::care::{Repaired, Salvage};
use sesame_api::words::Words;
use sesame_api::{Code, Problem};
use sesame_node::RepairPhase;

use super::Context;
use super::bar::Bar;
use super::care::holder;
use crate::args::Secret;
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask, home, problem};

/// Repairs the vault of the home folder.
pub(super) async fn run(context: &Context, secret: &Secret) -> Result<()> {
    if holder(context).await?.is_some() {
        return Err(Problem::new(Code::VaultInUse));
    }
    // Without a folder there is no vault, or a repair that was cut off just before its end, which needs no passphrase.
    let is_there = context.home.join(home::VAULT).exists();
    let typed = if is_there { ask::passphrase(context, secret, "repair")? } else { ask::Hidden::default() };
    let bar = Bar::new(context, words_of(RepairPhase::Checking));
    let mut phase = RepairPhase::Checking;
    let repaired = sesame_node::repair(&context.home, typed.as_bytes(), &mut |now| {
        if now.phase != phase {
            phase = now.phase;
            bar.turn_to(context, words_of(phase));
        }
        bar.at(now.done, now.total);
    })?;
    drop(bar);
    let repaired = serde_json::to_value(&repaired).map_err(|error| problem::unreadable(&error))?;
    context.output.show(repaired, |words, repaired: Repaired| sheet(words, &repaired))
}

/// The key of what a bar says in a phase.
fn words_of(phase: RepairPhase) -> &'static str {
    match phase {
        RepairPhase::Checking => "cli-check-bar",
        RepairPhase::Reading => "cli-repair-reading",
        RepairPhase::Writing => "cli-repair-writing",
        RepairPhase::Proving => "cli-repair-proving",
        RepairPhase::Indexing => "cli-repair-indexing",
    }
}

fn sheet(words: &Words, repaired: &Repaired) -> Sheet {
    let Some(salvage) = &repaired.salvage else {
        return Sheet::new().toned(Tone::Good, words.text("cli-repair-finished"));
    };
    let entries = [("entries", salvage.entries.into())];
    let mut sheet = if salvage.is_complete() {
        Sheet::new().toned(Tone::Good, words.with("cli-repair-complete", &entries))
    } else {
        lost(words, salvage, Sheet::new().toned(Tone::Warn, words.with("cli-repair-done", &entries)))
    };
    if let Some(damaged) = &repaired.damaged {
        sheet = sheet.gap().line(words.with("cli-repair-kept", &[("place", damaged.into())]));
    }
    sheet.line(words.text("cli-repair-next"))
}

/// What is not as it was last: what is gone first.
fn lost(words: &Words, salvage: &Salvage, mut sheet: Sheet) -> Sheet {
    let losses = salvage.losses.iter();
    let gone = losses.clone().map(|loss| ("cli-repair-gone", Tone::Bad, &loss.room, loss.gone));
    let older = losses.clone().map(|loss| ("cli-repair-older", Tone::Warn, &loss.room, loss.older));
    let unproven = losses.map(|loss| ("cli-repair-unproven", Tone::Warn, &loss.room, loss.unproven));
    for (key, tone, room, count) in gone.chain(older).chain(unproven).filter(|(.., count)| *count > 0) {
        let room = words.text(&format!("cli-room-{room}"));
        sheet = sheet.toned(tone, words.with(key, &[("count", count.into()), ("room", (&room).into())]));
    }
    if salvage.losses.iter().any(|loss| loss.room == "self" && loss.gone > 0) {
        sheet = sheet.toned(Tone::Bad, words.text("cli-repair-self"));
    }
    if salvage.unnamed > 0 {
        sheet = sheet.toned(Tone::Warn, words.with("cli-repair-unnamed", &[("count", salvage.unnamed.into())]));
    }
    if salvage.findings.iter().any(|finding| finding.kind == "rolled-back") {
        sheet = sheet.toned(Tone::Warn, words.text("cli-repair-older-key"));
    }
    if !salvage.end_known {
        sheet = sheet.toned(Tone::Warn, words.text("cli-repair-end"));
    }
    sheet
}

#[cfg(test)]
mod tests {
    use sesame_api::care::RoomLoss;
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    fn said(language: Language, salvage: Option<Salvage>) -> String {
        let damaged = salvage.is_some().then(|| "/home/alice/vault.damaged-2026\u{1b}[2J".to_owned());
        sheet(Words::of(language), &Repaired { salvage, damaged }).drawn(Look::default())
    }

    #[test]
    fn what_is_lost_is_said_by_room_and_by_what_became_of_it() {
        let rooms = ["self", "circle", "ratings", "data", "organisations", "facts", "desk", "other"];
        let losses = rooms.map(|room| RoomLoss { room: room.into(), gone: 11, older: 12, unproven: 13 });
        let salvage = Salvage { entries: 4, losses: losses.to_vec(), unnamed: 14, ..Salvage::default() };
        for language in [Language::En, Language::Fr] {
            let text = said(language, Some(salvage.clone()));
            for number in ["11", "12", "13", "14"] {
                assert!(text.contains(number), "{number}: {text}");
            }
            assert!(!text.contains("cli-") && !text.contains('\u{1b}'), "{text}");
            assert!(text.contains("vault.damaged-2026") && text.contains("sesame backup restore"), "{text}");
        }
    }

    #[test]
    fn a_repair_that_lost_nothing_says_so_and_says_nothing_else_of_losses() {
        let salvage = Salvage { entries: 1, end_known: true, ..Salvage::default() };
        let text = said(Language::En, Some(salvage));
        assert!(text.starts_with('✓') && !text.contains('!') && text.contains("vault.damaged"), "{text}");
        let text = said(Language::Fr, None);
        assert!(text.starts_with('✓') && !text.contains("cli-"), "{text}");
    }
}
