//! What packages rest on: the version as it is told, and the manual pages, one for each command that `--help` names.

use std::process::Command;

fn casebook(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_casebook")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_version_names_the_program_its_sources_and_its_policy() {
    for flag in ["--version", "-V"] {
        let said = casebook(&[flag]);
        let lines: Vec<&str> = said.lines().collect();
        let [program, built, policy] = lines[..] else { panic!("{said}") };
        assert_eq!(program, format!("casebook {}", env!("CARGO_PKG_VERSION")));
        assert!(built.starts_with("built from "), "{built}");
        assert!(policy.starts_with("policy ravenscote-2025-26 version "), "{policy}");
    }
}

#[test]
fn each_command_of_the_help_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    casebook(&["man", folder.path().to_str().unwrap()]);
    let help = casebook(&["--help"]);
    let commands = help.split("Commands:").nth(1).unwrap().split("Arguments:").next().unwrap();
    let mut seen = 0;
    for line in commands.lines() {
        // Two blanks before a command's name, more before what goes on from the line above.
        let Some(name) = line.strip_prefix("  ").and_then(|rest| rest.split("  ").next()) else { continue };
        if name.is_empty() || name.starts_with(' ') || name == "help" {
            continue;
        }
        let page = std::fs::read_to_string(folder.path().join(format!("casebook-{name}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains(name), "{name}");
        seen += 1;
    }
    assert!(seen >= 7, "{seen} commands");
    let whole = std::fs::read_to_string(folder.path().join("casebook.1")).unwrap();
    assert!(whole.contains("CASEFILE") && !whole.contains("\\-\\-today"), "{whole}");
    assert!(!folder.path().join("casebook-man.1").exists(), "what packages alone use has no page");
}
