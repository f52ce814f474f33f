//! The languages that a letter's translation may be marked as, so that a screen reader speaks it rightly.

/// A language: its tag, its own name, its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// BCP 47.
    pub tag: &'static str,
    /// What its speakers call it.
    pub own_name: &'static str,
    /// What English calls it.
    pub name: &'static str,
}

const fn language(tag: &'static str, own_name: &'static str, name: &'static str) -> Language {
    Language { tag, own_name, name }
}

/// Those most spoken at home by pupils in English schools, and Welsh, in the order of their English names.
pub const LANGUAGES: [Language; 24] = [
    language("sq", "Shqip", "Albanian"),
    language("ar", "العربية", "Arabic"),
    language("bn", "বাংলা", "Bengali"),
    language("bg", "Български", "Bulgarian"),
    language("zh-Hans", "简体中文", "Chinese, simplified"),
    language("zh-Hant", "繁體中文", "Chinese, traditional"),
    language("fr", "Français", "French"),
    language("gu", "ગુજરાતી", "Gujarati"),
    language("hi", "हिन्दी", "Hindi"),
    language("it", "Italiano", "Italian"),
    language("lt", "Lietuvių", "Lithuanian"),
    language("ne", "नेपाली", "Nepali"),
    language("pa", "ਪੰਜਾਬੀ", "Panjabi"),
    language("fa", "فارسی", "Persian"),
    language("pl", "Polski", "Polish"),
    language("pt", "Português", "Portuguese"),
    language("ro", "Română", "Romanian"),
    language("so", "Soomaali", "Somali"),
    language("es", "Español", "Spanish"),
    language("ta", "தமிழ்", "Tamil"),
    language("tr", "Türkçe", "Turkish"),
    language("uk", "Українська", "Ukrainian"),
    language("ur", "اردو", "Urdu"),
    language("cy", "Cymraeg", "Welsh"),
];

impl Language {
    /// The language of a tag, where it is one of these.
    pub fn of(tag: &str) -> Option<Self> {
        LANGUAGES.into_iter().find(|language| language.tag == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_is_there_once_and_in_order() {
        assert!(LANGUAGES.is_sorted_by_key(|language| language.name));
        for language in LANGUAGES {
            assert_eq!(Language::of(language.tag), Some(language));
        }
        assert_eq!(Language::of("en"), None);
    }
}
