//! What sort of message a text is, and which lines WhatsApp itself wrote, by the words that WhatsApp uses.
//!
//! Where a text could be either, it stays a message: what a child may have written is not hidden among system lines.

use super::header::is_mark;
use serde::Serialize;
use std::collections::HashSet;

/// What sort of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    Text,
    /// A picture, film, recording, sticker or document was sent, with or without words.
    Media,
    /// It was deleted. That it was there matters.
    Deleted,
    /// It was changed after it was sent; the words are the changed ones.
    Edited,
    /// A call, missed or not.
    Call,
    /// Nothing, as the export has it: often a picture that could be seen once.
    Empty,
}

/// What sort of message a text is.
pub(super) fn of(text: &str) -> Kind {
    let plain = plain(text);
    if plain.is_empty() {
        Kind::Empty
    } else if is_deleted(&plain) {
        Kind::Deleted
    } else if is_media(text) {
        Kind::Media
    } else if is_call(&plain) {
        Kind::Call
    } else if EDITED.iter().any(|words| plain.ends_with(words)) {
        Kind::Edited
    } else {
        Kind::Text
    }
}

/// In small letters, without marks, with plain spaces and plain apostrophes, on one line.
fn plain(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !is_mark(*c)).collect();
    bare.replace('’', "'").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

const EDITED: [&str; 9] = [
    "<this message was edited>",
    "<this message was edited.>",
    "<diese nachricht wurde bearbeitet.>",
    "<diese nachricht wurde bearbeitet>",
    "<se editó este mensaje.>",
    "<se editó este mensaje>",
    "<ce message a été modifié>",
    "<questo messaggio è stato modificato>",
    "<mensagem editada>",
];

fn is_deleted(plain: &str) -> bool {
    const WORDS: [&str; 16] = [
        "this message was deleted",
        "you deleted this message",
        "this message has been deleted",
        "message deleted",
        "this message was deleted by admin",
        "diese nachricht wurde gelöscht",
        "du hast diese nachricht gelöscht",
        "se eliminó este mensaje",
        "eliminaste este mensaje",
        "ce message a été supprimé",
        "vous avez supprimé ce message",
        "questo messaggio è stato eliminato",
        "hai eliminato questo messaggio",
        "mensagem apagada",
        "esta mensagem foi apagada",
        "ta wiadomość została usunięta",
    ];
    let bare = plain.trim_matches(['<', '>', '.', ' ']);
    WORDS.contains(&bare)
        || bare.strip_prefix("this message was deleted by admin ").is_some_and(|who| who.len() < 80)
}

fn is_call(plain: &str) -> bool {
    const WORDS: [&str; 6] = [
        "missed voice call",
        "missed video call",
        "missed group voice call",
        "missed group video call",
        "voice call",
        "video call",
    ];
    let bare = plain.trim_end_matches('.');
    let (first, after) = bare.split_once(',').unwrap_or((bare, ""));
    let after = after.trim();
    let known = after.is_empty()
        || after == "tap to call back"
        || after == "no answer"
        || after.starts_with(|c: char| c.is_ascii_digit());
    (WORDS.contains(&first) || WORDS.contains(&bare.trim_end_matches(" at").trim())) && known
}

const OMITTED: [&str; 14] = [
    "image omitted",
    "photo omitted",
    "video omitted",
    "audio omitted",
    "sticker omitted",
    "gif omitted",
    "document omitted",
    "contact card omitted",
    "video note omitted",
    "voice message omitted",
    "media omitted",
    "bild weggelassen",
    "imagen omitida",
    "image absente",
];

fn is_media(text: &str) -> bool {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let last = lines.next_back().unwrap_or(first);
    let whole = plain(first);
    is_left_out(first, &whole)
        || is_attached_file(&whole)
        || (has_mark(last) && is_left_out(last, &plain(last)))
        || text.lines().any(has_attachment)
}

fn has_mark(line: &str) -> bool {
    line.contains(['\u{200E}', '\u{200F}'])
}

/// `<Media omitted>` and `image omitted`, in what languages are known.
fn is_left_out(line: &str, plain: &str) -> bool {
    const WORDS: [&str; 14] = [
        "omitted",
        "ausgeschlossen",
        "weggelassen",
        "omis",
        "omitido",
        "omitidos",
        "omitida",
        "oculto",
        "oculta",
        "omessi",
        "omesso",
        "weggelaten",
        "edilmedi",
        "pominięto",
    ];
    if let Some(inner) = plain.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
        return inner.len() < 60 && inner.split(' ').any(|word| WORDS.contains(&word));
    }
    OMITTED.iter().any(|words| {
        // Before a document's words stand its name and pages, and the mark parts them.
        *words == plain || (plain.ends_with(words) && plain.contains('•') && has_mark(line))
    })
}

/// `IMG-20210428-WA0001.jpg (file attached)`
fn is_attached_file(plain: &str) -> bool {
    const WORDS: [&str; 9] = [
        "file attached",
        "datei angehängt",
        "archivo adjunto",
        "fichier joint",
        "file allegato",
        "arquivo anexado",
        "ficheiro anexado",
        "bestand bijgevoegd",
        "plik załączony",
    ];
    let Some((name, words)) = plain.strip_suffix(')').and_then(|p| p.rsplit_once(" (")) else { return false };
    WORDS.contains(&words) && name.contains('.')
}

