//! The widgets as a person meets them: by keyboard, by pointer and through a screen reader.

use super::*;
use crate::ui::access::Role;
use crate::ui::testing::{Driver, Screen};
use accesskit::{Action as Ask, ActionData, Node, NodeId, TextPosition, TextSelection, Toggled};
use iced::Size;
use iced::keyboard::{Key, Modifiers, key::Named};

impl Screen for Gallery {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.update(message) {
            Action::None => Task::none(),
            Action::Run(task) => task,
        }
    }
}

fn gallery() -> Driver<Gallery> {
    Driver::new(Gallery::new(Day::new(2026, 1, 19).expect("a day")))
}

fn tree_of(ui: &Driver<Gallery>) -> Vec<(NodeId, Node)> {
    ui.tree().nodes
}

fn has_action(node: &Node, action: Ask) -> bool {
    node.supports_action(action)
}

#[test]
fn tab_meets_every_stop_once_in_reading_order() {
    let mut ui = gallery();
    // What a screen reader may focus, in the order it reads; of a composite, the option that shows the focus.
    let tree = ui.tree();
    let mut stops: Vec<(Role, String)> = Vec::new();
    for (_, node) in tree.nodes.iter().filter(|(_, node)| has_action(node, Ask::Focus)) {
        let shows = match node.role() {
            Role::RadioGroup => (Role::RadioButton, "At school".to_owned()),
            Role::ListBox => (Role::ListBoxOption, "Year 4".to_owned()),
            Role::TabList => (Role::Tab, "Overview".to_owned()),
            role => (role, node.label().unwrap_or_default().to_owned()),
        };
        stops.push(shows);
    }
    assert!(stops.len() > 25, "{stops:#?}");
    let mut met = Vec::new();
    for _ in 0..stops.len() {
        ui.press(Named::Tab);
        met.push(ui.focused());
    }
    assert_eq!(met, stops);
    ui.press(Named::Tab);
    assert_eq!(ui.focused(), stops[0], "around the end");
    ui.press_with(Modifiers::SHIFT, &Key::Named(Named::Tab));
    assert_eq!(ui.focused(), stops[stops.len() - 1], "and back");
}

#[test]
fn tab_scrolls_what_it_reaches_into_view() {
    let mut ui = gallery();
    for _ in 0..40 {
        ui.press(Named::Tab);
        let focused = ui.tree().focus;
        let tree = ui.tree();
        let bounds = tree.nodes.iter().find(|(id, _)| *id == focused).and_then(|(_, n)| n.bounds());
        let bounds = bounds.expect("a focused control has bounds");
        assert!(bounds.y0 >= 0.0 && bounds.y0 < 900.0, "{:?} at {bounds:?}", ui.focused());
    }
}

#[test]
fn enter_and_space_press_a_button() {
    let mut ui = gallery();
    ui.tab_to(Role::Button, "Leave out");
    let before = ui.screen.pressed;
    ui.press(Named::Enter);
    ui.press(Named::Space);
    assert_eq!(ui.screen.pressed, before + 2);
}

#[test]
fn a_click_presses_a_button_and_shows_no_ring_of_another() {
    let mut ui = gallery();
    ui.click(Role::Button, "Lock");
    assert_eq!(ui.screen.pressed, 1);
    assert_eq!(ui.focused(), (Role::Button, "Lock".to_owned()));
}

#[test]
fn a_disabled_button_is_told_but_not_reached() {
    let ui = gallery();
    let node = ui.node(Role::Button, "Not yet");
    assert!(node.is_disabled());
    assert!(!has_action(&node, Ask::Focus) && !has_action(&node, Ask::Click));
}

#[test]
fn arrow_keys_move_the_choice_of_radio_buttons() {
    let mut ui = gallery();
    ui.tab_to(Role::RadioButton, "At school");
    assert_eq!(ui.screen.place, None, "reaching it chooses nothing");
    ui.press(Named::Space);
    assert_eq!(ui.screen.place, Some(Place::School));
    ui.press(Named::ArrowDown);
    assert_eq!(ui.screen.place, Some(Place::Home));
    assert_eq!(ui.focused(), (Role::RadioButton, "At home or elsewhere".to_owned()));
    ui.press(Named::End);
    ui.press(Named::ArrowDown);
    assert_eq!(ui.screen.place, Some(Place::Unknown), "stays at the end");
    ui.press(Named::ArrowUp);
    assert_eq!(ui.screen.place, Some(Place::Home));
    assert_eq!(ui.node(Role::RadioButton, "At home or elsewhere").toggled(), Some(Toggled::True));
    assert_eq!(ui.node(Role::RadioButton, "At school").toggled(), Some(Toggled::False));
}

