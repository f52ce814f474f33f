-- 0002, release 0.2: the list of cases, and finding one in it, without reading every case.
--
-- Why: with ten thousand cases the first list took seconds, and a search had to read every case that it found. So each
-- case has a number in the order in which it came, its words lie under this number, so that the newest are found first
-- and the others are left unread, and its line in the list is kept with what lines are chosen by. All of it is derived,
-- as `search` was, and may be rebuilt at any time; what counts is the journal.

-- In the order in which cases came. A number is never given twice.
CREATE TABLE case_number (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id TEXT    NOT NULL UNIQUE CHECK (length(case_id) > 0)
) STRICT;

-- A case's line in the list, as the program words it; a case that was withdrawn has none.
CREATE TABLE case_line (
  number       INTEGER PRIMARY KEY REFERENCES case_number (number) ON DELETE RESTRICT ON UPDATE RESTRICT,
  reference    TEXT    NOT NULL,
  target       TEXT    NOT NULL,                          -- the targeted child: their line changes with their name
  child        TEXT    NOT NULL,
  disclosed_on TEXT    NOT NULL,
  open         INTEGER NOT NULL CHECK (open IN (0, 1)),
  duty         TEXT    NOT NULL,                          -- of the decision in force; empty where there is none
  next_due     TEXT
) STRICT;

CREATE INDEX case_line_order  ON case_line (open, reference);
CREATE INDEX case_line_target ON case_line (target);

-- What lines are chosen by: year | platform | clause | earlier (the case that it followed).
CREATE TABLE case_mark (
  kind   TEXT    NOT NULL,
  value  TEXT    NOT NULL,
  number INTEGER NOT NULL REFERENCES case_line (number) ON DELETE CASCADE ON UPDATE RESTRICT,
  PRIMARY KEY (kind, value, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_mark_number ON case_mark (number);

-- Up to which entry of the journal the lines go.
CREATE TABLE case_lines_seen (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL CHECK (seq >= 0)
) STRICT;
INSERT INTO case_lines_seen VALUES (1, 0);

INSERT INTO case_number (case_id)
  SELECT case_id FROM event WHERE kind = 'case' AND act = 'put' GROUP BY case_id ORDER BY min(seq);
INSERT OR IGNORE INTO case_number (case_id) SELECT printf('%016x', rowid) FROM search;

-- The words of each case; rowid is its number. The beginnings of words are what people type.
CREATE VIRTUAL TABLE case_words USING fts5 (
  text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
INSERT INTO case_words (case_words, rank) VALUES ('secure-delete', 1);
INSERT INTO case_words (rowid, text)
  SELECT n.number, s.text FROM search s JOIN case_number n ON n.case_id = printf('%016x', s.rowid);
DROP TABLE search;
