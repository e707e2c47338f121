-- SPDX-License-Identifier: Apache-2.0
--
-- The device history record. docs/record-format.md explains every table.
--
-- Rules that hold for all of them:
--   * leaf is the number of the audit leaf that wrote the row last. It is no
--     foreign key: the leaf comes last in its transaction, and to take it in
--     SQLite would look through every table for rows that wait for it.
--   * Times are UTC, RFC 3339 with milliseconds. Texts that are not known are
--     ''; NULL means "not yet".
--   * Nothing is ever deleted, and no row ever changes its key.
--   * Where every unit goes through a CHECK it says OR: of an IN list of more
--     than two, SQLite makes a table at each row.

CREATE TABLE leaves (
  number  INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  body    TEXT NOT NULL,
  subject TEXT NOT NULL -- as in the body
) STRICT;
CREATE INDEX leaves_by_subject ON leaves (subject);
CREATE TRIGGER leaves_gapless BEFORE INSERT ON leaves
  WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM leaves)
  BEGIN SELECT RAISE(ABORT, 'the number of a leaf must be the next'); END;
CREATE TRIGGER leaves_fixed BEFORE UPDATE ON leaves
  BEGIN SELECT RAISE(ABORT, 'a leaf is never changed'); END;
CREATE TRIGGER leaves_kept BEFORE DELETE ON leaves
  BEGIN SELECT RAISE(ABORT, 'a leaf is never deleted'); END;

