"""Plays a first run and scenario 1 in the real window on Linux and writes down every key, so that
packaging/windows/replay.py can press the same ones under Wine, where nothing tells what is on the page.

usage: record.py CASEBOOK FOLDER

Leaves in FOLDER: `first-run.jsonl` and, from the locked window on, `keys.jsonl`; `letter.pdf`, what must come out.
"""

import json
import os
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/window"))
import scenario  # noqa: E402
from driver import Window  # noqa: E402
from made import folders  # noqa: E402
from replay import TURNS, settle  # noqa: E402

PASSPHRASE = "otter lantern copper meadow violin"
binary, made = sys.argv[1], pathlib.Path(sys.argv[2])
shots = str(made / "shots-linux")


def note(what, value):
    print(json.dumps([what, value]), file=Window.record, flush=True)


def first_run(w):
    """As the scenario has it, but with a passphrase that is known here, and with the sheet saved: under Wine its words can
    be read nowhere else."""
    press, fill, texts, wait_for = w.press, w.fill, w.texts, w.wait_for
    words = []

    def pressed(name, *rest, **how):
        if name in ("Suggest five words", "Use this"):
            return
        if name == "I have the words on paper":
            w.fill("Folder for the sheet", str(sheets))
            w.key("Return")
            w.wait_for("Saved:")
            note("file", "@SHEETS@/*.pdf")
        press(name, *rest, **how)

    def filled(name, text):
        if name == "The same passphrase again":
            fill("Passphrase", PASSPHRASE)
            text = PASSPHRASE
        if name.startswith("Word "):
            words.append(text)
        fill(name, text)

    def waited(what):
        wait_for(what)
        if what == "The recovery sheet":
            note("file", "@DOCUMENTS@/*.casebook/records.keys")
        if what in ("The recovery sheet", "No open cases"):
            note("still", 4)

    w.press, w.fill, w.wait_for = pressed, filled, waited
    # Five words that nobody suggested.
    w.texts = lambda: ["a-b-c-d-e", *texts()]
    scenario.first_run(w)
    w.press, w.fill, w.texts, w.wait_for = press, fill, texts, wait_for
    return dict(zip(words, ("@WORD4@", "@WORD11@", "@WORD19@")))


def wait_after_turns(w):
    """What is pressed before a page has turned is lost, or not, as the machine is busy: then the keys are no recipe."""
    key = w.key

    def patiently(*keys):
        key(*keys)
        if TURNS & set(keys):
            settle()
        else:
            # On a busy machine the focus is told late, and a Tab too many would be written down.
            time.sleep(0.4)

    w.key = patiently


def kept(name, says):
    """What is another folder or another word under Wine is written down under a name."""
    path = made / name
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [[what, says.get(value, value) if what == "type" else value] for what, value in lines]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


places = folders(scenario.home)
documents, sheets = scenario.home / "Documents", scenario.home / "Sheets"
sheets.mkdir()
start = [binary, "--today", "2026-01-19"]
window = Window(start, shots, places)
wait_after_turns(window)
with open(made / "first-run.jsonl", "w", encoding="utf-8") as Window.record:
    says = first_run(window)
Window.record = None
kept("first-run.jsonl", {**says, str(documents): "@DOCUMENTS@", str(sheets): "@SHEETS@"})
window.key("ctrl+l")
window.anew()
window.wait_for("Passphrase")
with open(made / "keys.jsonl", "w", encoding="utf-8") as Window.record:
    window.type(PASSPHRASE)
    window.key("Return")
    window.wait_for("No open cases")
    window.shot("today")
    scenario.take_disclosure(window)
    scenario.confirm(window)
    scenario.letter(window)
Window.record = None
window.close()
shutil.copy(next(scenario.letters.glob("*.pdf")), made / "letter.pdf")
kept("keys.jsonl", {str(scenario.letters): "@LETTERS@"})
