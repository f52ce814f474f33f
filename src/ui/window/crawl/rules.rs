//! What has to hold on every page: names and roles, groups, headings, landmarks, sizes, and what Tab meets.

use crate::ui::access::Role;
use crate::ui::testing::{Driver, Screen};
use accesskit::{Action as Ask, Live, Node, NodeId, Rect, TreeUpdate};
use iced::Size;
use std::collections::{HashMap, HashSet};
use std::fmt;

/// The least width and height of what can be pressed (WCAG 2.2, 2.5.8).
const TARGET: f64 = 24.0;

/// What was looked at.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pages: usize,
    controls: usize,
    groups: usize,
    headings: usize,
    landmarks: usize,
    fields: usize,
    stops: usize,
    letters: usize,
    /// How many texts were measured.
    pub(super) texts: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pages, controls, groups, headings, landmarks, fields, stops, letters, texts } = self;
        write!(
            f,
            "{pages} pages, {controls} controls in {groups} groups, {fields} fields, {stops} Tab stops, {headings} \
             headings, {landmarks} landmarks, {letters} letters with Alt, {texts} texts measured"
        )
    }
}

/// A page as a screen reader has it.
pub(super) struct Sight {
    nodes: Vec<(NodeId, Node)>,
    parent: HashMap<NodeId, NodeId>,
    at: HashMap<NodeId, usize>,
    size: Size,
}

fn called(node: &Node) -> String {
    format!("{:?} “{}”", node.role(), node.label().unwrap_or_default())
}

fn bounds(node: &Node) -> Rect {
    node.bounds().unwrap_or_default()
}

fn is_used(node: &Node) -> bool {
    node.supports_action(Ask::Focus) || node.supports_action(Ask::Click)
}

fn is_field(role: Role) -> bool {
    matches!(
        role,
        Role::TextInput
            | Role::MultilineTextInput
            | Role::PasswordInput
            | Role::DateInput
            | Role::SearchInput
            | Role::RadioGroup
            | Role::ListBox
            | Role::CheckBox
    )
}

const LANDMARKS: [Role; 4] = [Role::Banner, Role::Navigation, Role::Main, Role::Complementary];

impl Sight {
    pub(super) fn of(tree: TreeUpdate, size: Size) -> Self {
        let nodes = tree.nodes;
        let parent =
            nodes.iter().flat_map(|(id, node)| node.children().iter().map(|child| (*child, *id))).collect();
        let at = nodes.iter().enumerate().map(|(n, (id, _))| (*id, n)).collect();
        Self { nodes, parent, at, size }
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[self.at[&id]].1
    }

    fn around(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        std::iter::successors(self.parent.get(&id).copied(), |id| self.parent.get(id).copied())
            .map(|id| (id, self.node(id)))
    }

    /// Whether it lies in something whose name begins so.
    pub(super) fn lies_in(&self, id: NodeId, group: &str) -> bool {
        self.around(id).any(|(_, node)| node.label().is_some_and(|name| name.starts_with(group)))
    }

    fn of_role(&self, role: Role) -> impl Iterator<Item = &Node> {
        self.nodes.iter().map(|(_, node)| node).filter(move |node| node.role() == role)
    }

    /// Everything that does not hold, without a key pressed.
    pub(super) fn faults(&self, counts: &mut Counts) -> Vec<String> {
        counts.pages += 1;
        let mut faults = Vec::new();
        self.names(&mut faults, counts);
        self.groups(&mut faults, counts);
        self.letters(&mut faults, counts);
        self.headings(&mut faults, counts);
        self.landmarks(&mut faults, counts);
        self.fields(&mut faults, counts);
        self.sizes(&mut faults);
        self.order(&mut faults);
        faults
    }

    fn names(&self, faults: &mut Vec<String>, counts: &mut Counts) {
        for (_, node) in self.nodes.iter().filter(|(_, node)| is_used(node) || node.is_disabled()) {
            counts.controls += 1;
            let role = node.role();
            if matches!(role, Role::Unknown | Role::GenericContainer | Role::Label | Role::Pane) {
                faults.push(format!("{} can be used and has no role", called(node)));
            }
            if node.label().is_none_or(|name| name.trim().is_empty()) {
                faults.push(format!("a {role:?} has no name"));
            }
        }
        let must_be_named = [Role::Dialog, Role::Image, Role::Table, Role::Navigation, Role::TabPanel];
        for (_, node) in self.nodes.iter().filter(|(_, node)| must_be_named.contains(&node.role())) {
            if node.label().is_none_or(str::is_empty) {
                faults.push(format!("a {:?} has no name", node.role()));
            }
        }
        for (role, live) in [(Role::Alert, Live::Assertive), (Role::Status, Live::Polite)] {
            for node in self.of_role(role).filter(|node| node.live() != Some(live)) {
                faults.push(format!("{} is not read out by itself", called(node)));
            }
        }
    }

