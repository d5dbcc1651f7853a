//! Organisations as a person sees them: who they say they are, accounts, what they ask for, what they were shown, what
//! became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::circle::Waiting;

/// `GET /v1/vendors`: the organisations that I keep.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vendors {
    /// By name.
    pub vendors: Vec<Vendor>,
}

/// One organisation. `GET /v1/vendors/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vendor {
    /// Its identity, in hexadecimal.
    pub id: String,
    /// How I call it, or how it calls itself; empty when neither is known.
    pub name: String,
    /// The key that it signs with, as `did:key`; empty until its desk was reached.
    pub did: String,
    /// Since when I keep it (RFC 3339, UTC).
    pub since: String,
    /// When its desk was last reached.
    pub seen: Option<String>,
    /// Whether I want to hear nothing of it.
    pub blocked: bool,
    /// What it says of itself, mandatory fields first.
    pub sheet: Vec<SheetField>,
    /// The mandatory fields that it does not say.
    pub missing: Vec<String>,
    /// The identifiers that it claims.
    pub subjects: Vec<String>,
    /// The markets that it serves, by their codes.
    pub markets: Vec<String>,
    /// The terms that it signs when I proffer them.
    pub terms: Vec<String>,
    /// The purposes that it says it uses data for.
    pub uses: Vec<String>,
    /// My accounts with it.
    pub accounts: Vec<Account>,
}

/// One thing that an organisation says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetField {
    /// Which.
    pub field: String,
    /// What it says; empty when it is missing.
    pub value: String,
    /// Whether every organisation must say it.
    pub mandatory: bool,
    /// Whose word stands behind it.
    pub standing: SheetStanding,
    /// Who says that it was checked: somebody whom I know when it is proven, else what a stranger calls itself.
    pub by: Option<String>,
    /// How it was checked.
    pub how: Option<String>,
    /// Until when they stand by it.
    pub until: Option<String>,
}

/// Whose word stands behind a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetStanding {
    /// Somebody whom I know checked it.
    Proven,
    /// The organisation says so.
    Stated,
    /// It is mandatory and not said.
    Missing,
}

/// One of my accounts. `GET /v1/accounts/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The relation, in hexadecimal.
    pub id: String,
    /// The organisation.
    pub vendor: String,
    /// Its name.
    pub vendor_name: String,
    /// How far it is.
    pub standing: AccountStanding,
    /// The mandatory fields for whose lack my node refused it by itself.
    pub missing: Vec<String>,
    /// Since when.
    pub since: String,
    /// What the organisation said when it asked for the account.
    pub message: String,
    /// What it calls the account.
    pub reference: String,
    /// When my node last came to its desk.
    pub visited: Option<String>,
    /// When it comes next of its own accord; nothing when it does not.
    pub next: Option<String>,
    /// What waits, why, and until when.
    pub waiting: Vec<Waiting>,
    /// The door, while nobody has opened it.
    pub door: Option<Door>,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccountStanding {
    /// I made a door that nobody has come through.
    Door,
    /// The organisation asks for the account.
    Asked,
    /// It is open.
    Open,
    /// I said no.
    Refused,
    /// My node said no by itself.
    Missing,
    /// I ended it.
    Closed,
}

/// A door: a code to hand to one organisation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Door {
    /// The account that it begins.
    pub account: String,
    /// The code.
    pub code: String,
    /// When it ends.
    pub expires: String,
}

/// `POST /v1/vendors`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorAsk {
    /// The link that the organisation hands out.
    pub code: String,
    /// How I call it; may be empty.
    #[serde(default)]
    pub name: String,
}

/// `POST /v1/vendors/{id}/block`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockAsk {
    /// Whether it is blocked from now on.
    pub blocked: bool,
}

/// `POST /v1/accounts/{id}/answer`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountAnswerAsk {
    /// Yes or no.
    pub accept: bool,
}

/// `GET /v1/requests`: what organisations ask for, what waits for me first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Requests {
    /// Each request.
    pub requests: Vec<Request>,
}

