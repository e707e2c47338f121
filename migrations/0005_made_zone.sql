-- SPDX-License-Identifier: Apache-2.0
--
-- The zone of the station when a unit was first bound. The date of manufacture
-- is that of "made" in this zone, whoever reads it and where. Units from before
-- have none: their labels were dated by UTC.

ALTER TABLE units ADD COLUMN made_zone TEXT NOT NULL DEFAULT ''
  CHECK (made_zone = '' OR made_zone GLOB '[+-][0-9][0-9]:[0-9][0-9]');
DROP TRIGGER units_same;
CREATE TRIGGER units_same BEFORE UPDATE ON units
  WHEN (OLD.serial, OLD.work_order, OLD.made, OLD.made_zone) IS NOT (NEW.serial, NEW.work_order, NEW.made, NEW.made_zone)
  BEGIN SELECT RAISE(ABORT, 'a unit keeps its serial, order and date'); END;
