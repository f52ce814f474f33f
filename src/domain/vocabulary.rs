//! The closed words of the decision: every answer, output and role, with the id used in files and on the command line.
//!
//! The enums are closed so that the compiler sees every value; the rules over them are data (`assets/policy`).

use std::fmt;

/// A closed set of words, each with a stable id.
pub trait Vocabulary: Copy + Ord + fmt::Debug + 'static {
    /// What the set is called in messages, for example `imagery`.
    const NAME: &'static str;
    /// Every value, in the order in which a person reads them.
    const ALL: &'static [Self];
    /// The id used in files, rules and on the command line.
    fn id(self) -> &'static str;
    /// Reads an id.
    fn from_id(id: &str) -> Result<Self, UnknownWord> {
        Self::ALL.iter().copied().find(|v| v.id() == id).ok_or_else(|| UnknownWord {
            set: Self::NAME,
            word: id.chars().take(60).collect(),
            allowed: Self::ALL.iter().map(|v| v.id()).collect(),
        })
    }
}

/// An id that its set does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{set}: “{word}” is not known; use one of: {}", allowed.join(", "))]
pub struct UnknownWord {
    /// The set's name.
    pub set: &'static str,
    /// What was given, shortened.
    pub word: String,
    /// What the set knows.
    pub allowed: Vec<&'static str>,
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident as $set:literal { $($(#[$vdoc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $id, "`")] $variant),+ }
        impl Vocabulary for $name {
            const NAME: &'static str = $set;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn id(self) -> &'static str { match self { $(Self::$variant => $id),+ } }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.id()) }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(self.id()) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let id = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(d)?;
                Self::from_id(&id).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// Is anyone in immediate danger?
    Danger as "danger" { None = "none", ThreatSerious = "threat_serious", Immediate = "immediate" }
}
vocabulary! {
    /// Has a child talked about hurting themselves?
    SelfHarm as "selfharm" { No = "no", Worried = "worried", Disclosed = "disclosed" }
}
vocabulary! {
    /// Does any message contain a picture or video, as far as words can tell?
    Imagery as "imagery" {
        None = "none", NotSexual = "not_sexual", NudeUnder18 = "nude_u18", AiNudeUnder18 = "ai_nude_u18",
        AdultSexualToChild = "adult_sexual_to_child", NotKnown = "not_known",
    }
}
vocabulary! {
    /// Who a person is to the school, on the day in question.
    Who as "who" {
        CurrentPupil = "current_pupil", ExPupil = "ex_pupil", OtherSchool = "other_school", Unknown = "unknown",
        ParentAdult = "parent_adult", OtherAdult = "other_adult", Staff = "staff", FormerStaff = "former_staff",
        Head = "head",
    }
}
vocabulary! {
    /// Where and when it happened.
    Setting as "setting" {
        Outside = "outside", SchoolDayOwn = "school_day_own", SchoolKit = "school_kit", Firewall = "firewall",
        JourneyTrip = "journey_trip",
    }
}
vocabulary! {
    /// The kind of account on a platform.
    Account as "account" {
        Standard = "standard", ParentManaged = "parent_managed", SomeoneElses = "someone_elses", Unknown = "unknown",
    }
}
vocabulary! {
    /// What it is, so far as known.
    Nature as "nature" {
        Bullying = "bullying", OneOff = "one_off", TwoWayConflict = "two_way_conflict", NotKnown = "not_known",
    }
}
vocabulary! {
    /// Signs of a possible offence: prompts, never findings.
    CrimeFlag as "crime_flags" {
        Blackmail = "blackmail", InciteSelfHarm = "incite_selfharm", FlashingEpilepsy = "flashing_epilepsy",
        AccountTakeover = "account_takeover", Impersonation = "impersonation", Hate = "hate", Extremism = "extremism",
        AdultGrooming = "adult_grooming", Doxxing = "doxxing", None = "none",
    }
}
vocabulary! {
    /// What it is linked to, in the child's or anyone's view.
    Prejudice as "prejudice" {
        Race = "race", Religion = "religion", Disability = "disability", Sex = "sex", Orientation = "orientation",
        GenderReassign = "gender_reassign", OtherVulnerability = "other_vulnerability", None = "none",
    }
}
vocabulary! {
    /// Whether telling a family could put a child at risk or harm an inquiry.
    ContactSafe as "contact_safe" {
        Safe = "safe", UnsafeTargetHome = "unsafe_target_home", UnsafeActorHome = "unsafe_actor_home",
        PoliceSayWait = "police_say_wait",
    }
}
vocabulary! {
    /// How a family has responded. Computed from the contact log, never a tick-box alone.
    Engagement as "eng" {
        NotYet = "not_yet", Engaged = "engaged", Unreachable = "unreachable", Refused = "refused", Partial = "partial",
    }
}
vocabulary! {
    /// Whether anything has happened since the school first acted. Computed from dated records.
    Continuing as "continuing" { Yes = "yes", No = "no", Unknown = "unknown" }
}
vocabulary! {
    /// An earlier case with the same people.
    Previous as "previous" { None = "none", Open = "open", Resolved = "resolved" }
}
vocabulary! {
    /// What children's social care knows of a child.
    SocialCare as "social_care" {
        None = "none", EarlyHelp = "early_help", ChildInNeed = "cin", ProtectionPlan = "cp_plan",
        LookedAfter = "looked_after", Unknown = "unknown",
    }
}
vocabulary! {
    /// Contact between staff and pupils on social media.
    StaffContact as "staff_contact" {
        None = "none", PupilTried = "pupil_tried", StaffDid = "staff_did", DeclaredFamilyLink = "declared_family_link",
    }
}
vocabulary! {
    /// Whether a harm test for adults who work with children may be met (KCSIE part 4).
    StaffHarm as "staff_harm" { NotAsked = "not_asked", None = "none", Possible = "possible" }
}
vocabulary! {
    /// What the child and family want, as a rule can read it.
    Wishes as "wishes" { NotRecorded = "not_recorded", Recorded = "recorded", Police = "police", NoPolice = "no_police" }
}
vocabulary! {
    /// What a person alleged took part in.
    Part as "role" { Messages = "messages", FirewallOnly = "firewall_only" }
}
vocabulary! {
    /// What the policy asks of the school.
    Duty as "duty" {
        Emergency = "EMERGENCY", Safeguarding = "SAFEGUARDING", SchoolDuty = "SCHOOL_DUTY",
        NoDutyBroker = "NO_DUTY_BROKER", Signpost = "SIGNPOST", StaffHarm = "STAFF_HARM", StaffLow = "STAFF_LOW",
        Adult = "ADULT", IctBreach = "ICT_BREACH", SchoolDayRule = "SCHOOL_DAY_RULE", RecordOnly = "RECORD_ONLY",
    }
}
vocabulary! {
    /// What the policy lets the school choose.
    Choice as "option" {
        NewSchool = "OPT_NEW_SCHOOL", AgeWarning = "OPT_AGE_WARNING", PoliceHarassment = "OPT_POLICE_HARASSMENT",
        PoliceAdvice = "OPT_POLICE_ADVICE", PlatformReport = "OPT_PLATFORM_REPORT", Restorative = "OPT_RESTORATIVE",
        EarlyHelp = "OPT_EARLY_HELP",
    }
}
vocabulary! {
    /// A gate or warning that holds until it is dealt with.
    Gate as "gate" {
        Image = "W_IMAGE", UnderTen = "W_U10", Names = "W_NAMES", Hold = "W_HOLD", Evidence = "W_EVIDENCE",
        AgeDated = "W_AGE_DATED", Prejudice = "W_PREJ", Unsafe = "W_UNSAFE", PolicyGap = "W_POLICY_GAP",
        TimeLimit = "W_TIMELIMIT", ParentalResponsibility = "W_PR", MinimumShare = "W_MINSHARE", Review = "W_REVIEW",
    }
}
vocabulary! {
    /// A letter that the school may send.
    LetterCode as "letter" {
        Target = "L_TARGET", Actor = "L_ACTOR", AgeAll = "L_AGE_ALL", NewSchool = "L_NEWSCHOOL", Meeting = "L_MEETING",
        FollowUp1 = "L_FU1", FollowUp2 = "L_FU2", Final = "L_FINAL", OutcomeTarget = "L_OUT_TARGET",
        OutcomeActor = "L_OUT_ACTOR", StaffContact = "L_STAFFCONTACT", Ict = "L_ICT",
        ParentConduct = "L_PARENTCONDUCT", Signpost = "L_SIGNPOST", Close = "L_CLOSE",
    }
}
vocabulary! {
    /// A document for another agency or for the record.
    DocumentCode as "document" {
        Police = "DOC_POLICE", Marf = "DOC_MARF", Meeting = "DOC_MEETING", Chronology = "DOC_CHRON",
        Transfer = "DOC_TRANSFER", Lado = "DOC_LADO",
    }
}
vocabulary! {
    /// A dated duty to do one thing.
    ActionCode as "action" {
        Call999 = "A_999", TellLead = "A_DSL", Voice = "A_VOICE", Evidence = "A_EVIDENCE", PhoneTarget = "A_TEL_TARGET",
        PhoneActor = "A_TEL_ACTOR", Account = "A_ACCOUNT", Safety = "A_SAFETY", Platform = "A_PLATFORM",
        NewSchool = "A_NEWSCHOOL", Meet = "A_MEET", Prejudice = "A_PREJ", Marf = "A_MARF", Police = "A_POLICE",
        Lado = "A_LADO", Ict = "A_ICT", Check1 = "A_CHECK1", Check2 = "A_CHECK2", Check3 = "A_CHECK3",
        Review = "A_REVIEW", Transfer = "A_TRANSFER", SocialWorker = "A_SOCIALWORKER", Close = "A_CLOSE",
        /// What a lead adds by hand. No policy names it.
        Own = "A_OWN",
    }
}
vocabulary! {
    /// Who leads.
    Lead as "lead" {
        ClassTeacher = "class_teacher", Dsl = "DSL", Head = "head", ChairOfGovernors = "chair_of_governors",
    }
}
vocabulary! {
    /// A service's confidence in a dated fact.
    Confidence as "confidence" { High = "high", Medium = "medium", Unverified = "unverified" }
}
