//! Made-up but lifelike files, for the demonstration and for tests: the same seed gives the same bytes on every machine,
//! because all of it is reckoned in whole numbers. No value here was ever measured.

use jiff::civil::Date;

use crate::clock::{self, Clock, DAY};

/// The most days of a sample.
pub const DAYS_MAX: u32 = 3660;

/// Mean heating of each month in watts, January first: a small house with electric heating.
const HEATING: [i64; 12] = [1150, 1050, 720, 360, 90, 0, 0, 0, 30, 300, 760, 1080];

/// How much of the heating runs in each hour, in percent: off at night, strong in the morning.
const HEATED: [i64; 24] =
    [20, 12, 8, 8, 10, 40, 150, 190, 160, 110, 90, 85, 90, 90, 85, 90, 110, 140, 160, 165, 155, 130, 80, 40];

/// What a household uses besides heating in each hour of a working day, in watts.
const WORKDAY: [i64; 24] =
    [15, 5, 0, 0, 0, 5, 90, 320, 210, 60, 45, 80, 240, 130, 50, 40, 60, 160, 420, 780, 620, 430, 260, 90];

/// The same on a Saturday or Sunday.
const WEEKEND: [i64; 24] =
    [40, 15, 5, 0, 0, 0, 20, 110, 260, 340, 310, 420, 980, 620, 310, 260, 280, 330, 480, 720, 560, 430, 320, 160];

/// What is never switched off: boxes, screens asleep, an old freezer, a pump that everybody forgot.
const FORGOTTEN: i64 = 168;

/// The connection that the house has, in watts.
const WATTS_MAX: i64 = 6000;

/// A file in the layout of `edf-30min`, in Latin-1, newest day first: `days` days from `first_day` on, at most
/// [`DAYS_MAX`]. Heating follows the season and the weather of the seed, a water heater runs at off-peak hours, something
/// is always on, there are holidays and days of 23 and 25 hours, about one value in a hundred is estimated; from thirty
/// days on, one or two days (never the first or the last) end at ten in the morning, as real exports have them.
pub fn edf(seed: u64, days: u32, first_day: Date) -> Vec<u8> {
    let mut house = House::new(seed, days.min(DAYS_MAX));
    let clock = Clock::paris();
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let mut day = first_day;
    for number in 0..house.days {
        let Some(block) = house.day(number, day, &clock) else { break };
        blocks.push(block);
        day = clock::after(day);
    }
    let mut file = b"\r\nR\xe9capitulatif de mes puissances atteintes en W\r\n\r\nDate et heure de rel\xe8ve par le \
        distributeur;Puissance atteinte (W);Nature de la donn\xe9e\r\n"
        .to_vec();
    for block in blocks.iter().rev() {
        file.extend_from_slice(block);
    }
    file
}

/// One made-up household.
struct House {
    dice: Dice,
    days: u32,
    /// Days that end at ten in the morning.
    torn: [Option<u32>; 2],
    /// How much colder or milder than usual, in percent of the heating.
    weather: i64,
    /// Rows still to be marked as estimated.
    estimated: u32,
}

impl House {
    fn new(seed: u64, days: u32) -> Self {
        let mut dice = Dice(seed);
        let mut inner = || 1 + u32::try_from(dice.below(i64::from(days.saturating_sub(2)).max(1))).unwrap_or(0);
        let torn = match days {
            ..30 => [None, None],
            30..200 => [Some(inner()), None],
            _ => [Some(inner()), Some(inner())],
        };
        Self { dice, days, torn, weather: 100, estimated: 0 }
    }

