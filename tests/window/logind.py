"""Stands in for the system's logind: hands out what sleep waits for, announces sleep and waking, and tells what it sees.

Each line in is `sleep` or `wake`; each line out is `waits` (somebody asked it to wait) or `may sleep` (nobody holds it up).
"""

import os
import sys
import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATH, NAME, MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1", "org.freedesktop.login1.Manager"
ABOUT = f"""<node><interface name="{MANAGER}">
<method name="Inhibit"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="h" direction="out"/></method>
<signal name="PrepareForSleep"><arg type="b"/></signal></interface></node>"""
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def say(line):
    print(line, flush=True)


def until_let_go(end):
    """Nothing is ever written: the end comes when the last holder is gone."""
    os.read(end, 1)
    os.close(end)
    say("may sleep")


def called(_bus, _sender, _path, _interface, _method, values, invocation):
    what, _who, _why, mode = values.unpack()
    if (what, mode) != ("sleep", "delay"):
        invocation.return_dbus_error("org.freedesktop.DBus.Error.InvalidArgs", f"{what} {mode}")
        return
    ours, theirs = os.pipe()
    handed_out = Gio.UnixFDList.new_from_array([theirs])
    threading.Thread(target=until_let_go, args=(ours,), daemon=True).start()
    invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (0,)), handed_out)
    say("waits")


def listen():
    for line in sys.stdin:
        about = GLib.Variant("(b)", (line.strip() == "sleep",))
        bus.emit_signal(None, PATH, MANAGER, "PrepareForSleep", about)
    loop.quit()


loop = GLib.MainLoop()
bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(ABOUT).interfaces[0], called, None, None)
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: say("ready"), None)
threading.Thread(target=listen, daemon=True).start()
loop.run()
