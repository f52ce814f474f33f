"""What a locked Casebook holds in memory: nothing, after a session with records, a file of evidence that was looked at and
a letter that was sent; and nothing of it stands on the disk. Before it is locked, what is looked for is there, so that this
can fail. Then the same before this PC sleeps.

usage: memory.py CASEBOOK FOLDER_FOR_SCREENSHOTS
"""

import hashlib
import os
import pathlib
import queue
import struct
import subprocess
import sys
import threading
import zlib

from driver import Window
from made import demonstration, folders
from planted import TARGET

binary, shots = sys.argv[1], sys.argv[2]
home = pathlib.Path(os.environ["CASEBOOK_HOME"])
PASSPHRASE = "velvet harbour pickle thunder acorn"
# On the page for evidence, in the file itself, and in the text of a letter.
DESCRIPTION = "A drawing of the heron at the boating lake"
IN_THE_FILE = "herons do not play netball on a Thursday"
LETTER = "The boat house stays shut until the heron has flown."
outside, letters = home / "Outside", home / "Letters"
places = {**folders(home), "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]}
PART = 1 << 20


def forms(text):
    """As the program, a toolkit and a file would write it."""
    return {form for words in (text, text.lower()) for form in (words.encode(), words.encode("utf-16-le"))}


def picture():
    """A PNG with a text in it, and its first pixels as they stand in memory when it is shown."""
    colours = [hashlib.sha256(bytes([n])).digest()[:3] for n in range(96)]
    lines = b"".join(b"\0" + b"".join(colours) for _ in range(64))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", len(colours), 64, 8, 2, 0, 0, 0)
    text = b"Comment\0" + IN_THE_FILE.encode()
    chunks = [(b"IHDR", head), (b"tEXt", text), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    whole = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*of) for of in chunks)
    return whole, b"".join(colour + b"\xff" for colour in colours[:24])


def count(data, wanted):
    return {what: sum(data.count(form) for form in of) for what, of in wanted.items()}


def found(pid, wanted):
    """How often each stands in the memory of a process, and how many bytes of it were read."""
    overlap = max(len(form) for of in wanted.values() for form in of) - 1
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
                for what, often in count(whole, wanted).items():
                    counts[what] += often
                kept = whole[-overlap:]
    return counts, read


def on_the_disk(wanted):
    """The same in the case file, its backups, the temporary folder and the settings; not in what was saved outside."""
    counts, files, read = dict.fromkeys(wanted, 0), 0, 0
    for path in home.rglob("*"):
        out = outside in path.parents or letters in path.parents or path.suffix == ".pdf"
        if out or not path.is_file():
            continue
        data = path.read_bytes()
        files, read = files + 1, read + len(data)
        for what, often in count(data, wanted).items():
            counts[what] += often
    return counts, files, read


def must_be_there(w, what, when):
    counts, _ = found(w.process.pid, {what: planted[what]})
    if not counts[what]:
        w.fail(f"{when}, the {what} is not found in memory, so that looking for it shows nothing")
    print(f"{when}: the {what} {counts[what]} times in memory")


def must_not_be_there(w, when):
    """Neither in memory nor on the disk."""
    told = lambda counts: ", ".join(f"{what} {often}" for what, often in counts.items())  # noqa: E731
    counts, read = found(w.process.pid, planted)
    print(f"{when}, {read / 1e6:.0f} MB of memory: {told(counts)}")
    if any(counts.values()):
        w.fail("a locked Casebook still holds what was open")
    if read < 1_000_000:
        w.fail("the memory could not be read")
    nothing_on_the_disk(w, when)


def nothing_on_the_disk(w, when):
    counts, files, read = on_the_disk(planted)
    print(f"{when}, {files} files of {read / 1e6:.1f} MB on the disk: {sum(counts.values())} in clear text")
    if any(counts.values()) or files < 5:
        w.fail(f"on the disk: {counts}")


def open_with_a_passphrase_of_its_own(w, words):
    """The demonstration's own passphrase is no secret: it stands in the program."""
    for name in ("records.keys", "records.keys2"):
        (case_file / name).write_bytes(b"\0" * 512)
    w.press("Use the recovery sheet")
    w.wait_for("The 24 words")
    w.fill("The 24 words", words)
    must_be_there(w, "words", "while they are typed")
    w.press("Open with these words")
    w.wait_for("Choose a new passphrase")
    w.fill("Passphrase", PASSPHRASE)
    w.fill("The same passphrase again", PASSPHRASE)
    must_be_there(w, "passphrase", "while it is typed")
    w.press("Set the passphrase and open")
    w.wait_for("Today")


