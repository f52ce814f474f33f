//! A walk through every page of the window, as a screen reader and the Tab key meet it. `tests/crawl/pages.txt` says how
//! each page is reached, one a line; tabs and what can be opened in place are tried on every page by themselves.
//! `rules.rs` says what has to hold. A heading in a screen's code that the walk never comes to fails it.

mod cut;
mod rules;
mod titles;

use super::tests::{PASSPHRASE, asked, world};
use super::*;
use crate::app::{Cost, NewCaseFile, Secret, demo};
use crate::domain::{CaseState, School};
use crate::ui::access::Role;
use crate::ui::testing::Driver;
use accesskit::{Action as Ask, ActionData, Node, NodeId};
use iced::Size;
use rules::{Counts, Sight};
use std::collections::BTreeSet;
use tempfile::TempDir;

/// Where a way begins, and what is pressed along it.
struct Page {
    line: String,
    from: String,
    way: Vec<String>,
}

fn pages() -> Vec<Page> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crawl/pages.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (shorts, lines): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with('$'));
    // A later short may use the earlier ones, so the last is put in first.
    let written_out = |line: &str| {
        shorts
            .iter()
            .rev()
            .filter_map(|short| short.split_once(" = "))
            .fold(line.to_owned(), |line, (name, steps)| line.replace(name, steps))
    };
    lines
        .iter()
        .map(|line| {
            let whole = written_out(line);
            let (from, way) = whole.split_once(':').unwrap_or_else(|| panic!("“{line}” has no beginning"));
            let way = way.split(" > ").map(|step| step.trim().to_owned()).filter(|step| !step.is_empty());
            Page { line: (*line).to_owned(), from: from.to_owned(), way: way.collect() }
        })
        .collect()
}

/// The case files that the walk goes through.
struct Grounds {
    dir: TempDir,
    demonstration: Session,
    empty: Session,
    moved: Session,
    locked: PathBuf,
}

impl Grounds {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let made = |name: &str| {
            let new = NewCaseFile {
                folder: dir.path().join(name),
                school: School { name: "Wren Lane Junior School".into(), ..School::default() },
                owner: "Mrs Delphine Arkwright".into(),
                passphrase: Secret::new(PASSPHRASE.into()),
                cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
            };
            Session::create(&new, world()).unwrap().0
        };
        let demonstration = demo::make(&dir.path().join("demo"), |_| {}).unwrap().session;
        let locked = made("locked.casebook").folder();
        Self { demonstration, empty: made("empty.casebook"), moved: moved(dir.path()), locked, dir }
    }

    fn open(&self, from: &str, size: Size) -> Driver<Window> {
        let start = match from {
            "demo" => Start::Demonstration(self.demonstration.clone()),
            "moved" => Start::Demonstration(self.moved.clone()),
            "locked" => Start::CaseFile(Locked { case_file: Some(self.locked.clone()), unsaved: false }),
            _ => Start::Demonstration(self.empty.clone()),
        };
        let (mut window, _task) = Window::new(start, world(), asked().0);
        window.bridge = Bridge::detached();
        match from {
            "demo" | "moved" | "locked" | "empty" => {}
            "start" => {
                window.stage = Stage::Unlock(Box::new(unlock::Unlock::new(world(), None).0));
            }
            "first-run" => {
                let place = tempfile::tempdir_in(self.dir.path()).unwrap().keep();
                let (mut screen, _task) = first_run::FirstRun::new(world(), place);
                screen.cheap();
                window.stage = Stage::FirstRun(Box::new(screen));
            }
            other => panic!("no way begins at “{other}”"),
        }
        Driver::with_size(window, size)
    }
}

/// A demonstration in which every pupil of a closed case has moved on, and a disclosure went on in a restricted case file.
fn moved(dir: &Path) -> Session {
    let session = demo::make(&dir.join("moved"), |_| {}).unwrap().session;
    let case = session.cases("").unwrap().iter().find(|row| row.reference == "2026-001").unwrap().id;
    let on = session.today();
    session.set_case_state(case, CaseState::Closed { on, why: "They moved.".into() }).unwrap();
    crate::app::hand_over_all(&session, case);
    crate::app::go_apart(&session, dir);
    session
}

/// What stands on a page and can be pressed or filled in, in reading order.
fn can_be_used(ui: &Driver<Window>, action: Ask) -> Vec<(NodeId, Node)> {
    let nodes = ui.tree().nodes;
    nodes.into_iter().filter(|(_, node)| node.supports_action(action) && !node.is_disabled()).collect()
}

/// What is called so, or begins so; `name @ group` is the one in a group whose name begins so.
fn named(ui: &Driver<Window>, nodes: &[(NodeId, Node)], name: &str) -> Option<NodeId> {
    let (name, group) = name.split_once(" @ ").map_or((name, None), |(name, group)| (name, Some(group)));
    let sight = Sight::of(ui.tree(), ui.size());
    let there: Vec<_> =
        nodes.iter().filter(|(id, _)| group.is_none_or(|group| sight.lies_in(*id, group))).collect();
    let called = |node: &Node| node.label().unwrap_or_default().to_owned();
    let exact = there.iter().find(|(_, node)| called(node) == name);
    exact.or_else(|| there.iter().find(|(_, node)| called(node).starts_with(name))).map(|(id, _)| *id)
}

