//! The dated table of platforms' minimum ages: which row is valid on a day for a kind of account.

use crate::domain::{Account, Confidence, Day};

/// One row: a service's own minimum age, from a day to a day, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeRow {
    /// The platform's id.
    pub platform: String,
    /// Its name.
    pub name: String,
    /// The kind of account; nothing: every kind.
    pub account: Option<Account>,
    /// The minimum age in years; 0 where the service sets none, nothing where it is not known.
    pub min_age: Option<u8>,
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// What to know about it.
    pub note: String,
    /// Where the figure comes from.
    pub source: String,
    /// The month in which it was checked: the first of it.
    pub checked: Day,
    /// How sure it is.
    pub confidence: Confidence,
}

impl AgeRow {
    fn valid_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the figure was checked within so many months before a day.
    pub fn is_current(&self, today: Day, months: u32) -> bool {
        let months = i32::try_from(months).unwrap_or(i32::MAX);
        let limit = self.checked.date().checked_add_months(chrono::Months::new(months.unsigned_abs()));
        limit.is_none_or(|limit| today.date() < limit)
    }
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeTable(pub(super) Vec<AgeRow>);

impl AgeTable {
    /// Each platform once, id and name, in the table's order.
    pub fn platforms(&self) -> Vec<(&str, &str)> {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for row in &self.0 {
            if !seen.iter().any(|(id, _)| *id == row.platform) {
                seen.push((&row.platform, &row.name));
            }
        }
        seen
    }

    /// Whether the table knows a platform.
    pub fn knows(&self, platform: &str) -> bool {
        self.0.iter().any(|row| row.platform == platform)
    }

    /// A platform's name; its id where the table does not know it.
    pub fn name<'a>(&'a self, platform: &'a str) -> &'a str {
        self.0.iter().find(|row| row.platform == platform).map_or(platform, |row| &row.name)
    }

    /// The row that holds on a day. An account whose kind is not known, or that is somebody else's, is judged as an
    /// ordinary one; a kind that did not exist on the day likewise.
    pub fn row(&self, platform: &str, account: Account, day: Day) -> Option<&AgeRow> {
        let rows = || self.0.iter().filter(|row| row.platform == platform && row.valid_on(day));
        let kind = match account {
            Account::ParentManaged => Account::ParentManaged,
            Account::Standard | Account::SomeoneElses | Account::Unknown => Account::Standard,
        };
        rows()
            .find(|row| row.account == Some(kind))
            .or_else(|| rows().find(|row| row.account == Some(Account::Standard)))
            .or_else(|| rows().find(|row| row.account.is_none()))
    }

    /// Whether the kind of account can make a difference on a day.
    pub fn account_matters(&self, platform: &str, day: Day) -> bool {
        let ages = |account| self.row(platform, account, day).and_then(|row| row.min_age);
        ages(Account::Standard) != ages(Account::ParentManaged)
            || ages(Account::Standard).is_some_and(|age| age > 0)
    }
}
