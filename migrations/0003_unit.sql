-- SPDX-License-Identifier: Apache-2.0
--
-- A product is approved with the dialect that its units are read by, not with
-- the name of one: a dialect is named by the hash of its text, as a layout is.

-- Texts by which modules are read, and under the name 'auto' lists of them: a
-- line of hash, two blanks and name for each.
CREATE TABLE dialects (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  name TEXT NOT NULL CHECK (name <> ''),
  text BLOB NOT NULL,
  n    INTEGER NOT NULL UNIQUE, -- in the order of coming
  leaf INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER dialects_fixed BEFORE UPDATE ON dialects
  BEGIN SELECT RAISE(ABORT, 'a dialect is never changed: a new text is a new dialect'); END;
CREATE TRIGGER dialects_kept BEFORE DELETE ON dialects
  BEGIN SELECT RAISE(ABORT, 'a dialect is never deleted'); END;

-- '' in versions from before: they mean the dialect of that name which came
-- along with the program. No new version does.
ALTER TABLE products ADD COLUMN dialect_hash TEXT NOT NULL DEFAULT '';
CREATE TRIGGER products_read BEFORE INSERT ON products
  WHEN NOT EXISTS (SELECT 1 FROM dialects WHERE hash = NEW.dialect_hash)
  BEGIN SELECT RAISE(ABORT, 'a product names the hash of its dialect'); END;

-- Serials that differ in capitals only are one: the fold of a serial (its case
-- folding in NFKC) is unique. It is '' in units from before, of which there may
-- be such pairs; a new unit is held against those too, by their ASCII letters.
ALTER TABLE units ADD COLUMN folded TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX units_by_fold ON units (folded) WHERE folded <> '';
CREATE INDEX units_unfolded ON units (lower(serial)) WHERE folded = '';
CREATE INDEX units_unfolded_beyond ON units (serial) WHERE folded = '' AND serial GLOB '*[^ -~]*';
CREATE TRIGGER units_apart BEFORE INSERT ON units
  WHEN NEW.folded = '' OR EXISTS (SELECT 1 FROM units WHERE folded = '' AND lower(serial) = NEW.folded)
  BEGIN SELECT RAISE(ABORT, 'the serial differs from another in capitals only'); END;
CREATE TRIGGER units_fold_same BEFORE UPDATE ON units
  WHEN OLD.folded <> NEW.folded
  BEGIN SELECT RAISE(ABORT, 'a unit keeps its serial'); END;

-- An EID is that of one chip, so no two live bindings have it; records from
-- before may.
CREATE TRIGGER bindings_one_chip BEFORE INSERT ON bindings
  WHEN NEW.eid <> '' AND EXISTS (SELECT 1 FROM bindings WHERE eid = NEW.eid AND superseded = 0)
  BEGIN SELECT RAISE(ABORT, 'the EID is in use'); END;
