// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"bindery/migrations"
	"bindery/station/ledger"
)

// VerifyReport is what [DHR.Verify] found.
type VerifyReport struct {
	OK         bool   `json:"ok"`
	Leaves     int64  `json:"leaves"`      // leaves that are sound, from the first on
	Rows       int64  `json:"rows"`        // rows held against their leaves
	Head       string `json:"head"`        // hash of the last sound leaf, hex
	FirstFault string `json:"first_fault"` // the first thing wrong, one plain sentence; "" when OK
	Trusted    string `json:"trusted"`     // what can still be trusted, one plain sentence
}

// flaw is something wrong with the record, as against a fault that keeps us
// from looking.
type flaw string

func (f flaw) Error() string { return string(f) }

// Verify holds the whole record against itself: every leaf against its hash
// and the leaf before it, every row of every table against its leaf, and the
// tables' own definitions against the migrations. It reads one consistent
// state while others go on writing, in flat memory. progress may be nil; it is
// called now and then with how many leaves and rows were looked at, of how
// many.
//
// A record that is wrong is not an error: the report says so.
func (d *DHR) Verify(ctx context.Context, progress func(done, of int64)) (VerifyReport, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	tx, err := d.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return VerifyReport{}, fault(err)
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	v := &verifier{ctx: ctx, tx: tx, tables: d.tables, progress: progress, want: map[string]tally{}}
	err = v.all()
	r := VerifyReport{Leaves: v.chain.Number, Rows: v.rows, Head: fmt.Sprintf("%x", v.chain.Hash[:]), OK: err == nil, Trusted: v.trusted}
	var f flaw
	if errors.As(err, &f) {
		r.FirstFault, err = string(f), nil
	} else if damaged(err) {
		r.FirstFault, err = "The file is damaged: "+err.Error(), nil
	}
	return r, fault(err)
}

// verifier is one run of Verify.
type verifier struct {
	ctx      context.Context
	tx       *sql.Tx
	tables   map[string]table
	progress func(done, of int64)
	chain    ledger.Chain
	want     map[string]tally // by table, as the leaves have it
	rows     int64
	done, of int64
	trusted  string
}

// tally sums a table up: how many rows it has, and the numbers of the leaves
// that wrote each of them last. A row set back to an older state, with its
// older leaf, makes the sum too small; none can make it larger, for a row must
// stand in the leaf that it names.
type tally struct{ rows, leaves int64 }

func (v *verifier) all() error {
	for _, check := range []struct {
		do      func() error
		trusted string
	}{
		{v.file, "Nothing, before the file is restored from a good backup."},
		{v.schema, "The leaves and rows as they stand may be sound; what guards them was changed."},
		{v.leaves, ""},
		{v.tableRows, "Every leaf. What the tables say against their leaves is not to be trusted; the leaves hold what was written."},
	} {
		if err := check.do(); err != nil {
			v.trusted = check.trusted
			if v.trusted == "" {
				v.trusted = fmt.Sprintf("Leaves 1 to %d, and what they say.", v.chain.Number)
			}
			return err
		}
	}
	v.trusted = "All of it, as far as the record can show by itself."
	return nil
}

// file asks SQLite whether the pages of the file are sound.
func (v *verifier) file() error {
	var first string
	if err := v.tx.QueryRowContext(v.ctx, "PRAGMA integrity_check(1)").Scan(&first); err != nil {
		return err
	}
	if first != "ok" {
		return flaw("The file is damaged: " + first)
	}
	return nil
}

// schema compares the definitions of tables, indexes and triggers with what
// the migrations make.
func (v *verifier) schema() error {
	want, err := freshSchema(v.ctx)
	if err != nil {
		return err
	}
	got, err := schemaOf(v.ctx, v.tx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			return flaw(fmt.Sprintf("The definition of %s was changed or removed.", name))
		}
		delete(got, name)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		return flaw(fmt.Sprintf("There is a %s that does not belong to the record.", name))
	}
	return nil
}

type queryer interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

func schemaOf(ctx context.Context, db queryer) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	defs := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		defs[name] = text
	}
	return defs, rows.Err()
}

func freshSchema(ctx context.Context) (map[string]string, error) {
	db, err := sql.Open("sqlite", "file::memory:?_dqs=0")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, text := range migrations.All() {
		if _, err := db.ExecContext(ctx, text); err != nil {
			return nil, err
		}
	}
	return schemaOf(ctx, db)
}

// leaves walks the chain and sums up what the tables must hold.
func (v *verifier) leaves() error {
	if err := v.tx.QueryRowContext(v.ctx, "SELECT count(*) FROM leaves").Scan(&v.of); err != nil {
		return err
	}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT number, hash, body FROM leaves ORDER BY number")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var raw []byte
		var body sql.RawBytes
		if err := rows.Scan(&number, &raw, &body); err != nil {
			return err
		}
		var hash ledger.Hash
		copy(hash[:], raw)
		leaf, err := v.chain.Next(body, hash)
		if err != nil {
			return flaw("The audit trail is broken: " + err.Error() + ".")
		}
		if number != leaf.Number {
			return flaw(fmt.Sprintf("The audit trail is broken: leaf %d stands as number %d.", leaf.Number, number))
		}
		v.sum(leaf)
		v.step()
	}
	return rows.Err()
}

func (v *verifier) sum(leaf ledger.Leaf) {
	for _, r := range leaf.Rows {
		t := v.want[r.Table]
		if r.Was == 0 {
			t.rows++
			v.of++
		}
		t.leaves += leaf.Number - r.Was
		v.want[r.Table] = t
	}
}

func (v *verifier) step() {
	if v.done++; v.done%1000 == 0 || v.done == v.of {
		v.progress(v.done, v.of)
	}
}

// tableRows looks each row of each table up in the leaf that it names.
func (v *verifier) tableRows() error {
	find, err := v.tx.PrepareContext(v.ctx, "SELECT body FROM leaves WHERE number = ?")
	if err != nil {
		return err
	}
	defer find.Close()
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
