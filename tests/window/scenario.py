"""Keyboard only, in the real window: from first run through policy example 2 to an exported letter.

usage: scenario.py CASEBOOK FOLDER_FOR_SCREENSHOTS
"""

import os
import pathlib
import re
import sys

from driver import Window
from made import folders
from planted import ADULTS, ADULTS_SENDER, SECOND, SENDER, TARGET, WORDS

binary, shots = sys.argv[1], sys.argv[2]
home = pathlib.Path(os.environ["CASEBOOK_HOME"])
letters = home / "Letters"
trace = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", os.path.join(shots, "strace.log")]


def first_run(w):
    w.wait_for("Make a new case file")
    w.shot("start")
    w.press("Make a new case file")
    w.wait_for("Your school")
    w.fill("School’s name", "Wren Lane Junior School")
    w.fill("Address (optional)", "Wren Lane, Larkfield, LK1 1AA")
    w.fill("Telephone (optional)", "01632 960111")
    w.shot("school")
    w.press("Continue")
    w.wait_for("Who signs?")
    w.fill("Name", "Mrs Delphine Arkwright")
    w.press("Continue")
    w.wait_for("Choose a passphrase")
    w.press("Suggest five words")
    offers = lambda: [name for name in w.names("heading") if name.count("-") == 4]  # noqa: E731
    suggested = w.wait_until(offers, "the five words that are suggested")[0]
    w.press("Use this")
    w.fill("The same passphrase again", suggested)
    w.shot("passphrase")
    w.press("Continue")
    w.wait_for("Where to keep the case file")
    w.fill("Folder", str(home / "Documents"))
    w.shot("place")
    w.press("Make the case file")
    w.wait_for("The recovery sheet")
    w.shot("words")
    words = dict(re.findall(r"(\d+)\.?\s+([a-z]{3,8})\b", "\n".join(w.texts())))
    w.press("I have the words on paper")
    w.wait_for("Check the sheet")
    for number in ("4", "11", "19"):
        w.fill(f"Word {number}", words[number])
    w.shot("check")
    w.press("Start working")
    w.wait_for("No open cases")
    w.shot("today-empty")


def person(w, name, who, born, adults, label):
    w.fill(label, name)
    w.choose_in("Who are they to the school?", who)
    w.fill("Date of birth", born)
    w.fill("Year group", "6")
    w.press("Homes and addresses")
    w.fill("Adults", adults)
    w.fill("Address", "1 Chapel Row, Larkfield, LK1 1AB")


def occasion(w, day, sender, words):
    w.fill("On which day?", day)
    w.choose_in("From whom?", sender)
    w.choose_in("Where?", "WhatsApp")
    w.fill("The words", words)
    w.press("Save this occasion")


def nothing_urgent(w):
    w.press("New disclosure")
    for question, answer in [
        ("Is anyone in immediate danger?", "No"),
        ("Has any child talked about hurting themselves?", "No"),
        ("Does any message contain a picture or a video?", "No picture or video"),
    ]:
        w.wait_for(question)
        w.choose_in(question, answer)
        w.press("Continue")
    w.wait_for("Does any of this apply?")


def take_disclosure(w):
    nothing_urgent(w)
    w.tab_to("None of these")
    w.key("space")
    w.shot("signs")
    w.press("Continue")
    w.wait_for("What were you told?")
    w.fill("On which day were you told?", "19/01/2026")
    w.fill("Who told whom?", "The child told the class teacher.")
    w.fill("What was said?", "There were messages on WhatsApp over the weekend.")
    w.press("Continue")
    w.wait_for("Who is being targeted?")
    person(w, TARGET, "A pupil of this school", "14/06/2015", ADULTS, "Full name")
    w.shot("target")
    w.press("Continue")
    w.wait_for("Who is alleged to be responsible?")
    w.press("Add a person")
    person(w, SENDER, "A pupil of this school", "20/01/2015", ADULTS_SENDER, "Full name, or the name of the account")
    w.press("Save this person")
    w.press("Add another person")
    person(w, SECOND, "A pupil of this school", "02/11/2014", "Mrs Ida Thistlewick", "Full name, or the name of the account")
    w.press("Save this person")
    w.shot("alleged")
    w.press("Continue")
    w.wait_for("When did it happen?")
    w.press("Add an occasion")
    occasion(w, "17/01/2026", SENDER, WORDS)
    w.press("Add another occasion")
    occasion(w, "18/01/2026", SECOND, WORDS)
    w.shot("occasions")
    w.press("Continue")
    w.wait_for("Whose account was it?")
    for name in (TARGET, SENDER, SECOND):
        w.choose_in(name, "An ordinary account", begins=True)
    w.shot("accounts")
    w.press("Continue")
    for question, answer, several in [
        ("Where and when was it?", "Outside school: home, evenings, weekends", True),
        ("What does it look like so far?", "Bullying: repeated, or meant to hurt, with one child less able to stop it", False),
    ]:
        w.wait_for(question)
        if several:
            w.tab_to(answer)
            w.key("space")
        else:
            w.choose_in(question, answer)
        w.press("Continue")
    w.wait_for("What do the child and the family want to happen?")
    w.press("Continue")
    w.wait_for("Check your answers")
    w.shot("check-answers")
    w.press("See what the policy says")
    w.wait_for("Investigate, protect and work with the families")
    w.shot("outcome")


