//! What a person's node says at the desk, step by step. Every letter is checked against what the account holds; nothing is
//! believed that was not signed by this relation, nothing is kept that was not agreed.

use std::collections::BTreeMap;

use serde_bytes::ByteBuf;
use serde_json::Value;
use sesame_protocol::Rng;
use sesame_protocol::agreement::{Agreement, Proffered};
use sesame_protocol::credential::key::PublicKey as JosePublicKey;
use sesame_protocol::credential::{Demand, Expected, Issuer, Presentation, TransactionHash, issue};
use sesame_protocol::letter::LetterId;
use sesame_protocol::letter::evidence::{Body, Presented, Receipt, Signed, Verdict, Withdrawal};
use sesame_protocol::limits::VALUE_CHARS_MAX;
use sesame_protocol::receipt;
use sesame_protocol::text;
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::Reason;

use super::Desk;
use super::account::{Account, Change, Held, Stage, Standing, Why};
use super::event::Event;
use crate::{limits, shares};

impl Account {
    /// Reads a letter of the person's node. A letter that was read before changes nothing.
    ///
    /// An error says why it is refused; then nothing was changed.
    pub fn hear(&mut self, signed: &Signed, desk: &Desk, now: Timestamp, rng: &mut dyn Rng) -> Result<Change, Reason> {
        let letter = &signed.letter;
        if self.has_read(&letter.id) {
            return Ok(Change::default());
        }
        self.seen.retain(|(_, until)| *until > now);
        if self.seen.len() >= limits::SEEN_PER_ACCOUNT_MAX {
            return Err(Reason::Busy);
        }
        let mut change = Change::default();
        match &letter.body {
            Body::Answer(answer) => self.answered(&answer.verdict, &mut change, now, rng)?,
            Body::Refusal(no) => {
                let id = letter.re.ok_or(Reason::Unknown)?;
                self.open_request(&id, &[Stage::Asked, Stage::Proffered])?;
                self.refuse(&id, &no.reason, false, now);
                change.tell(Event::Refused(id), now, rng);
            }
            Body::Proffer(proffer) => {
                let id = letter.re.ok_or(Reason::Unknown)?;
                self.proffer(&id, letter.id, &proffer.agreement, desk, &mut change, now, rng)?;
            }
            Body::Presented(presented) => self.present(presented, desk, &mut change, now, rng)?,
            Body::Withdrawal(withdrawal) => self.withdraw(withdrawal, &mut change, now, rng)?,
            Body::Closing(_) => self.close(&mut change, now, rng),
            // What only an organisation says.
            _ => return Err(Reason::Unknown),
        }
        self.seen.push((letter.id, letter.expires.plus(std::time::Duration::from_hours(24))));
        Ok(change)
    }

