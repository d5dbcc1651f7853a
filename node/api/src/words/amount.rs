//! Numbers, energy, sizes and dates the way each language writes them. French: narrow no-break spaces between thousands,
//! a decimal comma, JJ/MM/AAAA; English: commas, a point, 12 Mar 2025. It knows no time zone: a moment is shown in the
//! day that its text names.

use super::Words;
use crate::node::Language;

/// Between thousands in French, and before the per cent sign.
const NARROW: char = '\u{202F}';
/// Between a number and its unit.
const FIRM: char = '\u{A0}';

impl Words {
    /// A whole number: `34,812` or `34 812`.
    pub fn number(&self, number: u64) -> String {
        grouped(self.language(), &number.to_string())
    }

    /// A number with decimals: `1.30` or `1,30`.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        decimal(self.language(), number, decimals)
    }

    /// A part in a hundred: `64%` or `64 %`.
    pub fn percent(&self, percent: u64) -> String {
        let number = self.number(percent);
        match self.language() {
            Language::En => format!("{number}%"),
            Language::Fr => format!("{number}{NARROW}%"),
        }
    }

    /// Energy, given in watt-hours: `840 Wh`, `4.2 kWh`, `412 kWh`, `12.7 MWh`.
    pub fn energy(&self, watt_hours: u64) -> String {
        self.measure(watt_hours, 100, ["Wh", "kWh", "MWh", "GWh"])
    }

    /// A size in bytes, in thousands as disks and networks count: `840 B`, `4.2 kB`, `64 MB`; in French `o`.
    pub fn bytes(&self, bytes: u64) -> String {
        self.measure(
            bytes,
            10,
            match self.language() {
                Language::En => ["B", "kB", "MB", "GB"],
                Language::Fr => ["o", "ko", "Mo", "Go"],
            },
        )
    }

    /// A day given as `YYYY-MM-DD`: `12 Mar 2025` or `12/03/2025`. What is no day is given back as it came.
    pub fn date(&self, day: &str) -> String {
        let Some((year, month, date)) = parts(day) else { return day.to_owned() };
        match self.language() {
            Language::En => format!("{date} {} {year}", MONTHS_SHORT_EN[month]),
            Language::Fr => format!("{date:02}/{:02}/{year}", month + 1),
        }
    }

    /// The day of a moment given in RFC 3339, as its own text names it. What is no moment is given back as it came.
    pub fn day_of(&self, moment: &str) -> String {
        match moment.get(..10) {
            Some(day) if parts(day).is_some() => self.date(day),
            _ => moment.to_owned(),
        }
    }

    /// A month given as `YYYY-MM`: `January 2025` or `janvier 2025`. What is no month is given back as it came.
    pub fn month(&self, month: &str) -> String {
        let Some((year, month, _)) = parts(&format!("{month}-01")) else { return month.to_owned() };
        format!("{} {year}", self.month_name(month))
    }

    /// A day of the week, 1 (Monday) to 7: `Monday` or `lundi`. Another number is given back as it came.
    pub fn weekday(&self, day: u8) -> String {
        let names = match self.language() {
            Language::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            Language::Fr => ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        };
        let name = usize::from(day).checked_sub(1).and_then(|place| names.get(place));
        name.map_or_else(|| day.to_string(), |name| (*name).to_owned())
    }

    /// An hour of the day, 0 to 23: `14:00` or `14 h`.
    pub fn hour(&self, hour: u8) -> String {
        match self.language() {
            Language::En => format!("{hour:02}:00"),
            Language::Fr => format!("{hour}{FIRM}h"),
        }
    }

    fn month_name(&self, month: usize) -> &'static str {
        match self.language() {
            Language::En => MONTHS_EN[month],
            Language::Fr => MONTHS_FR[month],
        }
    }

    /// An amount in the first unit in which it stays under a thousand; one decimal below the given number.
    /// Rounded before the unit is chosen, so that 999,999 never becomes "1,000 k".
    fn measure(&self, amount: u64, decimal_below: u64, units: [&str; 4]) -> String {
        if amount < 1000 {
            return format!("{amount}{FIRM}{}", units[0]);
        }
        let mut unit = 1_000_u64;
        for (place, name) in units.iter().enumerate().skip(1) {
            let tenths = amount.saturating_add(unit / 20) / (unit / 10);
            let whole = amount.saturating_add(unit / 2) / unit;
            let last = place + 1 == units.len();
            if tenths < decimal_below * 10 {
                let text = format!("{}.{}", tenths / 10, tenths % 10);
                return format!("{}{FIRM}{name}", grouped(self.language(), &text));
            }
            if whole < 1_000 || last {
                return format!("{}{FIRM}{name}", self.number(whole));
            }
            unit *= 1_000;
        }
        self.number(amount)
    }
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_SHORT_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A number with decimals in the writing of a language.
pub(super) fn decimal(language: Language, number: f64, decimals: usize) -> String {
    grouped(language, &format!("{number:.decimals$}"))
}

/// Puts the separators of a language into plain digits with an optional sign and point.
fn grouped(language: Language, plain: &str) -> String {
    let (thousands, point) = match language {
        Language::En => (',', '.'),
        Language::Fr => (NARROW, ','),
    };
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(thousands);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// Year, month from 0 and day of `YYYY-MM-DD`; nothing when it is none. It does not know how long a month is.
fn parts(day: &str) -> Option<(u16, usize, u8)> {
    let mut fields = day.split('-');
    let (year, month, date) = (fields.next()?, fields.next()?, fields.next()?);
    if fields.next().is_some() || year.len() != 4 || month.len() != 2 || date.len() != 2 {
        return None;
    }
    let (year, month, date): (u16, usize, u8) = (year.parse().ok()?, month.parse().ok()?, date.parse().ok()?);
    (1..=12).contains(&month).then_some(())?;
    (1..=31).contains(&date).then_some(())?;
    Some((year, month - 1, date))
}
