"""Presses the keys that record.py wrote down, in the window that has the keyboard, and takes the same pictures.

usage: replay.py KEYS FOLDER_FOR_PICTURES DRIVE

Nothing tells what is on the page. After a key that can turn it, this waits until the screen stands still; where that is
not enough, for a file below DRIVE, which is C: under Wine.
"""

import json
import pathlib
import re
import subprocess
import sys
import time

TURNS = {"Return", "space", "Right", "Left"}
PATIENCE = 20.0
FOLDERS = ("@DOCUMENTS@", "@SHEETS@", "@LETTERS@")


def picture():
    # Small and grey: a blinking caret is not a change of the page.
    command = ["import", "-window", "root", "-resize", "320x200", "-depth", "8", "gray:-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def settle(still=0.7):
    """Until so many seconds show the same but for a caret."""
    until, before, since = time.monotonic() + PATIENCE, picture(), time.monotonic()
    while time.monotonic() < until and time.monotonic() - since < still:
        time.sleep(0.35)
        now = picture()
        if sum(abs(a - b) > 24 for a, b in zip(before, now)) >= 24:
            since = time.monotonic()
        before = now


def file(drive, pattern):
    """Waits until it is there."""
    until = time.monotonic() + 6 * PATIENCE
    while not (found := list(drive.glob(lower(pattern)))):
        if time.monotonic() > until:
            sys.exit(f"{pattern} is not made")
        time.sleep(0.5)
    return found[0]


def lower(text):
    for name in FOLDERS:
        text = text.replace(name, name.strip("@").lower())
    return text


def typed(text, drive):
    """What to type: the words that the recovery sheet has here, and folders as Windows names them."""
    if asked := re.fullmatch(r"@WORD(\d+)@", text):
        sheet = file(drive, "@SHEETS@/*.pdf")
        said = subprocess.run(["pdftotext", "-layout", str(sheet), "-"], check=True, capture_output=True, text=True)
        return dict(re.findall(r"\b(\d{1,2})\.?\s+([a-z]{3,8})\b", said.stdout))[asked[1]]
    return f"C:\\{lower(text)}" if text in FOLDERS else text


def main():
    keys, shots, drive = (pathlib.Path(argument) for argument in sys.argv[1:])
    count = 0
    for line in keys.read_text(encoding="utf-8").splitlines():
        what, value = json.loads(line)
        if what == "key":
            subprocess.run(["xdotool", "key", "--delay", "60", *value], check=True)
            time.sleep(0.1)
            if TURNS & set(value):
                settle()
        elif what == "type":
            subprocess.run(["xdotool", "type", "--delay", "40", "--", typed(value, drive)], check=True)
            settle()
        elif what == "file":
            file(drive, value)
        elif what == "still":
            settle(value)
        elif what == "shot":
            settle()
            count += 1
            subprocess.run(["import", "-window", "root", str(shots / f"{keys.stem}-{count:02d}-{value}.png")], check=True)
    print(f"replayed {keys.stem}, {count} pictures")


if __name__ == "__main__":
    main()