    /// A letter with Alt presses one thing.
    fn letters(&self, faults: &mut Vec<String>, counts: &mut Counts) {
        let mut met = HashMap::new();
        for (_, node) in self.nodes.iter().filter(|(_, node)| is_used(node)) {
            let Some(letter) = node.access_key() else { continue };
            counts.letters += 1;
            if let Some(other) = met.insert(letter, called(node)) {
                faults.push(format!("Alt and {letter} press {other} and {}", called(node)));
            }
        }
    }

    /// Two controls of one group may not sound alike.
    fn groups(&self, faults: &mut Vec<String>, counts: &mut Counts) {
        let mut names = HashSet::new();
        let mut groups = HashSet::new();
        for (id, node) in self.nodes.iter().filter(|(_, node)| is_used(node)) {
            let group = self.around(*id).find(|(_, node)| {
                !matches!(node.role(), Role::ScrollView | Role::GenericContainer | Role::TabPanel)
            });
            let group = group.map_or(*id, |(id, _)| id);
            let _ = groups.insert(group);
            if !names.insert((group, node.role() as u8, node.label().unwrap_or_default())) {
                faults.push(format!("{} is twice in {}", called(node), called(self.node(group))));
            }
        }
        counts.groups += groups.len();
    }

    fn headings(&self, faults: &mut Vec<String>, counts: &mut Counts) {
        let levels: Vec<_> = self.of_role(Role::Heading).map(|node| node.level().unwrap_or(0)).collect();
        counts.headings += levels.len();
        let first = levels.iter().filter(|level| **level == 1).count();
        let dialog = self.of_role(Role::Dialog).next().is_some();
        if first != usize::from(!dialog) {
            faults.push(format!("{first} headings of level 1"));
        }
        for (before, heading) in levels.iter().zip(self.of_role(Role::Heading).skip(1)) {
            if heading.level().unwrap_or(0) > before + 1 {
                faults.push(format!("{} leaves out a level after {before}", called(heading)));
            }
        }
        if self.of_role(Role::Heading).any(|node| node.label().is_none_or(str::is_empty)) {
            faults.push("a heading says nothing".into());
        }
    }

    fn landmarks(&self, faults: &mut Vec<String>, counts: &mut Counts) {
        let count = |role| self.of_role(role).count();
        counts.landmarks += LANDMARKS.iter().map(|role| count(*role)).sum::<usize>();
        if count(Role::Dialog) > 0 {
            return;
        }
        if count(Role::Main) != 1 {
            faults.push(format!("{} main parts", count(Role::Main)));
        }
        if count(Role::Banner) > 1 || count(Role::Navigation) > 1 {
            faults.push("a landmark is there twice".into());
        }
        for (id, node) in self.nodes.iter().filter(|(_, node)| is_used(node)) {
            let lies = self.around(*id).any(|(_, node)| LANDMARKS.contains(&node.role()));
            let alert = self.around(*id).any(|(_, node)| matches!(node.role(), Role::Alert | Role::Status));
            if !lies && !alert {
                faults.push(format!("{} lies in no landmark", called(node)));
            }
        }
    }

    /// What is wrong with a field is said with it, and linked from the summary.
    fn fields(&self, faults: &mut Vec<String>, counts: &mut Counts) {
        let fields: Vec<_> = self.nodes.iter().filter(|(_, node)| is_field(node.role())).collect();
        counts.fields += fields.len();
        let links: Vec<String> = self
            .nodes
            .iter()
            .filter(|(id, node)| {
                node.role() == Role::Link && self.around(*id).any(|(_, node)| node.role() == Role::Alert)
            })
            .map(|(_, node)| node.label().unwrap_or_default().to_owned())
            .collect();
        for (_, field) in fields.iter().filter(|(_, field)| field.invalid().is_some()) {
            let says = field.description().unwrap_or_default();
            if says.is_empty() {
                faults.push(format!("{} is wrong and does not say why", called(field)));
            } else if !links.is_empty() && !links.iter().any(|link| says.starts_with(link.as_str())) {
                faults.push(format!("the summary {links:?} does not lead to {}", called(field)));
            }
        }
    }

