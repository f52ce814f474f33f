"""Keyboard only, in the real window: what can go wrong with a case file and with what is typed, and what Casebook says.

Each message is read as a screen reader gets it. After each of them the case file opens again, with everything in it.

usage: trouble.py CASEBOOK FOLDER_FOR_SCREENSHOTS
"""

import os
import pathlib
import shutil
import subprocess
import sys

from driver import Window
from made import demonstration, folders

binary, shots = sys.argv[1], sys.argv[2]
home = pathlib.Path(os.environ["CASEBOOK_HOME"])
PASSPHRASE = "otter lantern copper meadow violin"
ANOTHER = "velvet harbour pickle thunder acorn"
places = folders(home)


def start(case_file):
    w = Window([binary, "--today", "2027-02-01", str(case_file)], shots, places)
    w.wait_for("Passphrase")
    return w


def enter(w, passphrase):
    w.fill("Passphrase", passphrase)
    w.key("Return")


def unlock(w, passphrase=PASSPHRASE):
    enter(w, passphrase)
    w.wait_for("Today")


def lock(w):
    w.press("Lock")
    w.anew()
    w.wait_for("Passphrase")


def told(w, what, next_step, name):
    """What happened, and what to do next: both on the page, and a picture of it."""
    w.wait_for(what)
    if not w.says(next_step):
        w.fail(f"“{what}” does not go on with “{next_step}”")
    w.shot(name)
    print(f"told: {what}")


def wrong_passphrase(w):
    enter(w, "otter lantern copper meadow violet")
    told(w, "This passphrase does not open the case file.", "use the 24 words", "wrong-passphrase")


def second_window(w, case_file):
    """Two programs on one case file."""
    unlock(w)
    second = start(case_file)
    enter(second, PASSPHRASE)
    told(second, "The case file is already open", "Close it there first", "second-window")
    second.close()
    w.come_forward()
    lock(w)


