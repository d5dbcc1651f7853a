//! The vault against a plain ordered map.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

use super::*;

#[test]
fn what_was_written_is_read_and_comes_back() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let reader = vault.reader();
    for (number, (writes, state)) in story().iter().zip(states().iter().skip(1)).enumerate() {
        assert_eq!(vault.commit(writes).unwrap().batch, number as u64 + 1);
        assert_eq!(contents(&reader).unwrap(), *state);
    }
    vault.close().unwrap();
    let (vault, opening) = open(&files, &index).unwrap();
    assert_eq!(opening, Opening { index_rebuilt: false, dropped_bytes: 0, lost_batches: 0, batch: 6 });
    assert_eq!(contents(&vault.reader()).unwrap(), *states().last().unwrap());
}

#[test]
fn nothing_written_makes_no_batch_and_the_last_of_one_key_counts() {
    let mut vault = create(&Memory::new(), &MemoryIndex::new());
    assert_eq!(vault.commit(vec![]).unwrap().batch, 0);
    assert_eq!(vault.commit([Write::Drop(key(1, "none"))]).unwrap().batch, 0);
    vault.commit([put(1, "a", "first"), Write::Drop(key(1, "a")), put(1, "a", "last")]).unwrap();
    assert_eq!(vault.reader().get(&key(1, "a")).unwrap().unwrap(), b"last");
    vault.commit([put(1, "a", "again"), Write::Drop(key(1, "a"))]).unwrap();
    assert_eq!(vault.reader().get(&key(1, "a")).unwrap(), None);
    assert_eq!((vault.size().records, vault.size().batch), (0, 2));
}

#[test]
fn what_is_too_long_is_refused_and_what_is_just_not_is_kept() {
    let mut vault = create(&Memory::new(), &MemoryIndex::new());
    let longest = put(1, [7; NAME_BYTES_MAX], vec![8; VALUE_BYTES_MAX]);
    vault.commit([longest]).unwrap();
    assert_eq!(vault.reader().get(&key(1, [7; NAME_BYTES_MAX])).unwrap().unwrap(), vec![8; VALUE_BYTES_MAX]);
    for write in [put(1, [7; NAME_BYTES_MAX + 1], ""), put(1, "a", vec![8; VALUE_BYTES_MAX + 1])] {
        assert!(matches!(vault.commit([write]), Err(Error::TooLarge { .. })));
    }
    let many: Vec<_> = (0..=BATCH_WRITES_MAX).map(|name| put(1, name.to_be_bytes(), "")).collect();
    assert!(matches!(vault.commit(&many), Err(Error::TooLarge { what: Measure::BatchWrites, .. })));
    vault.commit(&many[1..]).unwrap();
    assert_eq!(vault.size().records, 1 + BATCH_WRITES_MAX as u64);
    let heavy: Vec<_> = (0..70_u8).map(|name| put(2, [name], vec![8; VALUE_BYTES_MAX])).collect();
    assert!(matches!(vault.commit(heavy), Err(Error::TooLarge { what: Measure::BatchBytes, .. })));
    vault.commit([put(2, "b", "c")]).unwrap();
    assert_eq!(vault.reader().walk(2, b"", None, 9).unwrap().len(), 1);
}

