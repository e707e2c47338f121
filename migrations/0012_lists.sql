-- SPDX-License-Identifier: Apache-2.0
--
-- Who has a hand in a list of another system. Whoever fed it, in the first go or in a
-- later one, neither compares nor accepts it; what is left out after the comparison is
-- compared anew.

-- Which sheet of a workbook was read; '' is the only visible one. Who went on with an
-- import that another began: a JSON list of persons; '' is nobody.
ALTER TABLE history_files ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
ALTER TABLE history_files ADD COLUMN fed_by TEXT NOT NULL DEFAULT '' CHECK (fed_by = '' OR json_valid(fed_by));
DROP TRIGGER history_files_go_on;
CREATE TRIGGER history_files_go_on BEFORE UPDATE ON history_files
  WHEN OLD.state <> 'open'
    OR OLD.rows IS NOT NULL AND NEW.rows IS NOT OLD.rows
    OR OLD.compared_by <> '' AND NEW.compared_by <> '' AND (OLD.sample, OLD.compared_by, OLD.compared_at) IS NOT (NEW.sample, NEW.compared_by, NEW.compared_at)
    OR NEW.compared_by = '' AND (NEW.sample <> '[]' OR NEW.state = 'accepted')
    OR EXISTS (SELECT value FROM json_each(iif(OLD.fed_by = '', '[]', OLD.fed_by)) EXCEPT SELECT value FROM json_each(iif(NEW.fed_by = '', '[]', NEW.fed_by)))
    OR NEW.state = 'accepted' AND EXISTS (SELECT 1 FROM json_each(iif(NEW.fed_by = '', '[]', NEW.fed_by)) WHERE value = NEW.compared_by)
    OR (OLD.id, OLD.kind, OLD.goes_with, OLD.source, OLD.name, OLD.hash, OLD.bytes, OLD.mapping, OLD.sheet, OLD.person, OLD.at)
    IS NOT (NEW.id, NEW.kind, NEW.goes_with, NEW.source, NEW.name, NEW.hash, NEW.bytes, NEW.mapping, NEW.sheet, NEW.person, NEW.at)
  BEGIN SELECT RAISE(ABORT, 'a list is accepted or withdrawn, once'); END;

-- Why a row was left out that is of no unit, by whom, and when; of a row of a unit its
-- imported_units says.
ALTER TABLE imported_bindings ADD COLUMN left_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE imported_bindings ADD COLUMN left_by TEXT NOT NULL DEFAULT '';
ALTER TABLE imported_bindings ADD COLUMN left_at TEXT NOT NULL DEFAULT '' CHECK (left_at = '' OR left_at GLOB '????-??-??T??:??:??.???Z');
DROP TRIGGER imported_bindings_once;
CREATE TRIGGER imported_bindings_once BEFORE UPDATE ON imported_bindings
  WHEN OLD.state = 'left-out' OR OLD.state = 'ended' AND NEW.state <> 'left-out' OR NEW.state = 'live'
    OR NEW.state = 'left-out' AND OLD.ended <> NEW.ended
    OR NEW.state <> 'left-out' AND (NEW.left_reason, NEW.left_by, NEW.left_at) IS NOT ('', '', '')
    OR (OLD.file, OLD.n, OLD.serial, OLD.imei, OLD.imei2, OLD.iccid, OLD.imsi, OLD.eid, OLD.maker, OLD.model, OLD.firmware, OLD.since,
        OLD.dated, OLD.undated, OLD.person, OLD.reason)
    IS NOT (NEW.file, NEW.n, NEW.serial, NEW.imei, NEW.imei2, NEW.iccid, NEW.imsi, NEW.eid, NEW.maker, NEW.model, NEW.firmware, NEW.since,
        NEW.dated, NEW.undated, NEW.person, NEW.reason)
  BEGIN SELECT RAISE(ABORT, 'a binding is ended, never changed'); END;
