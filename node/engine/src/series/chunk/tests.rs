use std::path::{Path, PathBuf};

use super::*;

/// A small generator, so that the same seed gives the same chunks everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    fn signed(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).unwrap()
    }
}

const JANUARY: i64 = 1_735_689_600;

fn house(dice: &mut Dice, count: usize) -> Chunk {
    let mut at = JANUARY;
    let mut points = Vec::new();
    for _ in 0..count {
        points.push(Point { at, value: 150 + dice.signed(900), estimated: dice.below(90) == 0 });
        at += if dice.below(200) == 0 { 1800 * (2 + dice.signed(40)) } else { 1800 };
    }
    Chunk { step: 1800, points }
}

/// A chunk of any shape: values of any size, points off the grid, flags at random.
fn wild(dice: &mut Dice) -> Chunk {
    let scale = [1, 2, 70_000, 1 << 40, u64::MAX >> 1][usize::try_from(dice.below(5)).unwrap()];
    let off = 1 + dice.below(100);
    let mut at = dice.signed(1 << 40) - (1 << 39);
    let count = 1 + dice.below(700);
    let mut point = |dice: &mut Dice| {
        at += if dice.below(off) == 0 { 1 + dice.signed(9999) } else { 600 };
        let sign = if dice.below(2) == 0 { 1 } else { -1 };
        Point { at, value: sign * dice.signed(scale), estimated: dice.below(1 + off) == 0 }
    };
    let points = (0..count).map(|_| point(dice)).collect();
    Chunk { step: 600, points }
}

#[test]
fn a_chunk_comes_back_as_it_was() {
    let mut dice = Dice(1);
    for _ in 0..300 {
        let chunk = wild(&mut dice);
        let bytes = chunk.encode().unwrap();
        assert_eq!(Chunk::decode(&bytes), Ok(chunk.clone()));
        assert_eq!(head(&bytes), Head::of(&chunk));
        assert_eq!(chunk.encode(), Ok(bytes), "the same chunk gives the same bytes");
    }
}

#[test]
fn the_widest_values_come_back_and_add_up() {
    let value = |at, value| Point { at, value, estimated: false };
    let points = vec![value(i64::MIN, i64::MIN), value(0, i64::MAX), value(i64::MAX, i64::MAX)];
    let chunk = Chunk { step: 1, points };
    let bytes = chunk.encode().unwrap();
    assert_eq!(Chunk::decode(&bytes), Ok(chunk));
    assert_eq!(head(&bytes).unwrap().sum, i128::from(i64::MAX) - 1);
    let points = (0..1000).map(|at| value(at, i64::MIN)).collect();
    let bytes = Chunk { step: 1, points }.encode().unwrap();
    assert_eq!(head(&bytes).unwrap().sum, i128::from(i64::MIN) * 1000);
}

#[test]
fn what_is_no_chunk_is_refused() {
    let point = |at| Point { at, value: 1, estimated: false };
    assert_eq!(Chunk { step: 1800, points: vec![] }.encode(), Err(Error::Empty));
    assert_eq!(Chunk { step: 0, points: vec![point(0)] }.encode(), Err(Error::Step));
    assert_eq!(Chunk { step: 1, points: vec![point(5), point(5)] }.encode(), Err(Error::Order { at: 5 }));
    let points = (0..=i64::try_from(POINTS_MAX).unwrap()).map(point).collect();
    assert_eq!(Chunk { step: 1, points }.encode(), Err(Error::TooMany { found: 50_001, limit: 50_000 }));
}

#[test]
fn a_chunk_of_too_many_bytes_is_refused_in_both_directions() {
    let mut dice = Dice(2);
    let points = (0..20_000).map(|at| Point { at, value: dice.roll().cast_signed(), estimated: false }).collect();
    assert!(matches!(Chunk { step: 1, points }.encode(), Err(Error::TooLarge { .. })));
    assert!(matches!(Chunk::decode(&vec![1; ENCODED_BYTES_MAX + 1]), Err(Error::TooLarge { .. })));
}

#[test]
fn a_full_chunk_of_one_value_is_a_few_bytes() {
    let points = (0..50_000).map(|minute| Point { at: minute * 60, value: 7, estimated: false }).collect();
    let bytes = Chunk { step: 60, points }.encode().unwrap();
    assert!(bytes.len() < 32, "{} bytes", bytes.len());
}

