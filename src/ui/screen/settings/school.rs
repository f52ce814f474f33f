//! Settings, the school: what stands on its letters, who signs, who leads, where the policy is. The calendar is apart.

use super::{failed, pictures, said};
use crate::app::{Error, Notice, Session};
use crate::domain::{School, Signatory};
use crate::ui::access;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::pupils::lines;
use crate::ui::spacing::{FIELD_MEDIUM, FIELD_SHORT, L, M, XL};
use crate::ui::widget::{self, Edit, Editor, TextField, button, slot};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Length, Task};
use std::fmt;

const ADDRESS: Id = Id::new("settings-address");

/// A line to type into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The school's name.
    Name,
    /// The office's number.
    Phone,
    /// The office's email address.
    Email,
    /// Who signs: the name.
    SignatoryName,
    /// Who signs: the role.
    SignatoryRole,
    /// Who signs: a direct number.
    SignatoryPhone,
    /// The safeguarding lead: the name.
    LeadName,
    /// The safeguarding lead: the role.
    LeadRole,
    /// The safeguarding lead: a direct number.
    LeadPhone,
    /// Where parents find the policy.
    PolicyAt,
}

impl Field {
    fn id(self) -> Id {
        Id::new(match self {
            Self::Name => "settings-name",
            Self::Phone => "settings-phone",
            Self::Email => "settings-email",
            Self::SignatoryName => "settings-signatory-name",
            Self::SignatoryRole => "settings-signatory-role",
            Self::SignatoryPhone => "settings-signatory-phone",
            Self::LeadName => "settings-lead-name",
            Self::LeadRole => "settings-lead-role",
            Self::LeadPhone => "settings-lead-phone",
            Self::PolicyAt => "settings-policy-at",
        })
    }
}

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// A line was typed into.
    Edited(Field, Typed),
    /// The address was edited.
    AddressEdited(Edit),
    /// Whether two people approve was turned.
    TwoApproveTurned(bool),
    /// Something about the crest or the signature.
    Picture(pictures::Message),
    /// Reading the settings is tried again.
    Retried,
    /// "Save" was pressed.
    Saved,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// What came of it.
pub(super) enum Outcome {
    /// Nothing for anybody else.
    None,
    /// Run this.
    Run(Task<Message>),
    /// It is saved.
    Saved,
}

/// The state of this part.
pub(super) struct Part {
    /// What is typed; nothing where the settings could not be read, since saving would then empty them.
    typed: Option<School>,
    address: Editor,
    pictures: pictures::Pictures,
    /// Whether "Save" was pressed on what cannot be saved.
    checked: bool,
    notice: Option<Notice>,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("checked", &self.checked).finish_non_exhaustive()
    }
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let pictures = pictures::Pictures::new(session);
        let mut part =
            Self { typed: None, address: Editor::default(), pictures, checked: false, notice: None };
        part.read(session);
        part
    }

    fn read(&mut self, session: &Session) {
        match session.school() {
            Ok(school) => {
                self.address = Editor::with_text(&school.address.join("\n"));
                self.typed = Some(school);
                self.notice = None;
            }
            Err(error) => self.notice = Some(failed(&error)),
        }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::Edited(field, typed) => self.edit(field, typed),
            Message::AddressEdited(edit) => {
                self.notice = None;
                self.address.perform(edit);
            }
            Message::TwoApproveTurned(on) => {
                self.notice = None;
                if let Some(school) = &mut self.typed {
                    school.two_approve = on;
                }
            }
            Message::Picture(message) => {
                return Outcome::Run(self.pictures.update(session, message).map(Message::Picture));
            }
            Message::Retried => self.read(session),
            Message::Saved => return self.save(session),
            Message::LinkFollowed(field) => return Outcome::Run(access::focus(field)),
        }
        Outcome::None
    }

    fn edit(&mut self, field: Field, typed: Typed) {
        self.notice = None;
        if let Some(school) = &mut self.typed {
            *text_of(school, field) = typed.0;
        }
    }

    fn save(&mut self, session: &Session) -> Outcome {
        self.checked = !self.errors().is_empty();
        let Some(typed) = self.typed.as_ref().filter(|_| !self.checked) else {
            return Outcome::Run(access::focus(widget::ERROR_SUMMARY));
        };
        match save(session, typed, lines(&self.address.text())) {
            Ok(()) => {
                let next = "Letters that are approved already stay as they are.";
                self.notice = Some(Notice::done("The school’s particulars are saved.", next));
                Outcome::Saved
            }
            Err(error) => {
                self.notice = Some(failed(&error));
                Outcome::None
            }
        }
    }

    fn name_error(&self) -> Option<&'static str> {
        let empty = self.typed.as_ref().is_some_and(|school| school.name.trim().is_empty());
        empty.then_some("Enter the school’s name. It stands at the head of every letter.")
    }

    fn email_error(&self) -> Option<&'static str> {
        let email = self.typed.as_ref().map_or("", |school| school.email.trim());
        let whole = email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
        let wrong = !email.is_empty() && (!whole || email.contains(char::is_whitespace));
        wrong.then_some("Enter the whole email address, for example office@school.example.")
    }

    fn errors(&self) -> Vec<(&'static str, Id)> {
        let name = self.name_error().map(|words| (words, Field::Name.id()));
        let email = self.email_error().map(|words| (words, Field::Email.id()));
        name.into_iter().chain(email).collect()
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self) -> Element<'_, Message> {
        match &self.typed {
            Some(school) => self.form(school),
            None => column![
                slot(self.notice.as_ref().map(said), L),
                button::row_of([button::primary("Try again").on_press(Message::Retried).into()]),
            ]
            .into(),
        }
    }

    fn form<'a>(&'a self, school: &'a School) -> Element<'a, Message> {
        let errors = self.errors();
        let summary = (self.checked && !errors.is_empty())
            .then(|| widget::error_summary(errors, Message::LinkFollowed));
        let page = column![
            self.letterhead(school),
            signature(&school.signatory),
            lead(&school.lead),
            approval(school),
            column![
                widget::heading(2, "The policy"),
                field(Field::PolicyAt, "Where parents find it", &school.policy_at)
                    .hint("For example, a page of the school’s site. Letters home name it."),
            ]
            .spacing(M),
            column![
                slot(self.notice.as_ref().map(said), L),
                button::row_of([button::primary("Save").on_press(Message::Saved).into()]),
            ],
            self.pictures.view().map(Message::Picture),
        ]
        .spacing(XL);
        column![slot(summary, XL), page].into()
    }

    fn letterhead<'a>(&'a self, school: &'a School) -> Element<'a, Message> {
        let shown = |error: Option<&'static str>| error.filter(|_| self.checked);
        column![
            widget::heading(2, "On every letter"),
            field(Field::Name, "School’s name", &school.name).error(shown(self.name_error())),
            widget::text_area("Address", &self.address, Message::AddressEdited)
                .hint("A line each, as on an envelope.")
                .rows(4)
                .id(ADDRESS),
            field(Field::Phone, "Office telephone", &school.phone).width(FIELD_SHORT),
            field(Field::Email, "Office email", &school.email)
                .width(FIELD_MEDIUM)
                .error(shown(self.email_error())),
        ]
        .spacing(L)
        .into()
    }
}

