//! The first two pages: the school, and who signs for it.

use crate::domain::{School, Signatory};
use crate::ui::spacing::{FIELD_MEDIUM, FIELD_SHORT, L};
use crate::ui::widget::{self, Edit, Editor, TextField};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{column, space};

pub(super) const NAME: Id = Id::new("first-run-name");
const EMAIL: Id = Id::new("first-run-email");
pub(super) const SIGNATORY: Id = Id::new("first-run-signatory");
const ROLE: Id = Id::new("first-run-role");
const LEAD: Id = Id::new("first-run-lead");

/// A line that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The school's name.
    Name,
    /// The office's telephone number.
    Phone,
    /// The office's email address.
    Email,
    /// The name of who signs letters.
    Signatory,
    /// Their role.
    Role,
    /// The name of the designated safeguarding lead.
    Lead,
    /// Their telephone number.
    LeadPhone,
    /// Where parents find the policy.
    PolicyAt,
}

/// What happened on these pages.
#[derive(Debug, Clone)]
pub enum Message {
    /// A line was typed.
    Edited(Field, String),
    /// The address was edited.
    AddressEdited(Edit),
    /// Whether the lead is somebody else than who signs.
    LeadIsOtherTurned(bool),
    /// Enter was pressed: for the screen.
    Submitted,
}

/// What was typed on these pages.
#[derive(Debug)]
pub(super) struct Form {
    school: School,
    address: Editor,
    lead_is_other: bool,
    checked: bool,
}

impl Form {
    pub(super) fn new() -> Self {
        let mut school = School::default();
        school.signatory.role = "Headteacher".into();
        Self { school, address: Editor::default(), lead_is_other: false, checked: false }
    }

