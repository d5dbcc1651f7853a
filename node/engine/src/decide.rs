//! What a person or an app may decide, and what comes of it.

use sesame_protocol::invitation;
use sesame_protocol::key::IdentityId;
use sesame_protocol::market::Market;
use sesame_protocol::relation::RelationId;
use sesame_protocol::subject::Subject;
use sesame_protocol::time::Timestamp;

use crate::contacts::{self, Trust, meet};
use crate::engine::{Engine, Turn};
use crate::ratings::{self, Rating, Say};
use crate::series::{self, Import, Imported};
use crate::shares::{self, ShareId};
use crate::view::Unreadable;
use crate::{backups, facts, limits, own, profile, records, relations, vendors};

/// The number under which a decision is answered.
pub type AskId = u64;

/// A decision.
#[derive(Debug)]
pub enum Decision {
    /// Makes an invitation.
    Invite {
        /// Whom it is for, in my own words.
        name: String,
    },
    /// Accepts an invitation.
    Accept {
        /// The code that was handed over.
        code: String,
        /// How I call the person.
        name: String,
    },
    /// The safety words were compared.
    Verify {
        /// With whom.
        contact: IdentityId,
        /// Whether they are the same.
        same: bool,
    },
    /// Chooses how much a contact's word weighs.
    Trust {
        /// Whose.
        contact: IdentityId,
        /// How much.
        trust: Trust,
    },
    /// Lets go of a contact.
    Remove {
        /// Whom.
        contact: IdentityId,
    },
    /// Rates a subject.
    Rate(Say),
    /// Takes a rating back.
    Retract {
        /// What it was about.
        subject: Subject,
        /// In which market.
        market: Option<Market>,
    },
    /// Takes readings in.
    Import(Box<Import>),
    /// The 24 words were checked and are right.
    WordsChecked,
    /// About an organisation.
    Vendor(vendors::Choice),
    /// About an account with one.
    Relation(relations::Choice),
    /// About what one asks for or was shown.
    Share(shares::Choice),
    /// About what this node says of itself as an organisation, or of others.
    Profile(profile::Choice),
    /// About a backup.
    Backup(backups::Choice),
    /// About a record of the person's own.
    Record(records::Choice),
    /// Forgets an import for good, with the readings that no other import may share.
    ForgetImport {
        /// Which.
        id: series::Id,
    },
    /// Remembers what a person says of themselves; a blank value forgets it.
    Fact {
        /// The field.
        field: String,
        /// What is said.
        value: String,
    },
}

/// What came of a decision, durable.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Done; there is nothing to add.
    Done,
    /// An invitation was made.
    Invited(Invited),
    /// This contact changed.
    Contact(IdentityId),
    /// A rating changed.
    Rated(Box<Rating>),
    /// Readings were taken in.
    Imported(Box<Imported>),
    /// This organisation changed.
    Vendor(IdentityId),
    /// A door was made.
    Opened(Opened),
    /// This account changed.
    Relation(RelationId),
    /// This share changed.
    Share(ShareId),
    /// An attestation was made: its code, to be handed over.
    Attested(String),
    /// This record changed.
    Kept(records::Name),
    /// A record was forgotten.
    Forgotten(Box<records::Forgotten>),
    /// An import was forgotten.
    ForgottenImport(Box<series::Forgotten>),
}

/// A door that stands open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The relation that it begins.
    pub relation: RelationId,
    /// The code to hand over.
    pub code: String,
    /// When it ends.
    pub expires: Timestamp,
}

/// An invitation that was just made.
#[derive(Clone)]
pub struct Invited {
    /// The id of the invitation.
    pub id: [u8; 16],
    /// Whom it is for.
    pub name: String,
    /// The code to hand over: it holds the one-time secret.
    pub code: String,
    /// When it ends.
    pub expires: Timestamp,
}

