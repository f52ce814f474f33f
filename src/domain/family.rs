//! What to know of a home before anybody writes or rings there. What follows from it is decided elsewhere.

use super::{Household, Person};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is known of the adults of a home, besides who and where they are. All of it may stay empty.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Family {
    /// Which of them has parental responsibility, in words.
    pub responsibility: String,
    /// The language to speak and write in, where it is not English.
    pub language: String,
    /// Whether they need an interpreter.
    pub interpreter: bool,
    /// Why nobody writes or rings here; empty where one may.
    pub do_not_contact: String,
    /// Somebody else reads the telephone, the inbox or the account.
    pub shared_device: bool,
}

impl Family {
    /// What the reason is called for which nobody writes or rings there.
    pub const DO_NOT_CONTACT: &'static str = "Do not contact";
    /// What it is called that somebody else reads the telephone or the inbox.
    pub const SHARED: &'static str = "Telephone or inbox is shared";

    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Each fact that is known, with what it is called.
    pub fn said(&self) -> Vec<(&'static str, String)> {
        let yes = |on: bool| if on { "Yes" } else { "" }.to_owned();
        let all = [
            (Self::DO_NOT_CONTACT, self.do_not_contact.clone()),
            ("Parental responsibility", self.responsibility.clone()),
            ("Language", self.language.clone()),
            ("Needs an interpreter", yes(self.interpreter)),
            (Self::SHARED, yes(self.shared_device)),
        ];
        all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
    }
}

/// Who is asked first where a home is not to be contacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskFirst {
    /// Children's social care, also where no reason names anybody.
    SocialCare,
    /// The police.
    Police,
    /// Both of them.
    Both,
}

impl AskFirst {
    /// Read from the reasons as they were written down: whoever they name.
    pub fn of<'r>(reasons: impl Iterator<Item = &'r str>) -> Self {
        let all = reasons.collect::<Vec<_>>().join("\n").to_lowercase();
        let words: Vec<&str> = all.split(|c: char| !c.is_alphabetic()).collect();
        let police = ["police", "bail", "arrest", "arrested"].iter().any(|word| words.contains(word));
        let care =
            ["social care", "social worker", "social services", "children’s services", "children's services"];
        match (police, care.iter().any(|name| all.contains(name))) {
            (true, true) => Self::Both,
            (true, false) => Self::Police,
            (false, _) => Self::SocialCare,
        }
    }
}

impl Household {
    /// Whether the school may write and ring here.
    pub fn may_be_contacted(&self) -> bool {
        self.family.do_not_contact.trim().is_empty()
    }

    /// Whether it is one home, whatever is known of its adults: of two children one may have it entered and one not.
    pub fn is_same_home(&self, other: &Self) -> bool {
        (&self.addressees, &self.address, &self.phone) == (&other.addressees, &other.address, &other.phone)
    }
}

impl Person {
    /// Where letters about them go: to the council that looks after them, else to each home.
    pub fn written_to_at(&self) -> &[Household] {
        if self.authority.is_empty() { &self.households } else { &self.authority }
    }

    /// Whether this is one of the homes they live in.
    pub fn lives_at(&self, home: &Household) -> bool {
        self.households.iter().any(|own| own.is_same_home(home))
    }

    /// Every home: those that they live in, and the council where one looks after them.
    pub fn homes(&self) -> impl Iterator<Item = &Household> {
        self.households.iter().chain(&self.authority)
    }

    /// Every home that is not to be contacted.
    pub fn not_contacted(&self) -> impl Iterator<Item = &Household> {
        self.homes().filter(|home| !home.may_be_contacted())
    }
}

impl fmt::Debug for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Family(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, PersonId, Who};

    #[test]
    fn a_home_from_before_has_none_of_it_and_is_written_as_before() {
        let kept = r#"{"addressees":"Mrs A Osei","address":["12 Station Road"],"phone":""}"#;
        let home: Household = serde_json::from_str(kept).unwrap();
        assert!(home.family.is_empty() && home.may_be_contacted());
        assert_eq!(serde_json::to_string(&home).unwrap(), kept);
        assert!(!format!("{home:?} {:?}", home.family).contains("Osei"));
    }

    #[test]
    fn only_what_is_known_is_said() {
        assert_eq!(Family::default().said(), []);
        let family = Family { language: "Polish".into(), interpreter: true, ..Family::default() };
        assert_eq!(
            family.said(),
            [("Language", "Polish".to_owned()), ("Needs an interpreter", "Yes".to_owned())]
        );
    }

    #[test]
    fn who_is_asked_first_is_whom_the_reason_names() {
        for (reasons, first) in [
            (&["A court order of 3 March."][..], AskFirst::SocialCare),
            (&["The social worker asked for it."], AskFirst::SocialCare),
            (&["Police, crime number 12"], AskFirst::Police),
            (&["On bail until May"], AskFirst::Police),
            (&["A bailiff’s letter; the policy of the school"], AskFirst::SocialCare),
            (&["A threat.", "POLICE and social care said so"], AskFirst::Both),
            (&["The police rang.", "Children’s services too."], AskFirst::Both),
        ] {
            assert_eq!(AskFirst::of(reasons.iter().copied()), first, "{reasons:?}");
        }
    }

    #[test]
    fn one_home_is_one_home_whatever_is_known_of_it() {
        let home = Household { addressees: "Mrs A Lee".into(), ..Household::default() };
        let known = Family { do_not_contact: "A threat.".into(), ..Family::default() };
        let entered = Household { family: known, ..home.clone() };
        let mut child = Person::new(PersonId::new(1), Name::new("Ann Lee").unwrap(), Who::CurrentPupil);
        child.households = vec![entered.clone()];
        assert!(child.lives_at(&home), "a brother in whose record nothing was entered lives there too");
        assert!(!child.lives_at(&Household { phone: "01632 960111".into(), ..home.clone() }));
        assert_eq!(child.not_contacted().collect::<Vec<_>>(), [&entered]);
        let blank = Family { do_not_contact: "  ".into(), ..Family::default() };
        assert!(Household { family: blank, ..home.clone() }.may_be_contacted());
        assert_eq!(child.written_to_at(), [entered]);
        child.authority = vec![home.clone()];
        assert_eq!(child.written_to_at(), [home]);
    }
}
