// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"bindery/station/ledger"
)

// tableRows looks each row of each table up in the leaf that it names.
func (v *verifier) tableRows() error {
	find, err := v.tx.PrepareContext(v.ctx, "SELECT body FROM leaves WHERE number = ?")
	if err != nil {
		return err
	}
	defer find.Close()
	for _, name := range slices.Sorted(maps.Keys(v.want)) {
		if _, ok := v.tables[name]; !ok {
			return flaw(fmt.Sprintf("The table %s is gone.", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.tables)) {
		got, err := v.oneTable(name, v.tables[name], find)
		if err != nil {
			return err
		}
		switch want := v.want[name]; {
		case got.rows < want.rows:
			return flaw(fmt.Sprintf("Table %s lacks %d of its %d rows.", name, want.rows-got.rows, want.rows))
		case got.rows > want.rows:
			return flaw(fmt.Sprintf("Table %s has %d rows more than were written.", name, got.rows-want.rows))
		case got.leaves != want.leaves:
			return flaw(fmt.Sprintf("A row of table %s was set back to what it was before.", name))
		}
	}
	return nil
}

func (v *verifier) oneTable(name string, def table, find *sql.Stmt) (got tally, err error) {
	rows, err := v.tx.QueryContext(v.ctx, def.scan)
	if err != nil {
		return got, err
	}
	defer rows.Close()
	values, into := slots(len(def.columns))
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return got, err
		}
		r := row{}
		for i, c := range def.columns {
			r[c] = values[i]
		}
		if err := v.inLeaf(name, def, r, find); err != nil {
			return got, err
		}
		got.rows++
		got.leaves += r["leaf"].(int64) //nolint:errcheck // STRICT: leaf is an integer
		v.rows++
		v.step()
	}
	return got, rows.Err()
}

// inLeaf looks for the text that a row has in the body of its leaf.
func (v *verifier) inLeaf(name string, def table, r row, find *sql.Stmt) error {
	var body []byte
	err := find.QueryRowContext(v.ctx, r["leaf"]).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return flaw(fmt.Sprintf("A row of table %s (%s) names leaf %v, which there is not.", name, keyOf(def, r), r["leaf"]))
	} else if err != nil {
		return err
	}
	want, err := ledger.Image(name, image(def, r))
	if err != nil {
		return err
	}
	if !bytes.Contains(body, want) {
		return flaw(fmt.Sprintf("A row of table %s (%s) is not as leaf %v wrote it.", name, keyOf(def, r), r["leaf"]))
	}
	return nil
}

// keyOf names a row for people, without identities.
func keyOf(def table, r row) string {
	var b []byte
	for _, c := range def.key {
		v := fmt.Sprint(r[c])
		if c == "value" { // of an identity
			v = "masked"
		}
		b = fmt.Appendf(b, "%s %s, ", c, v)
	}
	return string(bytes.TrimSuffix(b, []byte(", ")))
}
