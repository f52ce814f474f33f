//! What the lead settles in a copy before it goes: words that stand, words that go out, entries that stay behind, entries
//! that were read.

use super::review::{AccessEntry, AccessView, PlaceIs};
use super::{incomplete, said};
use crate::app::{Error, Session};
use crate::domain::{AccessRequestId, HeldBack, ReadMark, Ruling, Settled};

impl Session {
    /// Settles words that were found: they stand, or they go out. With `everywhere`, the same words in every passage.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason; [`Error::NotFound`] where the words are not in the passage (any more).
    pub fn settle_access(
        &self,
        id: AccessRequestId,
        (passage, at): (&str, usize),
        everywhere: bool,
        ruling: Ruling,
        reason: &str,
    ) -> Result<AccessView, Error> {
        said(reason, "Say why, in one sentence. It stands in the log.")?;
        let view = self.access_view(id)?;
        let all = view.entries.iter().flat_map(|entry| &entry.passages);
        let places =
            || all.clone().flat_map(|passage| passage.places.iter().map(move |place| (passage, place)));
        let (_, first) =
            places().find(|(of, place)| of.key == passage && place.at == at).ok_or(Error::NotFound)?;
        let meant = places().filter(|(of, place)| {
            let this = of.key == passage && place.at == at;
            this || (everywhere && place.words == first.words && same_kind(&place.is, &first.is))
        });
        let rulings: Vec<Settled> =
            meant.map(|(of, place)| self.ruling(&of.key, place.at, &place.words, ruling, reason)).collect();
        self.put_rulings(id, rulings)
    }

    /// Takes words out of an entry that nothing found: wherever they stand in it.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without words or a reason, or where the entry does not have them.
    pub fn take_out_of_access(
        &self,
        id: AccessRequestId,
        entry: &str,
        words: &str,
        reason: &str,
    ) -> Result<AccessView, Error> {
        let words = words.trim();
        said(words, "Enter the words exactly as they stand in the entry.")?;
        said(reason, "Say why, in one sentence. It stands in the log.")?;
        let view = self.access_view(id)?;
        let passages = &found(&view, entry)?.passages;
        let places =
            passages.iter().flat_map(|p| p.original.match_indices(words).map(move |(at, _)| (p, at)));
        let rulings: Vec<Settled> =
            places.map(|(p, at)| self.ruling(&p.key, at, words, Ruling::TakenOut, reason)).collect();
        if rulings.is_empty() {
            return Err(incomplete(
                "These words do not stand in the entry. Enter them exactly as they stand there.",
            ));
        }
        self.put_rulings(id, rulings)
    }

    /// Takes back what was settled about words.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn unsettle_access(
        &self,
        id: AccessRequestId,
        passage: &str,
        at: usize,
    ) -> Result<AccessView, Error> {
        let mut request = self.open_request(id)?;
        request.settled.retain(|it| (it.passage.as_str(), it.at) != (passage, at));
        self.write("a child's copy: a ruling taken back", |w| w.put(&request))?;
        self.access_view(id)
    }

    /// Keeps an entry out of the copy.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason.
    pub fn hold_back_access(
        &self,
        id: AccessRequestId,
        entry: &str,
        reason: &str,
    ) -> Result<AccessView, Error> {
        said(reason, "Say why this entry does not go with the copy.")?;
        let view = self.access_view(id)?;
        let entry = found(&view, entry)?.key.clone();
        let mut request = self.open_request(id)?;
        request.held_back.retain(|held| held.entry != entry);
        let (by, on) = (self.actor().to_owned(), self.today());
        request.held_back.push(HeldBack { entry, reason: reason.trim().to_owned(), by, on });
        self.write("a child's copy: an entry held back", |w| w.put(&request))?;
        self.access_view(id)
    }

    /// Lets an entry go with the copy after all.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn let_go_access(&self, id: AccessRequestId, entry: &str) -> Result<AccessView, Error> {
        let mut request = self.open_request(id)?;
        request.held_back.retain(|held| held.entry != entry);
        self.write("a child's copy: an entry goes with it after all", |w| w.put(&request))?;
        self.access_view(id)
    }

    /// Marks entries as read, as they stand now.
    ///
    /// # Errors
    /// [`Error::Incomplete`] while an adult's name in one of them is not settled.
    pub fn mark_access_read(&self, id: AccessRequestId, entries: &[String]) -> Result<AccessView, Error> {
        let mut view = self.access_view(id)?;
        let mut request = self.open_request(id)?;
        for entry in entries {
            let entry = found(&view, entry)?;
            let open = entry.passages.iter().flat_map(|p| &p.places).any(|place| place.is == PlaceIs::Adult);
            if open {
                return Err(incomplete("Say of each adult’s name in this entry whether it may stand."));
            }
            let mark = ReadMark { entry: entry.key.clone(), sha256: entry.sha256() };
            request.read.retain(|read| read.entry != mark.entry);
            request.read.push(mark);
        }
        self.write("a child's copy: entries read", |w| w.put(&request))?;
        for entry in view.entries.iter_mut().filter(|entry| entries.contains(&entry.key)) {
            entry.read = true;
        }
        view.request = request;
        Ok(view)
    }

    fn ruling(&self, passage: &str, at: usize, words: &str, ruling: Ruling, reason: &str) -> Settled {
        Settled {
            passage: passage.to_owned(),
            at,
            words: words.to_owned(),
            ruling,
            reason: reason.trim().to_owned(),
            by: self.actor().to_owned(),
            on: self.today(),
        }
    }

    fn put_rulings(&self, id: AccessRequestId, rulings: Vec<Settled>) -> Result<AccessView, Error> {
        let mut request = self.open_request(id)?;
        for ruling in rulings {
            request.settled.retain(|it| (&it.passage, it.at) != (&ruling.passage, ruling.at));
            request.settled.push(ruling);
        }
        self.write("a child's copy: what becomes of words", |w| w.put(&request))?;
        self.access_view(id)
    }
}

fn found<'a>(view: &'a AccessView, entry: &str) -> Result<&'a AccessEntry, Error> {
    view.entries.iter().find(|it| it.key == entry).ok_or(Error::NotFound)
}

/// What one ruling may settle together: adults apart from children.
fn same_kind(one: &PlaceIs, other: &PlaceIs) -> bool {
    (*one == PlaceIs::Adult) == (*other == PlaceIs::Adult)
}
