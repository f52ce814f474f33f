"""Drives the real window as a person without a mouse does: keys in, and what a screen reader is told out.

Runs inside `dbus-run-session`, with DISPLAY set to a display of its own. Only keys act; the accessibility tree is read to
know where the focus is and what the page says.
"""

import json
import os
import pathlib
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

# A machine that builds something beside it is slow: nothing here waits for a time, only for what is to come about.
PATIENCE = 30.0
# How long a key may take to be seen.
KEY_PATIENCE = 4.0
CHOICES = ("radio button", "check box", "list item", "option")
GROUPS = ("grouping", "panel", "radio group", "list box", "list", "filler", "section", "group")


def turn_on_assistive_technology():
    """As a screen reader does when it starts: on most systems programs keep quiet before."""
    status = ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))
    Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        "org.a11y.Bus",
        "/org/a11y/bus",
        "org.freedesktop.DBus.Properties",
        "Set",
        GLib.Variant("(ssv)", status),
        None,
        Gio.DBusCallFlags.NONE,
        -1,
        None,
    )


turn_on_assistive_technology()


class Window:
    """One running Casebook. More than one can be open on the display; `come_forward` says whom the keys are for."""

    count = 0
    # Where every key goes too, so that it can be played again where no accessibility tree says what is on the page.
    record = None

    def __init__(self, command, shots, environment=None):
        self.shots = shots
        os.makedirs(shots, exist_ok=True)
        self.log = open(os.path.join(shots, "window.log"), "ab")
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, env={**os.environ, **(environment or {})}
        )
        self._find()

    def _find(self):
        self.root = self.wait_until(self._find_application, "the window in the accessibility tree")
        self.window = self.wait_until(self._find_window, "the window on the screen")
        self.pid = self.root.get_process_id()
        self.image = self._image()
        self.come_forward()
        time.sleep(0.5)

    def anew(self):
        """Casebook starts itself anew when it locks: the same process, with another window in it."""
        self.wait_until(lambda: self._image() != self.image, "the new program in a locked Casebook")
        self._find()

    def _image(self):
        """Where the program lies in memory: elsewhere each time it is started. (The window's number may be the same.)"""
        return pathlib.Path(f"/proc/{self.pid}/maps").read_text().split(maxsplit=1)[0]

    def come_forward(self):
        def in_front():
            self._xdotool("windowraise", self.window, "windowfocus", "--sync", self.window)
            # The keyboard of another window that has just closed goes back by itself, and a moment later.
            time.sleep(0.3)
            return self._xdotool("getwindowfocus") == self.window

        self.soon(in_front)

    def fit(self):
        """As large as the display."""
        size = self._xdotool("getdisplaygeometry").split()
        self._xdotool("windowmove", self.window, "0", "0", "windowsize", "--sync", self.window, *size)
        time.sleep(0.5)

    # -- what is told

    def _pids(self):
        """The process and those that it started: Casebook itself may run under strace."""
        found, wanted = set(), [self.process.pid]
        while wanted:
            pid = wanted.pop()
            found.add(pid)
            try:
                wanted += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except OSError:  # gone since
                continue
        return found

    def _find_application(self):
        desktop, pids = Atspi.get_desktop(0), self._pids()
        for at in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(at)
            if child is None or child.get_process_id() not in pids:
                continue
            if child.get_name().startswith("casebook") and child.get_child_count():
                return child
        return None

    def _find_window(self):
        for pid in self._pids():
            found = self._xdotool("search", "--all", "--onlyvisible", "--pid", str(pid), "--name", "^Casebook$")
            if found:
                return found.split()[0]
        return None

    def nodes(self):
        stack = [self.root]
        while stack:
            node = stack.pop()
            try:
                children = [node.get_child_at_index(at) for at in range(node.get_child_count())]
                yield node
            except Exception:  # gone since: the page has changed
                continue
            stack.extend(child for child in reversed(children) if child is not None)

    def names(self, role=None):
        found = []
        for node in self.nodes():
            try:
                if role is None or node.get_role_name() == role:
                    name = node.get_name()
                    if name:
                        found.append(name)
            except Exception:
                continue
        return found

    def says(self, words):
        for node in self.nodes():
            try:
                if words in (node.get_name() or "") or words in (node.get_description() or ""):
                    return True
            except Exception:
                continue
        return False

    def texts(self):
        """Every word on the page: names, and the text of what has no name."""
        found = []
        for node in self.nodes():
            try:
                found.append(node.get_name() or "")
                found.append(Atspi.Text.get_text(node, 0, -1) or "")
            except Exception:
                continue
        return found

    def focused(self):
        for node in self.nodes():
            try:
                if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return node.get_role_name(), node.get_name() or ""
            except Exception:
                continue
        return "", ""

    def _place(self):
        """Where the focus is, told apart from another control of the same name."""
        for node in self.nodes():
            try:
                if node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    return node.get_role_name(), node.get_name() or "", hash(node)
            except Exception:
                continue
        return None

    def wait_for(self, words):
        self.wait_until(lambda: self.says(words), f"“{words}” on the page")

    # -- what is done: keys, and nothing else

    def _note(self, what, value):
        if Window.record:
            print(json.dumps([what, value]), file=Window.record, flush=True)

    def key(self, *keys):
        self._note("key", keys)
        self._xdotool("key", "--delay", "40", *keys)
        time.sleep(0.12)

    def step(self, key):
        """One key that moves the focus, and waits until it has moved."""
        before = self._place()
        self.key(key)
        self.soon(lambda: self._place() not in (before, None))

    @staticmethod
    def soon(what):
        """Waits for what a key brings about. Whether it came."""
        until = time.monotonic() + KEY_PATIENCE
        while not (found := what()) and time.monotonic() < until:
            time.sleep(0.05)
        return found

    def type(self, text):
        self._note("type", text)
        # A character that is on no key needs the keyboard changed for it first.
        self._xdotool("type", "--delay", "12" if text.isascii() else "150", "--", text)
        time.sleep(0.2)

    def tab_to(self, name, role=None, contains=False, first=False):
        """Presses Tab until the focus stands on what is called so."""
        seen = []
        for _ in range(140):
            here = self.focused()
            named = here[1] == name or here[1].startswith(name + ",") or (first and here[1].startswith(name))
            if (named or (contains and name in here[1])) and (role is None or here[0] == role):
                return
            seen.append(here)
            self.step("Tab")
        self.fail(f"Tab does not reach “{name}”; it went over {seen[-50:]}")

    def press(self, name, role=None, **how):
        self.tab_to(name, role, **how)
        self.key("Return")
        time.sleep(0.25)

    def fill(self, name, text):
        """Types into a field; once more where a busy machine lost a key, which is said."""
        for again in (False, True):
            self.tab_to(name)
            self.key("ctrl+a")
            self.type(text)
            if self.soon(lambda: self.holds(text)):
                return
            print(f"“{name}” does not hold what was typed{', again' if again else ''}")

    def holds(self, text):
        """Whether the field with the focus holds this text. A passphrase is told to nobody."""
        for node in self.nodes():
            try:
                if not node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    continue
                if node.get_role() == Atspi.Role.PASSWORD_TEXT:
                    return True
                return (Atspi.Text.get_text(node, 0, -1) or "").strip() == text.strip()
            except Exception:
                continue
        return False

    def group(self, name, begins=False):
        """The choices of a group, in their order, and whether each is on."""
        for node in self.nodes():
            called = node.get_name() or ""
            if node.get_role_name() in GROUPS and (called == name or (begins and called.startswith(name))):
                stack, found = [node], []
                while stack:
                    inner = stack.pop(0)
                    if inner.get_role_name() in CHOICES:
                        found.append((inner.get_name(), self.is_on(inner)))
                    else:
                        children = [inner.get_child_at_index(at) for at in range(inner.get_child_count())]
                        stack = [child for child in children if child is not None] + stack
                if found:
                    return found
        return []

    @staticmethod
    def is_on(node):
        states = node.get_state_set()
        return states.contains(Atspi.StateType.CHECKED) or states.contains(Atspi.StateType.SELECTED)

    def chosen(self, name, begins=False):
        """Which of a group's choices is on: its place, or None."""
        return next((at for at, (_, on) in enumerate(self.group(name, begins)) if on), None)

    def choose_in(self, name, wanted, begins=False):
        """Goes to a group of choices and moves with the arrow keys until the one that is wanted is on."""
        choices = self.wait_until(lambda: self.group(name, begins), f"the choices of “{name}”")
        match = [at for at, (called, _) in enumerate(choices) if called == wanted or called.startswith(wanted + ".")]
        if not match:
            self.fail(f"“{name}” does not offer “{wanted}” but {[called for called, _ in choices]}")
        for _ in range(140):
            if self._inside(name, begins):
                break
            self.step("Tab")
        else:
            self.fail(f"Tab does not reach the choices of “{name}”")
        for _ in range(2 * len(choices) + 4):
            at = self.chosen(name, begins)
            if at == match[0]:
                return
            self.key("Home" if at is None else "Down" if at < match[0] else "Up")
            self.soon(lambda: self.chosen(name, begins) != at)
        self.fail(f"the arrow keys do not bring “{wanted}” of “{name}” on")

    def _inside(self, name, begins):
        """Whether the focus is on a group of this name or on one of its choices."""
        for node in self.nodes():
            try:
                if not node.get_state_set().contains(Atspi.StateType.FOCUSED):
                    continue
                while node is not None:
                    called = node.get_name() or ""
                    if node.get_role_name() in GROUPS and (called == name or (begins and called.startswith(name))):
                        return True
                    node = node.get_parent()
            except Exception:
                continue
        return False

    def tick(self, name):
        """Turns a check box."""
        self.tab_to(name)
        before = self.is_ticked(name)
        self.key("space")
        self.soon(lambda: self.is_ticked(name) != before)

    def is_ticked(self, name):
        for node in self.nodes():
            try:
                if node.get_role() == Atspi.Role.CHECK_BOX and (node.get_name() or "") == name:
                    return self.is_on(node)
            except Exception:
                continue
        return None

    def write_on(self, name, words):
        """Goes on in a field of several lines, on a new line at its end."""
        self.tab_to(name)
        self.key("ctrl+End")
        self.key("Return", "Return")
        self.type(words)

    def write_over(self, name, words):
        """Types over what is selected in a field."""
        self.tab_to(name)
        self.type(words)

    def confirm(self, name):
        """Enter in a field."""
        self.tab_to(name)
        self.key("Return")

    def to_tab(self, here, wanted):
        """Moves along the tabs with the arrow keys."""
        self.tab_to(here, "page tab")
        order = self.names("page tab")
        for _ in range(2 * len(order)):
            at = self.focused()[1]
            if at == wanted:
                return
            if wanted in order and at in order:
                self.step("Right" if order.index(at) < order.index(wanted) else "Left")
        self.fail(f"the arrow keys do not reach the tab “{wanted}”")

    pressed = "by keyboard only"

    def scroll(self, notches):
        """Turns the wheel down over the middle of the page."""
        size = self._xdotool("getdisplaygeometry").split()
        middle = [str(int(side) * 5 // 8) for side in size]
        self._xdotool("mousemove", *middle, "click", "--repeat", str(notches), "--delay", "20", "5")

    def shot(self, name):
        self._note("shot", name)
        Window.count += 1
        path = os.path.join(self.shots, f"{Window.count:02d}-{name}.png")
        time.sleep(0.3)
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    # -- the rest

    def fail(self, why):
        self.shot("failed")
        headings = self.names("heading")
        self.close()
        raise SystemExit(f"FAILED: {why}\nheadings: {headings}")

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _xdotool(self, *arguments):
        done = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def wait_until(self, what, called):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = what()
            if found:
                return found
            if self.process.poll() is not None:
                raise SystemExit(f"FAILED: Casebook ended with status {self.process.returncode} before {called}")
            time.sleep(0.15)
        if hasattr(self, "root"):
            self.fail(f"no {called} after {PATIENCE:.0f} s")
        self.process.kill()
        raise SystemExit(f"FAILED: no {called} after {PATIENCE:.0f} s")


class Assisted(Window):
    """The same window through assistive technology alone: nothing is typed and nothing is clicked. What a screen reader,
    a switch or dictation does is asked of the controls that are found by role and name."""

    pressed = "through AT-SPI only"

    ROLES = ("button", "push button", "link", "page tab", "check box", "toggle button")

    def come_forward(self):
        """Assistive technology needs no keyboard, and so no window in front."""

    def key(self, *keys):
        raise AssertionError("no keys here")

    def type(self, text):
        raise AssertionError("no keys here")

    def find(self, name, roles, role=None, first=False):
        for node in self.nodes():
            try:
                called = node.get_name() or ""
                if not (called == name or called.startswith(name + ",") or (first and called.startswith(name))):
                    continue
                what, states = node.get_role_name(), node.get_state_set()
                if (what == role if role else what in roles) and states.contains(Atspi.StateType.SENSITIVE):
                    return node
            except Exception:  # gone since
                continue
        return None

    def act(self, node):
        if not Atspi.Action.do_action(node, 0):
            self.fail(f"“{node.get_name()}” does nothing when it is asked to")
        time.sleep(0.3)

    def press(self, name, role=None, first=False):
        node = self.wait_until(lambda: self.find(name, self.ROLES, role, first), f"“{name}” to press")
        self.act(node)

    def tick(self, name):
        before = self.is_ticked(name)
        self.act(self.wait_until(lambda: self.find(name, ("check box",)), f"check box “{name}”"))
        self.soon(lambda: self.is_ticked(name) != before)

    FIELDS = ("text", "entry", "password text", "date editor", "editbox")

    def field(self, name):
        return self.wait_until(lambda: self.find(name, self.FIELDS), f"field “{name}”")

    def fill(self, name, text):
        if not Atspi.EditableText.set_text_contents(self.field(name), text):
            self.fail(f"“{name}” takes no text")
        if self.field(name).get_role() != Atspi.Role.PASSWORD_TEXT:
            held = lambda: self.text_of(name).strip() == text.strip()  # noqa: E731
            self.wait_until(held, f"“{name}” with what was put into it")
        else:
            time.sleep(0.3)

    def text_of(self, name):
        return Atspi.Text.get_text(self.field(name), 0, -1) or ""

    def write_on(self, name, words):
        self.fill(name, self.text_of(name).rstrip() + "\n\n" + words)

    def write_over(self, name, words):
        """What is selected is told, and so the text without it can be put in."""
        text = self.text_of(name)
        selected = Atspi.Text.get_selection(self.field(name), 0)
        if selected.start_offset == selected.end_offset:
            self.fail(f"nothing is selected in “{name}”")
        self.fill(name, text[: selected.start_offset] + words + text[selected.end_offset :])

    def confirm(self, name):
        self.press("Open")

    def choose_in(self, name, wanted, begins=False):
        def option():
            for node in self.nodes():
                called = node.get_name() or ""
                if node.get_role_name() not in GROUPS or not (called == name or (begins and called.startswith(name))):
                    continue
                stack = [node]
                while stack:
                    inner = stack.pop(0)
                    called = inner.get_name() or ""
                    if inner.get_role_name() in CHOICES and (called == wanted or called.startswith(wanted + ".")):
                        return inner
                    children = [inner.get_child_at_index(at) for at in range(inner.get_child_count())]
                    stack = [child for child in children if child is not None] + stack
            return None

        self.act(self.wait_until(option, f"“{wanted}” in “{name}”"))

        def is_on():
            choices = self.group(name, begins)
            return any(on for called, on in choices if called == wanted or called.startswith(wanted + "."))

        self.wait_until(is_on, f"“{wanted}” of “{name}” turned on")

    def to_tab(self, here, wanted):
        self.press(wanted, "page tab")
