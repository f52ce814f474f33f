//! The evidence of a case as a folder in clear text, for the police or another agency: neutral file names, an index, and a
//! list of hashes that a common tool checks. Each time is in the journal.

use super::{EXPORTED, Progress, Refused};
use crate::app::letters::write_whole;
use crate::app::{CaseView, Error, Session};
use crate::domain::{CaseId, Day, Evidence, EvidenceId, Kept, NotTaken};
use crate::store;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What an export made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The folder.
    pub folder: PathBuf,
    /// How many files of evidence are in it.
    pub files: usize,
    /// How many entries of the index say where something lies that is not in it.
    pub notes: usize,
}

impl Session {
    /// Writes chosen evidence of a case into a new folder inside `into`, whole or not at all, and journals it.
    ///
    /// # Errors
    /// [`Refused::Locked`], [`Refused::NothingChosen`], [`Refused::Stopped`]; a folder that is not there, is full or cannot be
    /// written. Then no folder is left behind.
    pub fn export_evidence(
        &self,
        case: CaseId,
        chosen: &[EvidenceId],
        into: &Path,
        progress: &Progress,
    ) -> Result<Bundle, Error> {
        self.files_open(case)?;
        let view = self.case(case)?;
        let all = view.evidence.iter().enumerate().map(|(at, evidence)| (at + 1, evidence));
        let chosen: Vec<_> = all.filter(|(_, evidence)| chosen.contains(&evidence.id)).collect();
        if chosen.is_empty() {
            return Err(Refused::NothingChosen.into());
        }
        progress.begin(chosen.iter().map(|(_, evidence)| length(evidence)).sum());
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Export { path, source }
        };
        let target = free_name(into, &view.case.reference)
            .ok_or_else(|| failed(into)(std::io::ErrorKind::AlreadyExists.into()))?;
        let made = tempfile::Builder::new().prefix(".casebook-").tempdir_in(into).map_err(failed(into))?;
        for (number, evidence) in &chosen {
            if let Some(name) = file_name(*number, evidence) {
                write_whole(&made.path().join(name), &self.evidence_bytes(evidence)?)?;
                progress.step(length(evidence))?;
            }
        }
        let mark = self.anchor()?.to_string();
        let made_on = format!("{} by {}", self.today().long(), self.actor());
        for (name, text) in [
            ("index.csv", index(&view, &chosen)),
            ("READ-ME.txt", read_me(&view, &chosen, &made_on, &mark)),
            ("SHA256SUMS", sums(&chosen)),
        ] {
            write_whole(&made.path().join(name), text.as_bytes())?;
        }
        // The journal first: what is out is in it, and what could not be put in its place is out of sight.
        self.write(EXPORTED, |w| chosen.iter().try_for_each(|(_, evidence)| w.put(*evidence)))?;
        store::patiently(|| std::fs::rename(made.path(), &target)).map_err(failed(&target))?;
        let files = chosen.iter().filter(|(_, evidence)| matches!(evidence.kept, Kept::File { .. })).count();
        Ok(Bundle { folder: target, files, notes: chosen.len() - files })
    }
}

fn length(evidence: &Evidence) -> u64 {
    if let Kept::File { length, .. } = &evidence.kept { *length } else { 0 }
}

/// A folder of which nothing is there yet: what it is called says nothing of a child.
fn free_name(into: &Path, reference: &str) -> Option<PathBuf> {
    let names = std::iter::once(format!("{reference}-evidence"))
        .chain((2..100).map(|number| format!("{reference}-evidence-{number}")));
    names.map(|name| into.join(name)).find(|path| !path.exists())
}

fn file_name(number: usize, evidence: &Evidence) -> Option<String> {
    let Kept::File { ending, .. } = &evidence.kept else { return None };
    Some(format!("evidence-{number:03}.{ending}"))
}

const COLUMNS: [&str; 12] = [
    "Number",
    "File",
    "SHA-256",
    "Size in bytes",
    "Type",
    "Captured by",
    "Captured on",
    "Time as shown",
    "From which device",
    "Occasion of",
    "Description",
    "Where it is",
];