/// One request for data, held against its purpose. `GET /v1/requests/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Its name; that of the share, too, which it becomes.
    pub id: String,
    /// In which account.
    pub account: String,
    /// Of which organisation.
    pub vendor: String,
    /// Its name.
    pub vendor_name: String,
    /// When it came.
    pub at: String,
    /// Until when it may be answered.
    pub until: String,
    /// How far it is.
    pub stage: Stage,
    /// The purpose, by its code.
    pub purpose: String,
    /// Why, in the organisation's own words.
    pub why: String,
    /// The terms that it would like, by the roster's id.
    pub terms: String,
    /// Whether these terms leave me less than the strictest do.
    pub terms_are_looser: bool,
    /// For how many days it wants to keep the data.
    pub retention_days: u32,
    /// The most days that the purpose justifies.
    pub retention_days_justified: u32,
    /// Who else would receive them.
    pub recipients: Vec<String>,
    /// Each field, judged.
    pub fields: Vec<AskedField>,
    /// How many of them the purpose needs.
    pub needed: u32,
    /// How many it does not.
    pub excess: u32,
    /// The smaller answer: the fields to show.
    pub smaller: Vec<String>,
    /// The smaller answer: for how many days.
    pub smaller_days: u32,
    /// Who said no, and why.
    pub no: Option<No>,
}

/// One field that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedField {
    /// Which.
    pub field: String,
    /// Whether the purpose needs it.
    pub need: Need,
    /// When the organisation asked for it before.
    pub before: Option<String>,
    /// Whether it tells or reaches who I am.
    pub identifies: bool,
    /// Whether it is of a special category (GDPR, article 9).
    pub special: bool,
    /// What I could answer: what I said before, or what my readings say.
    pub suggestion: String,
    /// Where that comes from.
    pub source: Source,
}

/// Whether a purpose needs a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// It cannot be done without.
    Needed,
    /// It helps.
    Useful,
    /// It is not needed for this.
    Excess,
    /// Nobody can tell: the field is the organisation's own.
    Unknown,
}

/// Where a suggested value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// There is none.
    None,
    /// I said it before.
    Said,
    /// My readings say it.
    Readings,
}

/// How far a request or share is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// I have not decided.
    Asked,
    /// I offered; the organisation has not signed.
    Offered,
    /// Both signed; the receipt is not there yet.
    Agreed,
    /// It was shown, and both signed the receipt.
    Shared,
    /// One of us said no.
    Refused,
    /// Its time passed.
    Lapsed,
}

/// Who said no, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct No {
    /// Whether it was mine.
    pub mine: bool,
    /// Why, as a stable code.
    pub reason: String,
    /// The terms that the organisation would accept instead.
    pub alternative: Option<String>,
}

/// `POST /v1/requests/{id}/answer`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerAsk {
    /// What is shown, by field: some of those asked for. Empty: the smaller answer, with what is suggested.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// On which terms, by the roster's id; the strictest when not given.
    #[serde(default)]
    pub terms: Option<String>,
    /// For how many days; the smaller of what is asked and what the purpose justifies when not given.
    #[serde(default)]
    pub retention_days: Option<u32>,
    /// Whether the values are kept, to be suggested next time.
    #[serde(default)]
    pub remember: bool,
}

/// `GET /v1/shares`: what was offered or shown, newest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Shares {
    /// Each share.
    pub shares: Vec<Share>,
}

