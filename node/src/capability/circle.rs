//! Circle and Choose: contacts, ratings, advice.

use std::time::{Duration, Instant};

use sesame_api::circle::{
    AcceptAsk, Advice, AllAdvice, Audience, Circle, Confidence, Contact, Invitation, InviteAsk, Marks, RateAsk, Rating,
    Ratings, Reason, RetractAsk, Standing, Trust, TrustAsk, VerifyAsk, Waiting,
};
use sesame_api::{Code, Problem};
use sesame_engine::contacts::{self, Contact as Row};
use sesame_engine::{Decision, Outcome, Refusal, Unreadable, advice, documents, mail, ratings};
use sesame_protocol::key::{IdentityId, Language};
use sesame_protocol::market::Market;
use sesame_protocol::subject::Subject;
use sesame_protocol::{code, document};

use super::{hex, matching, moment};
use crate::app::App;

/// How long a node that was opened just now may take to listen, before an invitation is refused for want of an address.
const LISTENS_WITHIN: Duration = Duration::from_secs(2);
/// How often it is looked whether it does.
const LOOK: Duration = Duration::from_millis(50);
use crate::runtime::{Handle, Links, VaultView};

/// Makes an invitation.
pub(crate) async fn invite(app: &App, ask: InviteAsk) -> Result<Invitation, Problem> {
    let handle = app.open().await?;
    let until = Instant::now() + LISTENS_WITHIN;
    let made = loop {
        match handle.decide(Decision::Invite { name: ask.name.clone() }).await? {
            Err(Refusal::NoAddress) if Instant::now() < until => tokio::time::sleep(LOOK).await,
            made => break made.map_err(|refusal| problem(&refusal))?,
        }
    };
    match made {
        Outcome::Invited(made) => {
            Ok(Invitation { id: hex(&made.id), name: made.name, code: made.code, expires: moment(made.expires) })
        }
        other => Err(unexpected(&other)),
    }
}

/// Accepts an invitation. Durable when it returns; the other node answers when it is reached.
pub(crate) async fn accept(app: &App, ask: AcceptAsk) -> Result<Contact, Problem> {
    let made = decide_contact(app, Decision::Accept { code: ask.code, name: ask.name }).await;
    made.map_err(|problem| wanted(problem, code::Kind::Invitation))
}

/// Contacts and open invitations.
pub(crate) async fn circle(app: &App) -> Result<Circle, Problem> {
    let handle = app.open().await?;
    let links = handle.links().clone();
    handle
        .read(move |view| {
            let mut shown = Vec::new();
            for (id, row) in contacts::all(view)? {
                shown.push(contact(view, id, &row, &links)?);
            }
            shown.sort_by_key(|contact| contact.name.to_lowercase());
            let invitations = contacts::invitations(view)?;
            let invitations = invitations.into_iter().map(|(id, row)| Invitation {
                id: hex(&id),
                name: row.name,
                code: String::new(),
                expires: moment(row.expires),
            });
            Ok(Circle { contacts: shown, invitations: invitations.collect() })
        })
        .await
}

/// The safety words were compared.
pub(crate) async fn verify(app: &App, id: &str, ask: VerifyAsk) -> Result<Contact, Problem> {
    let contact = find(app, id).await?;
    decide_contact(app, Decision::Verify { contact, same: ask.same }).await
}

/// Chooses how much a contact's word weighs.
pub(crate) async fn trust(app: &App, id: &str, ask: TrustAsk) -> Result<Contact, Problem> {
    let contact = find(app, id).await?;
    let trust = match ask.trust {
        Trust::None => contacts::Trust::None,
        Trust::Little => contacts::Trust::Little,
        Trust::Some => contacts::Trust::Some,
        Trust::Much => contacts::Trust::Much,
    };
    decide_contact(app, Decision::Trust { contact, trust }).await
}

/// Lets go of a contact.
pub(crate) async fn remove(app: &App, id: &str) -> Result<(), Problem> {
    let contact = find(app, id).await?;
    decide(app, Decision::Remove { contact }).await.map(|_| ())
}

