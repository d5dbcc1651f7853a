//! How an answer to a request is made: my terms first, signed; what was agreed only when the organisation has signed the
//! very same.

use std::collections::BTreeMap;

use serde_bytes::ByteBuf;
use sesame_protocol::agreement::{Agreement, Proffered, Terms};
use sesame_protocol::credential::hold::{Binding, Credential};
use sesame_protocol::credential::issue::{self, Template};
use sesame_protocol::credential::key::SigningKey;
use sesame_protocol::credential::{Demand, Issuer, TransactionHash};
use sesame_protocol::letter::evidence::{self, Body, Presented, Proffer};
use sesame_protocol::receipt;
use sesame_protocol::relation::Keys;
use sesame_protocol::terms::roster::Roster;
use sesame_protocol::time::days;

use super::{Offer, Share, ShareId, Stage, enter};
use crate::decide::{Outcome, Refusal};
use crate::engine::{Engine, Turn};
use crate::relations::{self, Standing};
use crate::view::Unreadable;
use crate::{limits, vendors, visits};

/// What a person wants to show.
pub(super) struct Draft {
    pub(super) values: BTreeMap<String, String>,
    pub(super) terms: String,
    pub(super) retention_days: u32,
}

/// Offers: an agreement that only I have signed, and nothing else. The values stay here.
pub(super) fn make(
    engine: &mut Engine,
    id: ShareId,
    mut share: Share,
    draft: Draft,
    turn: &mut Turn<'_, '_>,
) -> Result<Result<Outcome, Refusal>, Unreadable> {
    let is_answerable = matches!(share.stage, Stage::Asked | Stage::Refused | Stage::Lapsed);
    // What they hold is not written over.
    let is_shown = share.offer.as_ref().is_some_and(|offer| offer.shown.is_some());
    if !is_answerable || is_shown || share.withdrawn.is_some() {
        return Ok(Err(Refusal::Decided));
    }
    if share.until <= turn.now {
        return Ok(Err(Refusal::Expired { at: share.until }));
    }
    let Ok(terms) = Roster::parse(&draft.terms) else { return Ok(Err(Refusal::NoSuchTerms)) };
    if !(1..=share.asked.retention_days).contains(&draft.retention_days) {
        return Ok(Err(Refusal::Retention { most: share.asked.retention_days }));
    }
    let Some(relation) = relations::one(turn.view, &id.relation)? else { return Ok(Err(Refusal::NotFound)) };
    if relation.standing != Standing::Open {
        return Ok(Err(Refusal::NotOpen));
    }
    let vendor = vendors::one(turn.view, &share.vendor)?;
    let Some(vendor_key) = vendor.and_then(|vendor| vendor.key()) else { return Ok(Err(Refusal::NotFound)) };
    let keys = relation.keys(engine);
    let terms = Terms {
        vendor: share.vendor,
        vendor_key,
        request: id.request,
        asked: evidence::digest(&share.asked),
        fields: draft.values.keys().cloned().collect(),
        purpose: share.asked.purpose.clone(),
        terms: terms.id().to_owned(),
        retention_days: draft.retention_days,
        recipients: Vec::new(),
        nonce: share.asked.nonce,
        issuer: SigningKey::es256(*keys.issue).public().to_did(),
        holder: holder(&keys).public().to_did(),
        // Finer than a minute would tell how far this clock is off, to everybody alike.
        made: turn.now.minute(),
    };
    let proffered = Proffered::sign(&terms, &keys.sign);
    let signed = proffered.encode();
    let body = Body::Proffer(Proffer { agreement: signed.clone() });
    let letter = relations::post(engine, id.relation, body, Some(id.request), turn)?;
    share.no = None;
    share.offer = Some(Offer {
        letter,
        values: draft.values,
        terms: terms.terms.clone(),
        retention_days: terms.retention_days,
        at: turn.now,
        agreement: proffered.id(),
        signed: ByteBuf::from(signed),
        shown: None,
        receipt: String::new(),
        received: None,
        due: terms.until(),
    });
    enter(&id, &mut share, Stage::Offered, turn);
    visits::want(engine, id.relation, turn)?;
    Ok(Ok(Outcome::Share(id)))
}

/// The key that credentials in this relation are bound to.
fn holder(keys: &Keys) -> SigningKey {
    SigningKey::es256(*keys.binding)
}

/// The organisation signed what I offered: it is shown now, bound to this agreement and to nothing else.
pub(super) fn present(
    engine: &mut Engine,
    id: ShareId,
    mut share: Share,
    agreement: &Agreement,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let Some(mut offer) = share.offer.take() else { return Ok(()) };
    let Some(relation) = relations::one(turn.view, &id.relation)? else { return Ok(()) };
    let Some(profile) = vendors::one(turn.view, &share.vendor)?.and_then(|vendor| vendor.read_profile()) else {
        return Ok(());
    };
    let keys = relation.keys(engine);
    let presentation = show(&keys, &offer.values, agreement, turn);
    let record = receipt::Record::of(agreement, &profile, turn.chance(), turn.now.minute());
    let signed = receipt::sign(&record, &keys.sign).expect("a record with one signature keeps the bounds");
    offer.signed = ByteBuf::from(agreement.encode());
    offer.receipt.clone_from(&signed);
    share.offer = Some(offer);
    enter(&id, &mut share, Stage::Agreed, turn);
    let body = Body::Presented(Presented { agreement: agreement.id(), presentation, receipt: signed });
    relations::post(engine, id.relation, body, Some(id.request), turn)?;
    Ok(())
}

/// What I say of myself, as a credential of one use, shown whole to this organisation alone.
fn show(keys: &Keys, values: &BTreeMap<String, String>, agreement: &Agreement, turn: &mut Turn<'_, '_>) -> String {
    let (issuer, holder) = (SigningKey::es256(*keys.issue), holder(keys));
    let name = issuer.public().to_did();
    let now = turn.now.minute();
    let claims = values.iter().map(|(field, value)| (field.clone(), value.clone().into())).collect();
    let paths: Vec<String> = values.keys().map(|field| format!("/{field}")).collect();
    let template = Template {
        issuer: &name,
        vct: limits::VCT,
        issued: now,
        not_before: None,
        expires: Some(now.plus(days(u64::from(agreement.terms().retention_days)))),
        holder: &holder.public(),
        claims,
        disclosable: &paths.iter().map(String::as_str).collect::<Vec<_>>(),
        digests: limits::DIGESTS,
    };
    let issued = issue::issue(template, &issuer, None, turn.rng).expect("checked values make a credential");
    let trusted = [Issuer { name: Some(&name), key: issuer.public() }];
    let demand = Demand { issuers: &trusted, typ: issue::TYP, vct: Some(limits::VCT), required: &["exp"], now };
    let credential =
        Credential::accept(issued.as_bytes(), &demand, &holder.public()).expect("what was just issued is accepted");
    let all: Vec<usize> = paths.iter().filter_map(|path| credential.find(path)).collect();
    let (audience, nonce) = (super::audience(&agreement.terms().vendor), super::nonce(&agreement.terms().nonce));
    let transaction = TransactionHash::of(&agreement.transaction_data());
    let binding = Binding { audience: &audience, nonce: &nonce, issued: now, transaction: Some(transaction) };
    credential.present(&all, &binding, &holder).expect("a credential of one's own can be presented")
}
