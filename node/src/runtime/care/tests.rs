//! The loop goes on while its vault is checked and compacted, and compacts by itself when it is left alone.

use sesame_engine::{Decision, View};
use sesame_vault::{Costs, Key, Memory, MemoryIndex, New, Vault, Write};
use tokio::sync::broadcast;

use super::super::{Handle, Surroundings, chance, read_first, start, write};
use super::*;
use crate::app::fresh_seed;

/// A vault of a person in which one value of a megabyte was written so often.
fn vault(times: u8) -> Vault {
    let seed = fresh_seed().expect("chance");
    let recovery = seed.recovery().public();
    let born = sesame_engine::own::Born { name: "Alice", is_person: true };
    let first = sesame_engine::own::birth(&seed, born, now(), &mut chance()).expect("a name");
    let first: Vec<_> = first.into_iter().map(write).collect();
    let new = New { passphrase: b"any", costs: Costs::TEST, recovery: &recovery, first: &first };
    let mut vault = Vault::create_in(Box::new(Memory::new()), Box::new(MemoryIndex::new()), new).expect("a vault");
    for time in 0..times {
        let key = Key { shelf: 900, name: b"written often".to_vec() };
        vault.commit([Write::Put(key, vec![time; 1 << 20])]).expect("written");
    }
    vault
}

/// A loop over a vault; it ends with what is returned.
fn run(vault: Vault, quiet: Duration) -> (Handle, impl Sized) {
    let (network, commands) = mpsc::channel(64);
    let (said, events) = mpsc::channel(1);
    let failed = Box::new(|problem: Problem| panic!("{problem}"));
    let around = Surroundings { notices: broadcast::channel(64).0, network, events, failed, quiet };
    let handle = start(read_first(vault).expect("a node"), false, around).expect("a loop");
    (handle, (commands, said))
}

async fn decide(handle: &Handle) {
    handle.decide(Decision::WordsChecked).await.expect("it answers").expect("it is taken");
}

const LONG: Duration = Duration::from_hours(9);

#[tokio::test(flavor = "multi_thread")]
async fn a_worn_vault_is_compacted_once_its_node_is_left_alone_and_not_before() {
    let (handle, _around) = run(vault(40), Duration::from_millis(400));
    let before = handle.size().journal_bytes;
    for _ in 0..40 {
        decide(&handle).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(handle.size().journal_bytes >= before, "it was compacted while it was used");
    }
    for _ in 0..500 {
        if handle.size().journal_bytes < 2 << 20 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{} bytes were never compacted", handle.size().journal_bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_the_loop_waits_for_one_step_and_not_for_the_end() {
    let (handle, _around) = run(vault(60), LONG);
    for chore in [Chore::Check, Chore::Compact] {
        let asked = tokio::spawn({
            let handle = handle.clone();
            async move { handle.tend(chore).await }
        });
        while handle.working().is_none_or(|working| working.done_bytes == 0) {
            assert!(!asked.is_finished(), "{chore:?} ended before anybody saw it");
            tokio::task::yield_now().await;
        }
        decide(&handle).await;
        let working = handle.working().expect("it was answered in between");
        assert!(working.chore == chore && working.done_bytes < working.total_bytes, "{working:?}");
        asked.await.expect("no panic").expect("it comes to its end");
    }
    assert!(handle.size().journal_bytes < 2 << 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_is_done_once_for_all_who_ask_and_remembered() {
    let (handle, _around) = run(vault(20), LONG);
    let (one, other) = tokio::join!(handle.tend(Chore::Check), handle.tend(Chore::Check));
    for tended in [one, other] {
        let Ok(Tended::Checked(report)) = tended else { panic!("{tended:?}") };
        assert_eq!((report.findings.len(), report.worst()), (0, None));
        assert!(report.bytes > 20 << 20);
    }
    let last = handle.read(|view| care::last(view as &dyn View)).await.expect("it is read").expect("it is noted");
    assert_eq!((last.verdict, last.findings), (Verdict::Whole, 0));
    let Ok(Tended::Compacted(before, after)) = handle.tend(Chore::Compact).await else { panic!("it is not compacted") };
    assert!(before.dead_bytes > 18 << 20 && after.dead_bytes < 64 << 10, "{before:?} {after:?}");
    let Ok(Tended::Compacted(before, after)) = handle.tend(Chore::Compact).await else { panic!("it fails") };
    assert_eq!(before, after, "what is not worn was written anew");
}

#[test]
fn a_vault_is_worn_from_half_of_it_on_and_a_busy_node_waits_for_an_hour_at_most() {
    let start = Instant::now();
    let mut tending = Tending::new(QUIET, start);
    let wear = |journal_bytes, dead_bytes| Wear { journal_bytes, dead_bytes, key_file_bytes: 0 };
    for little in [wear(20 << 20, 15 << 20), wear(100 << 20, 40 << 20)] {
        tending.look(little);
        assert_eq!(tending.due(), None);
    }
    tending.look(wear(100 << 20, 50 << 20));
    assert!(tending.due().is_some());
    let mut rest = Rest { quiet: QUIET, busy: start, worn: None, not_before: start };
    rest.look(true, start);
    assert_eq!(rest.due(), Some(start + QUIET));
    for minute in 1..200 {
        rest.busy = start + Duration::from_mins(minute);
        rest.look(true, rest.busy);
        assert!(rest.due() <= Some(start + PATIENCE));
    }
    assert_eq!(rest.due(), Some(start + PATIENCE));
    // One that came to nothing is not tried again at once.
    rest.ended(false, start);
    rest.look(true, start);
    assert_eq!(rest.due(), Some(start + PATIENCE));
    rest.look(false, start);
    assert_eq!(rest.due(), None);
}