-- The inner hashes of the RFC 6962 tree over the leaves, so that any leaf can
-- be proven in a moment. They follow from the leaves; no leaf speaks of them.
CREATE TABLE nodes (
  id   INTEGER PRIMARY KEY,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER nodes_fixed BEFORE UPDATE ON nodes
  BEGIN SELECT RAISE(ABORT, 'a node is never changed'); END;
CREATE TRIGGER nodes_kept BEFORE DELETE ON nodes
  BEGIN SELECT RAISE(ABORT, 'a node is never deleted'); END;

-- Public keys of the stations that signed checkpoints of this record.
CREATE TABLE station_keys (
  key     TEXT PRIMARY KEY,
  station TEXT NOT NULL,
  leaf    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER station_keys_fixed BEFORE UPDATE ON station_keys
  BEGIN SELECT RAISE(ABORT, 'a key is never changed'); END;
CREATE TRIGGER station_keys_kept BEFORE DELETE ON station_keys
  BEGIN SELECT RAISE(ABORT, 'a key is never deleted'); END;

-- Signed notes over the first so many leaves.
CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note TEXT NOT NULL,
  leaf INTEGER NOT NULL
) STRICT;
CREATE TRIGGER checkpoints_fixed BEFORE UPDATE ON checkpoints
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER checkpoints_kept BEFORE DELETE ON checkpoints
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;

CREATE TABLE people (
  id            TEXT PRIMARY KEY CHECK (id <> ''),
  name          TEXT NOT NULL,
  badge         TEXT NOT NULL UNIQUE CHECK (badge <> ''),
  role          TEXT NOT NULL CHECK (role IN ('operator', 'lead', 'quality', 'auditor', 'admin')),
  active        INTEGER NOT NULL CHECK (active IN (0, 1)),
  trained_until TEXT NOT NULL CHECK (trained_until = '' OR trained_until GLOB '????-??-??'), -- '' sets no end
  leaf          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER people_same BEFORE UPDATE ON people
  WHEN OLD.id <> NEW.id
  BEGIN SELECT RAISE(ABORT, 'the ID of a person is never reused'); END;
CREATE TRIGGER people_kept BEFORE DELETE ON people
  BEGIN SELECT RAISE(ABORT, 'a person is never deleted'); END;

CREATE TABLE layouts (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  name TEXT NOT NULL,
  text BLOB NOT NULL,
  n    INTEGER NOT NULL UNIQUE, -- in the order of coming
  leaf INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER layouts_fixed BEFORE UPDATE ON layouts
  BEGIN SELECT RAISE(ABORT, 'a layout is never changed: a new text is a new layout'); END;
CREATE TRIGGER layouts_kept BEFORE DELETE ON layouts
  BEGIN SELECT RAISE(ABORT, 'a layout is never deleted'); END;

CREATE TABLE products (
  ref            TEXT NOT NULL CHECK (ref <> ''),
  version        INTEGER NOT NULL CHECK (version > 0),
  name           TEXT NOT NULL,
  gtin           TEXT NOT NULL,
  maker          TEXT NOT NULL,
  serial_pattern TEXT NOT NULL,
  modules        TEXT NOT NULL CHECK (json_type(modules) = 'array'),
  firmware       TEXT NOT NULL CHECK (json_type(firmware) = 'array'),
  dialect        TEXT NOT NULL,
  sim            TEXT NOT NULL CHECK (sim IN ('required', 'optional', 'none')),
  imeis          INTEGER NOT NULL CHECK (imeis IN (1, 2)),
  market         TEXT NOT NULL,
  layout         TEXT NOT NULL,
  layout_hash    TEXT NOT NULL REFERENCES layouts,
  warn_free      INTEGER NOT NULL CHECK (warn_free >= 0),
  leaf           INTEGER NOT NULL,
  PRIMARY KEY (ref, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER products_fixed BEFORE UPDATE ON products
  BEGIN SELECT RAISE(ABORT, 'a product version is never changed: a change is a new version'); END;
CREATE TRIGGER products_kept BEFORE DELETE ON products
  BEGIN SELECT RAISE(ABORT, 'a product version is never deleted'); END;

CREATE TABLE allocations (
  id        INTEGER PRIMARY KEY,
  tac       TEXT NOT NULL CHECK (length(tac) = 8 AND tac NOT GLOB '*[^0-9]*'),
  snr_from  INTEGER NOT NULL CHECK (snr_from BETWEEN 0 AND 999999),
  snr_to    INTEGER NOT NULL CHECK (snr_to BETWEEN snr_from AND 999999),
  product   TEXT NOT NULL,
  owner     TEXT NOT NULL,
  cert      TEXT NOT NULL,
  cert_date TEXT NOT NULL,
  note      TEXT NOT NULL,
  station   TEXT NOT NULL,
  leaf      INTEGER NOT NULL
) STRICT;
CREATE TRIGGER allocations_apart BEFORE INSERT ON allocations
  WHEN EXISTS (SELECT 1 FROM allocations a
               WHERE a.tac = NEW.tac AND a.snr_from <= NEW.snr_to AND a.snr_to >= NEW.snr_from)
  BEGIN SELECT RAISE(ABORT, 'allocations never overlap'); END;
CREATE TRIGGER allocations_fixed BEFORE UPDATE ON allocations
  BEGIN SELECT RAISE(ABORT, 'an allocation is never changed'); END;
CREATE TRIGGER allocations_kept BEFORE DELETE ON allocations
  BEGIN SELECT RAISE(ABORT, 'an allocation is never deleted'); END;

CREATE TABLE orders (
  id      TEXT PRIMARY KEY CHECK (id <> ''),
  ref     TEXT NOT NULL,
  version INTEGER NOT NULL,
  lot     TEXT NOT NULL,
  planned INTEGER NOT NULL CHECK (planned > 0),
  closed  INTEGER NOT NULL CHECK (closed IN (0, 1)),
  leaf    INTEGER NOT NULL,
  FOREIGN KEY (ref, version) REFERENCES products
) STRICT, WITHOUT ROWID;
CREATE INDEX orders_by_lot ON orders (lot);
CREATE TRIGGER orders_same BEFORE UPDATE ON orders
  WHEN (OLD.id, OLD.ref, OLD.version, OLD.lot) IS NOT (NEW.id, NEW.ref, NEW.version, NEW.lot)
  BEGIN SELECT RAISE(ABORT, 'an order keeps its product and its lot'); END;
CREATE TRIGGER orders_kept BEFORE DELETE ON orders
  BEGIN SELECT RAISE(ABORT, 'an order is never deleted'); END;

CREATE TABLE units (
  serial      TEXT PRIMARY KEY CHECK (serial <> ''),
  work_order  TEXT NOT NULL REFERENCES orders,
  ref         TEXT NOT NULL,
  version     INTEGER NOT NULL,
  disposition TEXT NOT NULL CHECK (disposition = 'in-process' OR disposition = 'passed' OR disposition = 'quarantined'
    OR disposition = 'reworked' OR disposition = 'scrapped' OR disposition = 'released'),
  made        TEXT NOT NULL CHECK (made GLOB '????-??-??T??:??:??.???Z'),
  leaf        INTEGER NOT NULL,
  FOREIGN KEY (ref, version) REFERENCES products
) STRICT, WITHOUT ROWID;
CREATE INDEX units_by_order ON units (work_order, disposition);
CREATE INDEX units_held ON units (disposition) WHERE disposition IN ('quarantined', 'reworked');
CREATE TRIGGER units_same BEFORE UPDATE ON units
  WHEN (OLD.serial, OLD.work_order, OLD.made) IS NOT (NEW.serial, NEW.work_order, NEW.made)
  BEGIN SELECT RAISE(ABORT, 'a unit keeps its serial, order and date'); END;
CREATE TRIGGER units_moves BEFORE UPDATE ON units
  WHEN OLD.disposition <> NEW.disposition AND (OLD.disposition, NEW.disposition) NOT IN (VALUES
    ('in-process', 'passed'), ('reworked', 'passed'), ('quarantined', 'passed'), ('passed', 'released'),
    ('in-process', 'quarantined'), ('passed', 'quarantined'), ('reworked', 'quarantined'), ('released', 'quarantined'),
    ('in-process', 'reworked'), ('passed', 'reworked'), ('quarantined', 'reworked'),
    ('in-process', 'scrapped'), ('quarantined', 'scrapped'), ('reworked', 'scrapped'))
  BEGIN SELECT RAISE(ABORT, 'this disposition does not follow from the one before'); END;
CREATE TRIGGER units_kept BEFORE DELETE ON units
  BEGIN SELECT RAISE(ABORT, 'a unit is never deleted'); END;

-- A binding is live while superseded is 0; then that is set to its own id,
-- once. So one index keeps a serial to one live binding and any number of old,
-- and so for an IMEI and an ICCID. An IMSI or EID follows the SIM: units may
-- share it.
CREATE TABLE bindings (
  id         INTEGER PRIMARY KEY,
  serial     TEXT NOT NULL REFERENCES units,
  superseded INTEGER NOT NULL CHECK (superseded IN (0, id)),
  imei       TEXT NOT NULL CHECK (length(imei) = 15 AND imei NOT GLOB '*[^0-9]*'),
  imei2      TEXT NOT NULL CHECK (imei2 = '' OR length(imei2) = 15 AND imei2 NOT GLOB '*[^0-9]*'),
  iccid      TEXT NOT NULL CHECK (iccid = '' OR length(iccid) IN (19, 20) AND iccid NOT GLOB '*[^0-9A-F]*'),
  imsi       TEXT NOT NULL CHECK (imsi = '' OR length(imsi) BETWEEN 6 AND 15 AND imsi NOT GLOB '*[^0-9]*'),
  eid        TEXT NOT NULL CHECK (eid = '' OR length(eid) = 32 AND eid NOT GLOB '*[^0-9]*'),
  allocation INTEGER NOT NULL REFERENCES allocations,
  maker      TEXT NOT NULL,
  model      TEXT NOT NULL,
  firmware   TEXT NOT NULL,
  at         TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  person     TEXT NOT NULL,
  leaf       INTEGER NOT NULL,
  CHECK (imei <> imei2),
  UNIQUE (serial, superseded)
) STRICT;
CREATE UNIQUE INDEX bindings_by_imei  ON bindings (imei, superseded);
CREATE UNIQUE INDEX bindings_by_imei2 ON bindings (imei2, superseded) WHERE imei2 <> '';
CREATE UNIQUE INDEX bindings_by_iccid ON bindings (iccid, superseded) WHERE iccid <> '';
CREATE INDEX bindings_by_imsi ON bindings (imsi) WHERE imsi <> '';
CREATE INDEX bindings_by_eid  ON bindings (eid)  WHERE eid <> '';
-- Numbers that were given up, which are few: an IMEI that was bound twice is
-- among them. A bind writes nothing here.
CREATE INDEX bindings_gave_imei  ON bindings (imei)  WHERE superseded > 0;
CREATE INDEX bindings_gave_imei2 ON bindings (imei2) WHERE superseded > 0 AND imei2 <> '';
-- Nor may the first IMEI of one be the second of another.
CREATE TRIGGER bindings_apart BEFORE INSERT ON bindings
  WHEN EXISTS (SELECT 1 FROM bindings WHERE imei2 = NEW.imei AND imei2 <> '' AND superseded = 0)
    OR EXISTS (SELECT 1 FROM bindings WHERE imei = NEW.imei2 AND superseded = 0)
  BEGIN SELECT RAISE(ABORT, 'the IMEI is in use'); END;
CREATE TRIGGER bindings_ours BEFORE INSERT ON bindings
  WHEN NOT EXISTS (SELECT 1 FROM allocations a
                   WHERE a.id = NEW.allocation AND a.tac = substr(NEW.imei, 1, 8)
                     AND CAST(substr(NEW.imei, 9, 6) AS INTEGER) BETWEEN a.snr_from AND a.snr_to)
  BEGIN SELECT RAISE(ABORT, 'the IMEI is not in the allocation'); END;
CREATE TRIGGER bindings_once BEFORE UPDATE ON bindings
  WHEN OLD.superseded <> 0
    OR (OLD.id, OLD.serial, OLD.imei, OLD.imei2, OLD.iccid, OLD.imsi, OLD.eid, OLD.allocation, OLD.maker, OLD.model,
        OLD.firmware, OLD.at, OLD.person)
    IS NOT (NEW.id, NEW.serial, NEW.imei, NEW.imei2, NEW.iccid, NEW.imsi, NEW.eid, NEW.allocation, NEW.maker, NEW.model,
        NEW.firmware, NEW.at, NEW.person)
  BEGIN SELECT RAISE(ABORT, 'a binding is superseded, never changed'); END;
CREATE TRIGGER bindings_kept BEFORE DELETE ON bindings
  BEGIN SELECT RAISE(ABORT, 'a binding is never deleted'); END;

-- Every try. Order, serial and person are as they were given, known or not.
CREATE TABLE attempts (
  id         INTEGER PRIMARY KEY,
  serial     TEXT NOT NULL,
  work_order TEXT NOT NULL,
  person     TEXT NOT NULL,
  station    TEXT NOT NULL,
  started    TEXT NOT NULL CHECK (started GLOB '????-??-??T??:??:??.???Z'),
  ended      TEXT CHECK (ended GLOB '????-??-??T??:??:??.???Z'),
  outcome    TEXT CHECK (outcome = 'pass' OR outcome = 'fail' OR outcome = 'error' OR outcome = 'aborted'),
  code       TEXT NOT NULL, -- what ended it: the failed finding or the fault
  leaf       INTEGER NOT NULL,
  CHECK ((ended IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX attempts_by_serial ON attempts (serial);
CREATE INDEX attempts_by_order ON attempts (work_order);
CREATE INDEX attempts_failed ON attempts (work_order) WHERE outcome = 'fail';
CREATE TRIGGER attempts_once BEFORE UPDATE ON attempts
  WHEN OLD.outcome IS NOT NULL
    OR (OLD.id, OLD.serial, OLD.work_order, OLD.person, OLD.station, OLD.started)
    IS NOT (NEW.id, NEW.serial, NEW.work_order, NEW.person, NEW.station, NEW.started)
  BEGIN SELECT RAISE(ABORT, 'an attempt ends once and is never changed'); END;
CREATE TRIGGER attempts_kept BEFORE DELETE ON attempts
  BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;

-- What the device said in an attempt: the values, and every byte both ways.
CREATE TABLE evidence (
  attempt   INTEGER PRIMARY KEY REFERENCES attempts,
  reading   BLOB NOT NULL,
  exchanges BLOB NOT NULL,
  leaf      INTEGER NOT NULL
) STRICT;
CREATE TRIGGER evidence_fixed BEFORE UPDATE ON evidence
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

-- What the station made of it.
CREATE TABLE verdicts (
  attempt  INTEGER PRIMARY KEY REFERENCES attempts,
  findings BLOB NOT NULL,
  steps    BLOB NOT NULL,
  leaf     INTEGER NOT NULL
) STRICT;
CREATE TRIGGER verdicts_fixed BEFORE UPDATE ON verdicts
  BEGIN SELECT RAISE(ABORT, 'a verdict is never changed'); END;
CREATE TRIGGER verdicts_kept BEFORE DELETE ON verdicts
  BEGIN SELECT RAISE(ABORT, 'a verdict is never deleted'); END;

CREATE TABLE prints (
  id          INTEGER PRIMARY KEY,
  serial      TEXT NOT NULL REFERENCES units,
  n           INTEGER NOT NULL CHECK (n > 0),
  binding     INTEGER NOT NULL REFERENCES bindings,
  layout_hash TEXT NOT NULL REFERENCES layouts,
  hash        TEXT NOT NULL,
  printer     TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state = 'intended' OR state = 'sent' OR state = 'verified' OR state = 'void'),
  reason      TEXT NOT NULL,
  at          TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  person      TEXT NOT NULL,
  approver    TEXT NOT NULL,
  leaf        INTEGER NOT NULL,
  UNIQUE (serial, n)
) STRICT;
CREATE TRIGGER prints_moves BEFORE UPDATE ON prints
  WHEN (OLD.state, NEW.state) NOT IN (VALUES
      ('intended', 'sent'), ('intended', 'verified'), ('intended', 'void'), ('sent', 'verified'), ('sent', 'void'),
      ('verified', 'void'))
    OR (OLD.id, OLD.serial, OLD.n, OLD.binding, OLD.layout_hash, OLD.hash, OLD.printer, OLD.at, OLD.person, OLD.approver)
    IS NOT (NEW.id, NEW.serial, NEW.n, NEW.binding, NEW.layout_hash, NEW.hash, NEW.printer, NEW.at, NEW.person, NEW.approver)
  BEGIN SELECT RAISE(ABORT, 'a print only goes on: intended, sent, verified, void'); END;
CREATE TRIGGER prints_kept BEFORE DELETE ON prints
  BEGIN SELECT RAISE(ABORT, 'a print is never deleted'); END;

-- What must not go on before somebody with the right has settled it: an
-- identity that moved, a locked account, a clock that went back.
CREATE TABLE alarms (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL,
  serial    TEXT NOT NULL, -- of the unit that is stopped, '' when it is about a person or the station
  text      TEXT NOT NULL,
  at        TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  person    TEXT NOT NULL,
  closed    TEXT CHECK (closed GLOB '????-??-??T??:??:??.???Z'),
  closed_by TEXT NOT NULL,
  reason    TEXT NOT NULL,
  leaf      INTEGER NOT NULL,
  CHECK (closed IS NULL OR closed_by <> '' AND reason <> '')
) STRICT;
CREATE INDEX alarms_open ON alarms (serial) WHERE closed IS NULL;
CREATE TRIGGER alarms_once BEFORE UPDATE ON alarms
  WHEN OLD.closed IS NOT NULL
    OR (OLD.id, OLD.code, OLD.serial, OLD.text, OLD.at, OLD.person)
    IS NOT (NEW.id, NEW.code, NEW.serial, NEW.text, NEW.at, NEW.person)
  BEGIN SELECT RAISE(ABORT, 'an alarm is closed once and never changed'); END;
CREATE TRIGGER alarms_kept BEFORE DELETE ON alarms
  BEGIN SELECT RAISE(ABORT, 'an alarm is never deleted'); END;

-- PIN and password of a person, as argon2id. They are blobs so that a leaf has
-- only their hash: a PIN could be found from its argon2id text.
CREATE TABLE secrets (
  person TEXT NOT NULL REFERENCES people,
  kind   TEXT NOT NULL CHECK (kind IN ('pin', 'password')),
  hash   BLOB NOT NULL,
  set_at TEXT NOT NULL CHECK (set_at GLOB '????-??-??T??:??:??.???Z'),
  leaf   INTEGER NOT NULL,
  PRIMARY KEY (person, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER secrets_kept BEFORE DELETE ON secrets
  BEGIN SELECT RAISE(ABORT, 'a secret is replaced, never deleted'); END;

-- Every sign-in that was tried by somebody we know, and what they gave beside
-- the badge: nothing, where no admin of the record had a password yet.
CREATE TABLE sign_ins (
  id      INTEGER PRIMARY KEY,
  person  TEXT NOT NULL REFERENCES people,
  proof   TEXT NOT NULL CHECK (proof IN ('', 'pin', 'password')),
  station TEXT NOT NULL,
  at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  code    TEXT NOT NULL, -- '' when it went well
  leaf    INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ins_by_person ON sign_ins (person);
CREATE TRIGGER sign_ins_fixed BEFORE UPDATE ON sign_ins
  BEGIN SELECT RAISE(ABORT, 'a sign-in is never changed'); END;
CREATE TRIGGER sign_ins_kept BEFORE DELETE ON sign_ins
  BEGIN SELECT RAISE(ABORT, 'a sign-in is never deleted'); END;

-- Signatures: hash is that of the statement that was signed (21 CFR 11.70).
CREATE TABLE signatures (
  id        INTEGER PRIMARY KEY,
  subject   TEXT NOT NULL, -- e.g. 'product:CL-100/2', 'lot:L2603'
  statement BLOB NOT NULL, -- canonical JSON of what was signed
  hash      TEXT NOT NULL CHECK (length(hash) = 64),
  meaning   TEXT NOT NULL CHECK (meaning IN ('authorship', 'review', 'approval', 'responsibility')),
  person    TEXT NOT NULL REFERENCES people,
  name      TEXT NOT NULL, -- as printed then
  role      TEXT NOT NULL,
  at        TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  zone      TEXT NOT NULL,
  leaf      INTEGER NOT NULL
) STRICT;
CREATE INDEX signatures_by_subject ON signatures (subject);
CREATE TRIGGER signatures_fixed BEFORE UPDATE ON signatures
  BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
CREATE TRIGGER signatures_kept BEFORE DELETE ON signatures
  BEGIN SELECT RAISE(ABORT, 'a signature is never deleted'); END;

-- Every change of a unit's disposition that a person made.
CREATE TABLE moves (
  id        INTEGER PRIMARY KEY,
  serial    TEXT NOT NULL REFERENCES units,
  was       TEXT NOT NULL,
  became    TEXT NOT NULL,
  reason    TEXT NOT NULL,
  person    TEXT NOT NULL REFERENCES people,
  approver  TEXT NOT NULL,                    -- second person, '' where none is asked for
  signature INTEGER REFERENCES signatures,    -- where one is asked for
  at        TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf      INTEGER NOT NULL,
  CHECK (was <> became AND approver <> person)
) STRICT;
CREATE INDEX moves_by_serial ON moves (serial);
CREATE TRIGGER moves_fixed BEFORE UPDATE ON moves
  BEGIN SELECT RAISE(ABORT, 'a move is never changed'); END;
CREATE TRIGGER moves_kept BEFORE DELETE ON moves
  BEGIN SELECT RAISE(ABORT, 'a move is never deleted'); END;

-- The line of a station going over from one order to another. leftover is how
-- many labels of the order before were found on it; NULL until they were
-- counted.
CREATE TABLE clearances (
  id           INTEGER PRIMARY KEY,
  station      TEXT NOT NULL,
  order_before TEXT NOT NULL,                   -- '' for the first order of the station
  order_after  TEXT NOT NULL REFERENCES orders,
  leftover     INTEGER CHECK (leftover >= 0),
  reason       TEXT NOT NULL,                   -- why any were left
  person       TEXT NOT NULL,                   -- who counted
  at           TEXT CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf         INTEGER NOT NULL,
  CHECK (order_before <> order_after),
  CHECK ((leftover IS NULL) = (at IS NULL) AND (leftover IS NULL) = (person = '')),
  CHECK (leftover IS NULL OR leftover = 0 OR reason <> '')
) STRICT;
CREATE INDEX clearances_by_station ON clearances (station);
CREATE INDEX clearances_by_order ON clearances (order_after);
CREATE TRIGGER clearances_once BEFORE UPDATE ON clearances
  WHEN OLD.leftover IS NOT NULL
    OR (OLD.id, OLD.station, OLD.order_before, OLD.order_after)
    IS NOT (NEW.id, NEW.station, NEW.order_before, NEW.order_after)
  BEGIN SELECT RAISE(ABORT, 'a line is cleared once and that is never changed'); END;
CREATE TRIGGER clearances_kept BEFORE DELETE ON clearances
  BEGIN SELECT RAISE(ABORT, 'a line clearance is never deleted'); END;

-- Why the labels of an order do not add up, with the account that it explains:
-- it holds for no other.
CREATE TABLE explanations (
  id         INTEGER PRIMARY KEY,
  work_order TEXT NOT NULL REFERENCES orders,
  account    TEXT NOT NULL CHECK (json_valid(account)),
  reason     TEXT NOT NULL CHECK (reason <> ''),
  person     TEXT NOT NULL REFERENCES people,
  at         TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf       INTEGER NOT NULL
) STRICT;
CREATE INDEX explanations_by_order ON explanations (work_order);
CREATE TRIGGER explanations_fixed BEFORE UPDATE ON explanations
  BEGIN SELECT RAISE(ABORT, 'an explanation is never changed'); END;
CREATE TRIGGER explanations_kept BEFORE DELETE ON explanations
  BEGIN SELECT RAISE(ABORT, 'an explanation is never deleted'); END;

-- Every backup that was tried. The file itself may have gone by rotation.
CREATE TABLE backups (
  id     INTEGER PRIMARY KEY,
  file   TEXT NOT NULL CHECK (file <> ''),     -- its name, without the folder
  bytes  INTEGER NOT NULL CHECK (bytes >= 0),
  hash   TEXT NOT NULL CHECK (hash = '' OR length(hash) = 64), -- SHA-256 of the file
  leaves INTEGER NOT NULL CHECK (leaves >= 0), -- that it holds
  code   TEXT NOT NULL,                        -- '' when it was made and verified
  at     TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf   INTEGER NOT NULL
) STRICT;
CREATE TRIGGER backups_fixed BEFORE UPDATE ON backups
  BEGIN SELECT RAISE(ABORT, 'what became of a backup is never changed'); END;
CREATE TRIGGER backups_kept BEFORE DELETE ON backups
  BEGIN SELECT RAISE(ABORT, 'what became of a backup is never deleted'); END;

-- The stations, ports and printers that may feed the record. A kind without a
-- row is not checked.
CREATE TABLE devices (
  kind    TEXT NOT NULL CHECK (kind IN ('station', 'port', 'printer')),
  name    TEXT NOT NULL CHECK (name <> ''),
  allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)), -- 0 once it was revoked
  leaf    INTEGER NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER devices_same BEFORE UPDATE ON devices
  WHEN (OLD.kind, OLD.name) IS NOT (NEW.kind, NEW.name)
  BEGIN SELECT RAISE(ABORT, 'a device keeps its kind and name'); END;
CREATE TRIGGER devices_kept BEFORE DELETE ON devices
  BEGIN SELECT RAISE(ABORT, 'a device is revoked, never deleted'); END;
