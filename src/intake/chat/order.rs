//! Which number of a date is the day. One phone wrote the whole file, so the whole file is asked.

use serde::Serialize;

/// In which order the numbers of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// `19/01/2026`
    DayFirst,
    /// `1/19/2026`
    MonthFirst,
    /// `2026-01-19`
    YearFirst,
}

/// What decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// A person said so.
    ByPerson,
    /// The year stands first, and then month and day.
    ByShape,
    /// A number above twelve is no month.
    ByNumber,
    /// Read the other way round, the messages would go back in time more often.
    BySequence,
    /// The number that changes more often is the day.
    ByChange,
    /// Nothing in the file decides it: day first, as in Britain. To be checked against the phone.
    Assumed,
}

/// The order, and what decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Order {
    /// The order.
    pub order: DateOrder,
    /// What decided it.
    pub decided: Decided,
}

impl Order {
    /// Year, month and day of the numbers of a date.
    pub(super) fn apply(self, [first, second, third]: [u32; 3]) -> (u32, u32, u32) {
        let full = |year: u32| if year < 100 { year + 2000 } else { year };
        match self.order {
            DateOrder::DayFirst => (full(third), second, first),
            DateOrder::MonthFirst => (full(third), first, second),
            DateOrder::YearFirst => (first, second, third),
        }
    }
}

/// Gathers dates in the order of the file, and decides.
#[derive(Default)]
pub(super) struct Evidence {
    last: Option<[u32; 3]>,
    first_above: usize,
    second_above: usize,
    back_if_day_first: usize,
    back_if_month_first: usize,
    first_changes: usize,
    second_changes: usize,
}

impl Evidence {
    pub(super) fn note(&mut self, date: [u32; 3]) {
        let [first, second, year] = date;
        self.first_above += usize::from(first > 12);
        self.second_above += usize::from(second > 12);
        if let Some([first_before, second_before, year_before]) = self.last.replace(date) {
            self.first_changes += usize::from(first != first_before);
            self.second_changes += usize::from(second != second_before);
            let back = |now: (u32, u32, u32), before: (u32, u32, u32)| usize::from(now < before);
            self.back_if_day_first += back((year, second, first), (year_before, second_before, first_before));
            self.back_if_month_first +=
                back((year, first, second), (year_before, first_before, second_before));
        }
    }

    pub(super) fn decide(&self) -> Order {
        use DateOrder::{DayFirst, MonthFirst};
        let by = |order, decided| Order { order, decided };
        if self.first_above != self.second_above {
            let order = if self.first_above > self.second_above { DayFirst } else { MonthFirst };
            return by(order, Decided::ByNumber);
        }
        if self.back_if_day_first != self.back_if_month_first {
            let day_first = self.back_if_day_first < self.back_if_month_first;
            return by(if day_first { DayFirst } else { MonthFirst }, Decided::BySequence);
        }
        if self.first_changes > self.second_changes {
            return by(DayFirst, Decided::ByChange);
        }
        // Against the British order more is asked than one change.
        if self.second_changes >= self.first_changes * 3 && self.second_changes >= 2 {
            return by(MonthFirst, Decided::ByChange);
        }
        by(DayFirst, Decided::Assumed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_file_decides() {
        use DateOrder::{DayFirst, MonthFirst};
        use Decided::{Assumed, ByChange, ByNumber, BySequence};
        for (dates, order, decided) in [
            (&[[3, 4, 2026]][..], DayFirst, Assumed),
            (&[[3, 4, 2026], [13, 4, 2026]], DayFirst, ByNumber),
            (&[[4, 3, 2026], [4, 13, 2026]], MonthFirst, ByNumber),
            (&[[3, 4, 2026], [2, 5, 2026]], DayFirst, BySequence),
            (&[[4, 3, 2026], [5, 2, 2026]], MonthFirst, BySequence),
            (&[[3, 4, 2026], [4, 4, 2026]], DayFirst, ByChange),
            (&[[4, 3, 2026], [4, 4, 2026], [4, 5, 2026]], MonthFirst, ByChange),
            (&[[4, 3, 2026], [4, 4, 2026]], DayFirst, Assumed),
            (&[[13, 13, 2026]], DayFirst, Assumed),
        ] {
            let mut evidence = Evidence::default();
            for date in dates {
                evidence.note(*date);
            }
            assert_eq!(evidence.decide(), Order { order, decided }, "{dates:?}");
        }
    }
}
