//! `sesame contact invite`: the code to hand over, and what to say with it.

use std::path::Path;

use serde_json::Value;
use sesame_api::circle::{Invitation, InviteAsk};
use sesame_api::words::Words;

use super::{Context, code, day};
use crate::Result;
use crate::sheet::Sheet;

/// Makes an invitation and shows it.
pub(super) async fn run(context: &Context, name: &str, qr: Option<&Path>) -> Result<()> {
    let asked = InviteAsk { name: name.to_owned() };
    let node = context.node().await?;
    code::must_be_new("qr", qr)?;
    let answer: Value = node.post("invitations", &asked).await?;
    code::save(context, qr, code::of(&answer), "cli-invite-file")?;
    context.output.show(answer, |words, invitation: Invitation| sheet(words, &invitation))
}

fn sheet(words: &Words, invitation: &Invitation) -> Sheet {
    let until = day(words, &invitation.expires);
    let head = if invitation.name.is_empty() {
        words.with("cli-invite-anyone", &[("until", (&until).into())])
    } else {
        words.with("cli-invite-named", &[("name", (&invitation.name).into()), ("until", (&until).into())])
    };
    let sheet = code::shown(words, Sheet::new().title(head).gap(), &invitation.code, "--qr");
    sheet.line(words.text("cli-invite-say")).line(format!("  {}", words.text("cli-invite-sentence")))
}

#[cfg(test)]
mod tests {
    use sesame_api::node::Language;

    use super::*;
    use crate::sheet::Look;

    #[test]
    fn the_invitation_shows_the_code_whole_and_what_to_say() {
        let invitation = Invitation {
            id: "i".into(),
            name: "Bob".into(),
            code: "SESAME:1:ABCDEF".into(),
            expires: "2026-12-07T10:00:00Z".into(),
        };
        let words = Words::of(Language::Fr);
        let text = sheet(words, &invitation).drawn(Look { width: Some(80), colour: false });
        assert!(text.lines().any(|line| line == "SESAME:1:ABCDEF"), "{text}");
        assert!(text.contains("Bob") && text.contains("07/12/2026") && text.contains('▀'), "{text}");
    }
}
