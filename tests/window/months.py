"""Keyboard only, in the real window: the months after a disclosure. A register of 360 pupils, a disclosure about two of them,
occasions from an exported chat, contacts until the family has refused, *continues* by the dates, closing, the linked case.

usage: months.py CASEBOOK FOLDER_FOR_SCREENSHOTS
"""

import os
import pathlib
import re
import sys

from driver import Window
from made import demonstration, folders
from wizard import accounts, nothing_urgent, outside_school, told

binary, shots = sys.argv[1], sys.argv[2]
home = pathlib.Path(os.environ["CASEBOOK_HOME"])
PASSPHRASE = "otter lantern copper meadow violin"
TARGET, SENDER = "Ibbie Quillfeather", "Corvin Tanglewood"
ADULTS = "Mrs Nell Quillfeather"
ON_THE_PHONE = "Corv T"
WORDS = ["nobody wants you here", "told you", "still here"]
places = folders(home)


def pupils():
    """360 pupils of four years, two of them in this story, in the shape of a school system's report."""
    forenames = ["Alba", "Bram", "Cleo", "Dara", "Ezra", "Faye", "Gwil", "Hana", "Idris", "Juno", "Kit", "Lowri"]
    stems = ["Ash", "Birch", "Clover", "Dew", "Elder", "Fern", "Gorse", "Hazel", "Iris", "Juniper"]
    rows = [f"{TARGET.split()[1]},{TARGET.split()[0]},14/06/2016,5,5H", f"{SENDER.split()[1]},{SENDER.split()[0]},20/01/2016,6,6K"]
    for stem in stems:
        for end in ("brook", "field", "wick"):
            for forename in forenames:
                if len(rows) < 360:
                    at = len(rows)
                    rows.append(f"{stem}{end},{forename},{1 + at % 28:02}/{1 + at % 12:02}/{2015 + at % 4},{6 - at % 4},{6 - at % 4}H")
    return "Legal Surname,Legal Forename,Date of Birth,Year Group,Reg Group\n" + "\n".join(rows) + "\n"


def chat():
    """An export as an iPhone writes it: what matters among much that does not."""
    lines = ["[17/01/2027, 20:58:00] Year 5: \u200eMessages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them."]
    said = {17: [(21, 4, ON_THE_PHONE, WORDS[0]), (21, 9, ON_THE_PHONE, WORDS[1])], 28: [(19, 30, ON_THE_PHONE, WORDS[2])]}
    for day in range(17, 30):
        for hour, minute, who, words in [(8, 1, "Pippa", "morning"), (16, 2, "Ollie", "has anyone done the homework")] + said.get(day, []):
            lines.append(f"[{day:02}/01/2027, {hour:02}:{minute:02}:00] {who}: {words}")
    return "\n".join(lines) + "\n"


def import_register(w, file):
    w.press("Pupils")
    w.wait_for("Import a register")
    w.press("Import a register")
    w.fill("File", str(file))
    w.press("Read the file")
    w.wait_for("What would change")
    w.shot("register")
    w.press("Import")
    w.wait_for("The register is imported: 360 new pupils")
    # A short list: Tab goes through all of it before it is at the navigation again.
    w.fill("Search by name, year or class", TARGET)
    w.shot("register-imported")


def of_record(w, label, name):
    w.fill(label, name)
    w.wait_for(f"Use this record: {name}")
    w.press(f"Use this record: {name}", first=True)


def begin(w, day, told_by, said):
    """From the first page to the people."""
    nothing_urgent(w)
    told(w, day, told_by, said)


def finish(w, day, words):
    """From the occasions to the open case."""
    w.wait_for("When did it happen?")
    w.press("Add an occasion")
    w.fill("On which day?", day)
    w.choose_in("Where?", "WhatsApp")
    w.fill("The words", words)
    w.press("Save this occasion")
    accounts(w, (TARGET, SENDER))
    outside_school(w)
    confirm(w)


def take_disclosure(w):
    w.press("New disclosure")
    begin(w, "18/01/2027", "Her mother told the class teacher.", "There were messages in the group of Year 5.")
    of_record(w, "Full name", TARGET)
    w.shot("target-of-the-register")
    w.press("Continue")
    w.wait_for("Who is alleged to be responsible?")
    w.press("Add a person")
    of_record(w, "Full name, or the name of the account", SENDER)
    w.press("Save this person")
    w.press("Continue")
    finish(w, "16/01/2027", "go away")


def confirm(w):
    w.press("See what the policy says")
    w.wait_for("What will you do?")
    w.choose_in("What will you do?", "I will do as the policy says")
    w.press("Confirm and open the case")
    w.wait_for("Parts of the case")


