-- 0001, release 0.1: the first shape of a case file.
--
-- Why: a school must be able to answer, years later, "what did you know, when, and why did you do that?" So nothing is
-- ever overwritten. Every change is one row of `event`, chained to the row before it by SHA-256, and one row of `body`
-- with the text as it was then. What people see is the newest version (view `current`). The chain commits to
-- SHA-256(salt || text), not to the text, so that a later release can destroy a text whose time to be kept is over
-- while the chain still verifies.

-- Who changed what, when and why. Never changed, never deleted.
CREATE TABLE event (
  seq        INTEGER PRIMARY KEY CHECK (seq > 0),
  at         TEXT    NOT NULL,                             -- UTC, RFC 3339, by this PC's clock: a claim, not a proof
  clock_back INTEGER NOT NULL CHECK (clock_back >= 0),     -- whole seconds by which `at` lies before the event before
  actor      TEXT    NOT NULL,
  act        TEXT    NOT NULL CHECK (length(act) > 0),     -- created | put | withdrawn | attached | passphrase
  kind       TEXT    NOT NULL CHECK (length(kind) > 0),    -- the kind of record
  id         TEXT    NOT NULL CHECK (length(id) > 0),      -- which record of that kind
  case_id    TEXT             CHECK (length(case_id) > 0), -- the case it belongs to, if any
  why        TEXT    NOT NULL,
  commitment BLOB    NOT NULL CHECK (length(commitment) = 32),
  prev       BLOB    NOT NULL CHECK (length(prev) = 32),
  hash       BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX event_record ON event (kind, id, seq);
CREATE INDEX event_case   ON event (case_id, seq);

-- The text of one version, as JSON; empty where an event has none.
CREATE TABLE body (
  seq  INTEGER PRIMARY KEY REFERENCES event (seq) ON DELETE RESTRICT ON UPDATE RESTRICT,
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  text BLOB NOT NULL
) STRICT;

-- Files that belong to the record (letters as sent, evidence), under their SHA-256. Cut into parts of 1 MiB, because
-- one large value would have to be held in memory whole several times over.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  length INTEGER NOT NULL CHECK (length >= 0)
) STRICT;

CREATE TABLE blob_part (
  id     INTEGER PRIMARY KEY,
  sha256 TEXT    NOT NULL REFERENCES blob (sha256) ON DELETE RESTRICT ON UPDATE RESTRICT,
  part   INTEGER NOT NULL CHECK (part >= 0),
  bytes  BLOB    NOT NULL,
  UNIQUE (sha256, part)
) STRICT;

-- The words of each case, for finding it again; rowid is the case's id. Derived: it may be rebuilt at any time.
CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
-- Words that are replaced leave nothing behind in the index.
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- The newest version of each record, with where it was first written. A withdrawn record has no row.
CREATE VIEW current AS
  SELECT span.kind, span.id, last.case_id, span.first, span.last
  FROM (SELECT kind, id, min(seq) AS first, max(seq) AS last
        FROM event WHERE act IN ('put', 'withdrawn') GROUP BY kind, id) AS span
  JOIN event AS last ON last.seq = span.last
  WHERE last.act = 'put';

-- The first fence; the program's own connection has a second one. REPLACE deletes without saying so, and is caught
-- because `recursive_triggers` is on.
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER event_in_order BEFORE INSERT ON event
  WHEN NEW.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM event)
    OR (NEW.seq > 1 AND NEW.prev <> (SELECT hash FROM event WHERE seq = NEW.seq - 1))
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER body_no_update BEFORE UPDATE ON body
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER body_no_delete BEFORE DELETE ON body
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER blob_part_no_update BEFORE UPDATE ON blob_part
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
CREATE TRIGGER blob_part_no_delete BEFORE DELETE ON blob_part
  BEGIN SELECT RAISE (ABORT, 'the record is append-only'); END;
