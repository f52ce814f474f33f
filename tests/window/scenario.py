"""One of the policy's four examples in the real window, from first run to an exported letter: by keyboard only, or through
assistive technology only. One description serves both, so that tests, keyboard and screen reader take the same road.

usage: scenario.py CASEBOOK FOLDER_FOR_SCREENSHOTS [1|2|3|4] [keys|at-spi]
"""

import os
import pathlib
import re
import sys

from driver import Assisted, Window
from made import folders
from planted import ADULTS, ADULTS_SENDER, SECOND, SENDER, TARGET, WORDS
from wizard import accounts, nothing_urgent, outside_school, told

binary, shots = sys.argv[1], sys.argv[2]
which = sys.argv[3] if sys.argv[3:4] and sys.argv[3] in "1234" else "2"
Way = Assisted if sys.argv[4:] == ["at-spi"] else Window
home = pathlib.Path(os.environ["CASEBOOK_HOME"])
letters = home / "Letters"
trace = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", os.path.join(shots, "strace.log")]

HERE, FORMER = "A pupil of this school", "A former pupil"
INVESTIGATE = "Investigate, protect and work with the families"
# Who is alleged to be responsible, with date of birth and adults; who was targeted when; what the policy then says.
SCENARIOS = {
    "1": {
        "alleged": [(SENDER, FORMER, "20/01/2014", ADULTS_SENDER)],
        "occasions": [("10/01/2026", SENDER), ("17/01/2026", SENDER)],
        "duty": "Support your own pupil",
        "told": "19/01/2026",
        "letter": "Write this letter",
    },
    "2": {
        "alleged": [
            (SENDER, HERE, "20/01/2015", ADULTS_SENDER),
            (SECOND, HERE, "02/11/2014", "Mrs Ida Thistlewick"),
        ],
        "occasions": [("17/01/2026", SENDER), ("18/01/2026", SECOND)],
        "duty": INVESTIGATE,
        "told": "19/01/2026",
        "letter": "Write this letter",
    },
    "3": {
        "alleged": [
            (SENDER, HERE, "20/01/2015", ADULTS_SENDER),
            (SECOND, HERE, "02/11/2014", "Mrs Ida Thistlewick"),
        ],
        "occasions": [("10/01/2026", SENDER), ("11/01/2026", SECOND)],
        "duty": INVESTIGATE,
        # The letter to the year waits until the day after the targeted child's family was told.
        "told": "12/01/2026",
        "letter": "Write this letter: To all parents of the year",
    },
    "4": {
        "alleged": [(SENDER, HERE, "20/01/2015", ADULTS_SENDER)],
        "occasions": [("03/01/2026", SENDER), ("04/01/2026", SENDER)],
        "duty": INVESTIGATE,
        "told": "05/01/2026",
        "letter": "Write this letter: To the parents of a child alleged",
    },
}
scenario = SCENARIOS[which]


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
    offers = lambda: [text for text in w.texts() if re.fullmatch(r"[a-z]+(-[a-z]+){4}", text)]  # noqa: E731
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
    if who == HERE:
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


def take_disclosure(w):
    w.press("New disclosure")
    nothing_urgent(w)
    w.shot("signs")
    told(w, scenario["told"], "The child told the class teacher.", "There were messages on WhatsApp over the weekend.")
    person(w, TARGET, HERE, "14/06/2015", ADULTS, "Full name")
    w.shot("target")
    w.press("Continue")
    w.wait_for("Who is alleged to be responsible?")
    for more, (name, who, born, adults) in enumerate(scenario["alleged"]):
        w.press("Add another person" if more else "Add a person")
        person(w, name, who, born, adults, "Full name, or the name of the account")
        w.press("Save this person")
    w.shot("alleged")
    w.press("Continue")
    w.wait_for("When did it happen?")
    for more, (day, sender) in enumerate(scenario["occasions"]):
        w.press("Add another occasion" if more else "Add an occasion")
        occasion(w, day, sender, WORDS)
    w.shot("occasions")
    accounts(w, [TARGET] + [name for name, *_ in scenario["alleged"]])
    w.shot("accounts")
    outside_school(w)
    w.shot("check-answers")
    w.press("See what the policy says")
    w.wait_for(scenario["duty"])
    w.shot("outcome")