def add_a_pupil(w):
    w.press("Pupils", "link")
    w.press("Add a pupil")
    w.wait_for("Date of birth")
    w.fill("Full name", TARGET)
    w.fill("Date of birth", "14/06/2017")
    w.press("Save")
    w.wait_for(TARGET)
    must_be_there(w, "name", "while the case file is open")


def send_a_letter(w):
    """Composed, changed, seen as a page, approved, saved outside."""
    w.press("Cases", "link")
    w.press("2026-003", "link", first=True)
    w.wait_for("Parts of the case")
    w.to_tab("Overview", "Letters")
    w.press("Write again: To the targeted child", first=True)
    w.wait_for("Approve this letter")
    w.write_on("Text of the letter", LETTER)
    w.wait_for("Draft, saved")
    w.shot("letter")
    w.press("Approve this letter")
    w.tick("I have read every page of this letter")
    w.press("Approve the letter")
    w.wait_for("This letter is approved")
    w.fill("Folder", str(letters))
    w.press("Save as PDF")
    w.wait_for("Saved:")
    must_be_there(w, "letter", "after it was saved outside")
    w.press("Back to the case")


def look_at_evidence(w):
    w.tab_to("Letters", "page tab")
    w.key("Home")
    w.to_tab("Overview", "Evidence")
    w.press("Add evidence")
    w.choose_in("Could this picture or video show a nude or semi-nude child?", "No")
    w.press("Continue")
    w.fill("File", str(outside / "heron.png"))
    w.fill("What is it?", DESCRIPTION)
    w.fill("Who captured it?", TARGET)
    w.fill("On which day was it captured?", "29/01/2027")
    w.press("Add to the case")
    w.wait_for("byte for byte")
    w.press("E1", first=True)
    w.wait_for("SHA-256")
    w.wait_until(lambda: DESCRIPTION in w.names("image"), "the picture")
    w.shot("evidence")
    must_be_there(w, "evidence", "while it is looked at")
    must_be_there(w, "pixels", "while the picture is looked at")


class Logind:
    """The stand-in for the system's own."""

    def __init__(self):
        script = pathlib.Path(__file__).with_name("logind.py")
        command = ["/usr/bin/python3", str(script)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.expect("ready")

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())

    def announce(self, what):
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()

    def expect(self, line):
        heard = self.lines.get(timeout=20)
        if heard != line:
            raise SystemExit(f"FAILED: logind heard “{heard}” and not “{line}”")


def unlock(w):
    w.fill("Passphrase", PASSPHRASE)
    w.key("Return")
    w.wait_for("Today")


case_file, words = demonstration(binary, home / "made")
whole, pixels = picture()
outside.mkdir()
(outside / "heron.png").write_bytes(whole)
planted = {
    "name": forms(TARGET),
    "passphrase": forms(PASSPHRASE),
    "words": forms(words),
    "letter": forms(LETTER),
    "evidence": forms(DESCRIPTION),
    "file": forms(IN_THE_FILE),
    "pixels": {pixels},
}
if not count(whole, planted)["file"]:
    raise SystemExit("FAILED: the scan does not find the text in the file where it came from")
logind = Logind()
w = Window([binary, "--today", "2027-02-01", str(case_file)], shots, places)
logind.expect("waits")
w.wait_for("Passphrase")
open_with_a_passphrase_of_its_own(w, words)
add_a_pupil(w)
send_a_letter(w)
look_at_evidence(w)
nothing_on_the_disk(w, "open")

pid = w.process.pid
began = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
w.press("Lock")
w.anew()
w.wait_for("Passphrase")
w.shot("locked")
must_not_be_there(w, "locked")
logind.expect("may sleep")
logind.expect("waits")

# The same case file on the same day, and all of it still there.
if pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[1:] != began.split(b"\0")[1:]:
    w.fail("it was started anew with other arguments")
unlock(w)
w.press("Pupils", "link")
w.fill("Search by name, year or class", TARGET)
w.wait_for(TARGET)
must_be_there(w, "name", "open again")

# Sleep waits until nothing is left in memory, and no longer.
logind.announce("sleep")
logind.expect("may sleep")
must_not_be_there(w, "when this PC may sleep")
logind.announce("wake")
w.anew()
w.wait_for("Passphrase")
w.shot("awake")
unlock(w)
w.close()
