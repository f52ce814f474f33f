"""After a session: no planted name in clear text in the case file or the temporary folder, and no internet socket.

usage: clean.py HOME STRACE_LOG EXPORTS
"""

import pathlib
import re
import sys

from planted import NAMES

home, log, exports = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
hits = read = 0
for path in home.rglob("*"):
    if not path.is_file() or exports in path.parents:
        continue
    data = path.read_bytes()
    read += 1
    for name in NAMES:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            if name.encode(encoding) in data:
                hits += 1
                print(f"{name!r} stands in clear text in {path.relative_to(home)}")
print(f"{read} files read, {hits} planted names in clear text")

calls = log.read_text(errors="replace").splitlines()
sockets = [line for line in calls if re.search(r"\bsocket\(", line)]
internet = [line for line in sockets if "AF_INET" in line]
print(f"{len(sockets)} sockets opened, {len(internet)} of them to the internet")
for line in internet:
    print(line)
sys.exit(1 if hits or internet or read < 3 or not sockets else 0)
