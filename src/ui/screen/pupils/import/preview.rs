//! What an import would change, before it does.

use super::{Import, LAST_DAY, Message};
use crate::app::register::{Register, Source};
use crate::app::{Notice, Remark, RollDone, RollPlan};
use crate::domain::Person;
use crate::ui::screen::case::words::count;
use crate::ui::screen::pupils::placed;
use crate::ui::screen::said;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::widget::slot;
use crate::ui::widget::{self, Cell, button};
use iced::Element;
use iced::widget::column;

/// How many lines of each list are shown.
const SHOWN: usize = 100;

impl Import {
    pub(super) fn preview<'a>(&'a self, register: &'a Register, plan: &'a RollPlan) -> Element<'a, Message> {
        let facts = widget::summary([
            widget::fact("Pupils in the file", register.people.len().to_string()),
            widget::fact("New", plan.new.len().to_string()),
            widget::fact("Changed", plan.changed.len().to_string()),
            widget::fact("As they are", plan.unchanged.to_string()),
            widget::fact("On the roll, not in the file", plan.leavers.len().to_string()),
            widget::fact("Lines kept out", plan.kept_out.len().to_string()),
        ]);
        column![
            widget::heading(1, "What would change"),
            column![slot(self.notice.as_ref().map(said), L), facts],
            homes(self.replace_homes),
            slot(self.leavers(plan), 0.0),
            self.buttons(register, plan),
            slot(
                remarks(
                    "Lines kept out",
                    "Put these right in your school’s system, and export again.",
                    &plan.kept_out
                ),
                0.0
            ),
            slot(changed(plan), 0.0),
            slot(people("New", &plan.new), 0.0),
            slot(
                remarks(
                    "Taken, but look at these",
                    "They are taken as far as they are certain.",
                    &plan.doubts
                ),
                0.0
            ),
            slot(dropped(plan), 0.0),
        ]
        .spacing(XL)
        .into()
    }

    fn buttons<'a>(&self, register: &Register, plan: &RollPlan) -> Element<'a, Message> {
        let leaves = self.whole && plan.may_leave() && !plan.leavers.is_empty();
        let ready = !self.saving && (plan.changes_anything() || leaves);
        let label = if self.saving { "Importing…" } else { "Import" };
        let columns = matches!(register.source, Source::Csv { .. })
            .then(|| button::secondary("Columns").on_press(Message::ColumnsAsked).into());
        let buttons = [
            Some(button::primary(label).on_press_maybe(ready.then_some(Message::ImportAsked)).into()),
            columns,
            Some(button::secondary("Another file").on_press(Message::BackToFile).into()),
            Some(button::secondary("Cancel").on_press(Message::CancelAsked).into()),
        ];
        let nothing = (!plan.changes_anything() && !leaves)
            .then(|| widget::hint("There is nothing to import: the roll is as the file has it."));
        column![nothing, button::row_of(buttons.into_iter().flatten())].spacing(M).into()
    }

    /// Those who are on the roll and not in the file: what becomes of them is a person's decision.
    fn leavers<'a>(&'a self, plan: &'a RollPlan) -> Option<Element<'a, Message>> {
        if plan.leavers.is_empty() {
            return None;
        }
        let title = widget::heading(2, "Not in the file");
        if !plan.may_leave() {
            let words = "They stay on the roll. Lines were kept out, and a pupil in them would be taken to have left. Put \
                         those lines right first.";
            return Some(column![title, widget::paragraph(words)].spacing(S).into());
        }
        let whole = widget::checkbox(
            "This file is the whole roll: mark them as former pupils",
            self.whole,
            Message::WholeTurned,
        );
        let day = self.whole.then(|| {
            let typed = |text: String| Message::DayEdited(text.into());
            let field =
                widget::date_field("Their last day here", &self.last_day, self.session.today(), typed);
            Element::from(field.id(LAST_DAY).error(self.day_wrong.clone()))
        });
        let hint = widget::hint(
            "Leave this open for the list of one class or year. Cases count on it: a former pupil is not in the school’s care \
             in the same way.",
        );
        let listed = people("Pupils not in the file", &plan.leavers);
        Some(column![title, hint, whole, slot(day, 0.0), slot(listed, 0.0)].spacing(M).into())
    }
}

fn homes<'a>(replace: bool) -> Element<'a, Message> {
    column![
        widget::checkbox(
            "Take homes and adults from the file also for pupils who have some already",
            replace,
            Message::HomesTurned,
        ),
        widget::hint(
            "Without it only pupils who have none get them. Nobody without parental responsibility is taken."
        ),
    ]
    .spacing(S)
    .into()
}

fn remarks<'a>(title: &'a str, hint: &'a str, remarks: &'a [Remark]) -> Option<Element<'a, Message>> {
    if remarks.is_empty() {
        return None;
    }
    let titles = [widget::table_column("Line", 1), widget::table_column("Why", 7)];
    let rows = remarks.iter().take(SHOWN).map(|remark| {
        let cells = [Cell::Strong(remark.line.to_string().into()), Cell::Text(remark.why.as_str().into())];
        widget::table_row(cells, None)
    });
    let table = widget::table(title, &titles, rows);
    Some(column![widget::heading(2, title), widget::hint(hint), table, more(remarks.len())].spacing(S).into())
}

fn changed(plan: &RollPlan) -> Option<Element<'_, Message>> {
    if plan.changed.is_empty() {
        return None;
    }
    let titles = [widget::table_column("Name", 4), widget::table_column("What changes", 6)];
    let rows = plan.changed.iter().take(SHOWN).map(|changed| {
        let name = Cell::Strong(changed.person.name.full().into());
        widget::table_row([name, Cell::Text(changed.what.join(", ").into())], None)
    });
    let table = widget::table("Changed", &titles, rows);
    Some(column![widget::heading(2, "Changed"), table, more(plan.changed.len())].spacing(S).into())
}

fn people<'a>(title: &'a str, people: &'a [Person]) -> Option<Element<'a, Message>> {
    if people.is_empty() {
        return None;
    }
    let titles = [
        widget::table_column("Name", 4),
        widget::table_column("Year and class", 3),
        widget::table_column("Homes", 2).right(),
    ];
    let rows = people.iter().take(SHOWN).map(|person| {
        let cells = [
            Cell::Strong(person.name.full().into()),
            Cell::Text(placed(person).into()),
            Cell::Text(person.households.len().to_string().into()),
        ];
        widget::table_row(cells, None)
    });
    let table = widget::table(title, &titles, rows);
    Some(column![widget::heading(2, title), table, more(people.len())].spacing(S).into())
}

fn more<'a>(of: usize) -> Option<Element<'a, Message>> {
    (of > SHOWN).then(|| widget::hint(format!("The first {SHOWN} of {of} are shown.")))
}

fn dropped(plan: &RollPlan) -> Option<Element<'_, Message>> {
    if plan.dropped.is_empty() {
        return None;
    }
    let words = format!("In the file, and not needed here: {}.", plan.dropped.join(", "));
    Some(column![widget::heading(2, "Not taken"), widget::paragraph(words)].spacing(S).into())
}

/// What to say when it is done.
pub(super) fn done(done: RollDone) -> Notice {
    let parts = [
        (done.new, count(done.new, "new pupil", "new pupils")),
        (done.changed, count(done.changed, "pupil changed", "pupils changed")),
        (done.left, count(done.left, "former pupil", "former pupils")),
    ];
    let said: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(_, words)| words).collect();
    let said = if said.is_empty() { "nothing changed".into() } else { said.join(", ") };
    Notice::done(format!("The register is imported: {said}."), "Earlier versions stay in the record.")
}
