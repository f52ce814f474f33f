//! What only the lead can say for a paper, as questions to be asked one by one. The answer to each fills the field of
//! the same name. What the case already says is not asked.

use crate::domain::{DocumentCode, LetterCode, PaperCode};

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The field of the paper that the answer fills.
    pub field: &'static str,
    /// The question.
    pub question: &'static str,
    /// What a good answer has. May be blank.
    pub hint: &'static str,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// It may be left without an answer.
    pub optional: bool,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A sentence or more.
    Words,
    /// A few words on one line.
    Line,
    /// Several things, a line each.
    Lines,
    /// A day that is still to come.
    Day,
    /// One of these: its word in the template, and what a person reads.
    Choice(&'static [(&'static str, &'static str)]),
}

const fn ask(field: &'static str, kind: Kind, question: &'static str, hint: &'static str) -> Ask {
    Ask { field, question, hint, kind, optional: false }
}

const fn may(field: &'static str, kind: Kind, question: &'static str, hint: &'static str) -> Ask {
    Ask { field, question, hint, kind, optional: true }
}

/// The questions of a paper, in the order in which they are asked; none where the case says all.
pub fn asks(code: PaperCode) -> &'static [Ask] {
    match code {
        PaperCode::Letter(code) => of_letter(code),
        PaperCode::Document(code) => of_document(code),
    }
}

use Kind::{Choice, Day, Line, Lines, Words};

const MEETING: Ask = ask(
    "meeting",
    Line,
    "When can you meet them?",
    "Day, date, time and place, for example Wednesday 21 January 2026 at 3.30 pm, at school.",
);
const OTHER_TIMES: Ask =
    may("other_times", Lines, "Which other times can you offer?", "A line each. Two are usual.");
const NO_NAMES: &str = "Write of this child only. Say “another pupil”, never a name.";
const FOUND: Kind = Choice(&[
    ("found", "We found that it was so"),
    ("not_found", "We did not find that it was so"),
    ("could_not_tell", "We could not tell"),
]);
const YES: Kind = Choice(&[("yes", "Yes"), ("no", "No")]);
const MAY_BE: Kind = Choice(&[("yes", "Yes, it may be so"), ("no", "No"), ("not_known", "Not known")]);

const LETTER_MEETING: [Ask; 3] = [
    MEETING,
    OTHER_TIMES,
    ask(
        "who",
        Line,
        "Who will be there from the school?",
        "Name and role, for example Mrs Shah, the class teacher.",
    ),
];
const LETTER_FU1: [Ask; 2] = [MEETING, OTHER_TIMES];
const LETTER_FU2: [Ask; 3] = [
    ask(
        "other_person",
        Line,
        "With whom else at school could this family talk?",
        "Name, role and how to reach them. Somebody the family may find easier to talk with.",
    ),
    MEETING,
    OTHER_TIMES,
];
const LETTER_OUTCOME: [Ask; 3] = [
    ask("looked_into", Words, "What did you look into?", NO_NAMES),
    ask(
        "found",
        FOUND,
        "What did you find about this child’s own part?",
        "About this child only, and on what you know.",
    ),
    ask("next", Words, "What happens next for this child?", NO_NAMES),
];
const LETTER_ICT: [Ask; 4] = [
    ask(
        "tried",
        Words,
        "What was tried, on which computer?",
        "What happened, as a fact. No blame and no other name.",
    ),
    ask("until", Day, "Until when is an adult close by?", "The last day."),
    ask(
        "lessons",
        Words,
        "How do lessons carry on?",
        "What the child does where others use a computer alone.",
    ),
    may(
        "adjustments",
        Words,
        "Does the child need an adjustment?",
        "For example where a computer is part of their support.",
    ),
];
const LETTER_CONDUCT: [Ask; 3] = [
    ask(
        "told",
        Words,
        "What were you told about this adult’s messages?",
        "Dates and what was said of them, neutrally. No child, and nobody else’s name.",
    ),
    MEETING,
    OTHER_TIMES,
];

