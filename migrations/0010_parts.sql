-- SPDX-License-Identifier: Apache-2.0
--
-- What the record is searched by, beside the indexes of whole values. Nothing of it
-- is evidence: it follows from the rows, and no leaf speaks of it.

-- Four characters of a value that follow each other, under the number of the row
-- that has them (docs/record-format.md, The index of parts).
CREATE VIRTUAL TABLE parts USING fts5 (grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
CREATE VIRTUAL TABLE part_entries USING fts5vocab (parts, instance);

-- Up to which row of its table each source is in it; the few after that are read
-- one by one.
CREATE TABLE parts_reach (
  source TEXT PRIMARY KEY,
  upto   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO parts_reach VALUES ('bindings', 0), ('subscriptions', 0), ('leaves', 0), ('prints', 0);
