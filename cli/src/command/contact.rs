//! `sesame contact`: the people of the circle, how far each is and how much their word weighs. Making and printing an
//! invitation is in `invite`.

use serde_json::{Value, json};
use sesame_api::circle::{AcceptAsk, Circle, Contact, Standing, Trust, TrustAsk, VerifyAsk, Waiting};
use sesame_api::client::{Client, escaped};
use sesame_api::node::Language;
use sesame_api::words::Words;
use sesame_api::{Code, Problem};

use super::{Context, ID_SHOWN, code, day, invite};
use crate::args::{self, Level};
use crate::sheet::{Sheet, Tone};
use crate::{Result, ask};

/// Runs a command about contacts.
pub(super) async fn run(context: &Context, args: &args::Contact) -> Result<()> {
    match args {
        args::Contact::Invite { name, qr } => invite::run(context, name, qr.as_deref()).await,
        args::Contact::Accept { code, name } => accept(context, code, name).await,
        args::Contact::List => {
            let circle: Value = context.node().await?.get("contacts", &[]).await?;
            context.output.show(circle, |words, circle: Circle| circle_sheet(words, &circle))
        }
        args::Contact::Verify { contact, verdict } => {
            let given = match (verdict.same, verdict.different) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            };
            verify(context, contact, given).await
        }
        args::Contact::Trust { contact, level } => trust(context, contact, *level).await,
        args::Contact::Remove { contact, yes } => remove(context, contact, *yes).await,
    }
}

async fn accept(context: &Context, given: &str, name: &str) -> Result<()> {
    let code = code::read(given)?;
    let asked = AcceptAsk { code, name: name.to_owned() };
    let contact: Value = context.node().await?.post("contacts", &asked).await?;
    context.output.show(contact, |words, contact: Contact| {
        let name = who(words, &contact);
        let sheet = Sheet::new().toned(Tone::Good, words.with("cli-accept-done", &[("name", (&name).into())]));
        let sheet =
            if contact.standing == Standing::Asking { sheet.line(words.text("cli-accept-asking")) } else { sheet };
        words_sheet(words, &contact, sheet.gap())
    })
}

async fn verify(context: &Context, given: &str, verdict: Option<bool>) -> Result<()> {
    let node = context.node().await?;
    let contact = find(&node, given).await?;
    let same = if let Some(same) = verdict {
        same
    } else {
        let words = context.words();
        let sheet = words_sheet(words, &contact, Sheet::new());
        context.output.tell_sheet(&sheet);
        let question = words.with("cli-verify-ask", &[("name", (&contact.name).into())]);
        ask::agrees(context, &question, "contact verify", "--same | --different")?
    };
    let path = format!("contacts/{}/verify", escaped(&contact.id));
    let answer: Value = node.post(&path, &VerifyAsk { same }).await?;
    context.output.done(answer, |words, contact: Contact| {
        let key = if same { "cli-verify-same" } else { "cli-verify-different" };
        words.with(key, &[("name", (&contact.name).into())])
    })
}

async fn trust(context: &Context, given: &str, level: Level) -> Result<()> {
    let node = context.node().await?;
    let contact = find(&node, given).await?;
    let trust = match level {
        Level::Much => Trust::Much,
        Level::Some => Trust::Some,
        Level::Little => Trust::Little,
        Level::None => Trust::None,
    };
    let path = format!("contacts/{}/trust", escaped(&contact.id));
    let answer: Value = node.post(&path, &TrustAsk { trust }).await?;
    context.output.done(answer, |words, contact: Contact| {
        let level = trust_word(words, contact.trust);
        words.with("cli-trust-done", &[("name", (&contact.name).into()), ("level", (&level).into())])
    })
}

async fn remove(context: &Context, given: &str, yes: bool) -> Result<()> {
    let node = context.node().await?;
    let contact = find(&node, given).await?;
    let name = [("name", (&contact.name).into())];
    if !yes && !ask::agrees(context, &context.words().with("cli-remove-ask", &name), "contact remove", "--yes")? {
        return Err(Problem::new(Code::Interrupted));
    }
    node.delete::<Value>(&format!("contacts/{}", escaped(&contact.id))).await?;
    let value = json!({ "removed": contact.id });
    context.output.done(value, |words, _: Value| words.with("cli-remove-done", &name))
}