/// Stores a rating, and offers it to contacts unless it is a note to myself.
pub(crate) async fn rate(app: &App, ask: RateAsk) -> Result<Rating, Problem> {
    let say = ratings::Say {
        subject: subject(&ask.subject)?,
        label: ask.label.trim().to_owned(),
        market: market(ask.market.as_deref())?,
        marks: said(&ask.marks)?,
        text: ask.text.trim().to_owned(),
        audience: match ask.audience {
            Audience::Contacts => ratings::Audience::Contacts,
            Audience::Myself => ratings::Audience::Myself,
        },
    };
    decide_rating(app, Decision::Rate(say)).await
}

/// My ratings, newest first.
pub(crate) async fn ratings(app: &App) -> Result<Ratings, Problem> {
    let mut rows = app.open().await?.read(|view| ratings::all(view)).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.at));
    Ok(Ratings { ratings: rows.iter().map(rating).collect() })
}

/// Takes a rating back.
pub(crate) async fn retract(app: &App, ask: RetractAsk) -> Result<Rating, Problem> {
    let subject = subject(&ask.subject)?;
    let market = market(ask.market.as_deref())?;
    decide_rating(app, Decision::Retract { subject, market }).await
}

/// What my circle says of one subject.
pub(crate) async fn advice(app: &App, text: &str) -> Result<Advice, Problem> {
    let subject = subject(text)?;
    let about = app.open().await?.read(move |view| advice::about(view, &subject)).await?;
    Ok(advised(&about))
}

/// What my circle says of all that it or I know.
pub(crate) async fn all_advice(app: &App) -> Result<AllAdvice, Problem> {
    let all = app.open().await?.read(|view| advice::all(view)).await?;
    Ok(AllAdvice { subjects: all.iter().map(advised).collect() })
}

/// What an organisation cannot say of itself: which part, and what was given for it.
fn bad_profile(part: &str, value: &str, why: &str) -> Problem {
    let problem = Problem::new(Code::BadValue).with("name", part).with("why", why);
    if value.is_empty() { problem } else { problem.with("value", value.chars().take(80).collect::<String>()) }
}

/// A refusal of the engine, in the codes of the local API.
pub(crate) fn problem(refusal: &Refusal) -> Problem {
    if let Some(problem) = super::data::nothing_new(refusal) {
        return problem;
    }
    match refusal {
        Refusal::Full { what, most } => Problem::new(Code::Refused).with("what", what).with("most", most),
        Refusal::TooLong { what, most } => Problem::new(Code::BadValue).with("name", what).with("most", most),
        Refusal::NoAddress => Problem::new(Code::Network).with("why", refusal),
        Refusal::BadCode(error) => bad_code(error),
        Refusal::Mine => Problem::new(Code::Invitation).with("why", "mine"),
        Refusal::Expired { at } => Problem::new(Code::Invitation).with("why", "expired").with("at", moment(*at)),
        Refusal::KnownAlready { .. } => Problem::new(Code::Invitation).with("why", "known"),
        Refusal::StillAsking => Problem::new(Code::Refused).with("why", refusal),
        Refusal::NotFound => Problem::new(Code::NotFound),
        Refusal::Blocked => Problem::new(Code::Refused).with("reason", "blocked"),
        Refusal::NotOpen => Problem::new(Code::Refused).with("reason", "not-open"),
        Refusal::NotAVendor => Problem::new(Code::Refused).with("reason", "not-a-desk"),
        Refusal::OfAnother => Problem::new(Code::Refused).with("reason", "of-another"),
        Refusal::Ended => Problem::new(Code::NothingToDecide).with("reason", "ended"),
        Refusal::NothingAsked => Problem::new(Code::NothingToDecide).with("reason", "nothing-asked"),
        Refusal::Decided => Problem::new(Code::NothingToDecide).with("reason", "decided"),
        Refusal::NothingShown => Problem::new(Code::NothingToDecide).with("reason", "nothing-shown"),
        Refusal::NotAsked { field } => Problem::new(Code::BadValue).with("name", field).with("why", "not-asked"),
        Refusal::Blank { field } => Problem::new(Code::BadValue).with("name", field).with("why", "no-value"),
        Refusal::NoSuchTerms => Problem::new(Code::BadValue).with("name", "terms").with("why", refusal),
        Refusal::Retention { most } => Problem::new(Code::BadValue).with("name", "retention_days").with("most", most),
        Refusal::BadProfile { part, value, why } => bad_profile(part, value, why),
        Refusal::Special => Problem::new(Code::Refused).with("reason", "special"),
        Refusal::NoPart { kind, part } => {
            Problem::new(Code::BadValue).with("name", part).with("value", kind).with("why", "no-part")
        }
        Refusal::NoDay { text } => Problem::new(Code::BadValue).with("name", "day").with("value", text),
        Refusal::TooLarge { most } => Problem::new(Code::TooLarge).with("most", most),
        Refusal::Raced => Problem::new(Code::Busy),
        Refusal::NoMark => Problem::new(Code::BadValue).with("name", "marks"),
        other => Problem::new(Code::BadFile).with("why", other),
    }
}

