// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"bindery/station/ledger"
)

// VerifyReport is what [DHR.Verify] found.
type VerifyReport struct {
	OK          bool   `json:"ok"`
	Leaves      int64  `json:"leaves"`      // leaves that are sound, from the first on
	Rows        int64  `json:"rows"`        // rows held against their leaves
	Checkpoints int    `json:"checkpoints"` // signed checkpoints held against the leaves
	Covered     int64  `json:"covered"`     // leaves under the newest of them; later ones show a change only to who knows Head
	Head        string `json:"head"`        // hash of the last sound leaf, hex
	FirstFault  string `json:"first_fault"` // the first thing wrong, one plain sentence; "" when OK
	Trusted     string `json:"trusted"`     // what can still be trusted, one plain sentence
}

// flaw is something wrong with the record, as against a fault that keeps us
// from looking.
type flaw string

func (f flaw) Error() string { return string(f) }

// Against is what a record is verified against, beside itself.
type Against struct {
	Notes [][]byte // checkpoints that were kept elsewhere
	Keys  []string // public keys of stations; without any, those that the record names are taken
}

// Verify holds the whole record against itself: every leaf against its hash
// and the leaf before it, every row of every table against its leaf, and the
// tables' own definitions against the migrations. It reads one consistent
// state while others go on writing, in flat memory; checkpoints in the second
// place are held against it too. progress may be nil; it is called now and
// then with how many leaves and rows were looked at, of how many.
//
// A record that is wrong is not an error: the report says so.
func (d *DHR) Verify(ctx context.Context, progress func(done, of int64)) (VerifyReport, error) {
	notes, err := d.Copied()
	if err != nil {
		return VerifyReport{}, err
	}
	return d.VerifyAgainst(ctx, Against{Notes: notes}, progress)
}

// VerifyAgainst is [DHR.Verify] with what is held against the record given.
func (d *DHR) VerifyAgainst(ctx context.Context, a Against, progress func(done, of int64)) (VerifyReport, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	tx, err := d.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return VerifyReport{}, fault(err)
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	v := &verifier{ctx: ctx, tx: tx, tables: d.tables, progress: progress, against: a, want: map[string]tally{}, points: map[int64][]point{}}
	err = v.all()
	r := VerifyReport{
		OK: err == nil, Leaves: v.chain.Number, Rows: v.rows, Checkpoints: v.checkpoints, Covered: v.covered,
		Head: fmt.Sprintf("%x", v.chain.Hash[:]), Trusted: v.trusted,
	}
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
	against  Against
	points   map[int64][]point // checkpoints by size
	chain    ledger.Chain
	tree     ledger.Tree
	want     map[string]tally // by table, as the leaves have it
	rows     int64
	done, of int64
	trusted  string

	checkpoints int
	covered     int64
}

// tally sums a table up: how many rows it has, and the numbers of the leaves
// that wrote each of them last. A row that is set back to an older state, with
// its older leaf, makes the sum too small, and none can make it larger: each
// row stands in the leaf that it names, keys never change, and the last leaf
// of a row is the largest that it can name.
type tally struct{ rows, leaves int64 }

func (v *verifier) all() error {
	for _, check := range []struct {
		do      func() error
		trusted string
	}{
		{v.file, "Nothing, before the file is restored from a good backup."},
		{v.notes, "What other checkpoints cover: this one, or its key, was changed. The leaves were not looked at."},
		{v.leaves, ""},
		{v.tableRows, "Every leaf. What the tables say against their leaves is not to be trusted; the leaves hold what was written."},
		{v.schema, "Every leaf and every row. What guards them was changed, so that later ones may not be sound."},
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
