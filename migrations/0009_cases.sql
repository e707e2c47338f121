-- SPDX-License-Identifier: Apache-2.0
--
-- Incidents that are followed up, what was handed over of their units and to
-- whom, and the names that stand for identities in tickets and logs.

CREATE TABLE cases (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL CHECK (name <> ''),
  folded       TEXT NOT NULL UNIQUE CHECK (folded <> ''), -- names that differ in capitals only are one
  reason       TEXT NOT NULL CHECK (reason <> ''),
  people       TEXT NOT NULL CHECK (json_valid(people)),  -- IDs of who follows it up
  person       TEXT NOT NULL,
  at           TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  closed       TEXT CHECK (closed GLOB '????-??-??T??:??:??.???Z'),
  closed_by    TEXT NOT NULL,
  close_reason TEXT NOT NULL,
  leaf         INTEGER NOT NULL,
  CHECK ((closed IS NULL) = (closed_by = '') AND (closed IS NULL) = (close_reason = ''))
) STRICT;
CREATE TRIGGER cases_go_on BEFORE UPDATE ON cases
  WHEN OLD.closed IS NOT NULL
    OR (OLD.id, OLD.name, OLD.folded, OLD.reason, OLD.person, OLD.at) IS NOT (NEW.id, NEW.name, NEW.folded, NEW.reason, NEW.person, NEW.at)
  BEGIN SELECT RAISE(ABORT, 'a case that is closed is never changed'); END;
CREATE TRIGGER cases_kept BEFORE DELETE ON cases
  BEGIN SELECT RAISE(ABORT, 'a case is never deleted'); END;

-- The units of a case, as they were each time that it was saved.
CREATE TABLE case_lists (
  case_id INTEGER NOT NULL REFERENCES cases,
  n       INTEGER NOT NULL CHECK (n > 0),
  scope   BLOB NOT NULL,                             -- the expression as JSON, with the items of its lists
  as_of   INTEGER NOT NULL CHECK (as_of >= 0),       -- last leaf of the record when the units were listed
  count   INTEGER NOT NULL CHECK (count >= 0),
  hash    TEXT NOT NULL CHECK (length(hash) = 64),   -- SHA-256 of the list
  units   BLOB NOT NULL,                             -- the list, gzip: a serial and a line feed for each unit, sorted by their bytes
  reason  TEXT NOT NULL CHECK (reason <> ''),
  person  TEXT NOT NULL,
  at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf    INTEGER NOT NULL,
  PRIMARY KEY (case_id, n)
) STRICT;
CREATE TRIGGER case_lists_of_open BEFORE INSERT ON case_lists
  WHEN (SELECT closed FROM cases WHERE id = NEW.case_id) IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a case that is closed is never changed'); END;
CREATE TRIGGER case_lists_fixed BEFORE UPDATE ON case_lists
  BEGIN SELECT RAISE(ABORT, 'the units of a case are never changed: they are listed again'); END;
CREATE TRIGGER case_lists_kept BEFORE DELETE ON case_lists
  BEGIN SELECT RAISE(ABORT, 'the units of a case are never deleted'); END;

-- What was handed over of the units of a scope or a case.
CREATE TABLE incident_exports (
  id        INTEGER PRIMARY KEY,
  audience  TEXT NOT NULL CHECK (audience IN ('carrier-block', 'carrier-suspend', 'support', 'field-action', 'regulator')),
  case_id   INTEGER REFERENCES cases,                -- NULL where a scope was asked for
  scope     BLOB NOT NULL,                           -- what was asked for, as in case_lists
  whole     INTEGER NOT NULL CHECK (whole IN (0, 1)), -- 1 where identities were not masked
  units     INTEGER NOT NULL CHECK (units >= 0),
  rows      INTEGER NOT NULL CHECK (rows >= 0),
  form      TEXT NOT NULL CHECK (form IN ('csv', 'xlsx', 'json')),
  hash      TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of the file
  bytes     INTEGER NOT NULL CHECK (bytes >= 0),
  recipient TEXT NOT NULL CHECK (recipient <> ''),
  reason    TEXT NOT NULL CHECK (reason <> ''),
  person    TEXT NOT NULL,
  at        TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf      INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_exports_of_case ON incident_exports (case_id) WHERE case_id IS NOT NULL;
CREATE TRIGGER incident_exports_fixed BEFORE UPDATE ON incident_exports
  BEGIN SELECT RAISE(ABORT, 'what was handed over is never changed'); END;
CREATE TRIGGER incident_exports_kept BEFORE DELETE ON incident_exports
  BEGIN SELECT RAISE(ABORT, 'what was handed over is never deleted'); END;

-- Answers to a field action, counted from a list that came back.
CREATE TABLE case_answers (
  id       INTEGER PRIMARY KEY,
  case_id  INTEGER NOT NULL REFERENCES cases,
  file     TEXT NOT NULL,                            -- its name, without the folder and with no number whole
  hash     TEXT NOT NULL CHECK (length(hash) = 64),  -- SHA-256 of the file
  units    INTEGER NOT NULL CHECK (units >= 0),      -- of the case
  answered INTEGER NOT NULL CHECK (answered BETWEEN 0 AND units),
  foreign_rows INTEGER NOT NULL CHECK (foreign_rows >= 0), -- of serials that are not in the case
  person   TEXT NOT NULL,
  at       TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf     INTEGER NOT NULL
) STRICT;
CREATE INDEX case_answers_of_case ON case_answers (case_id);
CREATE TRIGGER case_answers_fixed BEFORE UPDATE ON case_answers
  BEGIN SELECT RAISE(ABORT, 'answers that were counted are never changed'); END;
CREATE TRIGGER case_answers_kept BEFORE DELETE ON case_answers
  BEGIN SELECT RAISE(ABORT, 'answers that were counted are never deleted'); END;

-- The key by which aliases are made of identities. Leaves have its hash only.
CREATE TABLE alias_keys (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  key  BLOB NOT NULL CHECK (length(key) = 32),
  leaf INTEGER NOT NULL
) STRICT;
CREATE TRIGGER alias_keys_fixed BEFORE UPDATE ON alias_keys
  BEGIN SELECT RAISE(ABORT, 'the key of the aliases is never changed'); END;
CREATE TRIGGER alias_keys_kept BEFORE DELETE ON alias_keys
  BEGIN SELECT RAISE(ABORT, 'the key of the aliases is never deleted'); END;

-- Aliases that were given out, and whose identity each is.
CREATE TABLE aliases (
  alias  TEXT PRIMARY KEY CHECK (alias GLOB 'al-????-????-????-????'),
  kind   TEXT NOT NULL CHECK (kind IN ('imei', 'iccid', 'imsi', 'eid')),
  serial TEXT NOT NULL CHECK (serial <> ''),         -- of the unit that has or had it
  leaf   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER aliases_fixed BEFORE UPDATE ON aliases
  BEGIN SELECT RAISE(ABORT, 'an alias is never changed'); END;
CREATE TRIGGER aliases_kept BEFORE DELETE ON aliases
  BEGIN SELECT RAISE(ABORT, 'an alias is never deleted'); END;
