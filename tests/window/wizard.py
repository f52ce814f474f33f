"""Pages of the wizard on which nothing particular is said. Every way of driving the window goes through them the same."""


def nothing_urgent(w):
    """The questions about danger, as far as the signs."""
    for question, answer in [
        ("Is anyone in immediate danger?", "No"),
        ("Has any child talked about hurting themselves?", "No"),
        ("Does any message contain a picture or a video?", "No picture or video"),
    ]:
        w.wait_for(question)
        w.choose_in(question, answer)
        w.press("Continue")
    w.wait_for("Does any of this apply?")


def told(w, day, told_by, said):
    """From the signs, none of which there are, to the people."""
    w.tick("None of these")
    w.press("Continue")
    w.wait_for("What were you told?")
    w.fill("On which day were you told?", day)
    w.fill("Who told whom?", told_by)
    w.fill("What was said?", said)
    w.press("Continue")
    w.wait_for("Who is being targeted?")


def accounts(w, names):
    """From the occasions to the accounts, all of them ordinary."""
    w.press("Continue")
    w.wait_for("Whose account was it?")
    for name in names:
        w.choose_in(name, "An ordinary account", begins=True)


def outside_school(w):
    """From the accounts to the end: outside school, and bullying."""
    w.press("Continue")
    w.wait_for("Where and when was it?")
    w.tick("Outside school: home, evenings, weekends")
    w.press("Continue")
    looks = "What does it look like so far?"
    w.wait_for(looks)
    w.choose_in(looks, "Bullying: repeated, or meant to hurt, with one child less able to stop it")
    w.press("Continue")
    w.wait_for("What do the child and the family want to happen?")
    w.press("Continue")
    w.wait_for("Check your answers")
