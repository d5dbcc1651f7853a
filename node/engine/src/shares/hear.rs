//! Letters of a desk about shares: a request, a no, a signature under what I offered, a receipt, word of a deletion. What
//! they carry was verified before it came here; whether it is an answer to what I said is decided here.

use serde_bytes::ByteBuf;
use sesame_protocol::key::PublicKey;
use sesame_protocol::letter::evidence::{Body, DataRequest, Deletion, Refusal as No, Signed};
use sesame_protocol::relation::RelationId;

use super::{Deleted, Denied, Share, ShareId, Stage, deny, enter, of, offer, one, put};
use crate::engine::{Engine, Turn};
use crate::intake::Heard;
use crate::limits;
use crate::relations::{self, Standing};
use crate::view::Unreadable;

/// Reads one letter of a desk.
pub(crate) fn read(
    engine: &mut Engine,
    relation: RelationId,
    heard: &Heard,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let signed: &Signed = &heard.signed;
    match &signed.letter.body {
        Body::DataRequest(asked) => requested(engine, relation, signed, asked, turn),
        Body::Refusal(no) => denied(relation, signed, no, turn),
        Body::Agreed(_) => agreed(engine, relation, heard, turn),
        Body::Receipt(_) => received(relation, heard, turn),
        Body::Deletion(said) => deleted(relation, signed, said, turn),
        // What only a person says.
        _ => Ok(()),
    }
}

fn requested(
    engine: &mut Engine,
    relation: RelationId,
    signed: &Signed,
    asked: &DataRequest,
    turn: &mut Turn<'_, '_>,
) -> Result<(), Unreadable> {
    let id = ShareId { relation, request: signed.letter.id };
    let Some(found) = relations::one(turn.view, &relation)? else { return Ok(()) };
    let is_short = signed.letter.expires < turn.now.plus(limits::REQUEST_LIFE_MIN);
    // Without an account nobody is asked anything, and nobody is owed an answer.
    if found.standing != Standing::Open || is_short || one(turn.view, &id)?.is_some() {
        return Ok(());
    }
    let shares = of(turn.view, &relation)?;
    let open = shares.iter().filter(|(_, share)| share.stage == Stage::Asked).count();
    if open >= limits::REQUESTS_OPEN_MAX || !make_room(&shares, turn) {
        let no = No { reason: "too-many".to_owned(), alternative: None };
        relations::post(engine, relation, Body::Refusal(no), Some(signed.letter.id), turn)?;
        return Ok(());
    }
    let mut share = Share {
        relation,
        vendor: found.vendor,
        asked: asked.clone(),
        at: turn.now,
        until: signed.letter.expires,
        stage: Stage::Asked,
        since: turn.now,
        offer: None,
        no: None,
        withdrawn: None,
        deleted: None,
        proof: ByteBuf::from(signed.proof()),
    };
    enter(&id, &mut share, Stage::Asked, turn);
    Ok(())
}

/// Forgets the oldest request that came to nothing when there are as many as are kept; says whether there is room.
fn make_room(shares: &[(ShareId, Share)], turn: &mut Turn<'_, '_>) -> bool {
    if shares.len() < limits::SHARES_PER_RELATION_MAX {
        return true;
    }
    let came_to_nothing = |(_, share): &&(ShareId, Share)| {
        matches!(share.stage, Stage::Lapsed | Stage::Refused)
            && share.offer.as_ref().is_none_or(|offer| offer.shown.is_none())
    };
    let oldest = shares.iter().filter(came_to_nothing).min_by_key(|(_, share)| share.at);
    if let Some((id, _)) = oldest {
        super::drop_row(id, turn);
    }
    oldest.is_some()
}

/// The organisation says no to an offer, or to what was shown.
fn denied(relation: RelationId, signed: &Signed, no: &No, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, mut share) in of(turn.view, &relation)? {
        let is_about = share.offer.as_ref().is_some_and(|offer| Some(offer.letter) == signed.letter.re);
        if is_about && matches!(share.stage, Stage::Offered | Stage::Agreed) {
            let no = Denied { mine: false, reason: no.reason.clone(), alternative: no.alternative.clone() };
            // What was not shown yet is not shown any more.
            relations::take_back(&relation, &id.request, |body| matches!(body, Body::Withdrawal(_)), turn)?;
            deny(&id, &mut share, no, turn);
        }
    }
    Ok(())
}

fn agreed(engine: &mut Engine, relation: RelationId, heard: &Heard, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let Some(agreement) = &heard.agreement else { return Ok(()) };
    for (id, share) in of(turn.view, &relation)? {
        // The very bytes that I signed, or nothing is shown; and not what I have taken back meanwhile.
        let is_mine = share.offer.as_ref().is_some_and(|offer| offer.agreement == agreement.id());
        let is_wanted = share.withdrawn.is_none() && share.deleted.is_none();
        if is_mine && is_wanted && share.stage == Stage::Offered {
            return offer::present(engine, id, share, agreement, turn);
        }
    }
    Ok(())
}

fn received(relation: RelationId, heard: &Heard, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let (Some(receipt), Ok(mine)) = (&heard.receipt, PublicKey::from_bytes(relation.as_bytes())) else { return Ok(()) };
    for (id, mut share) in of(turn.view, &relation)? {
        let Some(offer) = &mut share.offer else { continue };
        if offer.agreement != receipt.agreement() || share.stage != Stage::Agreed {
            continue;
        }
        // The very record that I signed, with one signature more.
        if receipt.completes(&offer.receipt, &mine) {
            receipt.text().clone_into(&mut offer.receipt);
            offer.received = Some(turn.now);
            enter(&id, &mut share, Stage::Shared, turn);
        }
    }
    Ok(())
}

fn deleted(relation: RelationId, signed: &Signed, said: &Deletion, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    for (id, mut share) in of(turn.view, &relation)? {
        let Some(offer) = &share.offer else { continue };
        let are_all = offer.values.keys().all(|field| said.fields.contains(field));
        // Word of a deletion from before anything was shown says nothing; after a withdrawal it is what was asked for.
        let is_timely = share.withdrawn.is_some() || offer.shown.is_some_and(|at| signed.letter.sent >= at.minute());
        if offer.agreement == said.agreement && share.deleted.is_none() && are_all && is_timely {
            share.deleted = Some(Deleted {
                at: turn.now,
                how: said.how,
                fields: said.fields.clone(),
                proof: ByteBuf::from(signed.proof()),
            });
            put(&id, &share, turn);
        }
    }
    Ok(())
}
