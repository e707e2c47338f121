// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
)

// tableRows holds the tables against what the leaves wrote, two at a time.
func (v *verifier) tableRows() error {
	for _, quoted := range slices.Sorted(maps.Keys(v.want)) {
		if name := strings.Trim(quoted, `"`); v.tables[name].ScanAll == "" {
			return ledger.IntegrityError(fmt.Sprintf("The table %s is gone.", name))
		}
	}
	names := slices.Sorted(maps.Keys(v.tables))
	found := make([]error, len(names))
	var next atomic.Int64
	var both sync.WaitGroup
	for _, tx := range []*sql.Tx{v.tx, v.beside} {
		both.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				found[i] = v.oneTable(tx, names[i], v.tables[names[i]])
			}
		})
	}
	both.Wait()
	for _, err := range found {
		if err != nil {
			return err
		}
	}
	return nil
}

// oneTable sums up the rows that a table has, and holds that against what the leaves
// add up to.
func (v *verifier) oneTable(tx *sql.Tx, name string, def store.TableSchema) error {
	want, got := v.want[ledger.Quoted(name)], newMultisetHash(v.key)
	if want == nil {
		want = newMultisetHash(v.key)
	}
	var image []byte
	err := eachRow(v.ctx, tx, def, func(values []any) (err error) {
		if image, err = ledger.AppendImage(image[:0], name, def.Sorted, pictures(values), def.LeftOut); err != nil {
			return ledger.IntegrityError(fmt.Sprintf("A row of table %s holds what no leaf can: %v.", name, err))
		}
		got.add(image, leafOf(def, values))
		v.step(1, 0)
		return nil
	})
	if err != nil {
		return err
	}
	v.counting.Lock()
	v.rows += got.rows
	v.counting.Unlock()
	if got.equals(want) {
		return nil
	}
	return v.compareRows(tx, name, def, got, want)
}

// compareRows looks each row of a table up in the leaf that it names.
func (v *verifier) compareRows(tx *sql.Tx, name string, def store.TableSchema, got, want *multisetHash) error {
	find, err := tx.PrepareContext(v.ctx, "SELECT body FROM leaves WHERE number = ?")
	if err != nil {
		return err
	}
	defer find.Close()
	err = eachRow(v.ctx, tx, def, func(values []any) error { return v.checkInLeaf(name, def, values, find) })
	switch {
	case err != nil:
		return err
	case got.rows < want.rows:
		return ledger.IntegrityError(fmt.Sprintf("Table %s lacks %d of its %s.", name, want.rows-got.rows, station.Counted(want.rows, "row", "rows")))
	case got.rows > want.rows:
		return ledger.IntegrityError(fmt.Sprintf("Table %s has %s more than were written.", name, station.Counted(got.rows-want.rows, "row", "rows")))
	case got.leaves < want.leaves:
		return ledger.IntegrityError(fmt.Sprintf("A row of table %s was set back to what it was before.", name))
	}
	return ledger.IntegrityError(fmt.Sprintf("Table %s is not what the leaves wrote.", name))
}

// eachRow calls do for each row of a table, with its columns in the order of
// their names. The values are only good until do returns.
func eachRow(ctx context.Context, tx *sql.Tx, def store.TableSchema, do func(values []any) error) error {
	rows, err := tx.QueryContext(ctx, def.ScanAll)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := store.Slots(len(def.Sorted))
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := do(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// pictures turns blobs into what leaves have of them.
func pictures(values []any) []any {
	for i, value := range values {
		values[i] = store.ImageValue(value)
	}
	return values
}

// leafOf is the leaf that a row says it was written by.
func leafOf(def store.TableSchema, values []any) int64 {
	n, _ := values[slices.Index(def.Sorted, "leaf")].(int64) // what is no number is in no leaf
	return n
}

// checkInLeaf looks for the text that a row has in the body of its leaf.
func (v *verifier) checkInLeaf(name string, def store.TableSchema, values []any, find *sql.Stmt) error {
	key, leaf := keyOf(def, values), leafOf(def, values)
	var body []byte
	err := find.QueryRowContext(v.ctx, leaf).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.IntegrityError(fmt.Sprintf("A row of table %s (%s) names leaf %d, which does not exist.", name, key, leaf))
	} else if err != nil {
		return err
	}
	want, err := ledger.AppendImage(nil, name, def.Sorted, pictures(values), def.LeftOut)
	if err != nil {
		return err
	}
	if !bytes.Contains(body, want) {
		return ledger.IntegrityError(fmt.Sprintf("A row of table %s (%s) is not as leaf %d wrote it.", name, key, leaf))
	}
	return nil
}

// keyOf names a row for people.
func keyOf(def store.TableSchema, values []any) string {
	list := make([]string, len(def.Key))
	for i, c := range def.Key {
		list[i] = fmt.Sprintf("%s %v", c, values[slices.Index(def.Sorted, c)])
	}
	return strings.Join(list, ", ")
}
