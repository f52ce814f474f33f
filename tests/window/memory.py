"""What a locked Casebook holds in memory: nothing. Before it is locked, what is looked for is there, so that this can fail.

usage: memory.py CASEBOOK FOLDER_FOR_SCREENSHOTS
"""

import os
import pathlib
import sys

from driver import Window
from made import demonstration, folders
from planted import TARGET

binary, shots = sys.argv[1], sys.argv[2]
home = pathlib.Path(os.environ["CASEBOOK_HOME"])
PASSPHRASE = "velvet harbour pickle thunder acorn"
places = folders(home)
PART = 1 << 20


def forms(text):
    """As the program, a toolkit and a file would write it."""
    return {form for words in (text, text.lower()) for form in (words.encode(), words.encode("utf-16-le"))}


def found(pid, wanted):
    """How often each text stands in the memory of a process, and how many bytes of it were read."""
    patterns = {text: forms(text) for text in wanted}
    overlap = max(len(form) for of_text in patterns.values() for form in of_text) - 1
    counts, read = dict.fromkeys(wanted, 0), 0
    maps = pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines()
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if not rights.startswith("r") or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(at, 16) for at in span.split("-"))
            kept = b""
            for at in range(start, end, PART):
                try:
                    memory.seek(at)
                    part = memory.read(min(PART, end - at))
                except OSError:  # not to be read, or gone since
                    kept = b""
                    continue
                read += len(part)
                whole = kept + part
                for text, of_text in patterns.items():
                    counts[text] += sum(whole.count(form) for form in of_text)
                kept = whole[-overlap:]
    return counts, read


def must_be_there(w, text, when):
    counts, _ = found(w.process.pid, [text])
    if not counts[text]:
        w.fail(f"{when}, “{text}” is not found in memory, so that looking for it shows nothing")
    print(f"{when}: {counts[text]} times in memory")


def open_with_a_passphrase_of_its_own(w, words):
    """The demonstration's own passphrase is no secret: it stands in the program."""
    for name in ("records.keys", "records.keys2"):
        (case_file / name).write_bytes(b"\0" * 512)
    w.press("Use the recovery sheet")
    w.wait_for("The 24 words")
    w.fill("The 24 words", words)
    must_be_there(w, words, "the 24 words, while they are typed")
    w.press("Open with these words")
    w.wait_for("Choose a new passphrase")
    w.fill("Passphrase", PASSPHRASE)
    w.fill("The same passphrase again", PASSPHRASE)
    must_be_there(w, PASSPHRASE, "the passphrase, while it is typed")
    w.press("Set the passphrase and open")
    w.wait_for("Today")


case_file, words = demonstration(binary, home / "made")
w = Window([binary, "--today", "2027-02-01", str(case_file)], shots, places)
w.wait_for("Passphrase")
open_with_a_passphrase_of_its_own(w, words)
w.press("Pupils", "link")
w.press("Add a pupil")
w.wait_for("Date of birth")
w.fill("Full name", TARGET)
w.fill("Date of birth", "14/06/2017")
w.press("Save")
w.wait_for(TARGET)
must_be_there(w, TARGET, "a pupil’s name, while the case file is open")

pid = w.process.pid
began = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
w.press("Lock")
w.anew()
w.wait_for("Passphrase")
w.shot("locked")
counts, read = found(pid, [TARGET, PASSPHRASE, words])
print(f"locked, {read / 1e6:.0f} MB of memory: name {counts[TARGET]}, passphrase {counts[PASSPHRASE]}, words {counts[words]}")
if any(counts.values()):
    w.fail("a locked Casebook still holds what was open")
if read < 1_000_000:
    w.fail("the memory could not be read")

# The same case file on the same day, and all of it still there.
if pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[1:] != began.split(b"\0")[1:]:
    w.fail("it was started anew with other arguments")
w.fill("Passphrase", PASSPHRASE)
w.key("Return")
w.wait_for("Today")
w.press("Pupils", "link")
w.fill("Search by name, year or class", TARGET)
w.wait_for(TARGET)
w.close()
