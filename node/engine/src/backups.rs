//! Backups that were made, as the node remembers them: so that it can say how old the last one is, and which of them may
//! still hold what a person forgot. And what a node must do that went back in time: none of its numbers may come twice.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};
use sesame_protocol::Rng;
use sesame_protocol::time::Timestamp;

use crate::decide::{Outcome, Refusal};
use crate::engine::{Notice, Turn};
use crate::shelf::{Shelf, Write};
use crate::view::{Unreadable, View};
use crate::{contacts, limits, own, relations, row};

/// A backup that was made, by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// When it was made.
    pub at: Timestamp,
    /// Where it lies, as it was typed.
    pub place: String,
    /// Whether that is one file, and not a folder.
    pub is_file: bool,
    /// The number of the vault's last batch in it.
    pub batch: u64,
    /// Its entries.
    pub entries: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// The digest of all of them.
    #[serde(with = "serde_bytes")]
    pub digest: [u8; 32],
    /// Whether a passphrase opens it too, and not the words alone.
    pub has_passphrase: bool,
    /// Whether that is the one of an earlier backup, and not surely the vault's when this one was made.
    #[serde(default)]
    pub has_earlier_passphrase: bool,
    /// When every byte of it was last read and found whole, or it was restored in a drill.
    pub checked: Option<Timestamp>,
}

/// The id of a backup.
pub type BackupId = [u8; 16];

/// What happened to a backup.
#[derive(Debug)]
pub enum Choice {
    /// It was made, and `kept` of its place are left, itself included.
    Made {
        /// Its id.
        id: BackupId,
        /// What it is.
        backup: Box<Backup>,
        /// How many of its place are left; all of them if nothing was removed.
        kept: Option<u32>,
    },
    /// It was checked and is whole.
    Checked {
        /// Its id.
        id: BackupId,
    },
}

/// All backups that are remembered, the newest first.
pub fn all(view: &dyn View) -> Result<Vec<(BackupId, Backup)>, Unreadable> {
    let rows = row::walk::<Backup>(view, Shelf::Backup, &[], limits::BACKUPS_MAX.saturating_add(1))?;
    let mut found = Vec::with_capacity(rows.len());
    for (name, backup) in rows {
        found.push((name.try_into().map_err(|_| Unreadable::Row { shelf: Shelf::Backup })?, backup));
    }
    found.sort_by_key(|(_, backup)| Reverse((backup.at, backup.batch)));
    Ok(found)
}

/// Backups that may hold what was noted at a moment: those made since, the newest first. Both are moments of this node's
/// clock, to the same second counts as since.
pub fn since(view: &dyn View, noted: Timestamp) -> Result<Vec<Backup>, Unreadable> {
    let all = all(view)?.into_iter().map(|(_, backup)| backup);
    Ok(all.filter(|backup| backup.at.seconds() >= noted.seconds()).collect())
}

impl Choice {
    pub(crate) fn carry_out(self, turn: &mut Turn<'_, '_>) -> Result<Result<Outcome, Refusal>, Unreadable> {
        match self {
            Self::Made { id, backup, kept } => {
                turn.put(Shelf::Backup, &id, &*backup);
                forget_removed(&backup.place, kept, turn)?;
            }
            Self::Checked { id } => {
                let Some(mut backup) = turn.get::<Backup>(Shelf::Backup, &id)? else {
                    return Ok(Err(Refusal::NotFound));
                };
                backup.checked = Some(turn.now);
                turn.put(Shelf::Backup, &id, &backup);
            }
        }
        turn.tell(Notice::Data);
        Ok(Ok(Outcome::Done))
    }
}