def second_start(case_file):
    """The same, where the system keeps a folder for calls between programs of one person."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    there = {**places, "XDG_RUNTIME_DIR": str(runtime)}
    command = [binary, "--today", "2027-02-01", str(case_file)]
    w = Window(command, shots, there)
    unlock(w)
    subprocess.run(command, check=True, timeout=60, env={**os.environ, **there})
    if not w.says("Today") or w.process.poll() is not None:
        w.fail("the first window did not outlast a second start")
    print("a second start ended, and called the first window")
    # From what is locked another window may be started again: the call is answered by the new process.
    lock(w)
    subprocess.run(command, check=True, timeout=60, env={**os.environ, **there})
    w.close()


def locked_screen(w):
    """The desktop says that its screen is locked."""
    unlock(w)
    saver, changed = "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged"
    for on in ("false", "true"):
        subprocess.run(["dbus-send", "--session", "--type=signal", saver, changed, f"boolean:{on}"], check=True)
    w.anew()
    w.wait_for("Passphrase")
    print("locked with the screen")


def one_copy_of_the_keys(w, case_file):
    good = (case_file / "records.keys2").read_bytes()
    (case_file / "records.keys").write_bytes(good[: len(good) // 2])
    unlock(w)
    told(w, "One copy of the keys was damaged, and has been put right.", "check the disk", "one-copy-of-the-keys")
    if (case_file / "records.keys").read_bytes() != good:
        w.fail("the damaged copy is as it was")
    lock(w)


def both_copies_of_the_keys(w, case_file, words):
    for name in ("records.keys", "records.keys2"):
        (case_file / name).write_bytes(b"\0" * 512)
    enter(w, PASSPHRASE)
    told(w, "Both copies of the keys are damaged. Your records are still there.", "24 words", "both-copies-of-the-keys")
    w.press("Use the recovery sheet")
    w.wait_for("The 24 words")
    w.fill("The 24 words", words.rsplit(" ", 1)[0])
    w.press("Open with these words")
    told(w, "The recovery sheet has 24 words; you entered 23.", "Compare each word", "a-word-is-missing")
    w.fill("The 24 words", words)
    w.press("Open with these words")
    w.wait_for("Choose a new passphrase")
    w.shot("recovery-words-open")
    w.fill("Passphrase", ANOTHER)
    w.fill("The same passphrase again", ANOTHER)
    w.press("Set the passphrase and open")
    w.wait_for("Today")
    lock(w)
    unlock(w, ANOTHER)
    lock(w)


def damaged_database(w, case_file):
    records = case_file / "records.casedb"
    good = records.read_bytes()
    bad = bytearray(good)
    for at in range(4096 + 100, len(bad), 4096):
        bad[at] ^= 0xFF
    records.write_bytes(bad)
    enter(w, ANOTHER)
    told(w, "The case file is damaged.", "Open a backup, or ask your technician.", "damaged-database")
    records.write_bytes(good)


def no_case_file(w):
    w.press("Open another case file")
    w.wait_for("Folder of the case file")
    w.fill("Folder of the case file", str(home / "Documents"))
    w.press("Continue")
    told(w, "There is no case file in this folder.", "whose name ends in .casebook", "no-case-file")
    w.press("Back")
    w.wait_for("Passphrase")


def bad_input(w):
    """At the field, all at once, and nothing of it lost."""
    unlock(w, ANOTHER)
    w.press("Pupils", "link")
    w.press("Add a pupil")
    w.wait_for("Date of birth")
    for typed, says, name in [
        ("31/02/2016", "There is no such day.", "impossible-date"),
        ("02/02/2027", "This date is in the future.", "future-date-of-birth"),
    ]:
        w.fill("Full name", "Ann " * 40)
        w.fill("Date of birth", typed)
        w.press("Save")
        told(w, says, "This name is too long. Use at most 120 letters.", name)
    w.fill("Full name", "Ольга Шевченко")
    w.fill("Date of birth", "02/02/2017")
    w.press("Save")
    w.fill("Search by name, year or class", "Ольга")
    w.wait_for("Ольга Шевченко")
    w.shot("a-name-in-another-script")
    lock(w)


def no_room_to_write(case_file):
    """On a small disk of its own: full, then such that nothing can be written."""
    disk = home / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)], capture_output=True, check=False)
    if mounted.returncode != 0:
        print("NOT SEEN: a full and a read-only disk; this machine lets nobody mount one")
        return
    try:
        copy = disk / case_file.name
        shutil.copytree(case_file, copy)
        w = start(copy)
        unlock(w, ANOTHER)
        full_disk(w, disk)
        lock(w)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        read_only(w)
        w.close()
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def add_pupil(w, name):
    w.press("Pupils", "link")
    w.press("Add a pupil")
    w.wait_for("Date of birth")
    w.fill("Full name", name)
    w.press("Save")


def full_disk(w, disk):
    with open(disk / "filler", "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            pass
    add_pupil(w, "Wanda Kestrel")
    told(w, "The disk is full, so nothing was saved.", "Free some space and try again.", "full-disk")
    (disk / "filler").unlink()
    w.press("Save")
    w.wait_for("Add a pupil")
    w.wait_for("Wanda Kestrel")


def read_only(w):
    unlock(w, ANOTHER)
    add_pupil(w, "Corin Sedgwick")
    told(w, "The case file cannot be written in this folder.", "Ask your technician", "read-only-folder")


case_file, words = demonstration(binary, home / "made")
w = start(case_file)
wrong_passphrase(w)
second_window(w, case_file)
locked_screen(w)
second_start(case_file)
w.come_forward()
one_copy_of_the_keys(w, case_file)
both_copies_of_the_keys(w, case_file, words)
damaged_database(w, case_file)
no_case_file(w)
bad_input(w)
w.close()
no_room_to_write(case_file)
print(f"each trouble told, {Window.count} screenshots")