    fn sizes(&self, faults: &mut Vec<String>) {
        for (_, node) in self.nodes.iter().filter(|(_, node)| is_used(node)) {
            let at = bounds(node);
            if node.supports_action(Ask::Click) && (at.width() < TARGET || at.height() < TARGET) {
                faults.push(format!("{} is only {:.0} × {:.0}", called(node), at.width(), at.height()));
            }
        }
        for (_, node) in self.nodes.iter().skip(1).filter(|(_, node)| node.role() != Role::TextRun) {
            let at = bounds(node);
            if at.x0 < -0.5 || at.x1 > f64::from(self.size.width) + 0.5 {
                let text = node.label().or(node.value()).unwrap_or_default();
                let text: String = text.chars().take(40).collect();
                faults.push(format!(
                    "{:?} “{text}” goes from {:.0} to {:.0}, out of the window",
                    node.role(),
                    at.x0,
                    at.x1
                ));
            }
        }
    }

    /// What Tab meets, in the order in which it is read.
    fn stops(&self) -> Vec<NodeId> {
        self.nodes.iter().filter(|(_, node)| node.supports_action(Ask::Focus)).map(|(id, _)| *id).collect()
    }

    /// The order of Tab is the order in which the eye reads: on along the line, then down; or into the next column.
    fn order(&self, faults: &mut Vec<String>) {
        let place = |id: NodeId| {
            let landmark = self.around(id).find(|(_, node)| LANDMARKS.contains(&node.role()));
            landmark.map(|(id, _)| id)
        };
        for pair in self.stops().windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|id| bounds(self.node(id)));
            let below = b.y0 >= a.y1 - 1.0;
            let beside = b.y1 > a.y0 && b.x0 >= a.x0 - 1.0;
            let next_column = b.x0 >= a.x1 - 1.0;
            if place(pair[0]) == place(pair[1]) && !(below || beside || next_column) {
                let [a, b] = [pair[0], pair[1]].map(|id| called(self.node(id)));
                faults.push(format!("Tab goes from {a} back to {b}"));
            }
        }
    }

    /// The Tab stop that shows the focus at this node: itself, or the composite around it.
    fn stop_of(tree: &TreeUpdate) -> NodeId {
        let parent: HashMap<NodeId, NodeId> = tree
            .nodes
            .iter()
            .flat_map(|(id, node)| node.children().iter().map(|child| (*child, *id)))
            .collect();
        let may = |id: &NodeId| {
            tree.nodes.iter().any(|(there, node)| there == id && node.supports_action(Ask::Focus))
        };
        std::iter::successors(Some(tree.focus), |id| parent.get(id).copied()).find(may).unwrap_or(tree.focus)
    }
}

/// Presses Tab once around the page: it meets every stop, each once, in reading order, and each is in view.
pub(super) fn tab_faults<S: Screen>(ui: &mut Driver<S>, sight: &Sight, counts: &mut Counts) -> Vec<String> {
    let stops = sight.stops();
    counts.stops += stops.len();
    let mut faults = Vec::new();
    let mut met = Vec::new();
    for _ in 0..=stops.len() {
        ui.tab();
        let tree = ui.tree();
        met.push(Sight::stop_of(&tree));
        let shown = tree.nodes.iter().find(|(id, _)| *id == tree.focus).map(|(_, node)| node);
        if let Some(node) = shown {
            let at = bounds(node);
            if at.y1 < 0.0 || at.y0 > f64::from(sight.size.height) - 1.0 {
                faults.push(format!("{} has the focus out of view", called(node)));
            }
        }
    }
    if stops.is_empty() {
        return vec!["nothing can be reached by Tab".into()];
    }
    if met.first() != met.last() {
        faults.push("Tab does not come back to where it began".into());
    }
    let _again = met.pop();
    // A list that builds only its visible lines has others by the time that Tab comes to its end.
    let turned = met.iter().position(|id| *id == stops[0]).unwrap_or(0);
    met.rotate_left(turned);
    for (expected, found) in stops.iter().zip(&met).filter(|(expected, found)| expected != found).take(1) {
        let name =
            |id: &NodeId| sight.at.get(id).map_or_else(|| format!("{id:?}"), |_| called(sight.node(*id)));
        faults.push(format!("Tab meets {} where {} is read", name(found), name(expected)));
    }
    faults
}
