// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"errors"
	"strings"

	"bindery/migrations"
	"bindery/station"
)

// SearchFault is [AsFault] of what a search met: where a table of the index of parts is
// missing, SQLite takes the file for damaged.
func (r *Reader) SearchFault(ctx context.Context, err error) error {
	if err != nil && Damaged(err) {
		var whole bool
		if r.Row(ctx, partsWhole, []any{len(partObjects)}, []any{&whole}) == nil && !whole {
			return station.NewFault(station.IndexDamaged, "", err)
		}
	}
	return AsFault(err)
}

// RebuildParts makes the index of parts anew, as its migration did: whatever was in
// it, nothing of it is believed. What is in it only behind the rows follows once the
// transaction is over, by [Store.CatchUpParts].
func (t *Tx) RebuildParts() error {
	if err := t.makeAnew(partObjects, partsSince); err != nil {
		return err
	}
	return carryParts(t)
}

// makeAnew takes tables away and makes them as the migration did that leads to a
// version.
func (t *Tx) makeAnew(tables []string, version int) error {
	text := "DROP TABLE IF EXISTS " + strings.Join(tables, "; DROP TABLE IF EXISTS ") + ";\n" + migrations.All()[version-1]
	_, err := t.writer.ExecContext(t.ctx, text) // once: there is nothing to keep prepared
	return err
}

// PreparePartsRebuild lets the index of parts be opened, so that [Tx.RebuildParts] can take it
// away: without its settings SQLite does not even do that. The connection that
// writes all day may not touch them.
func (s *Store) PreparePartsRebuild(ctx context.Context) error {
	db, err := Connect(s.Path, "_txlock=immediate", Writing)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, `BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS parts_config (k PRIMARY KEY, v) WITHOUT ROWID;
		INSERT OR REPLACE INTO parts_config VALUES ('version', 4); COMMIT`)
	return errors.Join(err, db.Close())
}
