//! The desk: what an organisation's node shows to whoever works behind it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// `GET /v1/desk`: the organisation itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    /// Its name.
    pub name: String,
    /// The key that it signs with, as `did:key`.
    pub did: String,
    /// The link to hand out; empty until the node listens.
    pub link: String,
    /// What it says of itself.
    pub profile: Profile,
    /// Whether that was published.
    pub published: bool,
    /// The mandatory fields that it does not say: people's nodes refuse accounts for this.
    pub missing: Vec<String>,
    /// All fields that a profile may have, mandatory ones first.
    pub fields: Vec<ProfileField>,
    /// What others say of it.
    pub attestations: Vec<DeskAttestation>,
}

/// One field that a profile may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileField {
    /// Its name.
    pub field: String,
    /// Whether every organisation must say it.
    pub mandatory: bool,
}

/// What an organisation says of itself. `PUT /v1/desk/profile`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name that it goes by.
    #[serde(default)]
    pub name: String,
    /// The identifiers that it claims, such as `siren:552081317`.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// The markets that it serves, by their codes.
    #[serde(default)]
    pub markets: Vec<String>,
    /// The terms that it signs by itself when a person proffers them.
    #[serde(default)]
    pub terms: Vec<String>,
    /// The purposes that it uses data for.
    #[serde(default)]
    pub uses: Vec<String>,
    /// What else it says, by field.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// What somebody says of the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskAttestation {
    /// The field.
    pub field: String,
    /// The value that was checked.
    pub value: String,
    /// What whoever checked it calls itself.
    pub by: String,
    /// How it was checked.
    pub how: String,
    /// Until when they stand by it.
    pub until: String,
}

/// `POST /v1/desk/attestations`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachAsk {
    /// The code that was handed over.
    pub code: String,
}

/// `POST /v1/desk/doors`: opens a person's door.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenAsk {
    /// The code that the person handed over.
    pub code: String,
    /// How the desk calls the account.
    #[serde(default)]
    pub name: String,
    /// What the person reads.
    #[serde(default)]
    pub message: String,
    /// What the desk calls the account towards the person, such as a customer number.
    #[serde(default)]
    pub reference: String,
}

/// `GET /v1/desk/accounts`: a page of accounts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Accounts {
    /// The accounts of this page.
    pub accounts: Vec<Account>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<String>,
}

/// One account at the desk. `GET /v1/desk/accounts/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The relation, in hexadecimal.
    pub id: String,
    /// How the desk calls it.
    pub name: String,
    /// How far it is: `asked`, `open`, `refused`, `missing` or `closed`.
    pub standing: Standing,
    /// The mandatory fields for whose lack the person's node refused.
    pub missing: Vec<String>,
    /// Since when.
    pub since: String,
    /// When the person's node last came, to the hour.
    pub visited: Option<String>,
    /// Letters that wait to be fetched.
    pub waiting: u32,
    /// What was asked, newest first.
    pub requests: Vec<Request>,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The person has not answered.
    Asked,
    /// It is open.
    Open,
    /// The person said no.
    Refused,
    /// The person's node said no by itself.
    Missing,
    /// The person ended it.
    Closed,
}

/// One request at the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Its name.
    pub id: String,
    /// In which account.
    pub account: String,
    /// How the desk calls that account.
    pub account_name: String,
    /// The fields asked for.
    pub fields: Vec<String>,
    /// For what.
    pub purpose: String,
    /// For how many days.
    pub retention_days: u32,
    /// When.
    pub at: String,
    /// How far it is.
    pub stage: Stage,
    /// What the person proffers, by the id of the agreement.
    pub agreement: Option<String>,
    /// What the person proffers: the fields.
    pub offered: Vec<String>,
    /// What the person proffers: the terms.
    pub terms: Option<String>,
    /// What the person proffers: for how many days.
    pub offered_days: Option<u32>,
    /// What is held, by field; nothing before it came and after it was deleted.
    pub values: BTreeMap<String, String>,
    /// Since when it is held.
    pub held: Option<String>,
    /// Until when it may be: then the desk deletes it by itself.
    pub due: Option<String>,
    /// Why one side said no, as a stable code.
    pub no: Option<String>,
    /// Whether that was the desk's own no.
    pub no_is_mine: bool,
    /// When what was held was deleted.
    pub deleted: Option<String>,
    /// Why: `withdrawn`, `due`, `closed` or `put_back` (the desk's store was put back to an older state).
    pub deleted_why: Option<String>,
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// The person has not answered.
    Asked,
    /// The person proffers terms that the desk does not sign by itself: decide.
    Proffered,
    /// Both signed; what was agreed has not come.
    Agreed,
    /// What was agreed is held.
    Held,
    /// One side said no.
    Refused,
    /// It is over, and nothing is held any more.
    Ended,
}

/// `POST /v1/desk/accounts/{id}/again`: asks for the account once more.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgainAsk {
    /// What the person reads.
    #[serde(default)]
    pub message: String,
    /// What the desk calls the account towards the person.
    #[serde(default)]
    pub reference: String,
}

/// `POST /v1/desk/accounts/{id}/ask`: asks for data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataAsk {
    /// The fields.
    pub fields: Vec<String>,
    /// The purpose, by its code.
    pub purpose: String,
    /// Why, in the organisation's own words.
    #[serde(default)]
    pub why: String,
    /// For how many days; 30 when not given.
    #[serde(default)]
    pub retention_days: Option<u32>,
    /// Who else would receive the data.
    #[serde(default)]
    pub recipients: Vec<String>,
    /// The terms that it would like; `SD-BASE` when not given.
    #[serde(default)]
    pub terms: Option<String>,
}

/// `POST /v1/desk/requests/{id}/refuse`: does not sign what was proffered.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefuseAsk {
    /// The account of the request.
    pub account: String,
    /// Terms that would do instead.
    #[serde(default)]
    pub alternative: Option<String>,
}

/// `POST /v1/desk/requests/{id}/accept`: signs what was proffered.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptAsk {
    /// The account of the request.
    pub account: String,
    /// The agreement that was looked at: another one is not signed.
    #[serde(default)]
    pub agreement: Option<String>,
}

/// `GET /v1/desk/inbox`: what is held, soonest end first, and what waits for a decision.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Inbox {
    /// What a clerk has to decide.
    pub todo: Vec<Request>,
    /// What is held.
    pub held: Vec<Request>,
}