/// `<attached: 00000042-PHOTO-2020-06-07-15-13-20.jpg>` and the older `PHOTO-00004762.jpg <attached>`.
fn has_attachment(line: &str) -> bool {
    const WORDS: [&str; 8] =
        ["attached", "angehängt", "anhang", "adjunto", "pièce jointe", "allegato", "anexado", "bijgevoegd"];
    let plain = plain(line);
    let Some((before, inner)) = plain.strip_suffix('>').and_then(|p| p.rsplit_once('<')) else {
        return false;
    };
    match inner.split_once(':') {
        Some((word, name)) => WORDS.contains(&word.trim()) && name.contains('.'),
        None => WORDS.contains(&inner) && before.contains('.'),
    }
}

/// The notice of encryption, which a phone may give the name of a child.
const NOTICES: [&str; 16] = [
    "messages and calls are end-to-end encrypted",
    "messages to this chat and calls are now secured with end-to-end encryption",
    "messages to this group are now secured with end-to-end encryption",
    "messages you send to this chat and calls are now secured with end-to-end encryption",
    "messages you send to this group are now secured with end-to-end encryption",
    "messages are end-to-end encrypted",
    "messages to this chat are now secured with end-to-end encryption",
    "nachrichten und anrufe sind ende-zu-ende-verschlüsselt",
    "los mensajes y las llamadas están cifrados de extremo a extremo",
    "les messages et les appels sont chiffrés de bout en bout",
    "i messaggi e le chiamate sono crittografati end-to-end",
    "as mensagens e as chamadas são protegidas com a criptografia de ponta a ponta",
    "as mensagens e chamadas são encriptadas ponto a ponto",
    "berichten en oproepen worden end-to-end versleuteld",
    "wiadomości i połączenia są w pełni szyfrowane",
    "mesajlar ve aramalar uçtan uca şifrelidir",
];

/// What a phone says of a group, after the name of whoever did it: no child writes these of themselves.
const DEEDS: [&str; 25] = [
    " created group",
    " created this group",
    " changed the subject",
    " changed the group name",
    " changed the group icon",
    " changed the group description",
    " changed the group's icon",
    " changed this group's icon",
    " changed this group's settings",
    " deleted this group's icon",
    " deleted the group description",
    " changed their phone number",
    " changed their number",
    " changed to a new",
    " turned on disappearing messages",
    " turned off disappearing messages",
    " updated the message timer",
    " joined using this group's invite link",
    " joined using an invite link",
    " joined using a group link",
    " joined from the community",
    " requested to join",
    " pinned a message",
    " reset this group's invite link",
    " changed to +",
];

/// The same, but short enough for a child to write them of someone else.
const SHORT_DEEDS: [&str; 5] = [" added ", " removed ", " left", " was added", " was removed"];

/// How a phone speaks to its owner.
const TO_OWNER: [&str; 12] = [
    "your security code with",
    "you're now an admin",
    "you're no longer an admin",
    "you were added",
    "you were removed",
    "you joined",
    "you left",
    "you added",
    "this chat is with a business",
    "this group was added to the community",
    "disappearing messages were turned",
    "only admins can",
];

/// Whether a line with a name before it was written by WhatsApp all the same.
pub(super) fn is_system(author: &str, text: &str, authors: &HashSet<String>) -> bool {
    let words = plain(text);
    if is_notice(&words) {
        return true;
    }
    if words.len() > 400 || of(text) != Kind::Text {
        return false;
    }
    // A phone puts a mark before its own words; a child's words have none.
    if text.starts_with(['\u{200E}', '\u{200F}']) {
        let told = TO_OWNER.iter().any(|start| words.starts_with(start));
        let deeds = DEEDS.iter().chain(&SHORT_DEEDS).any(|deed| words.contains(deed));
        return told || deeds;
    }
    let after = |who: &str| words.strip_prefix(plain(who).as_str());
    let does = |rest: &str, deeds: &[&str]| deeds.iter().any(|deed| rest.starts_with(deed));
    if let Some(rest) = after(author) {
        return does(rest, &DEEDS) || (does(rest, &SHORT_DEEDS) && rest != " left out");
    }
    let deed = DEEDS.iter().filter_map(|deed| words.find(deed)).min();
    let Some(deed) = deed else { return false };
    let who = &words[..deed];
    who == "you" || authors.contains(who)
}

/// The form in which an author is compared.
pub(super) fn folded(author: &str) -> String {
    plain(author)
}

/// Whether words are the notice of encryption and nothing more: a sentence that only begins so is a child's.
fn is_notice(plain: &str) -> bool {
    NOTICES.iter().any(|notice| {
        plain.strip_prefix(notice).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ',']))
    })
}

/// Whether what stands before a colon is no author but the beginning of a line of WhatsApp's own, as
/// `Ann changed the subject from "Year 6` is.
pub(super) fn is_no_author(before_colon: &str) -> bool {
    let words = plain(before_colon);
    let quotes = words.contains(['"', '“', '”', '«', '„']);
    is_notice(&words)
        || words.chars().count() > 120
        || (quotes && DEEDS.iter().chain(&SHORT_DEEDS).any(|deed| words.contains(deed)))
}