    fn answered(
        &mut self,
        verdict: &Verdict,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> Result<(), Reason> {
        if !matches!(self.standing, Standing::Asked | Standing::Missing(_)) {
            return Err(Reason::Unknown);
        }
        let (standing, event) = match verdict {
            Verdict::Open => (Standing::Open, Event::Opened),
            Verdict::Refused => (Standing::Refused, Event::Declined),
            Verdict::Missing(fields) => (Standing::Missing(fields.clone()), Event::Declined),
        };
        self.enter(standing, now);
        change.tell(event, now, rng);
        Ok(())
    }

    /// A request that may still be answered.
    fn open_request(&mut self, id: &LetterId, stages: &[Stage]) -> Result<&mut super::Request, Reason> {
        let request = self.request(id).ok_or(Reason::Unknown)?;
        if stages.contains(&request.stage) { Ok(request) } else { Err(Reason::Unknown) }
    }

    #[expect(clippy::too_many_arguments, reason = "a step is handed all that it depends on")]
    fn proffer(
        &mut self,
        id: &LetterId,
        letter: LetterId,
        agreement: &[u8],
        desk: &Desk,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> Result<(), Reason> {
        if self.standing != Standing::Open {
            return Err(Reason::Unknown);
        }
        let proffered = Proffered::read(agreement, &self.relation).map_err(|_| Reason::BadSignature)?;
        let terms = proffered.terms();
        let request = self.open_request(id, &[Stage::Asked, Stage::Proffered, Stage::Refused])?;
        if request.until <= now {
            return Err(Reason::Unknown);
        }
        let is_ours = terms.vendor == desk.me && terms.vendor_key == desk.key.public();
        // Stale or dated ahead: the presentation's own time is held against this one.
        let is_timely = terms.made <= now.plus(limits::CLOCKS_APART) && terms.made.plus(limits::LETTER_LIFE) > now;
        if !is_ours || !is_timely || !terms.are_within(id, &request.asked) {
            return Err(Reason::Malformed);
        }
        request.proffer = Some(letter);
        request.agreement = ByteBuf::from(agreement);
        request.agreement_id = Some(proffered.id());
        request.stage = Stage::Proffered;
        request.since = now;
        request.no = None;
        let signs = desk.profile.as_ref().is_some_and(|profile| profile.terms.contains(&terms.terms));
        if signs {
            self.agree(id, &proffered, desk, change, now, rng).ok_or(Reason::Malformed)?;
        } else {
            change.tell(Event::Proffered(*id), now, rng);
        }
        Ok(())
    }

    /// Takes in what was agreed, if it is just that, bound to this agreement, for us, and has not come before.
    fn present(
        &mut self,
        presented: &Presented,
        desk: &Desk,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> Result<(), Reason> {
        let relation = self.relation;
        let is_under = |request: &&super::Request| {
            request.stage == Stage::Agreed && request.agreement_id == Some(presented.agreement)
        };
        let request = self.requests.iter().find(is_under).ok_or(Reason::Unknown)?;
        let (id, proffer) = (request.id, request.proffer);
        let agreement =
            Agreement::read(&request.agreement, &relation, &desk.key.public()).map_err(|_| Reason::Unknown)?;
        let values = shown(&agreement, desk, presented.presentation.as_bytes(), now)?;
        let profile = desk.profile.as_ref().ok_or(Reason::Busy)?;
        let moments = agreement.terms().made.minus(limits::CLOCKS_APART)..=now.plus(limits::CLOCKS_APART);
        let signed = receipt::countersign(&presented.receipt, &agreement, profile, &relation, &desk.key, moments);
        let receipt = signed.map_err(|_| Reason::BadSignature)?;
        let due = agreement.terms().until();
        if due <= now {
            return Err(Reason::Unknown);
        }
        let bytes: usize = values.values().map(String::len).sum();
        if self.held_bytes().saturating_add(bytes) > limits::HELD_BYTES_MAX {
            return Err(Reason::Busy);
        }
        let request = self.request(&id).ok_or(Reason::Unknown)?;
        request.held = Some(Held { values, at: now, due });
        request.receipt.clone_from(&receipt);
        request.stage = Stage::Held;
        request.since = now;
        let body = Body::Receipt(Receipt { agreement: presented.agreement, receipt });
        self.write(body, proffer, change, now, rng);
        change.tell(Event::Held(id), now, rng);
        Ok(())
    }

    fn withdraw(
        &mut self,
        withdrawal: &Withdrawal,
        change: &mut Change,
        now: Timestamp,
        rng: &mut dyn Rng,
    ) -> Result<(), Reason> {
        let is_under = |request: &&super::Request| request.agreement_id == Some(withdrawal.agreement);
        let request = self.requests.iter().find(is_under).ok_or(Reason::Unknown)?;
        let id = request.id;
        self.delete(&id, Why::Withdrawn, change, now, rng);
        Ok(())
    }

    fn close(&mut self, change: &mut Change, now: Timestamp, rng: &mut dyn Rng) {
        self.delete_each(|_| true, Why::Closed, change, now, rng);
        for request in self.requests.iter_mut().filter(|request| request.ended.is_none()) {
            request.stage = Stage::Ended;
            request.since = now;
        }
        self.enter(Standing::Closed, now);
        change.tell(Event::Closed, now, rng);
    }
}

/// The values of a presentation, when all of it holds: signed by the issuer that the agreement names, bound to the key that
/// it names, for us, for this nonce, for this agreement, in time; and exactly the fields that were agreed.
fn shown(
    agreement: &Agreement,
    desk: &Desk,
    presentation: &[u8],
    now: Timestamp,
) -> Result<BTreeMap<String, String>, Reason> {
    let terms = agreement.terms();
    let issuer = JosePublicKey::from_did(&terms.issuer).map_err(|_| Reason::BadSignature)?;
    let trusted = [Issuer { name: Some(&terms.issuer), key: issuer }];
    let (audience, nonce) = (shares::audience(&desk.me), shares::nonce(&terms.nonce));
    let expected = Expected {
        credential: Demand {
            issuers: &trusted,
            typ: issue::TYP,
            vct: Some(limits::VCT),
            required: &["iss", "iat", "exp", "cnf"],
            now,
        },
        audience: &audience,
        nonce: &nonce,
        earliest: terms.made.minus(limits::CLOCKS_APART),
        latest: now.plus(limits::CLOCKS_APART),
        transaction: Some(TransactionHash::of(&agreement.transaction_data())),
    };
    let shown = Presentation::read(presentation)
        .and_then(|presentation| presentation.verify(&expected))
        .map_err(|_| Reason::BadSignature)?;
    if shown.holder().is_none_or(|holder| holder.to_did() != terms.holder) {
        return Err(Reason::BadSignature);
    }
    let mut values = BTreeMap::new();
    for (claim, value) in shown.claims() {
        match value {
            Value::String(value) if terms.fields.contains(claim) && is_value(value) => {
                values.insert(claim.clone(), value.clone())
            }
            // Around the values stand the claims of every credential; anything else was not agreed.
            _ if ["iss", "iat", "exp", "vct", "cnf"].contains(&claim.as_str()) => None,
            _ => return Err(Reason::Malformed),
        };
    }
    let bytes: usize = values.values().map(String::len).sum();
    let is_whole = values.len() == terms.fields.len() && bytes <= limits::SHARED_BYTES_MAX;
    if is_whole { Ok(values) } else { Err(Reason::Malformed) }
}

/// A value as an honest node sends it: not blank, not too long, nothing invisible in it.
fn is_value(value: &str) -> bool {
    !value.is_empty() && value.chars().count() <= VALUE_CHARS_MAX && text::clean_prose(value) == value
}