/// A code that cannot be read, or is for something else than what it was given for.
pub(super) fn bad_code(error: &code::Error) -> Problem {
    let problem = Problem::new(Code::BadCode).with("why", error);
    match error {
        code::Error::OtherKind { found } => problem.with("reason", "other-kind").with("found", kind(*found)),
        code::Error::Newer => problem.with("reason", "newer"),
        _ => problem,
    }
}

/// Which kind of code was wanted where a problem came up.
pub(super) fn wanted(problem: Problem, wanted: code::Kind) -> Problem {
    let is_about_code = matches!(problem.code, Code::BadCode | Code::Invitation);
    if is_about_code { problem.with("kind", kind(wanted)) } else { problem }
}

fn kind(kind: code::Kind) -> &'static str {
    match kind {
        code::Kind::Invitation => "invitation",
        code::Kind::Link => "link",
        code::Kind::Door => "door",
        code::Kind::Attestation => "attestation",
    }
}

pub(super) async fn decide(app: &App, decision: Decision) -> Result<Outcome, Problem> {
    app.open().await?.decide(decision).await?.map_err(|refusal| problem(&refusal))
}

async fn decide_contact(app: &App, decision: Decision) -> Result<Contact, Problem> {
    let id = match decide(app, decision).await? {
        Outcome::Contact(id) => id,
        other => return Err(unexpected(&other)),
    };
    let handle: Handle = app.open().await?;
    let links = handle.links().clone();
    let found = handle.read(move |view| match contacts::one(view, &id)? {
        Some(row) => contact(view, id, &row, &links).map(Some),
        None => Ok(None),
    });
    found.await?.ok_or_else(|| Problem::new(Code::NotFound))
}

async fn decide_rating(app: &App, decision: Decision) -> Result<Rating, Problem> {
    match decide(app, decision).await? {
        Outcome::Rated(row) => Ok(rating(&row)),
        other => Err(unexpected(&other)),
    }
}

/// A contact by id, by the beginning of its id, or by name when only one has it.
async fn find(app: &App, text: &str) -> Result<IdentityId, Problem> {
    let wanted = text.trim().to_lowercase();
    let all = app.open().await?.read(|view| contacts::all(view)).await?;
    let named = all.iter().filter(|(_, contact)| contact.name.to_lowercase() == wanted).map(|(id, _)| *id);
    let ids = all.iter().map(|(id, _)| (hex(id.as_bytes()), *id));
    matching("contact", text, named.collect(), &ids.collect::<Vec<_>>())
}

fn subject(text: &str) -> Result<Subject, Problem> {
    Subject::parse(text).map_err(|error| Problem::new(Code::BadSubject).with("why", error))
}

fn market(text: Option<&str>) -> Result<Option<Market>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    Market::parse(text)
        .map(Some)
        .map_err(|error| Problem::new(Code::BadValue).with("name", "market").with("why", error))
}

fn said(marks: &Marks) -> Result<document::Marks, Problem> {
    let Marks { overall, price, quality, service, honesty } = *marks;
    let all = [overall, price, quality, service, honesty];
    if all.iter().flatten().any(|mark| *mark > 100) {
        return Err(Problem::new(Code::BadValue).with("name", "marks").with("most", 100));
    }
    Ok(document::Marks { overall, price, quality, service, honesty })
}

fn marks(marks: &document::Marks) -> Marks {
    let document::Marks { overall, price, quality, service, honesty } = *marks;
    Marks { overall, price, quality, service, honesty }
}

