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
    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Each fact that is known, with what it is called.
    pub fn said(&self) -> Vec<(&'static str, String)> {
        let yes = |on: bool| if on { "Yes" } else { "" }.to_owned();
        let all = [
            ("Do not contact", self.do_not_contact.clone()),
            ("Parental responsibility", self.responsibility.clone()),
            ("Language", self.language.clone()),
            ("Needs an interpreter", yes(self.interpreter)),
            ("Telephone or inbox is shared", yes(self.shared_device)),
        ];
        all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
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

    /// Every home that is not to be contacted.
    pub fn not_contacted(&self) -> impl Iterator<Item = &Household> {
        self.households.iter().chain(&self.authority).filter(|home| !home.may_be_contacted())
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
