//! Circle and Choose: contacts, ratings, advice.

use serde::{Deserialize, Serialize};

/// `POST /v1/invitations`: makes an invitation with a one-time secret.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteAsk {
    /// Whom it is for, for my eyes only.
    #[serde(default)]
    pub name: String,
}

/// An invitation that was made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Invitation {
    /// The id of the invitation.
    pub id: String,
    /// Whom it is for.
    pub name: String,
    /// The code to hand over; also what the QR code carries. Only in the answer that makes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// When it ends (RFC 3339, UTC).
    pub expires: String,
}

/// `POST /v1/contacts`: accepts an invitation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptAsk {
    /// The code that was handed over.
    pub code: String,
    /// How I call the person; the name on the card when empty.
    #[serde(default)]
    pub name: String,
}

/// How much a contact's word weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trust {
    /// Nothing: what every new contact has until the person chooses.
    #[default]
    None,
    /// 1.
    Little,
    /// 3.
    Some,
    /// 9.
    Much,
}

/// How far the making of a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// I accepted; the other node has not answered yet.
    Asking,
    /// Both nodes know each other; the words were not compared.
    Known,
    /// The six words were compared and are the same.
    Verified,
    /// The key changed without the usual notice: nothing is sent until the words were compared again.
    Changed,
}

/// A contact.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// The id of the contact.
    pub id: String,
    /// How I call the person.
    pub name: String,
    /// The identity, as `did:key`.
    pub did: String,
    /// How far it is.
    pub standing: Standing,
    /// How much its word weighs.
    pub trust: Trust,
    /// Whether it is linked right now.
    pub linked: bool,
    /// The six safety words in English; both sides see the same.
    pub words_en: Vec<String>,
    /// The six safety words in French.
    pub words_fr: Vec<String>,
    /// Recommendations received from it.
    pub recommendations: u64,
    /// Letters that wait for it, with why and what would end it as codes (`unreachable`, `asking`).
    pub waiting: Vec<Waiting>,
}

/// Something that waits, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// What waits: `acceptance`, `welcome`, `update`, `acknowledgement`.
    pub what: String,
    /// Why: `unreachable`, `not_tried`, `refused`.
    pub why: String,
    /// Since when (RFC 3339, UTC).
    pub since: String,
    /// When the node gives up (RFC 3339, UTC).
    pub until: String,
}

/// `GET /v1/contacts`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Circle {
    /// The contacts, by name.
    pub contacts: Vec<Contact>,
    /// Invitations that nobody has accepted yet.
    pub invitations: Vec<Invitation>,
}

/// `POST /v1/contacts/{id}/verify`: the words were compared.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyAsk {
    /// Whether they are the same.
    pub same: bool,
}

/// `POST /v1/contacts/{id}/trust`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustAsk {
    /// How much the contact's word weighs from now on.
    pub trust: Trust,
}

/// Whom a rating goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// My contacts.
    #[default]
    Contacts,
    /// Nobody: a note to myself.
    Myself,
}

/// The marks of a rating, each from 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// All in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overall: Option<u8>,
    /// What one pays for what one gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<u8>,
    /// How good it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<u8>,
    /// How one is treated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<u8>,
    /// How straight the organisation is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honesty: Option<u8>,
}

/// `POST /v1/ratings`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateAsk {
    /// What it is about: `siren:…`, `siret:…`, `rna:…`, `lei:…`, `domain:…`, `gtin:…`, `place:…`, `did:…`,
    /// `local:…`; a bare name becomes `local:`, a bare host name `domain:`.
    pub subject: String,
    /// The name to show, when the subject does not say it.
    #[serde(default)]
    pub label: String,
    /// A class of COICOP 2018, such as `04.5.1` (electricity).
    #[serde(default)]
    pub market: Option<String>,
    /// The marks; at least one.
    pub marks: Marks,
    /// A few words, at most 500 characters.
    #[serde(default)]
    pub text: String,
    /// Whom it goes to. What is about a `local:` subject stays with me whatever is said here.
    #[serde(default)]
    pub audience: Audience,
}

/// `POST /v1/ratings/retract`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetractAsk {
    /// What it was about.
    pub subject: String,
    /// The market it was about.
    #[serde(default)]
    pub market: Option<String>,
}

/// A rating of my own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rating {
    /// The content id of the signed recommendation; empty for a note to myself.
    pub id: String,
    /// What it is about, in normal form.
    pub subject: String,
    /// The name to show.
    pub label: String,
    /// The market, when given.
    pub market: Option<String>,
    /// The marks.
    pub marks: Marks,
    /// The words.
    pub text: String,
    /// Whom it goes to.
    pub audience: Audience,
    /// When it was last changed (RFC 3339, UTC).
    pub at: String,
    /// Whether it was retracted.
    pub retracted: bool,
}

/// `GET /v1/ratings`, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ratings {
    /// My ratings.
    pub ratings: Vec<Rating>,
}

/// `GET /v1/advice?subject=…`: what my circle says of one subject. Without `subject`: see [`AllAdvice`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Advice {
    /// What it is about, in normal form.
    pub subject: String,
    /// The name to show.
    pub label: String,
    /// What the circle says, from 0 to 100; nothing when nobody I trust knows.
    pub score: Option<u8>,
    /// How sure: `none`, `one` voice, `few`, `many`.
    pub confidence: Confidence,
    /// The most that one contact who lies could move the score, in points.
    pub price: u8,
    /// Who says so, heaviest first.
    pub reasons: Vec<Reason>,
    /// My own rating of it, which never counts in the score.
    pub mine: Option<Rating>,
}

/// How many voices stand behind a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Nobody that I trust knows.
    None,
    /// One voice only.
    One,
    /// Two.
    Two,
    /// Three or more.
    Many,
}

/// One voice behind a score.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// Through whom: the name of a contact.
    pub through: String,
    /// The id of that contact.
    pub contact: String,
    /// Its part of the score, in percent; 0 when its word does not weigh.
    pub percent: u8,
    /// How much the contact's word weighs.
    pub trust: Trust,
    /// Its mark, all in all.
    pub mark: u8,
    /// Its marks.
    pub marks: Marks,
    /// Its words.
    pub text: String,
    /// When it said so (RFC 3339, UTC).
    pub at: String,
    /// The content id of the signed recommendation.
    pub id: String,
}

/// `GET /v1/advice`: every subject that my circle or I know, best first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AllAdvice {
    /// One entry per subject.
    pub subjects: Vec<Advice>,
}