fn rating(row: &ratings::Rating) -> Rating {
    Rating {
        id: row.document.map(|id| id.to_cid()).unwrap_or_default(),
        subject: row.subject.as_str().to_owned(),
        label: row.label.clone(),
        market: row.market.as_ref().map(|market| market.code().to_owned()),
        marks: marks(&row.marks),
        text: row.text.clone(),
        audience: match row.audience {
            ratings::Audience::Contacts => Audience::Contacts,
            ratings::Audience::Myself => Audience::Myself,
        },
        at: moment(row.at),
        retracted: row.retracted,
    }
}

fn advised(advice: &advice::Advice) -> Advice {
    let weighty = advice.voices.iter().filter(|voice| voice.share > 0.0).count();
    Advice {
        subject: advice.subject.as_str().to_owned(),
        label: match &advice.mine {
            Some(mine) => mine.label.clone(),
            None => advice.subject.name().to_owned(),
        },
        score: advice.score,
        confidence: match weighty {
            0 => Confidence::None,
            1 => Confidence::One,
            2 => Confidence::Two,
            _ => Confidence::Many,
        },
        price: advice.price,
        reasons: advice.voices.iter().map(reason).collect(),
        mine: advice.mine.as_ref().map(rating),
    }
}

fn reason(voice: &advice::Voice) -> Reason {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
    let percent = (voice.share * 100.0).round() as u8;
    Reason {
        through: voice.name.clone(),
        contact: hex(voice.contact.as_bytes()),
        percent,
        trust: shown_trust(voice.trust),
        mark: voice.mark,
        marks: marks(&voice.marks),
        text: voice.text.clone(),
        at: moment(voice.at),
        id: voice.id.to_cid(),
    }
}

fn contact(view: &VaultView, id: IdentityId, row: &Row, links: &Links) -> Result<Contact, Unreadable> {
    let words = |language| -> Result<Vec<String>, Unreadable> {
        Ok(contacts::words(view, &id, language)?.map(str::to_owned).to_vec())
    };
    let held = documents::of(view, &id)?;
    let spoken = held.iter().filter_map(documents::Held::read);
    let recommendations =
        spoken.filter(|document| matches!(document.body(), document::Body::Recommendation(_))).count();
    Ok(Contact {
        id: hex(id.as_bytes()),
        name: row.name.clone(),
        did: did(row),
        standing: match row.standing {
            contacts::Standing::Asking => Standing::Asking,
            contacts::Standing::Known => Standing::Known,
            contacts::Standing::Verified => Standing::Verified,
            contacts::Standing::Changed => Standing::Changed,
        },
        trust: shown_trust(row.trust),
        linked: links.linked.contains(&row.device),
        words_en: words(Language::En)?,
        words_fr: words(Language::Fr)?,
        recommendations: recommendations as u64,
        waiting: waiting(view, id, row)?,
    })
}

/// The key on the card; nothing until the other node answered.
fn did(row: &Row) -> String {
    row.read_card().map(|card| sesame_protocol::did::to_did(card.author())).unwrap_or_default()
}

fn waiting(view: &VaultView, id: IdentityId, row: &Row) -> Result<Vec<Waiting>, Unreadable> {
    let mut shown = Vec::new();
    if row.standing == contacts::Standing::Asking && row.card.is_empty() {
        let why = if row.refused { "refused" } else { "unreachable" };
        let until = row.opening_until().map(moment).unwrap_or_default();
        shown.push(Waiting { what: "hello".to_owned(), why: why.to_owned(), since: moment(row.since), until });
    }
    for letter in mail::waiting(view, &id)?.iter().filter(|letter| letter.taken.is_none()) {
        let why = match letter.why {
            mail::Why::NotTried => "not_tried",
            mail::Why::Refused => "refused",
            mail::Why::Unreachable | mail::Why::Taken => "unreachable",
        };
        shown.push(Waiting {
            what: mail::kind(letter).to_owned(),
            why: why.to_owned(),
            since: moment(letter.sent),
            until: moment(letter.expires),
        });
    }
    Ok(shown)
}

fn shown_trust(trust: contacts::Trust) -> Trust {
    match trust {
        contacts::Trust::None => Trust::None,
        contacts::Trust::Little => Trust::Little,
        contacts::Trust::Some => Trust::Some,
        contacts::Trust::Much => Trust::Much,
    }
}

pub(super) fn unexpected(outcome: &Outcome) -> Problem {
    Problem::new(Code::Failed).with("why", format!("{outcome:?}"))
}
