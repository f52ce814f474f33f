//! The case file is moved to another folder, and removed where it was.

use super::*;

#[test]
fn it_is_moved_and_the_old_folder_goes_when_somebody_says_so() {
    let (folder, session, mut ui) = open(Part::CaseFile);
    let from = session.folder();
    let to = folder.path().join("elsewhere");
    std::fs::create_dir(&to).unwrap();
    ui.click(Role::Button, "Move the case file");
    assert_eq!(ui.focused(), (Role::TextInput, "Folder to move it to".into()), "a folder is missing");

    ui.type_text(to.to_str().unwrap());
    ui.click(Role::Button, "Move the case file");
    let moved = to.join(from.file_name().unwrap());
    assert_eq!(ui.screen.moved, std::slice::from_ref(&moved), "{:?}", ui.names());
    assert_eq!(session.folder(), moved);
    assert!(!from.exists() && std::fs::read_dir(folder.path()).unwrap().count() == 2);
    session.save_school(&session.school().unwrap()).unwrap();

    ui.click(Role::Button, "Remove the old folder");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(!ui.has(Role::Button, "Remove the old folder"));
    assert_eq!(session.verify().unwrap().problems, []);
}
