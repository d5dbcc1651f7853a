//! One rule for signatures, the same alone and in a batch.
//!
//! The rule V, for key A, message m and signature (R, s): s < ℓ; A and R are canonical and not of small order;
//! 8·(sB − R − H(R ‖ A ‖ m)·A) = O. It is *cofactored* because no random weights can see a torsion part in a
//! cofactorless batch, so a batch could say yes where a single check says no. It accepts all that strict
//! verification accepts, and beyond that only torsioned signatures that their own signer made; ids leave the
//! signature out, so a second signature on a document changes nothing.

#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

use std::collections::BTreeMap;

use curve25519_dalek::{
    constants::ED25519_BASEPOINT_POINT,
    edwards::EdwardsPoint,
    scalar::Scalar,
    traits::{IsIdentity, VartimeMultiscalarMul},
};
use sha2::{Digest, Sha512};

use super::signature::{PublicKey, Signature, point};
use crate::Rng;

/// Something signed, to be checked with others.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Who is said to have signed.
    pub key: &'a PublicKey,
    /// What is said to be signed.
    pub message: &'a [u8],
    /// The signature.
    pub signature: &'a Signature,
}

/// Whether the signature is the key's on the message.
pub fn verify(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    Term::new(&Signed { key, message, signature }).is_some_and(|term| term.holds())
}

/// Checks many signatures at once, and says for each what [`verify`] would say.
///
/// A wrong yes has a chance of at most 2^-125 whatever the signatures are, as long as `rng` cannot be predicted
/// by those who made them. When a batch fails it is halved, so one bad signature costs a logarithm more.
pub fn verify_batch(items: &[Signed<'_>], rng: &mut dyn Rng) -> Vec<bool> {
    let mut answers = vec![false; items.len()];
    let mut terms = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        if let Some(term) = Term::new(item) {
            let mut weight = [0; 16];
            rng.fill_bytes(&mut weight);
            terms.push(Weighted { place, term, weight: Scalar::from(u128::from_le_bytes(weight)) });
        }
    }
    settle(&terms, &mut answers);
    answers
}

/// A signature whose form was checked: what is left of it is one equation.
struct Term {
    author: [u8; 32],
    a: EdwardsPoint,
    r: EdwardsPoint,
    s: Scalar,
    k: Scalar,
}

impl Term {
    fn new(item: &Signed<'_>) -> Option<Self> {
        let (r_bytes, s_bytes) = item.signature.as_bytes().split_first_chunk::<32>()?;
        let s = Option::from(Scalar::from_canonical_bytes(s_bytes.try_into().ok()?))?;
        let r = point(r_bytes).ok()?;
        let author = *item.key.as_bytes();
        let a = point(&author).ok()?;
        let mut hasher = Sha512::new();
        hasher.update(r_bytes);
        hasher.update(author);
        hasher.update(item.message);
        let k = Scalar::from_bytes_mod_order_wide(&hasher.finalize().into());
        Some(Self { author, a, r, s, k })
    }

    fn holds(&self) -> bool {
        let sum = EdwardsPoint::vartime_double_scalar_mul_basepoint(&-self.k, &self.a, &self.s) - self.r;
        sum.mul_by_cofactor().is_identity()
    }
}

struct Weighted {
    place: usize,
    term: Term,
    weight: Scalar,
}

/// Checks all terms together; halves them when that fails; decides a single one by the rule itself.
fn settle(terms: &[Weighted], answers: &mut [bool]) {
    if let [one] = terms {
        set(answers, one.place, one.term.holds());
    } else if hold_together(terms) {
        for each in terms {
            set(answers, each.place, true);
        }
    } else {
        let (low, high) = terms.split_at(terms.len() / 2);
        settle(low, answers);
        settle(high, answers);
    }
}

fn set(answers: &mut [bool], place: usize, holds: bool) {
    if let Some(answer) = answers.get_mut(place) {
        *answer = holds;
    }
}

/// 8·Σ zᵢ(sᵢB − Rᵢ − kᵢAᵢ) = O, with the terms of one author merged.
fn hold_together(terms: &[Weighted]) -> bool {
    let mut base = Scalar::ZERO;
    let mut scalars = Vec::with_capacity(2 * terms.len() + 1);
    let mut points = Vec::with_capacity(2 * terms.len() + 1);
    let mut authors: BTreeMap<[u8; 32], (Scalar, EdwardsPoint)> = BTreeMap::new();
    for Weighted { term, weight, .. } in terms {
        base += weight * term.s;
        scalars.push(-weight);
        points.push(term.r);
        authors.entry(term.author).or_insert((Scalar::ZERO, term.a)).0 -= weight * term.k;
    }
    for (scalar, point) in authors.into_values() {
        scalars.push(scalar);
        points.push(point);
    }
    scalars.push(base);
    points.push(ED25519_BASEPOINT_POINT);
    EdwardsPoint::vartime_multiscalar_mul(&scalars, &points).mul_by_cofactor().is_identity()
}

#[cfg(test)]
mod tests;
