//! Widget tree to AccessKit tree, by one operation.
//!
//! Values come from [`Access`] only: what iced's own text inputs report is, after a key, the plain text even of a
//! secure one.

use super::{Access, Request};
use accesskit::{
    Action, Affine, Invalid, Node, NodeId, Rect, Role, TextPosition, TextSelection, Toggled, TreeId,
    TreeInfo, TreeUpdate, Vec2,
};
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable, TextInput};
use iced::{Rectangle, Vector};
use std::any::Any;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The window's own node.
pub(super) const ROOT: NodeId = NodeId(1);

/// What assistive technology asked for, to be handed to the widgets on the way.
#[derive(Default)]
pub(super) struct Wanted {
    pub(super) requests: HashMap<NodeId, Request>,
    pub(super) selections: HashMap<NodeId, TextSelection>,
    pub(super) focus: Option<NodeId>,
}

impl Wanted {
    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty() && self.selections.is_empty() && self.focus.is_none()
    }

    /// Whether something is to be scrolled into view.
    pub(super) fn shows(&self) -> bool {
        self.requests.values().any(|request| *request == Request::Show)
    }
}

/// The operation: builds the tree, and hands out what is wanted.
pub(super) struct Collect {
    nodes: Vec<(NodeId, Node)>,
    index: HashMap<NodeId, usize>,
    counters: HashMap<(NodeId, u8), u32>,
    stack: Vec<NodeId>,
    next: NodeId,
    focus: NodeId,
    scale: f64,
    wanted: Wanted,
    /// What is to be selected in the text input that comes next.
    select: Option<(usize, usize)>,
}

impl Collect {
    /// `scale` turns the layout's units into the window's pixels.
    pub(super) fn new(title: &str, scale: f32, wanted: Wanted) -> Self {
        let mut root = Node::new(Role::Window);
        root.set_label(title);
        Self {
            nodes: vec![(ROOT, root)],
            index: HashMap::from([(ROOT, 0)]),
            counters: HashMap::new(),
            stack: Vec::new(),
            next: ROOT,
            focus: ROOT,
            scale: f64::from(scale),
            wanted,
            select: None,
        }
    }

    pub(super) fn into_update(self) -> TreeUpdate {
        TreeUpdate {
            nodes: self.nodes,
            tree: Some(TreeInfo::new(ROOT)),
            tree_id: TreeId::ROOT,
            focus: self.focus,
        }
    }

    fn here(&self) -> NodeId {
        self.stack.last().copied().unwrap_or(ROOT)
    }

    fn node(&mut self, id: NodeId) -> &mut Node {
        let index = self.index.get(&id).copied().unwrap_or_default();
        &mut self.nodes[index].1
    }

    /// Ids stay the same between frames: the widget's own `Id`, or else (parent, role, nth of that role there). A row goes
    /// by its place in the table instead, of which only what is near may be built.
    fn id_of(&mut self, id: Option<&Id>, parent: NodeId, node: &Node) -> NodeId {
        let kind = node.role() as u8;
        let nth = self.counters.entry((parent, kind)).or_default();
        *nth += 1;
        let place = if node.role() == Role::Row { node.row_index() } else { None };
        let mut hasher = DefaultHasher::new();
        match (id, place) {
            (Some(id), _) => id.hash(&mut hasher),
            (None, Some(row)) => (parent.0, kind, row).hash(&mut hasher),
            (None, None) => (parent.0, kind, *nth).hash(&mut hasher),
        }
        let mut node_id = NodeId(hasher.finish() | 2);
        while self.index.contains_key(&node_id) {
            node_id = NodeId(node_id.0.wrapping_add(4) | 2);
        }
        node_id
    }

    fn push(&mut self, id: Option<&Id>, mut node: Node, bounds: Rectangle) -> NodeId {
        let parent = self.here();
        let node_id = self.id_of(id, parent, &node);
        node.set_bounds(Rect {
            x0: self.scaled(bounds.x),
            y0: self.scaled(bounds.y),
            x1: self.scaled(bounds.x + bounds.width),
            y1: self.scaled(bounds.y + bounds.height),
        });
        self.node(parent).push_child(node_id);
        self.index.insert(node_id, self.nodes.len());
        self.nodes.push((node_id, node));
        node_id
    }

    /// A length of the layout in the window's pixels.
    fn scaled(&self, length: f32) -> f64 {
        f64::from(length) * self.scale
    }

