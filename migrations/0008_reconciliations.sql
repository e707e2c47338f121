-- SPDX-License-Identifier: Apache-2.0
--
-- Each time that the list of a carrier was held against the record.

CREATE TABLE reconciliations (
  id      INTEGER PRIMARY KEY,
  file    TEXT NOT NULL,                           -- its name, without the folder and with no number whole
  hash    TEXT NOT NULL CHECK (length(hash) = 64), -- SHA-256 of the file
  shape   TEXT NOT NULL,                           -- '' for none that is known
  mapping TEXT NOT NULL CHECK (json_valid(mapping)), -- which column was taken for what
  issuers TEXT NOT NULL CHECK (json_valid(issuers)), -- whose SIMs were looked for
  rows    INTEGER NOT NULL CHECK (rows >= 0),
  counts  TEXT NOT NULL CHECK (json_valid(counts)), -- rows by class
  missing INTEGER NOT NULL CHECK (missing >= 0),
  unread  INTEGER NOT NULL CHECK (unread >= 0),    -- rows without an ICCID to go by
  entries BLOB NOT NULL,                           -- SIM, class, device and serial of each row and missing SIM, gzip
  person  TEXT NOT NULL,
  at      TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  leaf    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER reconciliations_fixed BEFORE UPDATE ON reconciliations
  BEGIN SELECT RAISE(ABORT, 'a reconciliation is never changed'); END;
CREATE TRIGGER reconciliations_kept BEFORE DELETE ON reconciliations
  BEGIN SELECT RAISE(ABORT, 'a reconciliation is never deleted'); END;
