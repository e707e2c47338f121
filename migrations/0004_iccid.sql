-- SPDX-License-Identifier: Apache-2.0
--
-- An ICCID may have 18 digits: ITU-T E.118 lets the issuer choose the length, and
-- the card fills the rest with F. Nothing that is stored changes, only the CHECK;
-- this is how SQLite has a CHECK changed without a copy of the table
-- (https://www.sqlite.org/lang_altertable.html#otheralter). A trigger made anew
-- tells other connections of it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'length(iccid) IN (19, 20)', 'length(iccid) IN (18, 19, 20)')
  WHERE type = 'table' AND name = 'bindings';
PRAGMA writable_schema = RESET;
DROP TRIGGER bindings_kept;
CREATE TRIGGER bindings_kept BEFORE DELETE ON bindings
  BEGIN SELECT RAISE(ABORT, 'a binding is never deleted'); END;