    /// The text inside a named control repeats its name.
    fn in_leaf(&mut self) -> bool {
        let here = self.here();
        is_leaf(self.node(here).role())
    }

    /// The text above a field that says what is wrong with it. It begins the field's description too, for platforms that
    /// know of no such relation.
    fn error_of(&self, access: &Access) -> Option<NodeId> {
        let says = access.description.as_deref().filter(|_| access.invalid)?;
        let before = self.nodes.iter().rev().take_while(|(_, node)| node.role() == Role::Label);
        let mut before = before.filter(|(_, node)| node.value().is_some_and(|value| says.starts_with(value)));
        before.next().map(|(id, _)| *id)
    }

    /// How many characters of the text of a control lie before a position in its runs.
    fn characters_before(&self, owner: NodeId, position: TextPosition) -> usize {
        let node = |id: &NodeId| self.index.get(id).map(|at| &self.nodes[*at].1);
        let runs = node(&owner).map(Node::children).unwrap_or_default();
        let before = runs.iter().take_while(|run| **run != position.node);
        before.filter_map(node).map(|run| run.character_lengths().len()).sum::<usize>()
            + position.character_index
    }

    /// The text interfaces of every platform read runs of text, one a line.
    fn push_runs(&mut self, owner: NodeId, access: &Access, bounds: Rectangle) {
        // A password has one empty run: without any, no platform would let a text be put in. What is in it stays unsaid.
        let secret = access.role == Role::PasswordInput;
        let value = if secret { Some("") } else { access.value.as_deref() };
        let Some(value) = value.filter(|_| access.is_text()) else { return };
        self.stack.push(owner);
        let mut runs = Vec::new();
        let mut lines: Vec<&str> = value.split_inclusive('\n').collect();
        if lines.is_empty() || value.ends_with('\n') {
            lines.push("");
        }
        for line in lines {
            let mut run = Node::new(Role::TextRun);
            run.set_value(line);
            // A char is at most four bytes.
            let lengths: Vec<u8> = line.chars().map(|c| u8::try_from(c.len_utf8()).unwrap_or(4)).collect();
            let length = lengths.len();
            run.set_character_lengths(lengths);
            runs.push((self.push(None, run, bounds), length));
        }
        let _ = self.stack.pop();
        let end = value.chars().count();
        let (anchor, focus) = access.caret.unwrap_or((end, end));
        if let (Some(anchor), Some(focus)) = (position(&runs, anchor), position(&runs, focus)) {
            self.node(owner).set_text_selection(TextSelection { anchor, focus });
        }
    }
}

/// The place of the nth character in runs of text.
fn position(runs: &[(NodeId, usize)], mut at: usize) -> Option<TextPosition> {
    let (last, before) = runs.split_last()?;
    for (node, length) in before {
        // The end of a line that ends in a line break is the start of the next.
        if at < *length {
            return Some(TextPosition { node: *node, character_index: at });
        }
        at -= length;
    }
    Some(TextPosition { node: last.0, character_index: at.min(last.1) })
}

fn is_leaf(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::CheckBox
            | Role::RadioButton
            | Role::ComboBox
            | Role::ListBoxOption
            | Role::Link
            | Role::Tab
            | Role::Switch
            | Role::Heading
            | Role::TextInput
            | Role::MultilineTextInput
            | Role::PasswordInput
            | Role::SearchInput
            | Role::DateInput
            | Role::ProgressIndicator
            | Role::Image
            | Role::ColumnHeader
    )
}

