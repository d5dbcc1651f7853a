//! What I say: of organisations, as attestations that they can show, and of myself, to be suggested when it is asked for.

use sesame_api::vendor::{AttestAsk, Attestations, Attested, Fact, FactAsk, Facts};
use sesame_api::{Code, Problem};
use sesame_engine::shares::{self, Share};
use sesame_engine::{Decision, Outcome, Unreadable, facts, profile, vendors};
use sesame_protocol::code;
use sesame_protocol::document::{Attestation, Body, Document};

use super::circle::{decide, unexpected};
use super::{hex, moment, vendor};
use crate::app::App;
use crate::runtime::{VaultView, now};

/// Says that a field of an organisation's profile is true; the code is for the organisation.
pub(crate) async fn attest(app: &App, ask: AttestAsk) -> Result<Attested, Problem> {
    let vendor = vendor::find(app, &ask.vendor).await?;
    let AttestAsk { field, how, days, .. } = ask;
    let code = match decide(app, Decision::Profile(profile::Choice::Attest { vendor, field, how, days })).await? {
        Outcome::Attested(code) => code,
        other => return Err(unexpected(&other)),
    };
    let made = attestations(app).await?.attestations.into_iter().find(|said| said.code == code);
    made.ok_or_else(|| Problem::new(Code::NotFound))
}

/// What I have said of organisations, newest first.
pub(crate) async fn attestations(app: &App) -> Result<Attestations, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        let all = profile::attested(view)?;
        let said = all.iter().filter_map(|signed| match signed.body() {
            Body::Attestation(said) => Some(attested(view, signed, said)),
            _ => None,
        });
        said.collect::<Result<Vec<_>, _>>()
    });
    Ok(Attestations { attestations: read.await? })
}

/// One thing that I have said of an organisation.
pub(crate) async fn attestation(app: &App, id: &str) -> Result<Attested, Problem> {
    let mut all = attestations(app).await?.attestations.into_iter();
    all.find(|said| said.id == id).ok_or_else(|| Problem::new(Code::NotFound))
}

fn attested(view: &VaultView, signed: &Document, said: &Attestation) -> Result<Attested, Unreadable> {
    let vendor = vendors::one(view, &said.identity)?;
    let profile = vendor.as_ref().and_then(vendors::Vendor::read_profile);
    Ok(Attested {
        id: signed.id().to_cid(),
        vendor: hex(said.identity.as_bytes()),
        vendor_name: vendor.map(|vendor| vendor.shown_name()).unwrap_or_default(),
        field: said.field.clone(),
        value: said.value.clone(),
        how: said.how.clone(),
        // The version of an attestation is the moment at which it was made.
        at: moment(sesame_protocol::time::Timestamp::from_seconds(said.version)),
        until: moment(said.until),
        ended: said.until <= now(),
        changed: profile.is_some_and(|profile| profile.fields.get(&said.field) != Some(&said.value)),
        code: code::Attested::to_code(signed),
    })
}

/// What I have said of myself, and who asked for it last.
pub(crate) async fn facts(app: &App) -> Result<Facts, Problem> {
    let handle = app.open().await?;
    let read = handle.read(|view| {
        let all: Vec<Share> = shares::all(view)?.into_iter().map(|(_, share)| share).collect();
        facts::all(view)?.into_iter().map(|(field, said)| fact(view, &all, field, said)).collect::<Result<Vec<_>, _>>()
    });
    Ok(Facts { facts: read.await? })
}

fn fact(view: &VaultView, shares: &[Share], field: String, said: facts::Fact) -> Result<Fact, Unreadable> {
    let asks = shares.iter().filter(|share| share.asked.fields.contains(&field));
    let (mut asked_by, mut asked_by_name, mut asked_at) = (None, None, None);
    if let Some(last) = asks.max_by_key(|share| share.at) {
        let vendor = vendors::one(view, &last.vendor)?;
        asked_by = Some(hex(last.vendor.as_bytes()));
        asked_by_name = Some(vendor.map(|vendor| vendor.shown_name()).unwrap_or_default());
        asked_at = Some(moment(last.at));
    }
    Ok(Fact { field, value: said.value, at: moment(said.at), asked_by, asked_by_name, asked_at })
}

/// Remembers what I say of myself, or forgets it.
pub(crate) async fn remember(app: &App, ask: FactAsk) -> Result<Facts, Problem> {
    sesame_protocol::terms::field::Field::parse(&ask.field)
        .map_err(|error| Problem::new(Code::BadValue).with("name", "field").with("why", error))?;
    decide(app, Decision::Fact { field: ask.field, value: ask.value }).await?;
    facts(app).await
}
