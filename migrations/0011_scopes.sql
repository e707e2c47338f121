-- SPDX-License-Identifier: Apache-2.0
--
-- What units are counted by in the scope of an incident, packed so that ten million
-- are read in a moment. Nothing of it is evidence: it follows from the rows, and no
-- leaf speaks of it (docs/record-format.md, The columns of scopes).

-- The values of a column that are texts, each under a number from 1.
CREATE TABLE scope_values (
  field INTEGER NOT NULL,
  code  INTEGER NOT NULL CHECK (code > 0),
  value TEXT NOT NULL,
  PRIMARY KEY (field, code),
  UNIQUE (field, value)
) STRICT, WITHOUT ROWID;

-- A column of 4096 units: id is that of the column times 2^32, and which 4096.
CREATE TABLE scope_chunks (
  id     INTEGER PRIMARY KEY,
  low    INTEGER NOT NULL, -- the least and the greatest number in it
  high   INTEGER NOT NULL CHECK (high >= low),
  packed BLOB NOT NULL     -- what each is above the least
) STRICT;

-- Up to which unit the columns are filled, and which leaves they have followed.
CREATE TABLE scope_reach (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  unit INTEGER NOT NULL CHECK (unit >= 0),
  seen INTEGER NOT NULL CHECK (seen >= 0)
) STRICT;
INSERT INTO scope_reach SELECT 1, 0, coalesce(max(number), 0) FROM leaves;