    /// The pages of a restricted register of this school, signed by the head or by the chair of governors.
    pub(super) fn restricted(school: &School, chair: bool) -> Self {
        let mut school = School { lead: Signatory::default(), ..school.clone() };
        if chair {
            school.signatory = Signatory { role: "Chair of governors".into(), ..Signatory::default() };
        }
        let address = Editor::with_text(&school.address.join("\n"));
        Self { school, address, lead_is_other: false, checked: false }
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::Edited(field, text) => *self.line(field) = text,
            Message::AddressEdited(edit) => self.address.perform(edit),
            Message::LeadIsOtherTurned(other) => self.lead_is_other = other,
            Message::Submitted => {}
        }
    }

    fn line(&mut self, field: Field) -> &mut String {
        let school = &mut self.school;
        match field {
            Field::Name => &mut school.name,
            Field::Phone => &mut school.phone,
            Field::Email => &mut school.email,
            Field::Signatory => &mut school.signatory.name,
            Field::Role => &mut school.signatory.role,
            Field::Lead => &mut school.lead.name,
            Field::LeadPhone => &mut school.lead.phone,
            Field::PolicyAt => &mut school.policy_at,
        }
    }

    /// The school as it is kept.
    pub(super) fn school(&self) -> School {
        let kept = |text: &str| text.trim().to_owned();
        let typed = &self.school;
        let lead = Signatory {
            name: kept(&typed.lead.name),
            role: "Designated safeguarding lead".into(),
            phone: kept(&typed.lead.phone),
        };
        School {
            name: kept(&typed.name),
            address: self.address.text().lines().map(kept).filter(|line| !line.is_empty()).collect(),
            phone: kept(&typed.phone),
            email: kept(&typed.email),
            signatory: Signatory {
                name: kept(&typed.signatory.name),
                role: kept(&typed.signatory.role),
                phone: String::new(),
            },
            lead: if self.lead_is_other { lead } else { Signatory::default() },
            policy_at: kept(&typed.policy_at),
            ..School::default()
        }
    }

    /// Whose key it is: the lead, or who signs where they are one person. As a session names them after opening.
    pub(super) fn owner(&self) -> String {
        let school = self.school();
        if school.lead.name.is_empty() { school.signatory.name } else { school.lead.name }
    }

    /// From now on the fields say what is wrong with them.
    pub(super) fn check(&mut self) {
        self.checked = true;
    }

    pub(super) fn forgive(&mut self) {
        self.checked = false;
    }

    fn error(&self, field: Field) -> Option<&'static str> {
        let school = &self.school;
        let missing = |text: &str, words| text.trim().is_empty().then_some(words);
        let error = match field {
            Field::Name => missing(&school.name, "Enter the school’s name."),
            Field::Email if school.email.trim().is_empty() || school.email.contains('@') => None,
            Field::Email => Some("Enter a whole email address, or leave it empty."),
            Field::Signatory => missing(&school.signatory.name, "Enter the name of who signs."),
            Field::Role => missing(&school.signatory.role, "Enter the role of who signs."),
            Field::Lead if self.lead_is_other => missing(&school.lead.name, "Enter the lead’s name."),
            Field::Lead | Field::Phone | Field::LeadPhone | Field::PolicyAt => None,
        };
        error.filter(|_| self.checked)
    }

    fn errors(&self, fields: &[(Field, Id)]) -> Vec<(String, Id)> {
        let found =
            fields.iter().filter_map(|(field, id)| Some((self.error(*field)?.to_owned(), id.clone())));
        found.collect()
    }

    pub(super) fn school_errors(&self) -> Vec<(String, Id)> {
        self.errors(&[(Field::Name, NAME), (Field::Email, EMAIL)])
    }

    pub(super) fn people_errors(&self) -> Vec<(String, Id)> {
        self.errors(&[(Field::Signatory, SIGNATORY), (Field::Role, ROLE), (Field::Lead, LEAD)])
    }

    fn field<'a>(&'a self, field: Field, label: &'a str, value: &'a str) -> TextField<'a, Message> {
        widget::text_field(label, value)
            .error(self.error(field))
            .on_input(move |text| Message::Edited(field, text))
            .on_submit(Message::Submitted)
    }

    pub(super) fn school_page(&self) -> Element<'_, Message> {
        let school = &self.school;
        let address = widget::text_area("Address (optional)", &self.address, Message::AddressEdited)
            .hint("As it stands at the head of a letter, a line each.")
            .rows(4);
        column![
            Element::from(self.field(Field::Name, "School’s name", &school.name).id(NAME)),
            Element::from(address),
            Element::from(self.field(Field::Phone, "Telephone (optional)", &school.phone).width(FIELD_SHORT)),
            Element::from(
                self.field(Field::Email, "Email (optional)", &school.email).id(EMAIL).width(FIELD_MEDIUM)
            ),
        ]
        .spacing(L)
        .into()
    }

    pub(super) fn people_page(&self) -> Element<'_, Message> {
        let school = &self.school;
        let name = self.field(Field::Signatory, "Name", &school.signatory.name).id(SIGNATORY);
        let role = self.field(Field::Role, "Role", &school.signatory.role).id(ROLE);
        let policy =
            self.field(Field::PolicyAt, "Where parents find the policy (optional)", &school.policy_at);
        column![
            Element::from(name.hint("As it is signed, for example Mrs Amy Wells.").width(FIELD_MEDIUM)),
            Element::from(role.width(FIELD_MEDIUM)),
            widget::checkbox(
                "The designated safeguarding lead is somebody else",
                self.lead_is_other,
                Message::LeadIsOtherTurned
            ),
            self.lead(),
            Element::from(policy.hint("For example, the address of the policies page on the school’s site.")),
        ]
        .spacing(L)
        .into()
    }

    fn lead(&self) -> Element<'_, Message> {
        if !self.lead_is_other {
            return space().into();
        }
        let lead = &self.school.lead;
        let name = self.field(Field::Lead, "Lead’s name", &lead.name).id(LEAD).width(FIELD_MEDIUM);
        let phone =
            self.field(Field::LeadPhone, "Lead’s telephone (optional)", &lead.phone).width(FIELD_SHORT);
        widget::card(column![Element::from(name), Element::from(phone)].spacing(L))
    }
}
