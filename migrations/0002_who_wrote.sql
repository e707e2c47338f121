-- SPDX-License-Identifier: Apache-2.0
--
-- Which program wrote what, which key is which station, and how far the clock
-- of a checkpoint was to be believed.

-- The build that wrote a row, such as "bindery v1.2.0 (commit 0123456789ab)";
-- '' in rows of before this migration.
ALTER TABLE attempts    ADD COLUMN program TEXT NOT NULL DEFAULT '';
ALTER TABLE signatures  ADD COLUMN program TEXT NOT NULL DEFAULT '';
ALTER TABLE checkpoints ADD COLUMN program TEXT NOT NULL DEFAULT '';
-- Whether the clock of the system was synchronised when it was signed.
ALTER TABLE checkpoints ADD COLUMN clock   TEXT NOT NULL DEFAULT ''
  CHECK (clock IN ('', 'synchronised', 'not-synchronised', 'unknown'));
CREATE TRIGGER attempts_program BEFORE UPDATE ON attempts
  WHEN OLD.program <> NEW.program
  BEGIN SELECT RAISE(ABORT, 'an attempt keeps the program that began it'); END;

-- Each time that the record was written by another build than before.
CREATE TABLE programs (
  id       INTEGER PRIMARY KEY,
  version  TEXT NOT NULL,                              -- of the source, '' when the build does not know it
  revision TEXT NOT NULL,                              -- commit of the source, '' when the build does not know it
  modified INTEGER NOT NULL CHECK (modified IN (0, 1)), -- 1 when the source had changes that are in no commit
  go       TEXT NOT NULL,                              -- version of the compiler
  at       TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf     INTEGER NOT NULL
) STRICT;
CREATE TRIGGER programs_fixed BEFORE UPDATE ON programs
  BEGIN SELECT RAISE(ABORT, 'which program wrote is never changed'); END;
CREATE TRIGGER programs_kept BEFORE DELETE ON programs
  BEGIN SELECT RAISE(ABORT, 'which program wrote is never deleted'); END;

-- Each time that a key was made that of a station. The last row of a key says
-- which station it is, while no later row gives that station to another key.
CREATE TABLE enrolments (
  id      INTEGER PRIMARY KEY,
  key     TEXT NOT NULL CHECK (key <> ''),    -- public key
  station TEXT NOT NULL CHECK (station <> ''),
  person  TEXT NOT NULL CHECK (person <> ''), -- an admin, or an account of the computer
  reason  TEXT NOT NULL,
  at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER enrolments_fixed BEFORE UPDATE ON enrolments
  BEGIN SELECT RAISE(ABORT, 'an enrolment is never changed'); END;
CREATE TRIGGER enrolments_kept BEFORE DELETE ON enrolments
  BEGIN SELECT RAISE(ABORT, 'an enrolment is never deleted'); END;