/// Presses what is called so, or, for `Field := text`, puts a text into a field. Of several names with `|` the first
/// that is there.
fn take(ui: &mut Driver<Window>, step: &str) -> Result<(), String> {
    if step == "(close the window)" {
        let _task = ui.screen.update(Message::CloseAsked(window::Id::unique()));
        ui.send(&[]);
        return Ok(());
    }
    if step == "(F1)" {
        let _task = ui.screen.update(Message::Keyed(Shortcut::Keys));
        ui.send(&[]);
        return Ok(());
    }
    let (name, text) = match step.split_once(" :=") {
        Some((name, text)) => (name, Some(text.trim().replace("{crate}", env!("CARGO_MANIFEST_DIR")))),
        None => (step, None),
    };
    let action = if text.is_some() { Ask::SetValue } else { Ask::Click };
    let there = can_be_used(ui, action);
    let Some(target) = name.split('|').find_map(|name| named(ui, &there, name.trim())) else {
        let names: Vec<_> = there.iter().filter_map(|(_, node)| node.label()).collect();
        return Err(format!("nothing is called “{name}” among {names:?}"));
    };
    ui.ask_node(action, target, text.map(|text| ActionData::Value(text.into())));
    Ok(())
}

#[derive(Default)]
struct Walk {
    counts: Counts,
    seen: BTreeSet<Vec<(u8, String)>>,
    titles: BTreeSet<String>,
    faults: BTreeSet<String>,
    widths: cut::Widths,
}

impl Walk {
    /// Looks at a page, then at each of its tabs, then at it with everything opened.
    fn visit(&mut self, ui: &mut Driver<Window>, line: &str) {
        self.look(ui, line);
        let tabs = can_be_used(ui, Ask::Click);
        let tabs =
            tabs.iter().filter(|(_, node)| node.role() == Role::Tab && node.is_selected() != Some(true));
        for (tab, node) in tabs {
            ui.ask_node(Ask::Click, *tab, None);
            self.look(ui, &format!("{line} > {}", node.label().unwrap_or_default()));
            self.open_all(ui, line);
        }
        self.open_all(ui, line);
    }

    fn open_all(&mut self, ui: &mut Driver<Window>, line: &str) {
        let closed = can_be_used(ui, Ask::Click);
        let closed: Vec<_> = closed.iter().filter(|(_, node)| node.is_expanded() == Some(false)).collect();
        for (id, _) in &closed {
            if ui.tree().nodes.iter().any(|(there, _)| there == id) {
                ui.ask_node(Ask::Click, *id, None);
            }
        }
        if !closed.is_empty() {
            self.look(ui, &format!("{line}, with everything opened"));
        }
    }

    fn look(&mut self, ui: &mut Driver<Window>, line: &str) {
        let names = ui.names();
        let signature = names.iter().map(|(role, name)| (*role as u8, name.clone())).collect();
        for (_, title) in names.iter().filter(|(role, _)| matches!(role, Role::Heading | Role::Dialog)) {
            let _ = self.titles.insert(title.clone());
        }
        if !self.seen.insert(signature) {
            return;
        }
        let sight = Sight::of(ui.tree(), ui.size());
        let mut faults = sight.faults(&mut self.counts);
        let mut texts = cut::Texts::default();
        ui.operate(&mut texts);
        faults.extend(texts.faults(ui.size(), &mut self.widths, &mut self.counts));
        faults.extend(rules::tab_faults(ui, &sight, &mut self.counts));
        self.faults.extend(faults.into_iter().map(|fault| format!("{line}: {fault}")));
    }

    fn all(size: Size) -> Self {
        let grounds = Grounds::new();
        let only = std::env::var("CASEBOOK_CRAWL").ok();
        let mut walk = Self::default();
        for page in pages().iter().filter(|page| only.as_ref().is_none_or(|only| page.line.contains(only))) {
            let mut ui = grounds.open(&page.from, size);
            let came = page.way.iter().try_for_each(|step| take(&mut ui, step));
            match came {
                Ok(()) => walk.visit(&mut ui, &page.line),
                Err(why) => {
                    let _ = walk.faults.insert(format!("{}: {why}", page.line));
                }
            }
        }
        println!("at {} × {}: {}", size.width, size.height, walk.counts);
        walk
    }

    fn ends_well(&self) {
        let faults: Vec<_> = self.faults.iter().collect();
        assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
    }
}

#[test]
fn every_page_is_named_reached_and_read_in_order() {
    let mut walk = Walk::all(Size::new(1280.0, 800.0));
    if std::env::var("CASEBOOK_CRAWL").is_err() {
        walk.faults.extend(titles::never_met(&walk.titles));
    }
    walk.ends_well();
}

/// A window of 1280 × 720 with the text at 200 %.
#[test]
fn every_page_holds_with_the_text_twice_as_large() {
    Walk::all(Size::new(640.0, 360.0)).ends_well();
}
