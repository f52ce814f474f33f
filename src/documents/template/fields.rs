//! What each template needs, as typed fields. Strings are already worded; what may be left blank says so. What only the
//! lead can say is [`OwnWords`]: it is asked for and never made up.

mod agency;
mod home;
mod later;
mod record;

pub use agency::*;
pub use home::*;
pub use later::*;
pub use record::*;

use crate::domain::{Day, DocumentCode, LetterCode, PaperCode};
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// What a template asks of its fields before it is filled.
trait Filled {
    /// Who signs.
    fn sender(&self) -> &Sender;
    /// The fields that may not be blank, and whether each is.
    fn needs(&self) -> Vec<(&'static str, bool)>;
}

impl<T: Filled> Filled for Box<T> {
    fn sender(&self) -> &Sender {
        (**self).sender()
    }
    fn needs(&self) -> Vec<(&'static str, bool)> {
        (**self).needs()
    }
}

macro_rules! papers {
    ($($variant:ident($fields:ty) = $kind:ident $code:ident, $template:literal;)+) => {
        /// The fields of one paper.
        #[derive(Clone)]
        pub enum Fields {
            $(#[doc = concat!("`", $template, "`")] $variant($fields)),+
        }

        impl Fields {
            /// The paper that they are for.
            pub fn code(&self) -> PaperCode {
                match self { $(Self::$variant(_) => papers!(@code $kind $code)),+ }
            }

            /// The template that they fill: the paper's own, or a variant of it.
            pub fn template(&self) -> &'static str {
                match self { $(Self::$variant(_) => $template),+ }
            }

            pub(super) fn value(&self) -> Value {
                match self { $(Self::$variant(fields) => Value::from(Serde(fields))),+ }
            }

            fn filled(&self) -> &dyn Filled {
                match self { $(Self::$variant(fields) => fields),+ }
            }
        }
    };
    (@code letter $code:ident) => { PaperCode::Letter(LetterCode::$code) };
    (@code document $code:ident) => { PaperCode::Document(DocumentCode::$code) };
}

papers! {
    Target(TargetFields) = letter Target, "L_TARGET";
    Actor(ActorFields) = letter Actor, "L_ACTOR";
    Both(BothFields) = letter Actor, "L_ACTOR_BOTH";
    AgeAll(AgeAllFields) = letter AgeAll, "L_AGE_ALL";
    NewSchool(NewSchoolFields) = letter NewSchool, "L_NEWSCHOOL";
    Meeting(MeetingFields) = letter Meeting, "L_MEETING";
    FollowUp1(FollowUp1Fields) = letter FollowUp1, "L_FU1";
    FollowUp2(FollowUp2Fields) = letter FollowUp2, "L_FU2";
    Final(FinalFields) = letter Final, "L_FINAL";
    OutcomeTarget(OutcomeFields) = letter OutcomeTarget, "L_OUT_TARGET";
    OutcomeActor(OutcomeFields) = letter OutcomeActor, "L_OUT_ACTOR";
    StaffContact(StaffContactFields) = letter StaffContact, "L_STAFFCONTACT";
    Ict(IctFields) = letter Ict, "L_ICT";
    ParentConduct(ConductFields) = letter ParentConduct, "L_PARENTCONDUCT";
    Signpost(SignpostFields) = letter Signpost, "L_SIGNPOST";
    Close(CloseFields) = letter Close, "L_CLOSE";
    Police(Box<PoliceFields>) = document Police, "DOC_POLICE";
    Marf(Box<MarfFields>) = document Marf, "DOC_MARF";
    MeetingRecord(Box<MeetingRecordFields>) = document Meeting, "DOC_MEETING";
    Chronology(ChronologyFields) = document Chronology, "DOC_CHRON";
    Transfer(Box<TransferFields>) = document Transfer, "DOC_TRANSFER";
    Lado(Box<LadoFields>) = document Lado, "DOC_LADO";
}

impl Fields {
    /// The first field that is blank and may not be.
    pub(super) fn blank(&self) -> Option<&'static str> {
        let filled = self.filled();
        let sender = filled.sender();
        let of_sender = [
            ("sender.name", blank(&sender.name)),
            ("sender.role", blank(&sender.role)),
            ("sender.school", blank(&sender.school)),
            ("sender.phone", blank(&sender.phone)),
            ("sender.policy_at", blank(&sender.policy_at)),
        ];
        of_sender.into_iter().chain(filled.needs()).find(|(_, blank)| *blank).map(|(name, _)| name)
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Words that only the lead can give: asked for one by one, never made up. `Debug` leaves them out.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OwnWords(String);

impl OwnWords {
    /// Whether nothing was said.
    pub fn is_blank(&self) -> bool {
        blank(&self.0)
    }
}

impl<T: Into<String>> From<T> for OwnWords {
    fn from(words: T) -> Self {
        Self(words.into())
    }
}

impl std::fmt::Debug for OwnWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnWords(..)")
    }
}

/// Who signs, and how to reach them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sender {
    /// The name as signed.
    pub name: String,
    /// The role.
    pub role: String,
    /// The school's name.
    pub school: String,
    /// The number to call.
    pub phone: String,
    /// When they can be reached, as `between 8.30 am and 4 pm on school days`. May be blank.
    pub hours: String,
    /// The school's email address. May be blank.
    pub email: String,
    /// Where the policy is.
    pub policy_at: String,
}

/// Something that the school has done or will do.
#[derive(Clone, Serialize)]
pub struct Step {
    /// What, as a sentence without its full stop: `We will check in with Mei each day`.
    pub what: String,
    /// By when; nothing where it is done.
    pub by: Option<Day>,
}