#[test]
fn another_format_is_named() {
    let bytes = [2, 0, 0, 0];
    assert_eq!(Chunk::decode(&bytes), Err(Error::Format { found: 2 }));
    assert_eq!(head(&bytes), Err(Error::Format { found: 2 }));
}

#[test]
fn a_head_that_promises_too_much_allocates_nothing() {
    let mut bytes = vec![FORMAT, 0];
    varint::write(1800, &mut bytes);
    varint::write(u128::from(u32::MAX), &mut bytes);
    bytes.extend([0; 6]);
    assert!(matches!(Chunk::decode(&bytes), Err(Error::TooMany { .. })));
}

#[test]
fn damaged_bytes_are_an_error_or_the_same_chunk_and_never_a_panic() {
    let mut dice = Dice(3);
    for round in 0..4000 {
        let chunk = if round % 2 == 0 { house(&mut dice, 200) } else { wild(&mut dice) };
        let mut bytes = chunk.encode().unwrap();
        let length = bytes.len() as u64;
        for _ in 0..=dice.below(4) {
            let place = usize::try_from(dice.below(length)).unwrap();
            bytes[place] ^= u8::try_from(1 + dice.below(255)).unwrap();
        }
        if dice.below(4) == 0 {
            bytes.truncate(usize::try_from(dice.below(length)).unwrap());
        }
        let _ = head(&bytes);
        if let Ok(decoded) = Chunk::decode(&bytes) {
            assert_eq!(Head::of(&decoded), head(&bytes));
        }
    }
}

#[test]
fn noise_is_no_chunk() {
    let mut dice = Dice(4);
    for _ in 0..20_000 {
        let length = dice.below(120);
        let mut bytes: Vec<u8> = (0..length).map(|_| dice.roll().to_le_bytes()[0]).collect();
        if let Some(first) = bytes.first_mut() {
            *first = FORMAT;
        }
        let _ = Chunk::decode(&bytes);
    }
}

/// Bytes that Padmé makes of a length.
fn padded(length: usize) -> usize {
    let exponent = length.ilog2();
    let kept = exponent.checked_ilog2().unwrap_or(0) + 1;
    let mask = (1_usize << exponent.saturating_sub(kept)) - 1;
    (length + mask) & !mask
}

/// The sample data beside the project, when it is there.
fn sample(name: &str) -> Option<PathBuf> {
    let given = std::env::var_os("SESAME_DATA").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/data"));
    given.into_iter().chain(beside()).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The rows of the EDF layout, oldest first: the value and whether it is estimated.
fn rows(file: &[u8]) -> Vec<(i64, bool)> {
    let row = |line: &[u8]| {
        let mut columns = line.split(|byte| *byte == b';').skip(1);
        let value = std::str::from_utf8(columns.next()?).ok()?.parse().ok()?;
        Some((value, columns.next()?.starts_with(b"Estim")))
    };
    let mut rows: Vec<_> = file.split(|byte| *byte == b'\n').filter_map(row).collect();
    rows.reverse();
    rows
}

#[test]
fn two_years_of_half_hours_take_six_hundredths_of_their_file() {
    let Some(path) = sample("energy/mes-puissances-atteintes-30min.csv") else {
        eprintln!("skipped: no sample data (SESAME_DATA is not set and no shared/data is found)");
        return;
    };
    let file = std::fs::read(path).unwrap();
    let point = |(place, (value, estimated)): (usize, &(i64, bool))| {
        let at = JANUARY + 1800 * i64::try_from(place).unwrap();
        Point { at, value: *value, estimated: *estimated }
    };
    // The real months begin elsewhere and have three holes; that is worth some ten bytes a month at most.
    let months = rows(&file)
        .chunks(1461)
        .map(|month| {
            let points = month.iter().enumerate().map(point).collect();
            padded(Chunk { step: 1800, points }.encode().unwrap().len())
        })
        .collect::<Vec<_>>();
    let ratio = months.iter().sum::<usize>() * 10_000 / file.len();
    eprintln!("{} months, {} bytes padded, {ratio}/10000 of the file", months.len(), months.iter().sum::<usize>());
    assert!(ratio <= 600, "{ratio}/10000");
}
