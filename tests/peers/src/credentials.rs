//! P9: a credential of fifty claims, of which five are shown, against the crate `sd-jwt-rs`: issuing and verifying, and
//! showing without the holder's signature. Both sides of a ratio are taken in turns, round by round.
//!
//! Most of the time goes into signatures, and the peer's are made by ring, in assembly.

#[path = "credentials/theirs.rs"]
mod theirs;

use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::{Map, Value};
use sesame_protocol::credential::hold::{Binding, Credential};
use sesame_protocol::credential::issue::{self, Template};
use sesame_protocol::credential::key::SigningKey;
use sesame_protocol::credential::{Demand, Expected, Issuer, Presentation};
use sesame_protocol::time::Timestamp;

use crate::{Goal, Line, median};

/// Rounds of which the median counts.
const ROUNDS: usize = 31;
/// Runs in one round.
const RUNS: u32 = 100;
const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);
const END: Timestamp = Timestamp::from_seconds(1_900_000_000);
const ISSUER: &str = "https://grid.example";
const AUDIENCE: &str = "https://shop.example";
const NONCE: &str = "n-0S6_WzA2Mj";
/// The claims that are shown.
const SHOWN: [usize; 5] = [1, 7, 20, 33, 49];

pub(crate) fn measure() -> Result<Vec<Line>> {
    let ed25519 = Pair { issuer: SigningKey::ed25519([1; 32]), holder: SigningKey::ed25519([2; 32]) };
    let es256 = Pair { issuer: SigningKey::es256([1; 32]), holder: SigningKey::es256([2; 32]) };
    let times = |what, figure, goal| Line { row: "P9", what, figure, goal: Goal::AtLeast(goal), unit: "times as fast" };
    Ok(vec![
        times("issued, Ed25519, against sd-jwt-rs", ed25519.issuing()?, 2.5),
        times("verified, Ed25519, against sd-jwt-rs", ed25519.verifying()?, 1.8),
        times("issued, ES256, against sd-jwt-rs", es256.issuing()?, 2.5),
        times("verified, ES256, against sd-jwt-rs", es256.verifying()?, 1.8),
        Line {
            row: "P9",
            what: "shown, but for the signature",
            figure: es256.showing()?,
            goal: Goal::AtMost(1.0),
            unit: "µs",
        },
    ])
}

/// Who issues and who holds.
struct Pair {
    issuer: SigningKey,
    holder: SigningKey,
}

impl Pair {
    fn issue(&self, rng: &mut ChaCha20Rng, pointers: &[String], claims: Map<String, Value>) -> Result<String> {
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let template = Template {
            issuer: ISSUER,
            vct: "urn:example:meter",
            issued: NOW,
            not_before: None,
            expires: Some(END),
            holder: &self.holder.public(),
            claims,
            disclosable: &pointers,
            digests: pointers.len(),
        };
        Ok(issue::issue(template, &self.issuer, None, rng)?)
    }

    fn credential(&self) -> Result<Credential> {
        let text = self.issue(&mut ChaCha20Rng::seed_from_u64(9), &pointers(), claims())?;
        Ok(Credential::accept(text.as_bytes(), &demand(&self.issuers()), &self.holder.public())?)
    }

    fn issuers(&self) -> [Issuer<'static>; 1] {
        [Issuer { name: Some(ISSUER), key: self.issuer.public() }]
    }

    /// How many times as fast a credential is issued.
    fn issuing(&self) -> Result<f64> {
        let (claims, pointers) = (claims(), pointers());
        let mut rng = ChaCha20Rng::seed_from_u64(9);
        let mut peer = theirs::Issuer::new(&self.issuer, &self.holder, &claims)?;
        ratio(|| self.issue(&mut rng, &pointers, claims.clone()), || peer.issue())
    }

    /// How many times as fast a presentation is verified.
    fn verifying(&self) -> Result<f64> {
        let sent = self.credential()?.present(&SHOWN, &binding(), &self.holder)?;
        let issuers = self.issuers();
        let expected = Expected {
            credential: demand(&issuers),
            audience: AUDIENCE,
            nonce: NONCE,
            earliest: NOW,
            latest: NOW,
            transaction: None,
        };
        let issued = theirs::Issuer::new(&self.issuer, &self.holder, &claims())?.issue()?;
        let shown = SHOWN.map(|at| (name(at), Value::Bool(true))).into_iter().collect();
        let peer = theirs::present(issued, &shown, &self.holder)?;
        let key = theirs::public(&self.issuer.public())?;
        ratio(|| Ok(Presentation::read(sent.as_bytes())?.verify(&expected)?), || theirs::verify(&peer, &key))
    }

    /// Microseconds to show five claims, but for the signature.
    fn showing(&self) -> Result<f64> {
        let credential = self.credential()?;
        let round = |_| micros(|| Ok(credential.prepare(&SHOWN, &binding())?));
        Ok(median((0..ROUNDS).map(round).collect::<Result<_>>()?))
    }
}

fn name(at: usize) -> String {
    format!("claim_{at:02}")
}

fn claims() -> Map<String, Value> {
    (0..50).map(|at| (name(at), Value::from(format!("value number {at}")))).collect()
}

fn pointers() -> Vec<String> {
    claims().keys().map(|name| format!("/{name}")).collect()
}

fn demand<'a>(issuers: &'a [Issuer<'a>]) -> Demand<'a> {
    Demand { issuers, typ: issue::TYP, vct: Some("urn:example:meter"), required: &["exp"], now: NOW }
}

fn binding() -> Binding<'static> {
    Binding { audience: AUDIENCE, nonce: NONCE, issued: NOW, transaction: None }
}

/// The peer's time over ours, as the median of rounds in turns.
fn ratio<O, T>(mut ours: impl FnMut() -> Result<O>, mut theirs: impl FnMut() -> Result<T>) -> Result<f64> {
    let mut ratios = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let ours = micros(&mut ours)?;
        ratios.push(micros(&mut theirs)? / ours);
    }
    Ok(median(ratios))
}

/// Microseconds of one run.
fn micros<T>(mut run: impl FnMut() -> Result<T>) -> Result<f64> {
    let began = Instant::now();
    for _ in 0..RUNS {
        black_box(run()?);
    }
    Ok(began.elapsed().as_secs_f64() * 1e6 / f64::from(RUNS))
}

#[cfg(test)]
#[path = "credentials/tests.rs"]
mod tests;