fn signature(signatory: &Signatory) -> Element<'_, Message> {
    column![
        widget::heading(2, "Who signs letters"),
        field(Field::SignatoryName, "Signatory’s name", &signatory.name)
            .hint("As it is signed, for example Mrs Amy Wells.")
            .width(FIELD_MEDIUM),
        field(Field::SignatoryRole, "Signatory’s role", &signatory.role)
            .hint("For example, Headteacher.")
            .width(FIELD_MEDIUM),
        field(Field::SignatoryPhone, "Signatory’s direct number", &signatory.phone)
            .hint("Leave it empty if families ring the office.")
            .width(FIELD_SHORT),
    ]
    .spacing(L)
    .into()
}

fn lead(lead: &Signatory) -> Element<'_, Message> {
    column![
        widget::heading(2, "Designated safeguarding lead"),
        widget::hint("Leave this empty if it is the person who signs."),
        field(Field::LeadName, "Safeguarding lead’s name", &lead.name).width(FIELD_MEDIUM),
        field(Field::LeadRole, "Safeguarding lead’s role", &lead.role).width(FIELD_MEDIUM),
        field(Field::LeadPhone, "Safeguarding lead’s direct number", &lead.phone).width(FIELD_SHORT),
    ]
    .spacing(L)
    .into()
}

fn approval(school: &School) -> Element<'_, Message> {
    let label = "Two people approve the police summary and the final notice";
    let hint = "The second one types the passphrase of their own key. A final notice always has the head’s approval.";
    let two = widget::checkbox(label, school.two_approve, Message::TwoApproveTurned);
    column![widget::heading(2, "Approving"), two, widget::hint(hint)].spacing(M).into()
}

fn field<'a>(field: Field, label: &'static str, value: &'a str) -> TextField<'a, Message> {
    widget::text_field(label, value)
        .id(field.id())
        .width(Length::Fill)
        .on_input(move |text| Message::Edited(field, text.into()))
        .on_submit(Message::Saved)
}

fn text_of(school: &mut School, field: Field) -> &mut String {
    match field {
        Field::Name => &mut school.name,
        Field::Phone => &mut school.phone,
        Field::Email => &mut school.email,
        Field::SignatoryName => &mut school.signatory.name,
        Field::SignatoryRole => &mut school.signatory.role,
        Field::SignatoryPhone => &mut school.signatory.phone,
        Field::LeadName => &mut school.lead.name,
        Field::LeadRole => &mut school.lead.role,
        Field::LeadPhone => &mut school.lead.phone,
        Field::PolicyAt => &mut school.policy_at,
    }
}

/// Saves what is typed over what is kept now, so that the calendar and the policy in force stay as they are.
fn save(session: &Session, typed: &School, address: Vec<String>) -> Result<(), Error> {
    let trimmed = |text: &str| text.trim().to_owned();
    let person = |p: &Signatory| Signatory {
        name: trimmed(&p.name),
        role: trimmed(&p.role),
        phone: trimmed(&p.phone),
    };
    let kept = session.school()?;
    session.save_school(&School {
        name: trimmed(&typed.name),
        address,
        phone: trimmed(&typed.phone),
        email: trimmed(&typed.email),
        signatory: person(&typed.signatory),
        lead: person(&typed.lead),
        policy_at: trimmed(&typed.policy_at),
        two_approve: typed.two_approve,
        ..kept
    })
}
