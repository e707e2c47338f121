-- SPDX-License-Identifier: Apache-2.0
--
-- What incidents are about: units from before this record, flags, and which SIM
-- was in which unit when.

-- When a binding was given up; '' while it is live, and in rows of before, where
-- it is the time of the row's leaf.
ALTER TABLE bindings ADD COLUMN ended TEXT NOT NULL DEFAULT ''
  CHECK (ended = '' OR ended GLOB '????-??-??T??:??:??.???Z');
DROP TRIGGER bindings_once;
CREATE TRIGGER bindings_once BEFORE UPDATE ON bindings
  WHEN OLD.superseded <> 0
    OR (NEW.superseded = 0) IS NOT (NEW.ended = '')
    OR (OLD.id, OLD.serial, OLD.imei, OLD.imei2, OLD.iccid, OLD.imsi, OLD.eid, OLD.allocation, OLD.maker, OLD.model,
        OLD.firmware, OLD.at, OLD.person)
    IS NOT (NEW.id, NEW.serial, NEW.imei, NEW.imei2, NEW.iccid, NEW.imsi, NEW.eid, NEW.allocation, NEW.maker, NEW.model,
        NEW.firmware, NEW.at, NEW.person)
  BEGIN SELECT RAISE(ABORT, 'a binding is superseded, never changed'); END;
CREATE TRIGGER bindings_begin_live BEFORE INSERT ON bindings
  WHEN NEW.ended <> ''
  BEGIN SELECT RAISE(ABORT, 'a binding is live when it is made'); END;

-- Lists of units that were made before this record, by other systems. What a
-- list says counts for nothing before it was accepted.
CREATE TABLE history_files (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('units', 'given-up')),
  goes_with   INTEGER REFERENCES history_files,    -- the list of units, of one of given-up bindings
  source      TEXT NOT NULL CHECK (source <> ''),  -- the system that it comes from
  name        TEXT NOT NULL,                       -- of the file, without the folder
  hash        TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of the file
  bytes       INTEGER NOT NULL CHECK (bytes >= 0),
  mapping     TEXT NOT NULL CHECK (json_valid(mapping)), -- which column is what
  rows        INTEGER CHECK (rows >= 0),           -- NULL until all of them are here
  state       TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn')),
  reason      TEXT NOT NULL,                       -- why it was withdrawn
  person      TEXT NOT NULL,                       -- who brought it in
  at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  sample      TEXT NOT NULL CHECK (json_valid(sample)), -- the rows that were compared
  compared_by TEXT NOT NULL,                       -- '' until a second person has compared them
  compared_at TEXT CHECK (compared_at GLOB '????-??-??T??:??:??.???Z'),
  signature   INTEGER REFERENCES signatures,       -- that accepted it
  leaf        INTEGER NOT NULL,
  CHECK ((kind = 'units') = (goes_with IS NULL)),
  CHECK ((compared_by = '') = (compared_at IS NULL)),
  CHECK (state <> 'accepted' OR signature IS NOT NULL AND rows IS NOT NULL AND compared_by <> '' AND compared_by <> person),
  CHECK (state <> 'withdrawn' OR reason <> '')
) STRICT;
CREATE UNIQUE INDEX history_files_once ON history_files (hash) WHERE state <> 'withdrawn';
CREATE INDEX history_files_with ON history_files (goes_with) WHERE goes_with IS NOT NULL;
CREATE TRIGGER history_files_go_on BEFORE UPDATE ON history_files
  WHEN OLD.state <> 'open'
    OR OLD.rows IS NOT NULL AND NEW.rows IS NOT OLD.rows
    OR OLD.compared_by <> '' AND (OLD.sample, OLD.compared_by, OLD.compared_at) IS NOT (NEW.sample, NEW.compared_by, NEW.compared_at)
    OR (OLD.id, OLD.kind, OLD.goes_with, OLD.source, OLD.name, OLD.hash, OLD.bytes, OLD.mapping, OLD.person, OLD.at)
    IS NOT (NEW.id, NEW.kind, NEW.goes_with, NEW.source, NEW.name, NEW.hash, NEW.bytes, NEW.mapping, NEW.person, NEW.at)
  BEGIN SELECT RAISE(ABORT, 'a list is accepted or withdrawn, once'); END;
