"""Presses the keys that record.py wrote down, in the window that has the keyboard, and takes the same pictures.

usage: replay.py KEYS FOLDER_FOR_PICTURES FOLDER_FOR_LETTERS

Nothing tells what is on the page. After a key that can turn it, this waits until the screen stands still.
"""

import json
import pathlib
import subprocess
import sys
import time

TURNS = {"Return", "space", "Right", "Left"}
PATIENCE = 20.0


def picture():
    # Small and grey: a blinking caret is not a change of the page.
    command = ["import", "-window", "root", "-resize", "320x200", "-depth", "8", "gray:-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def settle():
    """Until two looks in a row are the same but for a caret."""
    until, before, same = time.monotonic() + PATIENCE, picture(), 0
    while time.monotonic() < until and same < 2:
        time.sleep(0.35)
        now = picture()
        changed = sum(abs(a - b) > 24 for a, b in zip(before, now))
        before, same = now, same + 1 if changed < 24 else 0


def main():
    keys, shots, letters = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    count = 0
    for line in keys.read_text(encoding="utf-8").splitlines():
        what, value = json.loads(line)
        if what == "key":
            subprocess.run(["xdotool", "key", "--delay", "60", *value], check=True)
            time.sleep(0.1)
            if TURNS & set(value):
                settle()
        elif what == "type":
            subprocess.run(["xdotool", "type", "--delay", "40", "--", value.replace("@LETTERS@", letters)], check=True)
            settle()
        elif what == "shot":
            settle()
            count += 1
            subprocess.run(["import", "-window", "root", str(shots / f"{count:02d}-{value}.png")], check=True)
    print(f"replayed, {count} pictures")


if __name__ == "__main__":
    main()
