"""A picture of every place of the demonstration in each theme and size, for somebody to look at.

usage: sheets.py CASEBOOK FOLDER [SCALE]        SCALE: the system's own scale, 1 or 2
"""

import json
import os
import pathlib
import subprocess
import sys

from driver import Assisted
from made import folders

binary, shots = sys.argv[1], pathlib.Path(sys.argv[2])
scale = sys.argv[3] if len(sys.argv) > 3 else "1"
home = pathlib.Path(os.environ["CASEBOOK_HOME"])

CASE_PARTS = [
    "Overview", "People", "Occasions", "Evidence", "Contacts", "Actions", "Letters", "Timeline", "Record", "Keeping",
]
SETTINGS_PARTS = [
    "School", "Calendar", "Appearance", "Passphrase", "People and keys", "Case file", "Backups", "Policy", "About",
]


def places(w):
    """Each place of the window, one after the other."""
    yield "today"
    w.press("Cases", "link")
    yield "cases"
    w.press("2026-003", "link", first=True)
    for part in CASE_PARTS:
        if part != "Overview":
            w.press(part, "page tab")
        yield f"case-{part}"
    w.press("Overview", "page tab")
    w.press("Close this case…")
    yield "case-dialog"
    w.press("Keep it open")
    w.press("Decide again")
    yield "outcome"
    w.press("Cases", "link")
    w.press("2026-003", "link", first=True)
    w.press("Letters", "page tab")
    w.press("Write this letter: Invitation", first=True)
    yield "letter"
    w.press("New disclosure", "link")
    yield "danger"
    w.choose_in("Is anyone in immediate danger?", "Yes, someone may be in danger now")
    w.press("Continue")
    yield "call-999"
    w.press("Pupils", "link")
    yield "pupils"
    w.press("Add a pupil")
    w.press("Save")
    yield "pupil-with-errors"
    w.press("Settings", "link")
    for part in SETTINGS_PARTS:
        w.press(part, "page tab")
        yield f"settings-{part.replace(' ', '-')}"


def window(appearance, size):
    """The demonstration in one look."""
    own = home / f"{appearance}-{size}"
    (own / "config" / "casebook").mkdir(parents=True)
    (own / "tmp").mkdir()
    kept = {"case_file": None, "appearance": appearance, "text_size": size}
    (own / "config" / "casebook" / "preferences.json").write_text(json.dumps(kept))
    environment = {**folders(own), "WINIT_X11_SCALE_FACTOR": scale}
    return Assisted([binary, "demo"], shots / f"{appearance}-{size}-at-{scale}", environment)


def drawn(picture):
    """What is on a picture, without the time at which it was taken."""
    said = subprocess.run(["identify", "-format", "%#", picture], capture_output=True, text=True, check=True)
    return said.stdout


def down(w, name, size):
    """A place from its top; where the text is large, on down it for as long as there is more, three windows at most."""
    pictures = [w.shot(name)]
    while size > 100 and len(pictures) < 4:
        w.scroll(9)
        picture = w.shot(f"{name}-{len(pictures) + 1}")
        if drawn(picture) == drawn(pictures[-1]):
            break
        pictures.append(picture)
    return pictures


for appearance in ("light", "dark", "high_contrast"):
    for size in (100, 200) if scale == "1" else (100,):
        w = window(appearance, size)
        w.wait_for("Today")
        w.fit()
        pictures = [picture for name in places(w) for picture in down(w, name, size)]
        w.close()
        sheet = shots / f"{appearance}-{size}-at-{scale}.png"
        subprocess.run(
            ["montage", *pictures, "-tile", "5x", "-geometry", "640x+6+6", "-background", "#888", str(sheet)], check=True
        )
        print(f"{len(pictures)} pictures on {sheet}")