#[test]
fn a_walk_never_sees_half_a_batch() {
    let mut vault = create(&Memory::new(), &MemoryIndex::new());
    let write = |value: u64| (0..50_u8).map(|name| put(1, [name], value.to_le_bytes())).collect::<Vec<_>>();
    vault.commit(write(0)).unwrap();
    let done = AtomicBool::new(false);
    let reader = vault.reader();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let rows = reader.walk(1, b"", None, 100).unwrap();
                    assert_eq!(rows.len(), 50);
                    assert!(rows.iter().all(|(_, value)| *value == rows[0].1));
                }
            });
        }
        for value in 1..300 {
            vault.commit(write(value)).unwrap();
            if value % 7 == 0 {
                settle(&mut vault);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[derive(Debug, Clone)]
enum Act {
    Commit(Vec<Write>),
    Checkpoint,
    Reopen { closed: bool, with_index: bool },
    Rebuild,
}

fn name() -> impl Strategy<Value = Vec<u8>> + Clone {
    prop_oneof![
        prop::collection::vec(0..3_u8, 0..4),
        prop::collection::vec(any::<u8>(), 0..3),
        (any::<u8>(), 200..512_usize).prop_map(|(byte, length)| vec![byte; length]),
    ]
}

fn write() -> impl Strategy<Value = Write> {
    let key = (0..4_u16, name()).prop_map(|(shelf, name)| Key { shelf, name });
    prop_oneof![
        3 => (key.clone(), prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(key, value)| Write::Put(key, value)),
        1 => key.prop_map(Write::Drop),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => prop::collection::vec(write(), 0..60).prop_map(Act::Commit),
        2 => Just(Act::Checkpoint),
        1 => Just(Act::Rebuild),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(closed, with_index)| Act::Reopen { closed, with_index }),
    ]
}

proptest! {
    #[test]
    fn the_vault_is_an_ordered_map_that_survives(
        acts in prop::collection::vec(act(), 1..25),
        walks in prop::collection::vec((0..4_u16, name(), prop::option::of(name()), 0..20_usize), 8),
    ) {
        let (files, mut index) = (Memory::new(), MemoryIndex::new());
        let mut vault = create(&files, &index);
        vault.journal.rotate_at(4096);
        let mut model = Model::new();
        for act in acts {
            match act {
                Act::Commit(writes) => {
                    apply(&mut model, &writes);
                    vault.commit(writes).unwrap();
                }
                Act::Checkpoint => settle(&mut vault),
                Act::Rebuild => vault.rebuild_index(&mut |_| {}).unwrap(),
                Act::Reopen { closed, with_index } => {
                    if closed {
                        vault.close().unwrap();
                    } else {
                        drop(vault);
                    }
                    if !with_index {
                        index = MemoryIndex::new();
                    }
                    let (opened, opening) = open(&files, &index).unwrap();
                    prop_assert_eq!((opening.index_rebuilt, opening.dropped_bytes), (!with_index, 0));
                    vault = opened;
                    vault.journal.rotate_at(4096);
                }
            }
            prop_assert_eq!(&contents(&vault.reader()).unwrap(), &model);
        }
        for (shelf, prefix, after, limit) in walks {
            let expected: Vec<_> = model
                .iter()
                .filter(|((on, name), _)| {
                    *on == shelf && name.starts_with(&prefix) && after.as_ref().is_none_or(|after| name > after)
                })
                .map(|((_, name), value)| (name.clone(), value.clone()))
                .take(limit)
                .collect();
            prop_assert_eq!(vault.reader().walk(shelf, &prefix, after.as_deref(), limit).unwrap(), expected);
        }
        prop_assert!(vault.size().journal_bytes > 0);
    }
}

#[test]
fn many_names_in_any_order_are_walked_in_theirs() {
    let (files, index) = (Memory::new(), MemoryIndex::new());
    let mut vault = create(&files, &index);
    let mut model = Model::new();
    let mut seed = 1_u64;
    for round in 0..60 {
        let writes: Vec<_> = (0..400)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let name = (seed >> 48).to_be_bytes();
                if (seed >> 20).is_multiple_of(3) {
                    Write::Drop(key(1, name))
                } else {
                    put(1, name, seed.to_le_bytes())
                }
            })
            .collect();
        apply(&mut model, &writes);
        vault.commit(&writes).unwrap();
        if round % 5 == 0 {
            settle(&mut vault);
        }
    }
    assert_eq!(contents(&vault.reader()).unwrap(), model);
    settle(&mut vault);
    assert_eq!(contents(&vault.reader()).unwrap(), model);
    // Pages that nothing names are not left behind: the tree fits its entries.
    assert!(index.entries().len() < model.len() / 20, "{} pages for {} names", index.entries().len(), model.len());
    let all: Vec<_> = model.keys().map(|(shelf, name)| Write::Drop(key(*shelf, name))).collect();
    vault.commit(&all).unwrap();
    settle(&mut vault);
    assert!(contents(&vault.reader()).unwrap().is_empty());
    assert_eq!(index.entries().len(), 1);
}
