//! The letter to all the families of a year about a platform's age limit: one record, a copy for each home.

use super::{Letter, Source, homes, parent_managed, window};
use crate::app::{Error, before_contact};
use crate::documents::Fields;
use crate::documents::template::fields::AgeAllFields;
use crate::domain::{Household, Person, Who};

pub(super) fn to_all(source: &Source<'_>) -> Result<Vec<Letter>, Error> {
    let year = source.view.people.first().and_then(|target| target.year).ok_or_else(|| Error::Incomplete {
        what: "The school year of the targeted child is not entered yet. You find it under People in the case.".into(),
    })?;
    let everyone = source.session.everyone()?;
    let pupils = everyone.iter().filter(|p| p.who == Who::CurrentPupil && p.year == Some(year));
    let stops = before_contact::Stops::of(&everyone);
    let mut homes = each_home_once(pupils);
    homes.retain(|home| home.may_be_contacted() && !stops.hold(&window(home)));
    if homes.is_empty() {
        let what = format!("There is no home in Year {year} that may be written to. Look under Pupils.");
        return Err(Error::Incomplete { what });
    }
    let ages = source.ages(|_| true);
    let fields = AgeAllFields {
        to: format!("parents and carers of Year {year}"),
        parent_managed: parent_managed(source) && ages.iter().any(|line| line.platform == "WhatsApp"),
        ages,
        lessons: "We teach every class how to be kind and safe online, and whom to tell".into(),
        help: "If you would like help with settings, ring the office and we will show you".into(),
        sender: source.sender()?,
    };
    let body = source.fill(&Fields::AgeAll(fields))?;
    let papers = homes.iter().map(|home| source.paper(window(home), body.clone())).collect();
    Ok(vec![Letter { recipient: format!("All parents of Year {year} ({} homes)", homes.len()), papers }])
}

/// Siblings in one year share a home and get one letter; separate homes get one each. In the order of their names.
fn each_home_once<'a>(pupils: impl Iterator<Item = &'a Person>) -> Vec<Household> {
    let mut all: Vec<Household> = Vec::new();
    for home in pupils.flat_map(homes) {
        let same = |other: &Household| other.addressees == home.addressees && other.address == home.address;
        if !all.iter().any(same) {
            all.push(home);
        }
    }
    all.sort_by(|a, b| (&a.addressees, &a.address).cmp(&(&b.addressees, &b.address)));
    all
}
