//! The allow-list: which elements of a CTF are read, by where they stand. Names without regard to case.

/// A part of an address in the order in which it is written.
pub(super) const HOUSE: u8 = 2;
pub(super) const STREET: u8 = 3;
/// The most parts of an address, and the most numbers of a contact.
pub(super) const ROOM: usize = 12;

/// An element that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Root,
    Header,
    Version,
    SourceSchool,
    SourceLea,
    SourceEstab,
    Block,
    Pupil,
    Upn,
    Surname,
    Forename,
    KnownAs,
    Dob,
    Year,
    Class,
    LeftOn,
    Basic,
    LookedAfter,
    InCare,
    SenHistory,
    Sen,
    SenFlag,
    SenStart,
    SenProvision,
    History,
    School,
    SchoolLea,
    SchoolEstab,
    SchoolLeft,
    Address,
    AddressLine(u8),
    Contacts,
    Contact,
    ContactOrder,
    ContactTitle,
    ContactForename,
    ContactSurname,
    Relationship,
    Responsibility,
    AddressAsPupil,
    ContactEmail,
    ContactAddress,
    ContactAddressLine(u8),
    Phones,
    Phone,
    ContactPhone,
    /// Read and needed by nobody: the kind of telephone, or a name that only orders.
    Known,
}

/// What the elements within an element mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Under {
    Nothing,
    Root,
    Header,
    SourceSchool,
    Block,
    Pupil,
    LookedAfter,
    SenHistory,
    Sen,
    History,
    School,
    Address,
    Contacts,
    Contact,
    ContactAddress,
    Phones,
    Phone,
    Leaf,
}

impl Place {
    pub(super) fn under(self) -> Under {
        match self {
            Self::Root => Under::Root,
            Self::Header => Under::Header,
            Self::SourceSchool => Under::SourceSchool,
            Self::Block => Under::Block,
            Self::Pupil | Self::Basic => Under::Pupil,
            Self::LookedAfter => Under::LookedAfter,
            Self::SenHistory => Under::SenHistory,
            Self::Sen => Under::Sen,
            Self::History => Under::History,
            Self::School => Under::School,
            Self::Address => Under::Address,
            Self::Contacts => Under::Contacts,
            Self::Contact => Under::Contact,
            Self::ContactAddress => Under::ContactAddress,
            Self::Phones => Under::Phones,
            Self::Phone => Under::Phone,
            _ => Under::Leaf,
        }
    }
}

/// What an element is, by its name in small letters; nothing where it is not on the list.
pub(super) fn of(under: Under, name: &str) -> Option<Place> {
    match under {
        Under::Nothing => Some(Place::Root),
        Under::Root => match name {
            "header" => Some(Place::Header),
            "ctfpupildata" | "atfpupildata" | "pupildata" => Some(Place::Block),
            _ => None,
        },
        Under::Header => match name {
            "ctfversion" | "atfversion" => Some(Place::Version),
            "sourceschool" => Some(Place::SourceSchool),
            _ => None,
        },
        Under::SourceSchool => match name {
            "lea" => Some(Place::SourceLea),
            "estab" => Some(Place::SourceEstab),
            _ => None,
        },
        Under::Block => (name == "pupil").then_some(Place::Pupil),
        Under::Pupil => of_a_pupil(name),
        Under::LookedAfter => (name == "incare").then_some(Place::InCare),
        Under::SenHistory | Under::Sen => match name {
            "sen" if under == Under::SenHistory => Some(Place::Sen),
            "startdate" => Some(Place::SenStart),
            "senprovision" => Some(Place::SenProvision),
            _ => None,
        },
        Under::History => (name == "school").then_some(Place::School),
        Under::School => match name {
            "lea" => Some(Place::SchoolLea),
            "estab" => Some(Place::SchoolEstab),
            "leavingdate" | "dateofleaving" | "leavedate" => Some(Place::SchoolLeft),
            _ => None,
        },
        Under::Address => of_an_address(name).map(|part| match part {
            Part::Line(order) => Place::AddressLine(order),
            Part::Holder => Place::Address,
        }),
        Under::ContactAddress => of_an_address(name).map(|part| match part {
            Part::Line(order) => Place::ContactAddressLine(order),
            Part::Holder => Place::ContactAddress,
        }),
        Under::Contacts => (name == "contact").then_some(Place::Contact),
        Under::Contact => of_a_contact(name),
        Under::Phones => (name == "phone").then_some(Place::Phone),
        Under::Phone => match name {
            "phoneno" | "phonenumber" | "number" => Some(Place::ContactPhone),
            "telephonetype" | "phonetype" | "type" => Some(Place::Known),
            _ => None,
        },
        Under::Leaf => None,
    }
}

fn of_a_pupil(name: &str) -> Option<Place> {
    Some(match name {
        "upn" => Place::Upn,
        "surname" => Place::Surname,
        "forename" => Place::Forename,
        "preferredforename" => Place::KnownAs,
        "dob" | "dateofbirth" => Place::Dob,
        "ncyearactual" | "ncyear" | "yeargroup" => Place::Year,
        "class" | "classname" | "reggroup" | "registrationgroup" | "tutorgroup" | "form" => Place::Class,
        "leavingdate" | "dateofleaving" => Place::LeftOn,
        "basicdetails" => Place::Basic,
        "lookedafter" => Place::LookedAfter,
        "incare" => Place::InCare,
        "senhistory" => Place::SenHistory,
        "sen" => Place::Sen,
        "senprovision" => Place::SenFlag,
        "schoolhistory" => Place::History,
        "address" => Place::Address,
        "contacts" => Place::Contacts,
        _ => return None,
    })
}

fn of_a_contact(name: &str) -> Option<Place> {
    Some(match name {
        "order" => Place::ContactOrder,
        "title" => Place::ContactTitle,
        "forename" => Place::ContactForename,
        "surname" => Place::ContactSurname,
        "relationship" => Place::Relationship,
        "responsibility" => Place::Responsibility,
        "addressaspupil" => Place::AddressAsPupil,
        "address" => Place::ContactAddress,
        "phones" => Place::Phones,
        "phone" => Place::Phone,
        "email" => Place::ContactEmail,
        _ => return None,
    })
}

/// A part of an address.
enum Part {
    /// By its place in order.
    Line(u8),
    /// An element that only holds such parts.
    Holder,
}

fn of_an_address(name: &str) -> Option<Part> {
    Some(Part::Line(match name {
        "saon" => 1,
        "paon" => HOUSE,
        "street" => STREET,
        "locality" => 10,
        "town" => 11,
        "administrativearea" | "posttown" | "county" => 12,
        "postcode" => 20,
        "addresslines" | "lineaddress" | "bs7666address" | "bs7666" => return Some(Part::Holder),
        _ => match name.strip_prefix("addressline")? {
            "" => 4,
            number => 3 + number.parse::<u8>().ok().filter(|n| (1..=6).contains(n))?,
        },
    }))
}
