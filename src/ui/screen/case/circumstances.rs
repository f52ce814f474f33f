//! The part of an occasion's form that may stay empty: from which account, on whose device, who could see it, where it
//! was, and what somebody sees it linked to. Closed until it is opened, so that the form stays short.

use super::typed::Typed;
use crate::app::{Fact, Policy};
use crate::domain::{Circumstances, Prejudice, Reach, SentFrom, Setting, Vocabulary};
use crate::ui::spacing::{FIELD_SHORT, L, M};
use crate::ui::widget::{self, slot};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;
use std::collections::BTreeSet;

const SEEN_BY: Id = Id::new("occasion-seen-by");

/// Where an occasion can be. Getting round the filter is no message to anybody.
const PLACES: [Setting; 4] =
    [Setting::Outside, Setting::SchoolDayOwn, Setting::SchoolKit, Setting::JourneyTrip];

/// What is entered.
#[derive(Debug, Default)]
pub(in crate::ui::screen) struct More {
    open: bool,
    first: Circumstances,
    account: Typed,
    device: Typed,
    reach: Option<Reach>,
    seen_by: Typed,
    setting: BTreeSet<Setting>,
    prejudice: BTreeSet<Prejudice>,
    perceived_by: Typed,
}

/// A line to type into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// From which account.
    Account,
    /// Whose device showed the time.
    Device,
    /// How many could see it.
    SeenBy,
    /// Who sees the link.
    PerceivedBy,
}

/// What happened there.
#[derive(Debug, Clone)]
pub enum Message {
    /// It was opened or closed.
    Shown(bool),
    /// A line was typed into.
    Edited(Field, Typed),
    /// Who could see it was chosen; nothing where nobody knows.
    ReachChosen(Option<Reach>),
    /// A place holds, or not.
    PlaceTurned(Setting, bool),
    /// A link holds, or not.
    LinkTurned(Prejudice, bool),
}

impl More {
    pub(in crate::ui::screen) fn of(more: &Circumstances) -> Self {
        let account = more.account.as_ref().map_or("", |account| account.handle.as_str());
        Self {
            open: !more.is_empty(),
            account: account.into(),
            device: more.device.as_str().into(),
            reach: more.reach,
            seen_by: more.seen_by.map(|many| many.to_string()).unwrap_or_default().into(),
            setting: more.setting.clone(),
            prejudice: more.prejudice.clone(),
            perceived_by: more.perceived_by.as_str().into(),
            first: more.clone(),
        }
    }

    pub(in crate::ui::screen) fn update(&mut self, message: Message) {
        match message {
            Message::Shown(open) => self.open = open,
            Message::Edited(Field::Account, text) => self.account = text,
            Message::Edited(Field::Device, text) => self.device = text,
            Message::Edited(Field::SeenBy, text) => self.seen_by = text,
            Message::Edited(Field::PerceivedBy, text) => self.perceived_by = text,
            Message::ReachChosen(reach) => self.reach = reach,
            Message::PlaceTurned(place, on) => turn(&mut self.setting, place, on),
            Message::LinkTurned(link, on) => turn(&mut self.prejudice, link, on),
        }
    }

    /// What is wrong, field by field.
    pub(in crate::ui::screen) fn errors(&self) -> Vec<(String, Id)> {
        let typed = self.seen_by.trim();
        let wrong = !typed.is_empty() && typed.parse::<u32>().is_err();
        let words = "Enter how many could see it as a number, for example 12, or leave it empty.";
        wrong.then(|| (words.to_owned(), SEEN_BY)).into_iter().collect()
    }

    /// What is known, as it is to be kept. What is not entered here, such as the chat it was taken from, stays.
    pub(in crate::ui::screen) fn filled(&self) -> Circumstances {
        let handle = self.account.kept();
        let before = self.first.account.as_ref().filter(|account| account.handle == handle);
        let account = before.cloned().or(Some(SentFrom { handle, identified_on: None }));
        Circumstances {
            account: account.filter(|account| !account.handle.is_empty()),
            device: self.device.kept(),
            reach: self.reach,
            seen_by: self.seen_by.trim().parse().ok(),
            setting: self.setting.clone(),
            prejudice: self.prejudice.clone(),
            perceived_by: if self.prejudice.is_empty() { String::new() } else { self.perceived_by.kept() },
            export: self.first.export.clone(),
        }
    }

