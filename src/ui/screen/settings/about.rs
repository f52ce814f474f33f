//! Settings, about: which Casebook, and whether age figures are due for a check.

use crate::app::{Edition, Policy, Session};
use crate::domain::{Account, Day};
use crate::ui::spacing::{L, M, XL};
use crate::ui::theme::Tone;
use crate::ui::widget;
use iced::Element;
use iced::widget::column;

/// The part's page, to be put under the tabs.
pub(super) fn view<Message: Clone + 'static>(session: &Session) -> Element<'_, Message> {
    let (policy, today) = (session.policy(), session.today());
    let this = Edition::this();
    let built = this.built.map_or_else(
        || "From sources, on this PC".into(),
        |day| format!("From the sources of {}", day.long()),
    );
    column![
        column![
            widget::heading(2, "This program"),
            widget::summary([
                widget::fact("Casebook", format!("Version {}", this.version)),
                widget::fact("Built", built),
                widget::fact("Policy in force", format!("{}: {}", policy.stamp(), policy.title)),
                widget::fact("Policy that comes with it", this.policy),
                widget::fact("Connections", "None. Casebook never uses the internet."),
            ]),
        ]
        .spacing(M),
        column![widget::heading(2, "Minimum ages of services"), ages(policy, today)].spacing(M),
    ]
    .spacing(XL)
    .into()
}

fn ages<'a, Message: Clone + 'a>(policy: &Policy, today: Day) -> Element<'a, Message> {
    let rows: Vec<_> = policy
        .ages
        .platforms()
        .into_iter()
        .filter_map(|(id, _)| policy.ages.row(id, Account::Standard, today))
        .collect();
    let months = policy.age_figures_good_for_months;
    let old: Vec<&str> =
        rows.iter().filter(|row| !row.is_current(today, months)).map(|row| row.name.as_str()).collect();
    let oldest = rows.iter().map(|row| row.checked).min();
    let checked = oldest.map_or_else(String::new, |day| {
        format!(
            "Casebook holds the minimum ages of {} services. All of them were checked in {} or later; a figure \
             counts as checked for {months} months.",
            rows.len(),
            day.month()
        )
    });
    let warning = (!old.is_empty()).then(|| {
        let what = match old.len() {
            1 => "One figure is due for a check.".to_owned(),
            n => format!("{n} figures are due for a check."),
        };
        let names = format!("Look at the services’ own terms before you rely on these: {}.", old.join(", "));
        widget::notice(Tone::Warning, what).what_to_do(names)
    });
    column![warning.map(Element::from), widget::paragraph(checked)].spacing(L).into()
}
