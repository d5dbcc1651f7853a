use sesame_protocol::document::{Body, Document, Marks, Recommendation};
use sesame_protocol::key::{IdentityId, SigningKey};
use sesame_protocol::subject::Subject;
use sesame_protocol::time::Timestamp;

use super::*;

fn voice(name: &str, trust: Trust, mark: u8) -> Voice {
    let body = Body::Recommendation(Recommendation {
        subject: Subject::parse("siren:552081317").unwrap(),
        market: None,
        marks: Marks { overall: Some(mark), ..Marks::default() },
        text: String::new(),
        version: 1,
        until: Timestamp::from_seconds(86_400),
    });
    let document = Document::sign(body, &SigningKey::from_bytes([mark; 32])).unwrap();
    Voice {
        contact: IdentityId::from_bytes([mark; 32]),
        name: name.to_owned(),
        trust,
        share: 0.0,
        mark,
        marks: Marks::default(),
        text: String::new(),
        market: None,
        at: Timestamp::from_seconds(1),
        id: document.id(),
    }
}

#[test]
fn nobody_whose_word_weighs_means_no_score() {
    let mut voices = [voice("Bob", Trust::None, 100), voice("Eve", Trust::None, 0)];
    assert_eq!(weigh(&mut voices), None);
    assert_eq!(price(&voices), 0);
}

#[test]
fn a_voice_that_weighs_nothing_moves_nothing() {
    let mut alone = [voice("Bob", Trust::Much, 80)];
    let mut crowded: Vec<Voice> = (0..10).map(|fake| voice(&format!("fake {fake}"), Trust::None, fake)).collect();
    crowded.push(voice("Bob", Trust::Much, 80));
    assert_eq!(weigh(&mut alone), weigh(&mut crowded));
}

#[test]
fn with_three_voices_none_weighs_over_a_third() {
    let shares = |trusts: &[Trust]| {
        let mut voices: Vec<Voice> =
            (0..).zip(trusts).map(|(mark, trust)| voice(&mark.to_string(), *trust, mark)).collect();
        weigh(&mut voices);
        assert!((voices.iter().map(|voice| voice.share).sum::<f64>() - 1.0).abs() < 1e-9);
        voices.iter().map(|voice| (voice.share * 1000.0).round() / 1000.0).collect::<Vec<_>>()
    };
    let (much, some, little, none) = (Trust::Much, Trust::Some, Trust::Little, Trust::None);
    assert_eq!(shares(&[much, some, some, some]), [0.333, 0.222, 0.222, 0.222]);
    assert_eq!(shares(&[much, little, little]), [0.333, 0.333, 0.333]);
    assert_eq!(shares(&[much, much, little, little, none]), [0.333, 0.333, 0.167, 0.167, 0.0]);
    // Two are too few for a third each.
    assert_eq!(shares(&[much, little, none]), [0.9, 0.1, 0.0]);
}

#[test]
fn one_liar_among_three_moves_the_score_by_a_bounded_amount() {
    let honest = [("Bob", 70), ("Chloé", 72), ("Dan", 68)];
    let mut voices: Vec<Voice> = honest.iter().map(|(name, mark)| voice(name, Trust::Some, *mark)).collect();
    let before = weigh(&mut voices).unwrap();
    let promised = price(&voices);
    for lie in [0, 100] {
        let mut bent: Vec<Voice> = honest.iter().map(|(name, mark)| voice(name, Trust::Some, *mark)).collect();
        bent[1] = voice("Chloé", Trust::Some, lie);
        let after = weigh(&mut bent).unwrap();
        assert!(before.abs_diff(after) <= promised + 1, "{before} to {after}, promised {promised}");
    }
    assert!(promised <= 8, "a third of a clip of 18.75 points on either side: {promised}");
}

#[test]
fn the_mark_all_in_all_is_the_mean_of_the_others_when_it_was_not_given() {
    let marks = Marks { price: Some(40), quality: Some(61), ..Marks::default() };
    assert_eq!(mark(&marks), Some(51));
    assert_eq!(mark(&Marks { overall: Some(7), ..marks }), Some(7));
    assert_eq!(mark(&Marks::default()), None);
}