    /// The lines of one day, newest first; nothing beyond the years that are believed.
    fn day(&mut self, number: u32, day: Date, clock: &Clock) -> Option<Vec<u8>> {
        clock::date(day.year(), day.month(), day.day())?;
        let (start, end) = clock.span(day);
        let is_torn = self.torn.contains(&Some(number)) && end - start == DAY;
        let end = if is_torn { start + 10 * 3600 } else { end };
        self.weather = (self.weather * 7 + 300 + self.dice.below(81) * 10 - 400) / 10;
        self.weather = self.weather.clamp(45, 165);
        let is_away = is_holiday(day);
        let laundry = (self.dice.below(10) < 4).then(|| 19 + 2 * self.dice.below(10));
        // From 22:30 on, as long as the water of the day takes.
        let heater = if is_away { 0 } else { 3 + self.dice.below(3) };
        let mut lines = Vec::new();
        let mut at = start;
        while at < end {
            at += 1800;
            let step = step(day, at, clock);
            let mut watts = self.base(day, step.begins / 2, is_away);
            let since = (step.begins - 45).rem_euclid(48);
            if since < heater {
                watts += if since + 1 == heater { 700 } else { 1900 };
            }
            if !is_away && laundry.is_some_and(|begins| (begins..begins + 3).contains(&step.begins)) {
                watts += 900 + self.dice.below(500);
            }
            lines.push((step.label, watts.clamp(0, WATTS_MAX), self.is_estimated()));
        }
        let mut block = format!("\r\n{:02}/{:02}/{:04};;\r\n", day.day(), day.month(), day.year()).into_bytes();
        for (label, watts, is_estimated) in lines.into_iter().rev() {
            block.extend_from_slice(format!("{label};{watts};").as_bytes());
            block.extend_from_slice(if is_estimated { b"Estim\xe9e\r\n" } else { b"R\xe9elle\r\n" });
        }
        Some(block)
    }

    /// What is always on, heating and living, for one half-hour.
    fn base(&mut self, day: Date, hour: i64, is_away: bool) -> i64 {
        let place = usize::try_from(hour).unwrap_or(0).min(23);
        // The compressor of the fridge comes and goes.
        let always = FORGOTTEN + self.dice.below(17) + if self.dice.below(3) == 0 { 55 } else { 0 };
        let heating = heating(day) * HEATED[place] * self.weather / 10_000;
        let living = if day.weekday().to_monday_one_offset() > 5 { WEEKEND[place] } else { WORKDAY[place] };
        if is_away {
            return always + heating / 5;
        }
        always + heating * (90 + self.dice.below(21)) / 100 + living * (35 + self.dice.below(131)) / 100
    }

    /// About one row in a hundred, in runs of half a day at most.
    fn is_estimated(&mut self) -> bool {
        if self.estimated == 0 && self.dice.below(1200) == 0 {
            self.estimated = u32::try_from(2 + self.dice.below(22)).unwrap_or(2);
        }
        let is_estimated = self.estimated > 0;
        self.estimated = self.estimated.saturating_sub(1);
        is_estimated
    }
}

/// One half-hour of a local day.
struct Step {
    /// What the clocks show at its end.
    label: String,
    /// Half-hours from midnight that the clocks show at its beginning.
    begins: i64,
}

fn step(day: Date, end: i64, clock: &Clock) -> Step {
    let minutes = clock.minutes(end);
    let begins = clock.minutes(end - 1800) / 30;
    debug_assert_eq!(clock.day(end - 1800), day, "a step belongs to the day in which it begins");
    Step { label: format!("{:02}:{:02}:00", minutes / 60, minutes % 60), begins }
}

/// Heating of a day in watts, between the middles of two months.
fn heating(day: Date) -> i64 {
    let month = usize::try_from(day.month() - 1).unwrap_or(0);
    let from_middle = i64::from(day.day()) - 15;
    let neighbour = if from_middle < 0 { (month + 11) % 12 } else { (month + 1) % 12 };
    HEATING[month] + (HEATING[neighbour] - HEATING[month]) * from_middle.abs() / 31
}

/// A fortnight in August and the days round New Year.
fn is_holiday(day: Date) -> bool {
    matches!((day.month(), day.day()), (8, 4..=18) | (12, 27..=31) | (1, 1))
}

/// A generator whose numbers never change (`splitmix64`: Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    /// A number from 0 to `limit` − 1.
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = (mixed ^ (mixed >> 31)) >> 1;
        mixed.cast_signed() % limit
    }
}

#[cfg(test)]
mod tests;