def confirm(w):
    w.choose_in("What will you do?", "I will do as the policy says")
    w.shot("decision")
    w.press("Confirm and open the case")
    w.wait_for("2026-001")
    w.shot("case")


def leak(w):
    """Another child's name is typed, found, not let through, gone to and changed."""
    name, found = SENDER.split()[0], "names another child"
    w.tab_to("Text of the letter")
    w.key("ctrl+End")
    w.key("Return", "Return")
    w.type(f"We spoke with {name} too.")
    w.wait_for(found)
    w.shot("leak-found")
    w.press("Approve this letter")
    w.wait_for("This letter cannot be approved")
    w.shot("leak-not-approved")
    w.press("It is about something else…", first=True)
    w.wait_for("Are these words about something else?")
    w.shot("leak-dismiss")
    w.press("Go back")
    w.press("Go to these words", first=True)
    w.shot("leak-selected")
    w.type("another pupil")
    w.wait_until(lambda: not w.says(found), "letter without the name")
    w.shot("leak-changed")


def letter(w):
    w.to_tab("Overview", "Contacts")
    w.press(f"Record a contact with the family of {TARGET}")
    w.fill("On which day?", "19/01/2026")
    w.choose_in("How?", "By telephone")
    w.choose_in("What was it for?", "Contact")
    w.choose_in("Did it reach them?", "Yes")
    w.choose_in("How did they answer?", "They talked or met with the school")
    w.shot("contact")
    w.press("Save")
    w.wait_for("The contact is saved.")
    w.to_tab("Contacts", "Letters")
    w.press("Write this letter", first=True)
    w.wait_for("Approve this letter")
    w.shot("letter")
    leak(w)
    w.press("Approve this letter")
    w.tab_to("I have read every page of this letter")
    w.key("space")
    w.press("Approve the letter")
    w.wait_for("This letter is approved")
    w.fill("Folder", str(letters))
    w.press("Save as PDF")
    w.wait_for("Saved:")
    w.shot("saved")
    made = sorted(letters.glob("*.pdf"))
    if not made or not made[0].read_bytes().startswith(b"%PDF"):
        w.fail("no PDF in the folder")
    print(f"exported {made[0].name}, {made[0].stat().st_size} bytes")


def apart(w):
    """A matter about staff: nothing of it is written here."""
    nothing_urgent(w)
    w.tab_to("A member of staff, past or present, and a pupil were in touch on social media")
    w.key("space")
    w.press("Continue")
    w.wait_for("Was there contact between a pupil and a member of staff on social media?")
    w.choose_in("Was there contact between a pupil and a member of staff on social media?", "A member of staff contacted a pupil")
    w.press("Continue")
    w.wait_for("Keep this matter apart")
    w.shot("apart")
    w.press("Go on in a restricted case file")
    w.wait_for("Whose key is it?")
    w.shot("restricted")
    w.press("Back")
    w.wait_for("Cases")


def main():
    places = folders(home)
    window = Window(trace + [binary, "--today", "2026-01-19"], shots, places)
    first_run(window)
    take_disclosure(window)
    confirm(window)
    letter(window)
    apart(window)
    window.close()
    print(f"the whole way by keyboard, {Window.count} screenshots")


if __name__ == "__main__":
    main()
