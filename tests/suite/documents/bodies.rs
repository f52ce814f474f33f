//! The texts of the real letters to families, about a child of any name, for the corpus of the guard.

use super::samples::{actor, age_all, target};
use casebook::documents::{Fields, Templates};

/// The three letters to families, with the child's name and year in place: a whole year's letter goes to homes of that
/// year only.
pub(crate) fn letters(child: &str, year: Option<u64>) -> Vec<String> {
    let templates = Templates::built_in().unwrap();
    let filled = |fields: Fields| templates.fill(fields.code(), &fields).unwrap();
    let (Fields::Target(mut to_target), Fields::Actor(mut to_actor)) = (target(), actor()) else {
        unreachable!()
    };
    let told = to_target.told.replace("Sita", child);
    let wishes = to_target.wishes.replace("Sita", child);
    let mut steps = to_target.steps.clone();
    for step in &mut steps {
        step.what = step.what.replace("Sita", child);
    }
    (to_target.home.to, to_target.home.child, to_target.told, to_target.wishes) =
        ("Mrs Ferris".into(), child.into(), told, wishes);
    to_target.steps = steps;
    to_actor.support = to_actor.support.replace("Kofi", child);
    (to_actor.home.to, to_actor.home.child) = ("Mr Ferris".into(), child.into());
    let to_the_year = year.map(|year| filled(age_all()).replace("Year 5", &format!("Year {year}")));
    [filled(Fields::Target(to_target)), filled(Fields::Actor(to_actor))]
        .into_iter()
        .chain(to_the_year)
        .collect()
}
