//! Places that fill up, fail or lose power, at every operation.

use std::{
    cell::{Cell, RefCell},
    io,
};

use super::*;

/// A place that stops after so many operations or bytes, and remembers which names are not durable yet.
struct Flaky {
    inner: MemoryTarget,
    steps: Cell<u64>,
    left: Cell<u64>,
    /// What was named or removed since the last sync, with what was there before.
    unsynced: RefCell<Vec<(Piece, Option<Vec<u8>>)>>,
}

impl Flaky {
    fn over(inner: &MemoryTarget) -> Self {
        Self {
            inner: inner.fork(),
            steps: Cell::new(u64::MAX),
            left: Cell::new(u64::MAX),
            unsynced: RefCell::default(),
        }
    }

    fn step(&self) -> io::Result<()> {
        let steps = self.steps.get();
        self.steps.set(steps.saturating_sub(1));
        if steps == 0 { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
    }

    fn note(&self, piece: Piece) {
        let before = self.inner.read(piece, u64::MAX).unwrap();
        self.unsynced.borrow_mut().push((piece, before));
    }

    /// The power goes: of what was not synced some is there and some is not.
    fn crash(&self, dice: &mut Dice) -> MemoryTarget {
        let after = self.inner.fork();
        for (piece, before) in self.unsynced.borrow().iter().rev() {
            if dice.below(2) == 0 {
                continue;
            }
            match before {
                Some(bytes) => after.set(*piece, bytes.clone()),
                None => after.remove(*piece).unwrap(),
            }
        }
        after
    }
}

impl Target for Flaky {
    fn list(&self) -> io::Result<Vec<(Piece, u64)>> {
        self.step()?;
        self.inner.list()
    }
    fn read(&self, piece: Piece, max: u64) -> io::Result<Option<Vec<u8>>> {
        self.step()?;
        self.inner.read(piece, max)
    }
    fn draft(&self, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        let left = self.left.get();
        if (bytes.len() as u64) > left {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.left.set(if left == u64::MAX { left } else { left - bytes.len() as u64 });
        self.inner.draft(bytes)
    }
    fn name(&self, piece: Piece) -> io::Result<()> {
        self.step()?;
        self.note(piece);
        self.inner.name(piece)
    }
    fn sync(&self) -> io::Result<()> {
        self.step()?;
        self.unsynced.borrow_mut().clear();
        Ok(())
    }
    fn remove(&self, piece: Piece) -> io::Result<()> {
        self.step()?;
        self.note(piece);
        self.inner.remove(piece)
    }
}

#[test]
fn a_crash_or_an_error_at_any_operation_leaves_the_earlier_snapshots_whole() {
    let mut dice = Dice::new(5);
    let mut vault = vault();
    let mut base = MemoryTarget::new();
    let mut states: Vec<Model> = Vec::new();
    for round in 0..3 {
        // A few chunks, of which some change.
        let batch: Vec<_> = (0..=round).map(|name| put(1, format!("{name}"), dice.bytes(20_000))).collect();
        vault.commit(batch).unwrap();
        let now = held(&vault.reader());
        for steps in 0.. {
            let flaky = Flaky::over(&base);
            flaky.steps.set(steps);
            let made = keeping(&vault, &flaky, 2);
            // What an error leaves at once, and what a loss of power leaves after it.
            for after in [flaky.inner.fork(), flaky.crash(&mut dice), flaky.crash(&mut dice)] {
                check(&after, &states, &now, round);
                let again = match keeping(&vault, &after, 2) {
                    // The lists of a folder whose key never was durable are empty; it is of no use, and says so.
                    Err(Error::KeyGone) if states.is_empty() => continue,
                    again => again.unwrap(),
                };
                assert_eq!(again.snapshot.digest, digest(&vault.reader()).unwrap());
                check(&after, &states, &now, round);
            }
            if made.is_ok() {
                assert!(steps > 10, "{steps}");
                break;
            }
        }
        keeping(&vault, &base, 2).unwrap();
        states.push(now);
        base = base.fork();
    }
}

/// Whatever can be read is one of the states, and the newest of those before is there.
fn check(target: &MemoryTarget, states: &[Model], now: &Model, round: usize) {
    if states.is_empty() && target.list().unwrap().is_empty() {
        return;
    }
    let opened = match open(target) {
        // Power went before the first list was durable.
        Err(Error::Missing | Error::KeyGone) if states.is_empty() => return,
        Ok(opened) if states.is_empty() && opened.lists.is_empty() => return,
        opened => opened.unwrap(),
    };
    let report = opened.verify(&mut |_| ());
    assert!(!report.findings.iter().any(Finding::is_loss), "round {round}: {:?}", report.findings);
    let known: Vec<_> = (0..opened.lists.len()).map(|at| contents(&opened, at).unwrap()).collect();
    assert!(known.iter().all(|state| state == now || states.contains(state)), "round {round}");
    if let Some(last) = states.last() {
        assert!(known.contains(last) || known.contains(now), "round {round}");
    }
}

#[test]
fn a_place_that_is_full_at_any_byte_says_so_and_keeps_what_it_had() {
    let mut dice = Dice::new(6);
    let mut vault = vault();
    let base = MemoryTarget::new();
    vault.commit(dice.batch()).unwrap();
    backup(&vault, &base).unwrap();
    let before = held(&vault.reader());
    vault.commit(dice.batch()).unwrap();
    let needed = backup(&vault, &base.fork()).unwrap().written_bytes;
    for left in (0..needed).step_by(usize::try_from(needed / 60).unwrap()) {
        let flaky = Flaky::over(&base);
        flaky.left.set(left);
        assert!(matches!(backup(&vault, &flaky), Err(Error::NoSpace)), "{left} of {needed} bytes");
        let opened = open(&flaky.inner).unwrap();
        assert!(contents(&opened, opened.lists.len() - 1).unwrap() == before);
        flaky.left.set(u64::MAX);
        backup(&vault, &flaky).unwrap();
    }
}

#[test]
fn the_next_backup_goes_on_where_an_interrupted_one_ended() {
    let mut dice = Dice::new(7);
    let mut vault = vault();
    for _ in 0..20 {
        vault.commit(dice.batch()).unwrap();
    }
    let flaky = Flaky::over(&MemoryTarget::new());
    let all = backup(&vault, &flaky.inner.fork()).unwrap().written_chunks;
    flaky.steps.set(11 + all);
    assert!(backup(&vault, &flaky).is_err());
    flaky.steps.set(u64::MAX);
    let made = backup(&vault, &flaky).unwrap();
    assert!(made.known_chunks > 0 && made.written_chunks < all, "{made:?}");
    assert_eq!(verify(&flaky.inner).findings, []);
}