/// Lets go of what was removed from a place, and of the oldest when there are too many.
fn forget_removed(place: &str, kept: Option<u32>, turn: &mut Turn<'_, '_>) -> Result<(), Unreadable> {
    let all = all(turn.view)?;
    let kept = kept.map_or(usize::MAX, |kept| usize::try_from(kept).unwrap_or(usize::MAX));
    let gone = all.iter().filter(|(_, backup)| backup.place == place).skip(kept);
    for (id, _) in gone.chain(all.iter().skip(limits::BACKUPS_MAX)) {
        turn.drop(Shelf::Backup, id);
    }
    Ok(())
}

/// What a vault that was restored has to have written before it is used.
///
/// Whatever the node did after the backup it does not know of, and its contacts and organisations do: so every number
/// that it counts goes on far behind where it can have been. The card gets a fresh sealing key, because contacts may seal
/// to one that is lost; it is signed and sent when the node next listens. Versions of documents are moments and need
/// nothing. What a *desk* counts stays as it is: that a visitor is ahead is how it notices that it was put back.
pub fn restored(view: &dyn View, now: Timestamp, rng: &mut dyn Rng) -> Result<Vec<Write>, Unreadable> {
    let mut writes = vec![own::fresh_after_restore(view, now, rng)?];
    for (id, mut contact) in contacts::all(view)? {
        contact.sent = contact.sent.saturating_add(limits::RESTORED_JUMP);
        writes.push(row::put(Shelf::Contact, id.as_bytes(), &contact));
    }
    for (id, mut relation) in relations::all(view)? {
        relation.sent = relation.sent.saturating_add(limits::RESTORED_JUMP);
        writes.push(row::put(Shelf::Relation, id.as_bytes(), &relation));
    }
    Ok(writes)
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;
    use serde_bytes::ByteBuf;
    use sesame_protocol::key::{IdentityId, Seed};
    use sesame_protocol::relation::{RelationId, Salt};

    use super::*;
    use crate::contacts::Contact;
    use crate::engine::Input;
    use crate::relations::Relation;
    use crate::view::Memory;
    use crate::{Decision, Effect, Engine, turn};

    const NOW: Timestamp = Timestamp::from_seconds(1_772_323_200);

    struct Person {
        memory: Memory,
        engine: Engine,
        rng: ChaCha20Rng,
    }

    impl Person {
        fn new() -> Self {
            let mut rng = ChaCha20Rng::from_seed([1; 32]);
            let mut memory = Memory::default();
            let born = own::Born { name: "Alice", is_person: true };
            memory.commit(own::birth(&Seed::from_entropy([1; 32]), born, NOW, &mut rng).unwrap());
            let engine = Engine::open(&memory).unwrap();
            Self { memory, engine, rng }
        }

        fn step(&mut self, inputs: Vec<Input>) -> Vec<Effect> {
            let step = turn(&mut self.engine, &self.memory, inputs, NOW, &mut self.rng).unwrap();
            self.memory.commit(step.writes);
            step.effects
        }

        fn decide(&mut self, choice: Choice) -> Result<Outcome, Refusal> {
            let effects = self.step(vec![Input::Asked { ask: 1, decision: Decision::Backup(choice) }]);
            let reply = effects.into_iter().find_map(|effect| match effect {
                Effect::Reply { outcome, .. } => Some(outcome),
                _ => None,
            });
            reply.expect("a decision is answered")
        }
    }

    fn backup(batch: u64, place: &str) -> Backup {
        Backup {
            at: Timestamp::from_seconds(batch),
            place: place.to_owned(),
            is_file: false,
            batch,
            entries: 1,
            bytes: 2,
            digest: [3; 32],
            has_passphrase: true,
            has_earlier_passphrase: false,
            checked: None,
        }
    }

    fn made(person: &mut Person, batch: u64, place: &str, kept: Option<u32>) {
        let id = u128::from(batch).to_be_bytes();
        person.decide(Choice::Made { id, backup: Box::new(backup(batch, place)), kept }).unwrap();
    }

    #[test]
    fn a_node_remembers_its_backups_and_lets_go_of_those_that_were_removed() {
        let mut person = Person::new();
        for batch in 1..=4 {
            made(&mut person, batch, "/stick", None);
        }
        made(&mut person, 5, "/elsewhere", None);
        made(&mut person, 6, "/stick", Some(2));
        let left: Vec<_> = all(&person.memory).unwrap().into_iter().map(|(_, backup)| backup.batch).collect();
        assert_eq!(left, [6, 5, 4]);
        person.decide(Choice::Checked { id: 4_u128.to_be_bytes() }).unwrap();
        assert_eq!(all(&person.memory).unwrap()[2].1.checked, Some(NOW));
        let gone = person.decide(Choice::Checked { id: [9; 16] });
        assert_eq!(gone.unwrap_err(), Refusal::NotFound);
        for batch in 7..200 {
            made(&mut person, batch, "/stick", None);
        }
        assert_eq!(all(&person.memory).unwrap().len(), limits::BACKUPS_MAX);
    }

    #[test]
    fn what_was_noted_is_in_the_backups_that_were_made_since() {
        let mut person = Person::new();
        for batch in 1..=4 {
            made(&mut person, batch, "/stick", None);
        }
        let named = |seconds| {
            let since = since(&person.memory, Timestamp::from_seconds(seconds)).unwrap();
            since.into_iter().map(|backup| backup.batch).collect::<Vec<_>>()
        };
        assert_eq!((named(3), named(5), named(0)), (vec![4, 3], vec![], vec![4, 3, 2, 1]));
    }

    #[test]
    fn a_node_that_was_restored_numbers_no_letter_as_it_did_before() {
        let mut person = Person::new();
        let (id, relation) = (IdentityId::from_bytes([7; 32]), RelationId::from_bytes([8; 32]));
        let contact = Contact {
            name: "Bob".to_owned(),
            standing: contacts::Standing::Known,
            trust: contacts::Trust::None,
            device: [9; 32],
            addresses: Vec::new(),
            card: ByteBuf::new(),
            personas: Vec::new(),
            since: NOW,
            sent: 41,
            opening: None,
            owed: Vec::new(),
            owed_since: None,
            refused: false,
            proof: None,
        };
        let mut account = Relation::new(id, &Salt::from_bytes([1; 32]), NOW);
        account.sent = 17;
        person.memory.commit(vec![
            row::put(Shelf::Contact, id.as_bytes(), &contact),
            row::put(Shelf::Relation, relation.as_bytes(), &account),
        ]);
        let writes = restored(&person.memory, NOW, &mut person.rng).unwrap();
        person.memory.commit(writes);
        let after = contacts::one(&person.memory, &id).unwrap().unwrap();
        assert_eq!((after.sent, after.name.as_str()), (41 + limits::RESTORED_JUMP, "Bob"));
        let after = relations::one(&person.memory, &relation).unwrap().unwrap();
        assert_eq!((after.sent, after.seen), (17 + limits::RESTORED_JUMP, 0));
    }

    #[test]
    fn a_node_that_was_restored_seals_with_a_key_of_another_number_and_tells_its_contacts() {
        let mut person = Person::new();
        person.step(vec![Input::Started, Input::Listening(vec!["/ip4/10.0.0.1/tcp/4001".to_owned()])]);
        let before = own::seals(&person.memory).unwrap();
        let card = own::card(&person.memory).unwrap();
        let writes = restored(&person.memory, NOW, &mut person.rng).unwrap();
        person.memory.commit(writes);
        person.engine = Engine::open(&person.memory).unwrap();
        person.step(vec![Input::Started, Input::Listening(vec!["/ip4/10.0.0.1/tcp/4001".to_owned()])]);
        let after = own::seals(&person.memory).unwrap();
        let last = |seals: &[own::Seal]| seals.last().map(|seal| seal.epoch).unwrap();
        assert!(u64::from(last(&after)) >= u64::from(last(&before)) + limits::RESTORED_JUMP);
        assert_ne!(own::card(&person.memory).unwrap(), card, "contacts would seal to a key that may be lost");
    }
}