#[test]
fn a_list_box_answers_arrows_and_letters() {
    let mut ui = gallery();
    ui.tab_to(Role::ListBoxOption, "Year 4");
    ui.press(Named::ArrowDown);
    assert_eq!(ui.screen.year, Some(5));
    ui.type_text("y");
    assert_eq!(ui.screen.year, Some(6), "the next that begins so");
    ui.press(Named::Home);
    assert_eq!(ui.screen.year, Some(3));
    assert_eq!(ui.node(Role::ListBoxOption, "Year 3").is_selected(), Some(true));
}

#[test]
fn tabs_and_check_boxes_and_expanders_work_by_keyboard() {
    let mut ui = gallery();
    ui.tab_to(Role::CheckBox, "Pictures");
    ui.press(Named::Space);
    assert_eq!(ui.screen.seen, [Evidence::Messages, Evidence::Pictures]);
    ui.press(Named::Space);
    assert_eq!(ui.screen.seen, [Evidence::Messages]);
    ui.tab_to(Role::Tab, "Overview");
    ui.press(Named::ArrowRight);
    assert_eq!(ui.screen.part, Part::People);
    assert_eq!(ui.focused(), (Role::Tab, "People".to_owned()));
    ui.tab_to(Role::Button, "What is a disclosure?");
    assert_eq!(ui.node(Role::Button, "What is a disclosure?").is_expanded(), Some(false));
    ui.press(Named::Enter);
    assert_eq!(ui.node(Role::Button, "What is a disclosure?").is_expanded(), Some(true));
}

#[test]
fn typing_keeps_the_focus_from_key_to_key() {
    let mut ui = gallery();
    ui.tab_to(Role::TextInput, "Targeted child’s name");
    ui.type_text("Sam");
    assert_eq!(ui.screen.name, "Sam");
    assert_eq!(ui.node(Role::TextInput, "Targeted child’s name").value(), Some("Sam"));
}

#[test]
fn a_passphrase_is_nowhere_in_the_access_tree() {
    let mut ui = gallery();
    ui.tab_to(Role::PasswordInput, "Passphrase");
    ui.type_text("zebra");
    assert_eq!(ui.screen.passphrase, "zebra");
    let tree = format!("{:?}", ui.tree());
    assert!(!tree.contains("zebra"));
    let node = ui.node(Role::PasswordInput, "Passphrase");
    assert_eq!(node.value(), None);
    let inside = |id: &NodeId| tree_of(&ui).into_iter().find(|(there, _)| there == id).map(|(_, node)| node);
    let runs: Vec<_> = node.children().iter().filter_map(inside).collect();
    assert!(runs.iter().all(|run| run.value() == Some("") && run.character_lengths().is_empty()), "{runs:?}");
}

#[test]
fn the_narrative_can_be_undone_and_tab_moves_on() {
    let mut ui = gallery();
    ui.tab_to(Role::MultilineTextInput, "What happened?");
    ui.type_text("one");
    ui.press(Named::Enter);
    ui.type_text("two");
    assert_eq!(ui.screen.happened.text(), "one\ntwo");
    ui.press_with(Modifiers::CTRL, &Key::Character("z".into()));
    assert_eq!(ui.screen.happened.text(), "one\n");
    ui.press_with(Modifiers::CTRL, &Key::Character("y".into()));
    assert_eq!(ui.screen.happened.text(), "one\ntwo");
    ui.press(Named::Tab);
    assert_eq!(ui.focused(), (Role::Button, "Continue".to_owned()));
    assert_eq!(ui.screen.happened.text(), "one\ntwo");
}

#[test]
fn the_quick_buttons_fill_in_the_date() {
    let mut ui = gallery();
    ui.tab_to(Role::Button, "Yesterday, Sunday 18 January 2026");
    ui.press(Named::Enter);
    assert_eq!(ui.screen.date, "18/01/2026");
}

#[test]
fn an_error_takes_the_focus_and_its_link_leads_to_the_field() {
    let mut ui = gallery();
    ui.tab_to(Role::Button, "Continue");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Alert, "There is a problem"));
    assert_eq!(ui.focused(), (Role::Link, "Enter the targeted child’s name.".to_owned()));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "Targeted child’s name".to_owned()));
    let node = ui.node(Role::TextInput, "Targeted child’s name");
    assert!(node.invalid().is_some());
    let described = node.description().unwrap_or_default();
    assert!(described.starts_with("Enter the targeted child’s name."), "{described}");
    ui.type_text("Sam");
    assert_eq!(ui.screen.name, "Sam", "the field keeps the focus when its error goes");
}

