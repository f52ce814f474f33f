"""Plays scenario 1 in the real window on Linux and writes down every key, so that packaging/windows/replay.py can press
the same ones under Wine, where nothing tells what is on the page.

usage: record.py CASEBOOK FOLDER

Leaves in FOLDER: `begin/`, the case file as it was before; `keys.jsonl`; `letter.pdf`, what must come out.
"""

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


def choose_passphrase(w):
    """The first run as the scenario has it, but with a passphrase that is known here."""
    press, fill = w.press, w.fill
    w.press = lambda name, *rest, **how: None if name in ("Suggest five words", "Use this") else press(name, *rest, **how)
    names = w.names
    w.names = lambda role=None: ["a-b-c-d-e"] if role == "heading" else names(role)

    def known(name, text):
        if name == "The same passphrase again":
            fill("Passphrase", PASSPHRASE)
            text = PASSPHRASE
        fill(name, text)

    w.fill = known
    scenario.first_run(w)
    w.press, w.names, w.fill = press, names, fill


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


places = folders(scenario.home)
start = [binary, "--today", "2026-01-19"]
window = Window(start, shots, places)
choose_passphrase(window)
window.close()
case_file = next((scenario.home / "Documents").glob("*.casebook"))
shutil.copytree(case_file, made / "begin" / case_file.name)

window = Window([*start, str(case_file)], shots, places)
window.wait_for("Passphrase")
wait_after_turns(window)
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
# What was typed as the folder of the letter is another one on Windows.
keys = made / "keys.jsonl"
keys.write_text(keys.read_text(encoding="utf-8").replace(str(scenario.letters), "@LETTERS@"), encoding="utf-8")