def confirm(w):
    w.choose_in("What will you do?", "I will do as the policy says")
    w.shot("decision")
    w.press("Confirm and open the case")
    w.wait_for("2026-001")
    w.shot("case")


def leak(w):
    """Another child's name is typed, found, not let through, gone to and changed."""
    name, found, text = SENDER.split()[0], "names another child", "Text of the letter"
    w.write_on(text, f"We spoke with {name} too.")
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
    w.write_over(text, "another pupil")
    w.wait_until(lambda: not w.says(found), "letter without the name")
    w.shot("leak-changed")


def contact(w, child, day, how, what_for, answer):
    w.press(f"Record a contact with the family of {child}")
    w.fill("On which day?", day)
    w.choose_in("How?", how)
    w.choose_in("What was it for?", what_for)
    w.choose_in("Did it reach them?", "Yes")
    w.choose_in("How did they answer?", answer)
    w.shot("contact")
    w.press("Save")
    w.wait_for("The contact is saved.")


def refused_and_continued(w):
    """Both conditions of the policy, each from dated records; then it is decided anew."""
    for day, how, what_for in [
        ("06/01/2026", "By telephone", "Contact"),
        ("12/01/2026", "By letter", "Follow-up"),
        ("15/01/2026", "By letter", "Final notice"),
    ]:
        contact(w, SENDER, day, how, what_for, "No answer yet")
    w.to_tab("Contacts", "Occasions")
    w.press("Add an occasion")
    w.fill("On which day?", "18/01/2026")
    w.choose_in("From whom?", SENDER)
    w.choose_in("Where?", "WhatsApp")
    w.fill("The words", WORDS)
    w.press("Save")
    w.wait_for("The occasion is saved.")
    w.to_tab("Occasions", "Overview")
    w.press("Decide again")
    w.wait_for("What the policy says")
    w.wait_for("harassment")
    w.shot("decided-again")
    w.press("Back")
    w.wait_for("2026-001")
    w.to_tab("Overview", "Contacts")


def spoken_to(w):
    """What a letter to others waits for, marked as done on a day before."""
    w.to_tab("Contacts", "Actions")
    w.press("Done: Speak to the targeted child", first=True)
    w.fill("On which day?", scenario["told"])
    w.shot("spoken-to")
    w.press("Save")
    w.wait_for("The action is marked as done.")


def letter(w):
    w.to_tab("Overview", "Contacts")
    contact(w, TARGET, scenario["told"], "By telephone", "Contact", "They talked or met with the school")
    if which == "4":
        refused_and_continued(w)
    if which == "3":
        spoken_to(w)
    w.to_tab("Actions" if which == "3" else "Contacts", "Letters")
    w.press(scenario["letter"], first=True)
    w.wait_for("Approve this letter")
    w.shot("letter")
    if which == "2":
        leak(w)
    w.press("Approve this letter")
    w.tick("I have read every page of this letter")
    w.press("Approve the letter")
    w.wait_for("This letter is approved")
    w.fill("Folder", str(letters))
    w.press("Save the letters" if which == "3" else "Save as PDF")
    w.wait_for("Saved:")
    w.shot("saved")
    made = sorted(letters.rglob("*.pdf"))
    if not made or not made[0].read_bytes().startswith(b"%PDF"):
        w.fail("no PDF in the folder")
    print(f"exported {len(made)} PDF, the first {made[0].stat().st_size} bytes")


def apart(w):
    """A matter about staff: nothing of it is written here."""
    w.press("New disclosure")
    nothing_urgent(w)
    w.tick("A member of staff, past or present, and a pupil were in touch on social media")
    w.press("Continue")
    asks = "Was there contact between a pupil and a member of staff on social media?"
    w.wait_for(asks)
    w.choose_in(asks, "A member of staff contacted a pupil")
    w.press("Continue")
    w.wait_for("Keep this matter apart")
    w.shot("apart")
    w.press("Go on in a restricted case file")
    w.wait_for("Whose key is it?")
    w.shot("restricted")
    w.press("Back")
    w.wait_for("Cases")


def main():
    window = Way(trace + [binary, "--today", "2026-01-19"], shots, folders(home))
    first_run(window)
    take_disclosure(window)
    confirm(window)
    letter(window)
    if which == "2":
        apart(window)
    window.close()
    print(f"example {which}, the whole way {window.pressed}, {Window.count} screenshots")


if __name__ == "__main__":
    main()