#[test]
fn a_dialog_makes_the_rest_inert_and_gives_the_focus_back() {
    let mut ui = gallery();
    ui.tab_to(Role::Button, "Save and come back later");
    ui.press(Named::Enter);
    assert!(ui.node(Role::Dialog, "Remove this draft?").is_modal());
    assert!(!ui.has(Role::Button, "Continue"), "behind the dialog there is nothing");
    assert_eq!(ui.focused(), (Role::Button, "Remove the draft".to_owned()));
    ui.press(Named::Tab);
    assert_eq!(ui.focused(), (Role::Button, "Keep it".to_owned()));
    ui.press(Named::Tab);
    assert_eq!(ui.focused(), (Role::Button, "Remove the draft".to_owned()), "Tab stays inside");
    ui.press(Named::Escape);
    assert!(!ui.screen.asking);
    assert_eq!(ui.focused(), (Role::Button, "Save and come back later".to_owned()));
}

#[test]
fn a_screen_reader_can_do_what_a_hand_can() {
    let mut ui = gallery();
    ui.ask(Ask::Click, Role::RadioButton, "Not known yet", None);
    assert_eq!(ui.screen.place, Some(Place::Unknown));
    let words = ActionData::Value("Alex".into());
    ui.ask(Ask::SetValue, Role::TextInput, "Targeted child’s name", Some(words));
    assert_eq!(ui.screen.name, "Alex");
    ui.ask(Ask::Focus, Role::Button, "Continue", None);
    assert_eq!(ui.focused(), (Role::Button, "Continue".to_owned()));
    let words = ActionData::Value("It began on Friday.".into());
    ui.ask(Ask::SetValue, Role::MultilineTextInput, "What happened?", Some(words));
    assert_eq!(ui.screen.happened.text(), "It began on Friday.");
}

#[test]
fn everything_that_can_be_used_has_a_name() {
    let ui = gallery();
    for (_, node) in ui.tree().nodes {
        let usable = has_action(&node, Ask::Focus) || has_action(&node, Ask::Click);
        assert!(!usable || node.label().is_some_and(|name| !name.is_empty()), "{node:?}");
    }
}

#[test]
fn headings_and_sets_are_told() {
    let ui = gallery();
    assert_eq!(ui.node(Role::Heading, "Where did it happen?").level(), Some(1));
    let second = ui.node(Role::RadioButton, "At home or elsewhere");
    assert_eq!(
        (second.position_in_set(), second.size_of_set()),
        (Some(1), Some(3)),
        "AccessKit counts from 0"
    );
    assert_eq!(ui.node(Role::ProgressIndicator, "Importing the register").numeric_value(), Some(40.0));
}

