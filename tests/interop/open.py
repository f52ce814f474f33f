#!/usr/bin/env python3
"""Opens a case file's database without Casebook: the recovery words give the key, an independent SQLCipher does the rest.

usage: open.py DATABASE < WORDS        needs: pip install sqlcipher3-binary mnemonic
Prints how many records of each kind there are; exits 1 if anything in the file is not as it was written.
"""

import collections
import hashlib
import sys

from mnemonic import Mnemonic
from sqlcipher3 import dbapi2 as sqlcipher

def unsound(kind, error, trace):
    print(f"NOT SOUND, or under another key: {error}")
    sys.exit(1)


sys.excepthook = unsound
words = sys.stdin.read().split()
key = bytes(Mnemonic("english").to_entropy(words))

database = sqlcipher.connect(sys.argv[1])
database.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
database.execute("PRAGMA cipher_compatibility = 4")
version = database.execute("PRAGMA cipher_version").fetchone()[0]
damaged = database.execute("PRAGMA cipher_integrity_check").fetchall()
order = database.execute("PRAGMA integrity_check").fetchall()

# The journal's chain, by its description in schema/0001_case_file.sql and src/store/journal.rs.
with open(sys.argv[1], "rb") as file:
    previous = hashlib.sha256(b"casebook genesis v1\0" + file.read(16)).digest()
broken = 0
kinds = collections.Counter()
rows = database.execute(
    "SELECT e.seq, e.at, e.clock_back, e.actor, e.act, e.kind, e.id, ifnull(e.case_id, ''), e.why, e.commitment, e.prev,"
    " e.hash, b.salt, b.text FROM event e JOIN body b ON b.seq = e.seq ORDER BY e.seq"
)
for seq, at, back, actor, act, kind, ident, case, why, commitment, prev, sha256, salt, text in rows:
    digest = hashlib.sha256(b"casebook event v1\0")
    fields = [prev, seq.to_bytes(8, "big"), at.encode(), back.to_bytes(8, "big"), actor.encode(), act.encode()]
    fields += [kind.encode(), ident.encode(), case.encode(), why.encode(), commitment]
    for field in fields:
        digest.update(len(field).to_bytes(8, "big") + field)
    good = prev == previous and digest.digest() == sha256 and hashlib.sha256(salt + text).digest() == commitment
    broken += not good
    previous = sha256
    kinds[kind] += 1

blobs = 0
for name, length in database.execute("SELECT sha256, length FROM blob").fetchall():
    parts = database.execute("SELECT bytes FROM blob_part WHERE sha256 = ? ORDER BY part", (name,)).fetchall()
    whole = b"".join(part[0] for part in parts)
    broken += len(whole) != length or hashlib.sha256(whole).hexdigest() != name
    blobs += 1

print(f"SQLCipher {version} (SQLite {sqlcipher.sqlite_version}) opened it with the key of the 24 words")
for kind, count in sorted(kinds.items()):
    print(f"{count:6} {kind}")
print(f"{blobs:6} documents")
sound = not damaged and order == [("ok",)] and not broken and sum(kinds.values()) > 0
print("sound: pages, order, the journal's chain, texts and documents" if sound else f"NOT SOUND: {damaged} {order} {broken}")
sys.exit(0 if sound else 1)