impl std::fmt::Debug for Invited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invited").field("name", &self.name).field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Why a decision was not carried out. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There are too many of them already.
    #[error("there are {most} {what} already")]
    Full {
        /// Of what.
        what: &'static str,
        /// The bound.
        most: usize,
    },
    /// A text is too long.
    #[error("the {what} is longer than {most} characters")]
    TooLong {
        /// Which.
        what: &'static str,
        /// The bound.
        most: usize,
    },
    /// The node does not listen yet, so that an invitation could name no address.
    #[error("the node has no address yet")]
    NoAddress,
    /// A code cannot be read.
    #[error(transparent)]
    BadCode(#[from] invitation::Error),
    /// The invitation is my own.
    #[error("the invitation is my own")]
    Mine,
    /// The invitation has ended.
    #[error("the invitation ended")]
    Expired {
        /// When.
        at: Timestamp,
    },
    /// The host is a contact already.
    #[error("already a contact")]
    KnownAlready {
        /// Who.
        id: IdentityId,
    },
    /// The other node has not answered yet.
    #[error("the other node has not answered yet")]
    StillAsking,
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// A rating needs one mark at least.
    #[error("a rating needs one mark at least")]
    NoMark,
    /// The import adds nothing to what is there.
    #[error("nothing new")]
    NothingNew(Box<Imported>),
    /// The organisation is blocked.
    #[error("the organisation is blocked")]
    Blocked,
    /// The account has ended.
    #[error("the account has ended")]
    Ended,
    /// The organisation does not ask for an account now.
    #[error("there is no request for an account to decide on")]
    NothingAsked,
    /// It was decided already.
    #[error("decided already")]
    Decided,
    /// The account is not open.
    #[error("the account is not open")]
    NotOpen,
    /// The field was not asked for: what is not asked for is not shown.
    #[error("{field} was not asked for")]
    NotAsked {
        /// The field.
        field: String,
    },
    /// A field without a value.
    #[error("{field} has no value")]
    Blank {
        /// The field.
        field: String,
    },
    /// There is nothing to show, or nothing was shown.
    #[error("nothing is shown")]
    NothingShown,
    /// The roster has no such terms.
    #[error("no such terms")]
    NoSuchTerms,
    /// For no time, or for longer than was asked for.
    #[error("between 1 and {most} days")]
    Retention {
        /// How many days were asked for.
        most: u32,
    },
    /// The node is a person's: only an organisation's says such things of itself.
    #[error("the node is not an organisation's")]
    NotAVendor,
    /// What an organisation says of itself cannot be said like this.
    #[error("{part} {value:?}: {why}")]
    BadProfile {
        /// Which part.
        part: &'static str,
        /// What was given for it; nothing when the whole cannot be signed.
        value: String,
        /// What is wrong.
        why: String,
    },
    /// What was handed over is about another organisation.
    #[error("about another organisation")]
    OfAnother,
    /// What a decision was made on has changed meanwhile.
    #[error("what it was decided on has changed")]
    Raced,
    /// It is of the special categories, and that was not said with it.
    #[error("of a special category, which has to be said")]
    Special,
    /// A record of this kind has no such part.
    #[error("a record of kind {kind} has no {part}")]
    NoPart {
        /// The kind.
        kind: &'static str,
        /// The part.
        part: &'static str,
    },
    /// No day of the calendar.
    #[error("{text:?} is no day of the calendar")]
    NoDay {
        /// What was given.
        text: String,
    },
    /// The file is too large to be kept.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The bound.
        most: usize,
    },
    /// The readings cannot be stored.
    #[error(transparent)]
    Series(#[from] series::Error),
}

impl Engine {
    /// Carries out a decision, or says why not.
    pub(crate) fn decide(
        &mut self,
        decision: Decision,
        turn: &mut Turn<'_, '_>,
    ) -> Result<Result<Outcome, Refusal>, Unreadable> {
        match decision {
            Decision::Invite { name } => match named(&name) {
                Ok(name) => meet::invite(self, name, turn),
                Err(refusal) => Ok(Err(refusal)),
            },
            Decision::Accept { code, name } => match named(&name) {
                Ok(name) => meet::accept(self, &code, name, turn),
                Err(refusal) => Ok(Err(refusal)),
            },
            Decision::Verify { contact, same } => contacts::verify(self, &contact, same, turn),
            Decision::Trust { contact, trust } => contacts::trust(&contact, trust, turn),
            Decision::Remove { contact } => contacts::remove(self, &contact, turn),
            Decision::Rate(say) => ratings::rate(self, say, turn),
            Decision::Retract { subject, market } => ratings::retract(self, &subject, market.as_ref(), turn),
            Decision::Import(import) => series::import(&import, turn),
            Decision::WordsChecked => {
                own::check_words(turn);
                Ok(Ok(Outcome::Done))
            }
            Decision::Vendor(choice) => choice.carry_out(self, turn),
            Decision::Relation(choice) => choice.carry_out(self, turn),
            Decision::Share(choice) => choice.carry_out(self, turn),
            Decision::Profile(choice) => choice.carry_out(self, turn),
            Decision::Backup(choice) => choice.carry_out(turn),
            Decision::Record(choice) => choice.carry_out(self, turn),
            Decision::ForgetImport { id } => series::forget(id, turn),
            Decision::Fact { field, value } => Ok(facts::remember(&field, &value, self, turn)?.map(|()| Outcome::Done)),
        }
    }
}

/// A name that a person gave, trimmed.
pub(crate) fn named(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.chars().count() > limits::NAME_CHARS_MAX {
        return Err(Refusal::TooLong { what: "name", most: limits::NAME_CHARS_MAX });
    }
    Ok(name.to_owned())
}
