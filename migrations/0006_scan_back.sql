-- SPDX-License-Identifier: Apache-2.0
--
-- How each label was proven, and the least that a product asks for. Rows of
-- before say neither: '' is "not recorded" of a print, and a scanner's read of
-- a product. A print that a scanner has read is verified; one that was proven by
-- less, where its product allows that, stays sent, with the proof beside it.

ALTER TABLE products ADD COLUMN scan_back TEXT NOT NULL DEFAULT ''
  CHECK (scan_back IN ('', 'scanner', 'typed', 'drawing'));

ALTER TABLE prints ADD COLUMN proof TEXT NOT NULL DEFAULT ''
  CHECK (proof = '' OR proof = 'scanner' OR proof = 'typed' OR proof = 'argument' OR proof = 'drawing');
-- As the station saw the keys come: strokes, milliseconds from the first to the
-- last, and the longest between two; 0 where it did not see them.
ALTER TABLE prints ADD COLUMN proof_keys INTEGER NOT NULL DEFAULT 0 CHECK (proof_keys >= 0);
ALTER TABLE prints ADD COLUMN proof_ms INTEGER NOT NULL DEFAULT 0 CHECK (proof_ms >= 0);
ALTER TABLE prints ADD COLUMN proof_longest_ms INTEGER NOT NULL DEFAULT 0 CHECK (proof_longest_ms >= 0);

DROP TRIGGER prints_moves;
CREATE TRIGGER prints_moves BEFORE UPDATE ON prints
  WHEN (OLD.state, NEW.state) NOT IN (VALUES
      ('intended', 'sent'), ('intended', 'verified'), ('intended', 'void'), ('sent', 'verified'), ('sent', 'void'),
      ('verified', 'void'), ('sent', 'sent'))
    OR NEW.state = 'sent' AND OLD.state = 'sent' AND (OLD.proof <> '' OR NEW.proof = '')
    OR (OLD.id, OLD.serial, OLD.n, OLD.binding, OLD.layout_hash, OLD.hash, OLD.printer, OLD.at, OLD.person, OLD.approver)
    IS NOT (NEW.id, NEW.serial, NEW.n, NEW.binding, NEW.layout_hash, NEW.hash, NEW.printer, NEW.at, NEW.person, NEW.approver)
  BEGIN SELECT RAISE(ABORT, 'a print only goes on: intended, sent, verified, void'); END;
-- A proof is written once, with the state that it leads to.
CREATE TRIGGER prints_proven BEFORE UPDATE ON prints
  WHEN OLD.proof <> '' AND (OLD.proof, OLD.proof_keys, OLD.proof_ms, OLD.proof_longest_ms)
      IS NOT (NEW.proof, NEW.proof_keys, NEW.proof_ms, NEW.proof_longest_ms)
    OR OLD.proof = '' AND NEW.proof <> '' AND NEW.state IS NOT iif(NEW.proof = 'scanner', 'verified', 'sent')
    OR NEW.proof = '' AND NEW.state = 'verified' AND OLD.state <> 'verified'
  BEGIN SELECT RAISE(ABORT, 'a label is proven once, and verified by a scanner only'); END;