fn node_of(access: &Access) -> Node {
    let mut node = Node::new(access.role);
    if !access.name.is_empty() {
        node.set_label(access.name.as_str());
    }
    if let Some(text) = &access.description {
        node.set_description(text.as_str());
    }
    if let Some(value) = access.value.as_ref().filter(|_| access.role != Role::PasswordInput) {
        node.set_value(value.as_str());
    }
    if let Some(on) = access.toggled {
        node.set_toggled(if on { Toggled::True } else { Toggled::False });
    }
    if let Some(on) = access.selected {
        node.set_selected(on);
    }
    if let Some(open) = access.expanded {
        node.set_expanded(open);
    }
    if let Some(level) = access.level {
        node.set_level(level);
    }
    if let Some((place, of)) = access.position {
        // AccessKit counts from 0; platforms add the one.
        node.set_position_in_set(place.saturating_sub(1));
        node.set_size_of_set(of);
    }
    if let Some((rows, columns)) = access.table {
        node.set_row_count(rows);
        node.set_column_count(columns);
    }
    if let Some(row) = access.row {
        node.set_row_index(row);
    }
    if let Some(column) = access.column {
        node.set_column_index(column);
    }
    if let Some(keys) = access.shortcut {
        node.set_keyboard_shortcut(keys);
    }
    if let Some(letter) = access.access_key {
        node.set_access_key(letter.to_string());
    }
    if let Some(fraction) = access.fraction {
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value((fraction * 100.0).round());
    }
    if let Some(live) = access.live {
        node.set_live(live);
    }
    if access.invalid {
        node.set_invalid(Invalid::True);
    }
    if access.modal {
        node.set_modal();
    }
    add_actions(&mut node, access);
    node
}

/// What can be asked of it.
fn add_actions(node: &mut Node, access: &Access) {
    node.add_action(Action::ScrollIntoView);
    if access.disabled {
        node.set_disabled();
    } else {
        if access.focusable || access.is_text() {
            node.add_action(Action::Focus);
        }
        if access.is_text() {
            node.add_action(Action::SetValue);
            if access.role != Role::PasswordInput {
                node.add_action(Action::SetTextSelection);
            }
        }
        if access.clickable {
            node.add_action(Action::Click);
            if let Some(open) = access.expanded {
                node.add_action(if open { Action::Collapse } else { Action::Expand });
            }
        }
    }
}

impl Operation for Collect {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        self.stack.push(self.next);
        operate(self);
        let _ = self.stack.pop();
        self.next = self.here();
    }

    fn container(&mut self, _id: Option<&Id>, _bounds: Rectangle) {
        self.next = self.here();
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        _content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        // It doesn't say that it clips: AccessKit would then leave out what is scrolled away, and a screen reader
        // could neither read on past the window's edge nor jump to a heading below it.
        //
        // What is inside keeps its place on the page, and the view says how far the page is moved: a scroll then changes
        // one node, and the platform isn't told of hundreds.
        let node = self.push(id, Node::new(Role::ScrollView), bounds + translation);
        if translation != Vector::ZERO {
            let moved = Vec2::new(self.scaled(-translation.x), self.scaled(-translation.y));
            self.node(node).set_transform(Affine::translate(moved));
        }
        self.next = node;
    }

    fn custom(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let Some(access) = state.downcast_mut::<Access>() else { return };
        let mut node = node_of(access);
        if let Some(error) = self.error_of(access) {
            node.set_error_message(error);
        }
        let node_id = self.push(id, node, bounds);
        if let Some(request) = self.wanted.requests.remove(&node_id) {
            access.request = Some(request);
        }
        // A composite keeps the focus; its active option shows it.
        let in_focus = self.focus != ROOT && self.stack.contains(&self.focus);
        if access.active && in_focus {
            self.focus = node_id;
        }
        self.push_runs(node_id, access, bounds);
        if let Some(selection) = self.wanted.selections.remove(&node_id) {
            let [anchor, focus] =
                [selection.anchor, selection.focus].map(|at| self.characters_before(node_id, at));
            self.select = Some((anchor, focus));
            access.request = Some(Request::Select(anchor, focus));
        }
        self.next = node_id;
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        // A control says custom() and then focusable(), before it traverses; a text input inside a control has the
        // control as its parent.
        let owner = self.next;
        if let Some(wanted) = self.wanted.focus {
            if wanted == owner {
                state.focus();
            } else {
                state.unfocus();
            }
        }
        if state.is_focused() {
            self.focus = owner;
        }
    }

    fn text_input(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn TextInput) {
        if let Some((anchor, focus)) = self.select.take() {
            state.select_range(anchor.min(focus), anchor.max(focus));
        }
        self.next = self.here();
        if !self.in_leaf() {
            let node = self.push(id, Node::new(Role::TextInput), bounds);
            self.next = node;
        }
    }

    fn text(&mut self, id: Option<&Id>, bounds: Rectangle, text: &str) {
        self.next = self.here();
        if !self.in_leaf() {
            let mut node = Node::new(Role::Label);
            node.set_value(text);
            let _ = self.push(id, node, bounds);
        }
    }
}