fn cells(view: &CaseView, (number, evidence): (usize, &Evidence)) -> [String; 12] {
    let (sha256, size) = match &evidence.kept {
        Kept::File { sha256, length, .. } => (sha256.clone(), length.to_string()),
        Kept::Elsewhere { .. } => (String::new(), String::new()),
    };
    let occasion = view.occasions.iter().find(|o| Some(o.id) == evidence.occasion);
    [
        format!("E{number}"),
        file_name(number, evidence).unwrap_or_default(),
        sha256,
        size,
        evidence.type_words().unwrap_or_default(),
        evidence.captured_by.clone(),
        evidence.on.typed(),
        evidence.time.clone(),
        evidence.device.clone(),
        occasion.map_or_else(String::new, |o| Day::typed(o.on)),
        evidence.description.clone(),
        place(evidence),
    ]
}

/// Where a piece of evidence is, as an index says it.
pub(in crate::app) fn place(evidence: &Evidence) -> String {
    let Kept::Elsewhere { lies, why } = &evidence.kept else {
        return "Attached, byte for byte. The original was not changed.".into();
    };
    let why = match why {
        NotTaken::MayShowChild => {
            "it may show a child undressed, so nobody at the school opened or copied it"
        }
        NotTaken::NotSure => "it was not certain what it shows, so nobody at the school opened or copied it",
        NotTaken::CaseLocked => "no files are taken into this case",
    };
    let lies = lies.trim_end_matches('.');
    format!("Not attached: {why}. Where it is: {lies}.")
}

fn index(view: &CaseView, chosen: &[(usize, &Evidence)]) -> String {
    // A mark at the beginning, or a spreadsheet takes the letters of another alphabet for something else.
    let mut text = String::from("\u{FEFF}");
    let head = COLUMNS.map(str::to_owned);
    for line in std::iter::once(head).chain(chosen.iter().map(|line| cells(view, *line))) {
        let line: Vec<_> = line.iter().map(|text| cell(text)).collect();
        text.push_str(&line.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell of a CSV file that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let formula =
        text.trim_start().starts_with(['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'])
            || text.starts_with(['\t', '\r']);
    let fence = if formula { "'" } else { "" };
    format!("\"{fence}{}\"", text.replace('"', "\"\""))
}

fn sums(chosen: &[(usize, &Evidence)]) -> String {
    let mut text = String::new();
    for (number, evidence) in chosen {
        if let (Some(name), Kept::File { sha256, .. }) = (file_name(*number, evidence), &evidence.kept) {
            let _never_fails = writeln!(text, "{sha256}  {name}");
        }
    }
    text
}

fn read_me(view: &CaseView, chosen: &[(usize, &Evidence)], made_on: &str, mark: &str) -> String {
    let mut text = format!(
        "Evidence of case {}\nWritten out of Casebook on {made_on}. Record mark: {mark}.\n\n\
         The files in this folder are NOT encrypted. Whoever can open the folder can read them. Hand it over by a safe\n\
         way, and delete it when it has been received. The case file still holds everything.\n\n\
         Each file is as it was when it was taken in, byte for byte. To check: sha256sum -c SHA256SUMS (Linux, macOS with\n\
         shasum -a 256 -c), or on Windows in PowerShell: Get-FileHash FILE -Algorithm SHA256. The hash shows that a file\n\
         is unchanged since it was taken in; it does not show who made it.\n",
        view.case.reference
    );
    for line in chosen {
        let cells = cells(view, *line);
        text.push('\n');
        for (label, said) in COLUMNS.iter().zip(&cells).filter(|(_, said)| !said.is_empty()) {
            let _never_fails = writeln!(text, "{label}: {}", said.replace(['\n', '\r'], " "));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, written) in [
            ("", "\"\""),
            ("A screenshot", "\"A screenshot\""),
            ("says \"hi\", twice", "\"says \"\"hi\"\", twice\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+44 1632", "\"'+44 1632\""),
            ("-1", "\"'-1\""),
            ("@kq_2015", "\"'@kq_2015\""),
            (" =1+1", "\"' =1+1\""),
            ("\t=1+1", "\"'\t=1+1\""),
            ("\u{FF1D}1+1", "\"'\u{FF1D}1+1\""),
            ("a=b", "\"a=b\""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
