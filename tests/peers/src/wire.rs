//! P16: a recommendation on the wire, signature and key included. The floor is what cannot be left out: 32 bytes of
//! author, 64 of signature, the subject, the marks and the text themselves, eight bytes of version and end, and one
//! byte that says what it is.

use anyhow::Result;
use sesame_protocol::document::{Body, Document, Marks, Recommendation};
use sesame_protocol::key::SigningKey;
use sesame_protocol::market::Market;
use sesame_protocol::subject::Subject;
use sesame_protocol::time::Timestamp;

use crate::{Goal, Line};

pub(crate) fn measure() -> Result<Vec<Line>> {
    let plain = size("")?;
    let text = "Bills are clear, the hot line answers within a minute, and leaving took one letter and one week.";
    let written = size(text)?;
    #[expect(clippy::cast_precision_loss, reason = "a document is a few hundred bytes")]
    let (plain, written) = (plain as f64, written as f64 / (32 + 64 + 15 + 7 + 2 + 8 + 1 + text.len()) as f64);
    Ok(vec![
        Line {
            row: "P16",
            what: "a recommendation without text",
            figure: plain,
            goal: Goal::AtMost(170.0),
            unit: "bytes",
        },
        Line {
            row: "P16",
            what: "with 96 characters, against the floor",
            figure: written,
            goal: Goal::AtMost(1.10),
            unit: "",
        },
    ])
}

fn size(text: &str) -> Result<usize> {
    let body = Body::Recommendation(Recommendation {
        subject: Subject::parse("siren:552081317")?,
        market: Some(Market::parse("04.5.1")?),
        marks: Marks { overall: Some(80), ..Marks::default() },
        text: text.to_owned(),
        version: 1_772_323_200,
        until: Timestamp::from_seconds(1_800_000_000),
    });
    Ok(Document::sign(body, &SigningKey::from_bytes([6; 32]))?.bytes().len())
}