    /// This part of the form. `wrong` is whether errors are shown.
    pub(in crate::ui::screen) fn view<'a>(&'a self, policy: &Policy, wrong: bool) -> Element<'a, Message> {
        let inside: Element<'a, Message> =
            if self.open { self.inside(policy, wrong) } else { iced::widget::space().into() };
        widget::expander("More about it, if you know", self.open, Message::Shown, inside)
    }

    fn inside<'a>(&'a self, policy: &Policy, wrong: bool) -> Element<'a, Message> {
        let typed = |field: Field| move |text: String| Message::Edited(field, text.into());
        let account = widget::text_field("From which account?", &self.account)
            .hint("Its name or number as it was shown. It stays with the occasion when you learn later whose it is.")
            .on_input(typed(Field::Account));
        let device =
            widget::text_field("Whose device showed the time?", &self.device).on_input(typed(Field::Device));
        let words = |fact: Fact, id: &str| policy.value(fact, id).to_owned();
        let places = PLACES.map(|place| widget::choice(place, words(Fact::Setting, place.id())));
        let places = widget::check_group(
            "Where and when was it?",
            places,
            |place| self.setting.contains(place),
            Message::PlaceTurned,
        );
        let links = Prejudice::ALL.iter().filter(|link| **link != Prejudice::None);
        let links = links.map(|link| widget::choice(*link, words(Fact::Prejudice, link.id())));
        let links = widget::check_group(
            "Does anyone see a link to one of these?",
            links,
            |link| self.prejudice.contains(link),
            Message::LinkTurned,
        )
        .hint("The child’s view counts, and so does anyone else’s.");
        let by = (!self.prejudice.is_empty()).then(|| {
            widget::text_field("Who sees it so?", &self.perceived_by)
                .on_input(typed(Field::PerceivedBy))
                .into()
        });
        column![
            Element::from(account),
            Element::from(device),
            self.seen(wrong),
            Element::from(places),
            column![Element::from(links), slot(by, 0.0)].spacing(M),
        ]
        .spacing(L)
        .into()
    }

    fn seen(&self, wrong: bool) -> Element<'_, Message> {
        let choices = [
            widget::choice(None, "Not known"),
            widget::choice(Some(Reach::Private), "Only the two of them"),
            widget::choice(Some(Reach::Group), "A group"),
            widget::choice(Some(Reach::Public), "Anyone"),
        ];
        let reach =
            widget::radio_group("Who could see it?", choices, Some(&self.reach), Message::ReachChosen);
        let error = self.errors().into_iter().next().map(|(words, _)| words).filter(|_| wrong);
        let many = matches!(self.reach, Some(Reach::Group | Reach::Public)).then(|| {
            widget::text_field("How many?", &self.seen_by)
                .hint("As far as you know. It may stay empty.")
                .width(FIELD_SHORT)
                .error(error)
                .id(SEEN_BY)
                .on_input(|text| Message::Edited(Field::SeenBy, text.into()))
                .into()
        });
        column![Element::from(reach), slot(many, 0.0)].spacing(M).into()
    }
}

fn turn<T: Ord>(set: &mut BTreeSet<T>, value: T, on: bool) {
    if on {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChatExport, Day};

    #[test]
    fn what_is_entered_is_kept_and_what_is_not_entered_here_stays() {
        let day = Day::new(2026, 1, 19).unwrap();
        let export = ChatExport { sha256: "ab".into(), lines: vec![1], brought_by: "A".into(), read_on: day };
        let first = Circumstances {
            account: Some(SentFrom { handle: "@fox".into(), identified_on: Some(day) }),
            export: Some(export),
            ..Circumstances::default()
        };
        let mut more = More::of(&first);
        assert_eq!(more.filled(), first);
        more.update(Message::LinkTurned(Prejudice::Race, true));
        more.update(Message::Edited(Field::PerceivedBy, " Ama ".into()));
        more.update(Message::ReachChosen(Some(Reach::Group)));
        more.update(Message::Edited(Field::SeenBy, "twelve".into()));
        assert_eq!(more.errors().len(), 1);
        more.update(Message::Edited(Field::SeenBy, "12".into()));
        let filled = more.filled();
        assert_eq!((filled.seen_by, filled.perceived_by.as_str()), (Some(12), "Ama"));
        assert_eq!((filled.account.as_ref(), &filled.export), (first.account.as_ref(), &first.export));
        more.update(Message::Edited(Field::Account, "@other".into()));
        assert_eq!(more.filled().account.unwrap().identified_on, None, "another account is another matter");
        more.update(Message::LinkTurned(Prejudice::Race, false));
        more.update(Message::Edited(Field::Account, " ".into()));
        assert_eq!((more.filled().perceived_by, more.filled().account), (String::new(), None));
        assert!(!format!("{more:?}").contains("Ama"));
    }
}