fn of_letter(code: LetterCode) -> &'static [Ask] {
    match code {
        LetterCode::Meeting => &LETTER_MEETING,
        LetterCode::FollowUp1 => &LETTER_FU1,
        LetterCode::FollowUp2 => &LETTER_FU2,
        LetterCode::OutcomeTarget | LetterCode::OutcomeActor => &LETTER_OUTCOME,
        LetterCode::Ict => &LETTER_ICT,
        LetterCode::ParentConduct => &LETTER_CONDUCT,
        LetterCode::Target
        | LetterCode::Actor
        | LetterCode::AgeAll
        | LetterCode::NewSchool
        | LetterCode::Final
        | LetterCode::StaffContact
        | LetterCode::Signpost
        | LetterCode::Close => &[],
    }
}

const POLICE: [Ask; 6] = [
    may(
        "report_how",
        Line,
        "Have you reported it to the police already? How?",
        "999, 101, online, or the safer schools officer. Leave it empty if not.",
    ),
    may("report_when", Line, "When did you report it?", "Day and time."),
    may("report_operator", Line, "Who took the report?", "Name or number, as they gave it."),
    may("report_reference", Line, "Which reference did they give?", "The incident or crime number."),
    may(
        "device",
        Line,
        "Where are the devices with the original messages?",
        "Who has which phone or tablet. Do not copy pictures from them.",
    ),
    may("agencies", Lines, "Which other agencies have you told?", "A line each: which, when, whom."),
];
const MARF: [Ask; 21] = [
    may(
        "phoned",
        Line,
        "When did you telephone children’s services, and who took it?",
        "Most councils want a call first and the form after it.",
    ),
    ask("reason", Words, "Why do you refer?", "In two or three sentences."),
    ask(
        "worrying",
        Words,
        "What is worrying?",
        "Facts first, then what you think of them. Say “another pupil”, never another child’s name.",
    ),
    ask("working", Words, "What is working well?", "For this child, at home and at school."),
    ask("needed", Words, "What needs to happen?", ""),
    ask(
        "level",
        Line,
        "Which level of need is it, by your council’s thresholds?",
        "For example: Level 3, targeted support.",
    ),
    ask(
        "risks",
        Words,
        "What are the risks now, to anyone?",
        "To the child, to others, and to workers who visit. Say so if you know of none.",
    ),
    ask(
        "consent",
        Choice(&[
            ("given", "The family agrees"),
            ("refused", "The family was asked and does not agree"),
            ("not_asked", "The family was not asked"),
        ]),
        "Does the family agree to this referral?",
        "Ask them, unless asking would put a child at risk, harm an inquiry or cost time that there is not.",
    ),
    ask("consent_detail", Words, "Who gave it and when? Or why not?", ""),
    may("responsibility", Line, "Who has parental responsibility?", "Each person, and any court order."),
    may("family_views", Words, "What does the family think?", "In their words."),
    may("confidential", Words, "What must be kept from whom, and why?", ""),
    may(
        "others",
        Words,
        "Who else matters to this child?",
        "Adults only. Another child is “a brother” or “a friend”.",
    ),
    may("gender", Line, "Gender", "As the family gives it."),
    may("ethnicity", Line, "Ethnicity", "As the family gives it."),
    may("religion", Line, "Religion", "As the family gives it."),
    may("language", Line, "First language, and is an interpreter needed?", ""),
    may("numbers", Line, "UPN or NHS number", "If the school holds it."),
    may("earlier", Words, "What help was there before?", "Early help, with dates."),
    may("agencies", Words, "Who else works with the child or the family?", "Who, and how to reach them."),
    may("attached", Line, "What do you attach?", "Never an image that may be of a child undressed."),
];
const MEETING_RECORD: [Ask; 15] = [
    ask("held", Line, "When and how did you meet?", "Day, time and place, or by phone or video."),
    ask("present", Line, "Who was there?", "Names and roles."),
    may("apologies", Line, "Who could not come?", ""),
    may("interpreter", Line, "Was there an interpreter?", "Name, and for which language."),
    ask("purpose", Line, "What was the meeting for?", ""),
    ask(
        "child_said",
        Words,
        "What did the child say?",
        "First, and in the child’s own words. If the child said nothing, say so.",
    ),
    ask(
        "family_said",
        Words,
        "What did the family say?",
        "In their words. Say “another pupil”, never another child’s name.",
    ),
    ask("school_said", Words, "What did the school say?", ""),
    ask(
        "agreed",
        Words,
        "What is agreed?",
        "Facts and plans that everyone there accepts. Say so if there is nothing.",
    ),
    may("not_agreed", Words, "What is not agreed?", ""),
    ask(
        "actions",
        Lines,
        "Who does what, and by when?",
        "A line each, for example: Mrs Shah checks in with Kofi each Monday until 2 March.",
    ),
    ask("plan_view", Words, "What does the family think of this plan?", ""),
    ask("next_review", Day, "When will you look at it again?", ""),
    ask("read_back", YES, "Was the record read back to everyone?", ""),
    ask(
        "signed",
        Choice(&[("signs", "They sign, or will sign"), ("declined", "They would rather not sign")]),
        "Does the family sign the record?",
        "A copy goes to the family in either case.",
    ),
];
const TRANSFER: [Ask; 8] = [
    ask("to_school", Line, "Which school does the file go to?", "Its name and address."),
    may(
        "to_lead",
        Line,
        "Who is its designated safeguarding lead?",
        "Ring first, so that the file is expected.",
    ),
    ask(
        "how",
        Line,
        "How does the file travel?",
        "For example: by hand, in a sealed envelope; or by the secure system, with its name.",
    ),
    ask("contents", Lines, "What is in the file?", "A line each, with the number of pages."),
    may(
        "advance",
        Words,
        "What should the next school know before the file arrives?",
        "Only what keeps the child safe on the first day.",
    ),
    ask(
        "kept",
        Choice(&[
            ("nothing", "Nothing"),
            ("chronology", "The chronology"),
            ("everything", "A copy of the file"),
        ]),
        "What does your school keep?",
        "Usually nothing but the receipt. Anything more needs a reason.",
    ),
    may("kept_why", Words, "If it keeps something: why?", ""),
    may("numbers", Line, "UPN", "If the school holds it."),
];
const LADO: [Ask; 10] = [
    may(
        "spoken",
        Line,
        "Have you spoken with the LADO already? When?",
        "Do not wait with the call for this paper.",
    ),
    ask("role", Line, "What is the adult’s role with children?", ""),
    may(
        "other_work",
        Line,
        "Does the adult work with children elsewhere, paid or not?",
        "Also their own children, if you know.",
    ),
    ask(
        "harmed",
        MAY_BE,
        "May the adult have harmed a child?",
        "What you think on what is known today. It is not a finding.",
    ),
    ask("offence", MAY_BE, "May it be an offence against or related to a child?", ""),
    ask("risk", MAY_BE, "May the adult be a risk to children?", ""),
    ask(
        "unsuitable",
        MAY_BE,
        "May the adult be unsuitable to work with children?",
        "This counts what happens outside work too.",
    ),
    ask("who_knows", Words, "Who knows of this?", "Everyone who has been told, and when."),
    ask(
        "steps_taken",
        Words,
        "What have you done at once to keep children safe?",
        "No interview. Say so if nothing was needed.",
    ),
    may("family_told", Words, "Has the child’s family been told?", "Usually the LADO is asked first."),
];

fn of_document(code: DocumentCode) -> &'static [Ask] {
    match code {
        DocumentCode::Police => &POLICE,
        DocumentCode::Marf => &MARF,
        DocumentCode::Meeting => &MEETING_RECORD,
        DocumentCode::Chronology => &[],
        DocumentCode::Transfer => &TRANSFER,
        DocumentCode::Lado => &LADO,
    }
}
