-- 0003, release 0.2: everything of a case is searched, and any word finds as fast as any other.
--
-- Why: the words of a case were those of its disclosure, its people, occasions and evidence; what a family answered, what
-- was done and how the case was closed was not found. And the beginnings of words had an index from two letters to four:
-- for one letter, the first that anybody types, and for a longer word that every case has, SQLite gathered every place of
-- it before it gave the first. So there is an index of each beginning from one letter to sixteen, a line of the list has
-- all that is shown in it, and the list is read off its index. Lines and words are made once more, from the records, when
-- the list is next looked at: all of it is derived; what counts is the journal.

CREATE TABLE words_meanwhile (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
INSERT INTO words_meanwhile SELECT rowid, text FROM case_words;
DROP TABLE case_words;
CREATE VIRTUAL TABLE case_words USING fts5 (
  text, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16'
);
INSERT INTO case_words (case_words, rank) VALUES ('secure-delete', 1);
INSERT INTO case_words (rowid, text) SELECT number, text FROM words_meanwhile ORDER BY number;
DROP TABLE words_meanwhile;

-- What lines are chosen by includes everybody in the case from now on (`person`): a name that is put right is put right in
-- the words of each case that they are in.
DROP INDEX case_line_target;
DROP INDEX case_line_order;
DELETE FROM case_mark;
DELETE FROM case_line;
ALTER TABLE case_line ADD COLUMN case_id TEXT NOT NULL DEFAULT '';
CREATE INDEX case_line_list
  ON case_line (open, reference, case_id, target, child, disclosed_on, duty, next_due);
UPDATE case_lines_seen SET seq = 0;
