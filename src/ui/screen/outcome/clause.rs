//! The words that an answer rests on: the school's own first, then law and guidance, which are labelled as such with the
//! day on which they were checked.

use crate::app::{Clause, ClauseKind, Policy};
use crate::ui::access::{Role, control};
use crate::ui::spacing::{M, S};
use crate::ui::theme;
use crate::ui::widget;
use iced::widget::{Column, column, container};
use iced::{Element, Length};

/// The clauses of these keys, one under the other.
pub(in crate::ui::screen) fn clauses<'a, Message: Clone + 'a>(
    policy: &Policy,
    keys: &[String],
) -> Element<'a, Message> {
    let found = in_order(policy, keys).into_iter().map(panel);
    Column::with_children(found).spacing(M).into()
}

/// The clauses that the policy knows, its own words before law and guidance.
fn in_order<'p>(policy: &'p Policy, keys: &[String]) -> Vec<&'p Clause> {
    let mut found: Vec<&Clause> = keys.iter().filter_map(|key| policy.clause(key)).collect();
    found.sort_by_key(|clause| clause.kind != ClauseKind::Policy);
    found
}

fn panel<'a, Message: Clone + 'a>(clause: &Clause) -> Element<'a, Message> {
    let kind = match clause.kind {
        ClauseKind::Policy => {
            let (key, section, quote) = (clause.key.clone(), clause.section.clone(), clause.quote.clone());
            let note = (!clause.note.is_empty()).then(|| clause.note.clone());
            return widget::citation(key, section, quote, note);
        }
        ClauseKind::Law => "Law, as we understand it",
        ClauseKind::Guidance => "Guidance",
    };
    let checked = clause.checked.as_deref().unwrap_or("not checked");
    let words = column![
        widget::strong(kind),
        widget::small(clause.section.clone()),
        widget::paragraph(clause.quote.clone()),
        widget::small(format!("Not the school’s own words; {checked}.")),
    ];
    let shown = container(words.spacing(S)).padding(M).width(Length::Fill).style(theme::panel);
    control(Role::Blockquote, format!("{kind}, {}", clause.section), shown).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schools_own_words_come_first() {
        let policy = Policy::built_in().unwrap();
        let keys = ["NPCC-2020", "CB-3", "no such clause", "PHA-1997-7", "CB-5"].map(str::to_owned);
        let keys: Vec<_> = in_order(&policy, &keys).iter().map(|clause| clause.key.clone()).collect();
        assert_eq!(keys, ["CB-3", "CB-5", "NPCC-2020", "PHA-1997-7"]);
    }
}