/// The one contact with this id or this name; capitals do not matter.
pub(super) async fn find(node: &Client, given: &str) -> Result<Contact> {
    let circle: Circle = node.get("contacts", &[]).await?;
    one_of(circle.contacts, given)
}

fn one_of(contacts: Vec<Contact>, given: &str) -> Result<Contact> {
    let wanted = given.trim().to_lowercase();
    let begins = given.len() >= ID_SHOWN && given.is_ascii();
    let fits = |contact: &Contact| {
        (begins && contact.id.starts_with(given))
            || contact.id == given
            || contact.did == given
            || contact.name.to_lowercase() == wanted
    };
    let mut found: Vec<Contact> = contacts.into_iter().filter(fits).collect();
    match (found.pop(), found.is_empty()) {
        (Some(contact), true) => Ok(contact),
        (Some(_), false) => {
            Err(Problem::new(Code::BadValue).with("name", "contact").with("value", given).with("why", "ambiguous"))
        }
        (None, _) => Err(Problem::new(Code::NotFound).with("what", "contact").with("name", given)),
    }
}

/// The name of a contact; until its card has come there may be none.
fn who(words: &Words, contact: &Contact) -> String {
    if contact.name.is_empty() { words.text("cli-this-person") } else { contact.name.clone() }
}

/// The six words of a contact, in the language of the person, with the other language below: both sides may differ.
fn words_sheet(words: &Words, contact: &Contact, sheet: Sheet) -> Sheet {
    let (mine, other) = match words.language() {
        Language::En => (&contact.words_en, &contact.words_fr),
        Language::Fr => (&contact.words_fr, &contact.words_en),
    };
    sheet
        .line(words.with("cli-words-compare", &[("name", (&who(words, contact)).into())]))
        .gap()
        .title(format!("  {}", mine.join("  ")))
        .gap()
        .line(words.with("cli-words-other", &[("words", (&other.join(" ")).into())]))
}

fn circle_sheet(words: &Words, circle: &Circle) -> Sheet {
    if circle.contacts.is_empty() && circle.invitations.is_empty() {
        return Sheet::new().line(words.text("cli-contacts-none"));
    }
    let mut sheet = Sheet::new();
    if !circle.contacts.is_empty() {
        let header = ["cli-name", "cli-standing", "cli-trust", "cli-linked", "cli-heard", "cli-id"];
        let rows = circle.contacts.iter().map(|contact| {
            vec![
                contact.name.clone(),
                standing_word(words, contact.standing),
                trust_word(words, contact.trust),
                words.text(if contact.linked { "common-yes" } else { "common-no" }),
                words.number(contact.recommendations),
                contact.id.chars().take(ID_SHOWN).collect(),
            ]
        });
        sheet = sheet.table(header.map(|key| words.text(key)).to_vec(), rows.collect(), &[4]);
    }
    for contact in &circle.contacts {
        for waiting in &contact.waiting {
            sheet = sheet.toned(Tone::Warn, waiting_line(words, &contact.name, waiting));
        }
    }
    for invitation in &circle.invitations {
        let until = day(words, &invitation.expires);
        let name = if invitation.name.is_empty() { invitation.id.clone() } else { invitation.name.clone() };
        let args = [("name", (&name).into()), ("until", (&until).into())];
        sheet = sheet.line(words.with("cli-invitation-open", &args));
    }
    sheet
}

/// What waits, why, and what would end it.
fn waiting_line(words: &Words, name: &str, waiting: &Waiting) -> String {
    let (since, until) = (day(words, &waiting.since), day(words, &waiting.until));
    let args = [
        ("name", name.into()),
        ("what", (&waiting.what).into()),
        ("why", (&waiting.why).into()),
        ("since", (&since).into()),
        ("until", (&until).into()),
    ];
    words.with("cli-waiting", &args)
}

fn standing_word(words: &Words, standing: Standing) -> String {
    words.text(match standing {
        Standing::Asking => "cli-standing-asking",
        Standing::Known => "cli-standing-known",
        Standing::Verified => "cli-standing-verified",
        Standing::Changed => "cli-standing-changed",
    })
}

/// How much a word weighs, in a word.
pub(super) fn trust_word(words: &Words, trust: Trust) -> String {
    words.text(match trust {
        Trust::None => "cli-trust-none",
        Trust::Little => "cli-trust-little",
        Trust::Some => "cli-trust-some",
        Trust::Much => "cli-trust-much",
    })
}

#[cfg(test)]
mod tests;
