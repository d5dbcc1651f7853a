//! What somebody may try who has a link, or is a contact already. The nodes here are engines over memory; what comes in
//! goes through intake, as from the wire.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sesame_protocol::document::{Card, SealKey};
use sesame_protocol::invitation as code;
use sesame_protocol::key::{Seed, SigningKey};
use sesame_protocol::letter::{Acceptance, Letter};
use sesame_protocol::time::Timestamp;
use sesame_protocol::wire::{Reason, mail as frame};
use sesame_protocol::{document, letter};

use super::*;
use crate::engine::{Input, Node, Protocol, Step};
use crate::view::Memory;
use crate::{Decision, intake, turn};

const NOW: Timestamp = Timestamp::from_seconds(1_772_323_200);

/// A node of somebody.
struct Person {
    memory: Memory,
    engine: Engine,
    rng: ChaCha20Rng,
}

impl Person {
    fn new(number: u8, name: &str) -> Self {
        let mut rng = ChaCha20Rng::from_seed([number; 32]);
        let mut memory = Memory::default();
        memory.commit(
            own::birth(&Seed::from_entropy([number; 32]), own::Born { name, is_person: true }, NOW, &mut rng).unwrap(),
        );
        let engine = Engine::open(&memory).unwrap();
        let mut person = Self { memory, engine, rng };
        person.step(vec![Input::Started, Input::Listening(vec![format!("/ip4/10.0.0.{number}/tcp/4001")])]);
        person
    }

    fn step(&mut self, inputs: Vec<Input>) -> Vec<Effect> {
        let Step { writes, effects } = turn(&mut self.engine, &self.memory, inputs, NOW, &mut self.rng).unwrap();
        self.memory.commit(writes);
        effects
    }

    fn decide(&mut self, decision: Decision) -> Result<Outcome, Refusal> {
        let effects = self.step(vec![Input::Asked { ask: 1, decision }]);
        let reply = effects.into_iter().find_map(|effect| match effect {
            Effect::Reply { outcome, .. } => Some(outcome),
            _ => None,
        });
        reply.expect("a decision is answered")
    }

    fn invite(&mut self) -> code::Invitation {
        let Ok(Outcome::Invited(made)) = self.decide(Decision::Invite { name: String::new() }) else {
            panic!("no invitation")
        };
        code::Invitation::parse(&made.code).unwrap()
    }

    fn card(&self) -> Document {
        Document::from_store(&own::card(&self.memory).unwrap().unwrap()).unwrap()
    }

    /// A letter arrives from a device; what the node answers.
    fn hears(&mut self, from: Node, letter: Vec<u8>) -> Result<(), Reason> {
        let bytes = frame::Ask { letters: vec![letter] }.encode();
        let request = intake::request(&self.memory, Protocol::Mail, &bytes, NOW).unwrap().unwrap();
        let effects = self.step(vec![Input::Request { from, token: 1, request }]);
        let answer = effects.into_iter().find_map(|effect| match effect {
            Effect::Answer { bytes, .. } => Some(bytes),
            _ => None,
        });
        match frame::Answer::decode(&answer.expect("a letter is answered")).unwrap().results[0] {
            frame::Outcome::Taken => Ok(()),
            frame::Outcome::Refused(reason) => Err(reason),
        }
    }
}

/// An acceptance of an invitation in the name of `from`, with any card.
fn acceptance(host: &Person, invitation: &code::Invitation, from: IdentityId, card: Vec<u8>) -> Vec<u8> {
    let letter = Letter {
        from,
        to: host.engine.me.id,
        number: 1,
        id: LetterId::from_bytes([7; 16]),
        sent: NOW.minute(),
        expires: NOW.plus(limits::LETTER_LIFE).minute(),
        re: None,
        body: letter::Body::Acceptance(Acceptance { card, personas: Vec::new(), half: [9; 32] }),
    };
    let Body::Card(content) = host.card().body().clone() else { panic!("no card") };
    let key = PairKey::from_invitation(&invitation.secret, &host.engine.me.id);
    letter::seal(&letter, &content.seal.key, &key, &mut ChaCha20Rng::from_seed([8; 32])).unwrap()
}

fn content(person: &Person) -> Card {
    match person.card().body() {
        Body::Card(content) => content.clone(),
        _ => panic!("a card is a card"),
    }
}

#[test]
fn nobody_becomes_somebody_else_by_a_card_of_a_later_epoch() {
    let (mut alice, bob) = (Person::new(1, "Alice"), Person::new(2, "Bob"));
    let invitation = alice.invite();
    let (mallory, device) = (SigningKey::from_bytes([66; 32]), [67; 32]);
    let seal = SealKey { epoch: 0, key: content(&bob).seal.key, until: content(&bob).seal.until };
    let forged = Card { epoch: 1, device, seal, ..content(&bob) };
    let forged = document::Document::sign(Body::Card(forged), &mallory).unwrap();
    let letter = acceptance(&alice, &invitation, bob.engine.me.id, forged.bytes().to_vec());
    assert_eq!(alice.hears(device, letter), Err(Reason::Malformed));
    assert!(one(&alice.memory, &bob.engine.me.id).unwrap().is_none());
    assert_eq!(invitations(&alice.memory).unwrap().len(), 1, "the invitation is still good");
}

#[test]
fn a_device_is_believed_only_of_whoever_speaks_from_it() {
    let (mut alice, bob) = (Person::new(1, "Alice"), Person::new(2, "Bob"));
    let invitation = alice.invite();
    let letter = acceptance(&alice, &invitation, bob.engine.me.id, bob.card().bytes().to_vec());
    assert_eq!(alice.hears([66; 32], letter.clone()), Err(Reason::BadSignature), "another device brought it");
    assert_eq!(alice.hears(bob.engine.me.device, letter), Ok(()));
    assert_eq!(alice.engine.nodes.get(&bob.engine.me.device), Some(&bob.engine.me.id));
    // A link that names Bob's device as that of somebody else.
    let chloe = Person::new(3, "Chloe");
    let stolen = code::Invitation {
        inviter: chloe.engine.me.id,
        device: bob.engine.me.device,
        addresses: vec!["/ip4/10.0.0.9/tcp/1".to_owned()],
        secret: [5; 16],
        expires: invitation.expires,
    };
    let refused = alice.decide(Decision::Accept { code: stolen.to_code(), name: String::new() });
    assert!(matches!(refused, Err(Refusal::KnownAlready { id }) if id == bob.engine.me.id));
    assert_eq!(alice.engine.nodes.get(&bob.engine.me.device), Some(&bob.engine.me.id));
}

#[test]
fn a_contact_that_cannot_be_dialled_does_not_ring_for_ever() {
    let (mut alice, bob) = (Person::new(1, "Alice"), Person::new(2, "Bob"));
    let (id, device) = (bob.engine.me.id, bob.engine.me.device);
    let invitation = alice.invite();
    let letter = acceptance(&alice, &invitation, id, bob.card().bytes().to_vec());
    alice.step(vec![Input::Linked(device)]);
    assert_eq!(alice.hears(device, letter), Ok(()));
    assert!(alice.decide(Decision::Verify { contact: id, same: false }).is_ok());
    alice.step(vec![Input::Unlinked(device)]);
    let effects = alice.step(vec![Input::Woke]);
    let next = effects.iter().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        _ => None,
    });
    assert!(next.is_some_and(|next| next > NOW.plus(std::time::Duration::from_secs(1))), "{next:?}");
}