CREATE TRIGGER history_files_kept BEFORE DELETE ON history_files
  BEGIN SELECT RAISE(ABORT, 'a list is never deleted'); END;

-- The file itself, as evidence: parts of it, each packed by itself.
CREATE TABLE history_parts (
  file    INTEGER NOT NULL REFERENCES history_files,
  n       INTEGER NOT NULL CHECK (n > 0),
  content BLOB NOT NULL, -- gzip
  leaf    INTEGER NOT NULL,
  PRIMARY KEY (file, n)
) STRICT;
CREATE TRIGGER history_parts_fixed BEFORE UPDATE ON history_parts
  BEGIN SELECT RAISE(ABORT, 'a file is never changed'); END;
CREATE TRIGGER history_parts_kept BEFORE DELETE ON history_parts
  BEGIN SELECT RAISE(ABORT, 'a file is never deleted'); END;

-- Units as a list has them, under the row that they stand in. Nothing here was
-- observed by a station of this record: lot, order, station and operator are
-- texts of the other system.
CREATE TABLE imported_units (
  file        INTEGER NOT NULL REFERENCES history_files,
  n           INTEGER NOT NULL CHECK (n > 0), -- row, as a spreadsheet numbers it
  serial      TEXT NOT NULL CHECK (serial <> ''),
  folded      TEXT NOT NULL CHECK (folded <> ''),
  ref         TEXT NOT NULL,
  lot         TEXT NOT NULL,
  work_order  TEXT NOT NULL,
  station     TEXT NOT NULL,
  operator    TEXT NOT NULL,
  was         TEXT NOT NULL, -- disposition in the other system
  dated       TEXT NOT NULL, -- when it was bound, as it came
  made        TEXT NOT NULL CHECK (made = '' OR made GLOB '????-??-??T??:??:??.???Z'), -- the same, where it says a moment
  disposition TEXT NOT NULL CHECK (disposition = 'imported' OR disposition = 'quarantined' OR disposition = 'scrapped'
    OR disposition = 'superseded' OR disposition = 'left-out'),
  reason      TEXT NOT NULL, -- of the last change of it, who made it, who agreed, and when
  person      TEXT NOT NULL,
  approver    TEXT NOT NULL,
  changed     TEXT CHECK (changed GLOB '????-??-??T??:??:??.???Z'),
  leaf        INTEGER NOT NULL,
  PRIMARY KEY (file, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_units_by_fold ON imported_units (folded);
CREATE INDEX imported_units_by_serial ON imported_units (serial);
CREATE INDEX imported_units_by_lot ON imported_units (lot) WHERE lot <> '';
CREATE INDEX imported_units_by_order ON imported_units (work_order) WHERE work_order <> '';
CREATE TRIGGER imported_units_of_open BEFORE INSERT ON imported_units
  WHEN NOT EXISTS (SELECT 1 FROM history_files WHERE id = NEW.file AND state = 'open' AND rows IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a list that is whole takes no more rows'); END;
CREATE TRIGGER imported_units_moves BEFORE UPDATE ON imported_units
  WHEN (OLD.disposition, NEW.disposition) NOT IN (VALUES ('imported', 'quarantined'), ('imported', 'scrapped'), ('imported', 'superseded'),
      ('imported', 'left-out'), ('quarantined', 'imported'), ('quarantined', 'scrapped'), ('quarantined', 'superseded'))
    OR NEW.reason = '' OR NEW.person = '' OR NEW.changed IS NULL
    OR (OLD.file, OLD.n, OLD.serial, OLD.folded, OLD.ref, OLD.lot, OLD.work_order, OLD.station, OLD.operator, OLD.was, OLD.dated, OLD.made)
    IS NOT (NEW.file, NEW.n, NEW.serial, NEW.folded, NEW.ref, NEW.lot, NEW.work_order, NEW.station, NEW.operator, NEW.was, NEW.dated, NEW.made)
  BEGIN SELECT RAISE(ABORT, 'what a list says of a unit is never changed'); END;
CREATE TRIGGER imported_units_kept BEFORE DELETE ON imported_units
  BEGIN SELECT RAISE(ABORT, 'an imported unit is never deleted'); END;

-- Identities tied to a serial by another system: bindings of another origin.
CREATE TABLE imported_bindings (
  file     INTEGER NOT NULL REFERENCES history_files,
  n        INTEGER NOT NULL CHECK (n > 0),
  serial   TEXT NOT NULL CHECK (serial <> ''),
  state    TEXT NOT NULL CHECK (state = 'live' OR state = 'ended' OR state = 'left-out'),
  imei     TEXT NOT NULL CHECK (imei = '' OR length(imei) = 15 AND imei NOT GLOB '*[^0-9]*'),
  imei2    TEXT NOT NULL CHECK (imei2 = '' OR length(imei2) = 15 AND imei2 NOT GLOB '*[^0-9]*'),
  iccid    TEXT NOT NULL CHECK (iccid = '' OR length(iccid) IN (18, 19, 20) AND iccid NOT GLOB '*[^0-9A-F]*'),
  imsi     TEXT NOT NULL CHECK (imsi = '' OR length(imsi) BETWEEN 6 AND 15 AND imsi NOT GLOB '*[^0-9]*'),
  eid      TEXT NOT NULL CHECK (eid = '' OR length(eid) = 32 AND eid NOT GLOB '*[^0-9]*'),
  maker    TEXT NOT NULL,
  model    TEXT NOT NULL,
  firmware TEXT NOT NULL,
  since    TEXT NOT NULL CHECK (since = '' OR since GLOB '????-??-??T??:??:??.???Z'), -- '' where no moment is known
  ended    TEXT NOT NULL CHECK (ended = '' OR ended GLOB '????-??-??T??:??:??.???Z'),
  dated    TEXT NOT NULL, -- both as they came
  undated  TEXT NOT NULL,
  person   TEXT NOT NULL, -- who gave it up, and why, as it came
  reason   TEXT NOT NULL,
  leaf     INTEGER NOT NULL,
  PRIMARY KEY (file, n),
  CHECK (imei <> imei2 OR imei = ''),
  CHECK (state <> 'live' OR ended = '' AND undated = '')
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_bindings_by_serial ON imported_bindings (serial);
CREATE INDEX imported_bindings_by_imei  ON imported_bindings (imei)  WHERE imei <> '';
CREATE INDEX imported_bindings_by_imei2 ON imported_bindings (imei2) WHERE imei2 <> '';
CREATE INDEX imported_bindings_by_iccid ON imported_bindings (iccid) WHERE iccid <> '';
CREATE INDEX imported_bindings_by_imsi  ON imported_bindings (imsi)  WHERE imsi <> '';
CREATE INDEX imported_bindings_by_eid   ON imported_bindings (eid)   WHERE eid <> '';
CREATE TRIGGER imported_bindings_of_open BEFORE INSERT ON imported_bindings
  WHEN NOT EXISTS (SELECT 1 FROM history_files WHERE id = NEW.file AND state = 'open' AND rows IS NULL)
  BEGIN SELECT RAISE(ABORT, 'a list that is whole takes no more rows'); END;
CREATE TRIGGER imported_bindings_once BEFORE UPDATE ON imported_bindings
  WHEN OLD.state = 'left-out' OR OLD.state = 'ended' AND NEW.state <> 'left-out' OR NEW.state = 'live'
    OR NEW.state = 'left-out' AND OLD.ended <> NEW.ended
    OR (OLD.file, OLD.n, OLD.serial, OLD.imei, OLD.imei2, OLD.iccid, OLD.imsi, OLD.eid, OLD.maker, OLD.model, OLD.firmware, OLD.since,
        OLD.dated, OLD.undated, OLD.person, OLD.reason)
    IS NOT (NEW.file, NEW.n, NEW.serial, NEW.imei, NEW.imei2, NEW.iccid, NEW.imsi, NEW.eid, NEW.maker, NEW.model, NEW.firmware, NEW.since,
        NEW.dated, NEW.undated, NEW.person, NEW.reason)
  BEGIN SELECT RAISE(ABORT, 'a binding is ended, never changed'); END;
CREATE TRIGGER imported_bindings_kept BEFORE DELETE ON imported_bindings
  BEGIN SELECT RAISE(ABORT, 'an imported binding is never deleted'); END;

-- What counts of the lists.
CREATE VIEW accepted_units AS
  SELECT u.*, f.source, f.name AS file_name, f.hash AS file_hash FROM imported_units u JOIN history_files f ON f.id = u.file
  WHERE f.state = 'accepted' AND u.disposition <> 'left-out';
CREATE VIEW accepted_bindings AS
  SELECT b.*, f.source, f.name AS file_name, f.hash AS file_hash FROM imported_bindings b JOIN history_files f ON f.id = b.file
  WHERE f.state = 'accepted' AND b.state <> 'left-out';

-- Which SIM a unit has had in the field, as others say. Since then it has no
-- more the one that it was bound with.
CREATE TABLE subscriptions (
  id        INTEGER PRIMARY KEY,
  serial    TEXT NOT NULL CHECK (serial <> ''),
  iccid     TEXT NOT NULL CHECK (length(iccid) IN (18, 19, 20) AND iccid NOT GLOB '*[^0-9A-F]*'),
  imsi      TEXT NOT NULL CHECK (imsi = '' OR length(imsi) BETWEEN 6 AND 15 AND imsi NOT GLOB '*[^0-9]*'),
  eid       TEXT NOT NULL CHECK (eid = '' OR length(eid) = 32 AND eid NOT GLOB '*[^0-9]*'),
  since     TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??.???Z'),
  ended     TEXT NOT NULL CHECK (ended = '' OR ended GLOB '????-??-??T??:??:??.???Z' AND ended > since),
  said_by   TEXT NOT NULL, -- who changed it, as it came
  reason    TEXT NOT NULL,
  source    TEXT NOT NULL, -- system that it comes from
  file      TEXT NOT NULL, -- name of the list, its SHA-256, and the row
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  n         INTEGER NOT NULL,
  person    TEXT NOT NULL, -- who brought it in
  at        TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf      INTEGER NOT NULL
) STRICT;
CREATE INDEX subscriptions_by_serial ON subscriptions (serial);
CREATE INDEX subscriptions_by_iccid ON subscriptions (iccid);
CREATE INDEX subscriptions_by_imsi ON subscriptions (imsi) WHERE imsi <> '';
CREATE INDEX subscriptions_by_eid ON subscriptions (eid) WHERE eid <> '';
CREATE UNIQUE INDEX subscriptions_one_unit ON subscriptions (iccid) WHERE ended = '';
CREATE UNIQUE INDEX subscriptions_one_sim ON subscriptions (serial) WHERE ended = '';
CREATE TRIGGER subscriptions_once BEFORE UPDATE ON subscriptions
  WHEN OLD.ended <> '' OR NEW.ended = ''
    OR (OLD.id, OLD.serial, OLD.iccid, OLD.imsi, OLD.eid, OLD.since, OLD.said_by, OLD.reason, OLD.source, OLD.file, OLD.file_hash, OLD.n,
        OLD.person, OLD.at)
    IS NOT (NEW.id, NEW.serial, NEW.iccid, NEW.imsi, NEW.eid, NEW.since, NEW.said_by, NEW.reason, NEW.source, NEW.file, NEW.file_hash, NEW.n,
        NEW.person, NEW.at)
  BEGIN SELECT RAISE(ABORT, 'a subscription ends once and is never changed'); END;
CREATE TRIGGER subscriptions_kept BEFORE DELETE ON subscriptions
  BEGIN SELECT RAISE(ABORT, 'a subscription is never deleted'); END;

-- What no bind may take: an identity that another unit has by an accepted list
-- or a subscription, and the serial of an accepted unit that was not superseded.
CREATE TRIGGER bindings_apart_accepted BEFORE INSERT ON bindings
  WHEN EXISTS (SELECT 1 FROM accepted_bindings i WHERE i.imei IN (NEW.imei, NEW.imei2) AND i.imei <> '' AND i.state = 'live' AND i.serial <> NEW.serial)
    OR EXISTS (SELECT 1 FROM accepted_bindings i WHERE i.imei2 IN (NEW.imei, NEW.imei2) AND i.imei2 <> '' AND i.state = 'live' AND i.serial <> NEW.serial)
    OR EXISTS (SELECT 1 FROM accepted_bindings i WHERE i.iccid = NEW.iccid AND i.iccid <> '' AND i.state = 'live' AND i.serial <> NEW.serial)
    OR EXISTS (SELECT 1 FROM accepted_bindings i WHERE i.eid = NEW.eid AND i.eid <> '' AND i.state = 'live' AND i.serial <> NEW.serial)
    OR EXISTS (SELECT 1 FROM subscriptions s WHERE s.iccid = NEW.iccid AND s.ended = '' AND s.serial <> NEW.serial)
    OR EXISTS (SELECT 1 FROM subscriptions s WHERE s.eid = NEW.eid AND s.eid <> '' AND s.ended = '' AND s.serial <> NEW.serial)
  BEGIN SELECT RAISE(ABORT, 'the identity is in use by a unit of another origin'); END;
CREATE TRIGGER units_apart_accepted BEFORE INSERT ON units
  WHEN EXISTS (SELECT 1 FROM accepted_units i WHERE i.folded = NEW.folded AND i.disposition <> 'superseded')
  BEGIN SELECT RAISE(ABORT, 'the serial is that of a unit of another origin'); END;

-- Marks that stop a unit wherever it turns up.
CREATE TABLE flags (
  id         INTEGER PRIMARY KEY,
  serial     TEXT NOT NULL CHECK (serial <> ''),
  flag       TEXT NOT NULL CHECK (flag IN ('lost', 'stolen', 'investigation', 'field-action', 'returned', 'recovered')),
  since      TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??.???Z'),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  said_by    TEXT NOT NULL, -- who says so, as a list has it; '' where it was set here
  person     TEXT NOT NULL,
  at         TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  file       TEXT NOT NULL, -- name of the list that it came with, its SHA-256, and the row; '' and 0
  file_hash  TEXT NOT NULL CHECK (file_hash = '' OR length(file_hash) = 64),
  n          INTEGER NOT NULL,
  ended      TEXT CHECK (ended GLOB '????-??-??T??:??:??.???Z'),
  ended_by   TEXT NOT NULL,
  end_reason TEXT NOT NULL,
  leaf       INTEGER NOT NULL,
  CHECK (ended IS NULL OR ended_by <> '' AND end_reason <> '')
) STRICT;
CREATE INDEX flags_by_serial ON flags (serial);
CREATE UNIQUE INDEX flags_in_force ON flags (serial, flag) WHERE ended IS NULL;
CREATE INDEX flags_by_flag ON flags (flag) WHERE ended IS NULL;
CREATE TRIGGER flags_once BEFORE UPDATE ON flags
  WHEN OLD.ended IS NOT NULL OR NEW.ended IS NULL
    OR (OLD.id, OLD.serial, OLD.flag, OLD.since, OLD.reason, OLD.said_by, OLD.person, OLD.at, OLD.file, OLD.file_hash, OLD.n)
    IS NOT (NEW.id, NEW.serial, NEW.flag, NEW.since, NEW.reason, NEW.said_by, NEW.person, NEW.at, NEW.file, NEW.file_hash, NEW.n)
  BEGIN SELECT RAISE(ABORT, 'a flag ends once and is never changed'); END;
CREATE TRIGGER flags_kept BEFORE DELETE ON flags
  BEGIN SELECT RAISE(ABORT, 'a flag is never deleted'); END;