#[test]
fn what_can_be_clicked_is_big_enough_and_fits_a_small_window() {
    for size in [Size::new(1280.0, 900.0), Size::new(640.0, 450.0)] {
        let ui = Driver::with_size(Gallery::new(Day::new(2026, 1, 19).expect("a day")), size);
        for (_, node) in ui.tree().nodes.iter().filter(|(_, node)| has_action(node, Ask::Click)) {
            let bounds = node.bounds().expect("bounds");
            let (width, height) = (bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
            assert!(width >= 24.0 && height >= 24.0, "{:?} {width} × {height}", node.label());
            assert!(bounds.x1 <= f64::from(size.width) + 0.5, "{:?} ends at {}", node.label(), bounds.x1);
        }
    }
}

#[test]
fn the_caret_and_a_selection_are_set_from_outside() {
    for (role, name, text) in [
        (Role::TextInput, "Targeted child’s name", "Zoë Adeyemi"),
        (Role::MultilineTextInput, "What happened?", "É one\ntwo"),
    ] {
        let mut ui = gallery();
        ui.ask(Ask::SetValue, role, name, Some(ActionData::Value(text.into())));
        ui.ask(Ask::Focus, role, name, None);
        let runs = ui.node(role, name).children().to_vec();
        let at = |run: usize, character_index| TextPosition { node: runs[run], character_index };
        let last = runs.len() - 1;
        let selection = TextSelection { anchor: at(0, 1), focus: at(last, 2) };
        ui.ask(Ask::SetTextSelection, role, name, Some(ActionData::SetTextSelection(selection)));
        let node = ui.node(role, name);
        let told = *node.text_selection().expect("a selection");
        let mut ends = [told.anchor, told.focus];
        ends.sort_by_key(|end| (runs.iter().position(|run| *run == end.node), end.character_index));
        assert_eq!(ends, [selection.anchor, selection.focus], "{name}");
    }
}

#[test]
fn what_opens_is_opened_and_what_is_out_of_view_is_shown_when_asked() {
    let mut ui = gallery();
    let expander = "What is a disclosure?";
    assert!(has_action(&ui.node(Role::Button, expander), Ask::Expand));
    ui.ask(Ask::ScrollIntoView, Role::Button, expander, None);
    let bounds = ui.node(Role::Button, expander).bounds().expect("bounds");
    assert!(bounds.y0 >= 0.0 && bounds.y1 <= 900.0, "{bounds:?}");
    ui.ask(Ask::Expand, Role::Button, expander, None);
    assert_eq!(ui.node(Role::Button, expander).is_expanded(), Some(true));
    assert!(!has_action(&ui.node(Role::Button, expander), Ask::Expand));
    ui.ask(Ask::Collapse, Role::Button, expander, None);
    assert_eq!(ui.node(Role::Button, expander).is_expanded(), Some(false));
}

#[test]
fn a_table_tells_its_rows_and_columns() {
    let ui = gallery();
    let tables = ui.tree().nodes.into_iter().filter(|(_, node)| node.role() == Role::Table);
    for (_, table) in tables {
        assert!(table.row_count() > Some(1) && table.column_count() > Some(1), "{table:?}");
    }
    let cells = ui.tree().nodes.into_iter().filter(|(_, node)| node.role() == Role::Cell);
    let places: Vec<_> = cells.map(|(_, cell)| (cell.row_index(), cell.column_index())).collect();
    assert!(places.contains(&(Some(1), Some(0))) && places.contains(&(Some(2), Some(1))), "{places:?}");
}

#[test]
fn alt_and_a_letter_press_a_button_from_anywhere() {
    let mut ui = gallery();
    ui.tab_to(Role::TextInput, "Targeted child’s name");
    ui.type_text("b");
    let before = ui.screen.pressed;
    ui.press_with(Modifiers::ALT, &Key::Character("b".into()));
    assert_eq!(ui.screen.pressed, before + 1, "B is Back");
    assert_eq!(ui.screen.name, "b", "it was not typed");
    assert_eq!(ui.node(Role::Button, "Back").access_key(), Some("b"));
    ui.press_with(Modifiers::ALT, &Key::Character("q".into()));
    assert_eq!(ui.screen.pressed, before + 1, "no button has Q");
}

#[test]
fn up_and_down_go_along_the_lines_of_a_table() {
    let mut ui = gallery();
    let names =
        ui.names().into_iter().filter(|(role, name)| *role == Role::Link && name.starts_with("2026-"));
    let lines: Vec<String> = names.map(|(_, name)| name).collect();
    assert_eq!(lines.len(), 3);
    ui.tab_to(Role::Link, &lines[0]);
    for line in [&lines[1], &lines[2], &lines[2]] {
        ui.press(Named::ArrowDown);
        assert_eq!(ui.focused().1, *line);
    }
    for line in [&lines[1], &lines[0], &lines[0]] {
        ui.press(Named::ArrowUp);
        assert_eq!(ui.focused().1, *line);
    }
}

#[test]
fn a_field_that_is_wrong_is_tied_to_what_is_wrong_with_it() {
    let mut ui = gallery();
    ui.ask(Ask::Click, Role::Button, "Continue", None);
    let tree = ui.tree();
    let wrong: Vec<_> = tree.nodes.iter().filter(|(_, node)| node.invalid().is_some()).collect();
    assert!(!wrong.is_empty());
    for (_, field) in wrong {
        let error = field.error_message().expect("a text that says what is wrong");
        let says = tree.nodes.iter().find(|(id, _)| *id == error).and_then(|(_, node)| node.value());
        let says = says.expect("that text");
        assert!(field.description().unwrap_or_default().starts_with(says), "{says}");
    }
}

/// How far the page is scrolled, by where its heading is.
fn top(ui: &Driver<Gallery>) -> f64 {
    let heading = ui.tree().nodes.into_iter().find(|(_, node)| node.role() == Role::Heading);
    heading.and_then(|(_, node)| node.bounds()).expect("a heading").y0
}

#[test]
fn a_scroll_tells_the_platform_of_one_node() {
    let mut ui = gallery();
    ui.click(Role::Heading, "Where did it happen?");
    let before = ui.told().nodes;
    let from = top(&ui);
    ui.wheel(-1.0);
    let after = ui.told().nodes;
    assert!(top(&ui) < from, "it scrolled");
    let told: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert_eq!((after.len(), told.len()), (before.len(), 1), "{told:#?}");
}

#[test]
fn the_wheel_over_a_text_that_is_all_seen_scrolls_the_page() {
    for (text, scrolls) in [("One line.", true), ("One of many lines.\n".repeat(40).as_str(), false)] {
        let mut ui = gallery();
        let area = (Role::MultilineTextInput, "What happened?");
        ui.ask(Ask::SetValue, area.0, area.1, Some(ActionData::Value(text.into())));
        ui.ask(Ask::Focus, area.0, area.1, None);
        ui.click(area.0, area.1);
        let before = top(&ui);
        ui.wheel(1.0);
        assert_eq!((top(&ui) - before).abs() > 0.5, scrolls, "from {before} to {}", top(&ui));
    }
}