/// One share. `GET /v1/shares/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Share {
    /// Its name: that of the request.
    pub id: String,
    /// In which account.
    pub account: String,
    /// With which organisation.
    pub vendor: String,
    /// Its name.
    pub vendor_name: String,
    /// How far it is.
    pub stage: Stage,
    /// The purpose, by its code.
    pub purpose: String,
    /// On which terms, by the roster's id.
    pub terms: String,
    /// For how many days.
    pub retention_days: u32,
    /// What was offered or shown, by field.
    pub values: BTreeMap<String, String>,
    /// Which of these fields are of a special category (GDPR, article 9).
    pub special: Vec<String>,
    /// When I offered it.
    pub offered: String,
    /// When it was shown.
    pub shown: Option<String>,
    /// When the receipt was signed by both.
    pub received: Option<String>,
    /// Until when the organisation may keep it.
    pub due: String,
    /// The agreement, as a CID.
    pub agreement: String,
    /// Who said no, and why.
    pub no: Option<No>,
    /// What I took back.
    pub withdrawn: Option<Withdrawn>,
    /// The organisation's word that it deleted what it had.
    pub deleted: Option<Deleted>,
    /// Whether that word is missing although its time has come.
    pub overdue: bool,
    /// What waits, why, and until when.
    pub waiting: Vec<Waiting>,
}

/// A withdrawal, in the facts that it is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Since when it is no longer allowed.
    pub at: String,
    /// When the organisation was told.
    pub told: Option<String>,
    /// Until when its proof of deletion is waited for.
    pub deadline: String,
}

/// An organisation's word that it deleted what it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// When it reached me.
    pub at: String,
    /// How: `dropped` from its store, or its keys `erased`.
    pub how: String,
}

/// `GET /v1/who-knows`: what each organisation holds of me, as far as I know.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WhoKnows {
    /// One row a field and organisation, by organisation.
    pub rows: Vec<Knows>,
}

/// One thing that one organisation was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Knows {
    /// Which organisation.
    pub vendor: String,
    /// Its name.
    pub vendor_name: String,
    /// What it was shown.
    pub field: String,
    /// The value.
    pub value: String,
    /// Since when.
    pub since: String,
    /// Until when it may keep it.
    pub until: String,
    /// On which terms.
    pub terms: String,
    /// For what.
    pub purpose: String,
    /// The share that it was shown in.
    pub share: String,
    /// How it stands.
    pub state: KnowsState,
}

/// How something that was shown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KnowsState {
    /// It may use it.
    Allowed,
    /// No longer; it has not been told yet.
    Withdrawn,
    /// No longer, and it was told; its proof of deletion is waited for.
    Told,
    /// It says that it deleted it.
    Deleted,
    /// Its proof of deletion should be here, and is not.
    Overdue,
}

/// `GET /v1/facts`: what I have said of myself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// By field.
    pub facts: Vec<Fact>,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The field.
    pub field: String,
    /// What I said.
    pub value: String,
    /// When.
    pub at: String,
    /// The organisation that asked for it last.
    pub asked_by: Option<String>,
    /// How that organisation is called here.
    pub asked_by_name: Option<String>,
    /// When it asked.
    pub asked_at: Option<String>,
}

/// `POST /v1/facts`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactAsk {
    /// The field.
    pub field: String,
    /// What I say; nothing forgets it.
    #[serde(default)]
    pub value: String,
}

/// `POST /v1/attestations`: I say that a field of an organisation's profile is true.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttestAsk {
    /// Which organisation: its id, or its name.
    pub vendor: String,
    /// Which field.
    pub field: String,
    /// How I checked it.
    pub how: String,
    /// For how many days I stand by it.
    #[serde(default = "year")]
    pub days: u32,
}

fn year() -> u32 {
    365
}

/// What I say of an organisation, and the code to hand to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attested {
    /// Its name.
    pub id: String,
    /// The organisation.
    pub vendor: String,
    /// How it is called here; nothing when it is not kept any more.
    pub vendor_name: String,
    /// The field.
    pub field: String,
    /// The value that I checked.
    pub value: String,
    /// How I checked it.
    pub how: String,
    /// When I said it.
    pub at: String,
    /// Until when I stand by it.
    pub until: String,
    /// Whether that moment is past.
    pub ended: bool,
    /// Whether the organisation said something else when its desk was last seen: of that I say nothing.
    pub changed: bool,
    /// The code for the organisation. It is public.
    pub code: String,
}

/// `GET /v1/attestations`: what I have said of organisations.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attestations {
    /// Newest first.
    pub attestations: Vec<Attested>,
}