def read_chat(w, file):
    w.to_tab("Overview", "Occasions")
    w.press("Add from an exported chat")
    w.fill("File", str(file))
    w.fill("From whose phone was it exported?", f"{ADULTS}’s phone")
    w.fill("Who brought it?", ADULTS)
    w.press("Read the file")
    w.wait_for("Mark what matters")
    w.press("When they were sent, by weekday and hour")
    w.wait_for("Messages by weekday and hour")
    w.shot("chat-chart")
    w.fill("Find words or a name", ON_THE_PHONE)
    wanted = [name for name in w.names("check box") if name.endswith(ON_THE_PHONE)]
    if len(wanted) != 3:
        w.fail(f"the search finds {wanted}")
    for name in wanted:
        w.tab_to(name, "check box")
        w.key("space")
    w.shot("chat-marked")
    w.press("Continue")
    w.wait_for("Who wrote them?")
    w.choose_in(f"Who is “{ON_THE_PHONE}”?", SENDER)
    w.shot("chat-author")
    w.press("Continue")
    w.wait_for("Check the occasions")
    w.shot("chat-check")
    w.press("Add them to the case")
    w.wait_for("2 occasions from 3 messages are added to the case.")
    w.shot("chat-added")


def contact(w, day, channel, purpose):
    w.press(f"Record a contact with the family of {SENDER}")
    w.fill("On which day?", day)
    w.choose_in("How?", channel)
    w.choose_in("What was it for?", purpose)
    w.choose_in("Did it reach them?", "Yes")
    w.choose_in("How did they answer?", "No answer yet")
    w.press("Save")
    w.wait_for("The contact is saved.")


def refuse(w):
    w.to_tab("Occasions", "Contacts")
    contact(w, "20/01/2027", "By telephone", "Contact")
    contact(w, "22/01/2027", "By letter", "Follow-up")
    if w.says("final notice of"):
        w.fail("silence counts as refusing before the final notice")
    contact(w, "26/01/2027", "By letter", "Final notice")
    w.wait_for("2 delivered contacts and the final notice of")
    w.shot("refused")


def decide_again(w):
    w.to_tab("Contacts", "Overview")
    w.wait_for("The policy would say something else now")
    w.press("Decide again")
    w.wait_for("What will you do?")
    w.wait_for("It has continued since the school first acted, by the dated occasions.")
    w.wait_for("The family refuses to engage, by the contact log.")
    w.shot("continues")
    w.press("Back")
    w.wait_for("Parts of the case")


def close(w):
    w.press("Close this case…")
    w.wait_for("5. What came of it?")
    for part, text in [
        ("1. What happened?", "Messages in a group on two evenings."),
        ("2. How were the children and their families followed up?", "Both children were heard."),
        ("3. What did the school do?", "The group’s members were spoken to."),
        ("4. What was decided, and why?", "As the policy says."),
        ("5. What came of it?", "Nothing more has been sent."),
    ]:
        w.fill(part, text)
    w.choose_in("What did it come to?", "It happened, and it has stopped")
    w.shot("closing")
    if w.says("Who looks?"):
        w.fill("Who looks?", "The class teacher")
    w.press("Close the case")
    w.wait_for("The case is closed.")
    w.shot("closed")


def linked(w, first):
    """The people come along; what happened is new."""
    w.press("Open a linked case")
    begin(w, "01/02/2027", "Her mother rang.", "It has begun again.")
    w.press("Continue")
    w.wait_for("Who is alleged to be responsible?")
    if not w.says(SENDER):
        w.fail("those alleged do not come along")
    w.press("Continue")
    finish(w, "31/01/2027", "miss me")
    w.wait_for(f"It follows {first}")
    w.shot("linked")


case_file, _ = demonstration(binary, home / "made")
register, export = home / "Documents" / "register.csv", home / "Documents" / "_chat.txt"
register.write_text(pupils(), encoding="utf-8")
export.write_text(chat(), encoding="utf-8")
w = Window([binary, "--today", "2027-02-01", str(case_file)], shots, places)
w.wait_for("Passphrase")
w.fill("Passphrase", PASSPHRASE)
w.key("Return")
w.wait_for("Today")
import_register(w, register)
take_disclosure(w)
reference = next(name for name in w.names("heading") if re.match(r"\d{4}-\d{3}: ", name))
first = reference.split(":")[0]
print(f"opened {first}")
read_chat(w, export)
refuse(w)
decide_again(w)
close(w)
linked(w, first)
w.close()
print(f"from the register to the linked case by keyboard, {Window.count} screenshots")
