//! A set of record numbers, as ranges: a journal has millions of them, nearly all in a row.

use std::{collections::BTreeMap, ops::Range};

/// A set of numbers.
#[derive(Default)]
pub(super) struct Numbers {
    /// Ends by starts; no two ranges touch.
    ranges: BTreeMap<u64, u64>,
}

impl Numbers {
    /// Adds all numbers of a range.
    pub(super) fn add(&mut self, range: Range<u64>) {
        let Range { mut start, mut end } = range;
        if start >= end {
            return;
        }
        while let Some((from, to)) = self.ranges.range(..=end).next_back().map(|(from, to)| (*from, *to))
            && to >= start
        {
            self.ranges.remove(&from);
            (start, end) = (start.min(from), end.max(to));
        }
        self.ranges.insert(start, end);
    }

    /// The ranges within `within` that are not in the set, in order.
    pub(super) fn missing(&self, within: Range<u64>) -> Vec<Range<u64>> {
        let mut missing = Vec::new();
        let mut at = within.start;
        for (from, to) in &self.ranges {
            if *from > at && at < within.end {
                missing.push(at..(*from).min(within.end));
            }
            at = at.max(*to);
        }
        if at < within.end {
            missing.push(at..within.end);
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::{prop, prop_assert_eq, proptest};

    use super::*;

    proptest! {
        #[test]
        fn ranges_are_the_numbers_that_were_added(added in prop::collection::vec((0_u64..60, 0_u64..9), 0..30)) {
            let (mut numbers, mut plain) = (Numbers::default(), BTreeSet::new());
            for (start, length) in added {
                numbers.add(start..start + length);
                plain.extend(start..start + length);
            }
            let missing: Vec<u64> = numbers.missing(3..64).into_iter().flatten().collect();
            prop_assert_eq!(missing, (3..64).filter(|number| !plain.contains(number)).collect::<Vec<_>>());
        }
    }
}
