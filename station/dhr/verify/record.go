// SPDX-License-Identifier: Apache-2.0

// Package verify holds a record against itself: the whole of it, all that it
// says of one unit, one leaf. It only reads, and knows of a record no more than
// its file (station/dhr/store).
package verify

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// Source is an open record.
type Source interface {
	Reader() *store.Reader
	// MirroredCheckpoints reads the checkpoints in the second place.
	MirroredCheckpoints() ([][]byte, error)
}

// Record holds the whole record against itself: every leaf against its hash
// and the leaf before it, every row of every table against its leaf, and the
// tables' own definitions against the migrations. It reads one consistent
// state while others go on writing, in flat memory; checkpoints in the second
// place are held against it too. progress may be nil; it is called now and
// then with how many leaves and rows were looked at, of how many.
//
// A record that is wrong is not an error: the report says so.
func Record(ctx context.Context, from Source, progress func(done, of int64)) (record.VerifyReport, error) {
	notes, err := from.MirroredCheckpoints()
	if err != nil {
		return record.VerifyReport{}, err
	}
	return RecordAgainst(ctx, from.Reader(), record.Against{Notes: notes}, progress)
}

// RecordAgainst is [Record] with what is held against the record given.
func RecordAgainst(ctx context.Context, from *store.Reader, a record.Against, progress func(done, of int64)) (record.VerifyReport, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	v := &verifier{
		ctx: ctx, path: from.Path, tables: from.Tables, against: a, points: map[int64][]namedCheckpoint{}, keyUses: []*record.KeyUse{},
		key: make([]byte, 32), want: map[string]*multisetHash{}, progress: progress, trusted: nothing,
	}
	rand.Read(v.key) // it never fails; and what is found does not depend on it
	defer v.close()
	err := v.open()
	if err == nil {
		err = v.all()
	}
	r := record.VerifyReport{
		OK: err == nil, Leaves: v.chain.Number, Rows: v.rows, Checkpoints: v.checkpoints, Covered: v.covered,
		Elsewhere: len(a.Notes), Head: fmt.Sprintf("%x", v.chain.Hash[:]), Trusted: v.trusted, Keys: v.keyUses,
	}
	var f ledger.IntegrityError
	if errors.As(err, &f) {
		r.FirstFault, err = string(f), nil
	} else if store.Damaged(err) {
		r.FirstFault, err = "The file is damaged: "+err.Error(), nil
	}
	return r, store.AsFault(err)
}

// open takes two connections of its own to one state of the record: they may be
// held for minutes, and nothing else must wait for that.
func (v *verifier) open() (err error) {
	if v.db, err = store.Connect(v.path, "mode=ro", store.Reading); err != nil {
		return err
	}
	var other int64
	if v.tx, v.last, err = v.beginRead(); err != nil {
		return err
	}
	for v.beside, other, err = v.beginRead(); err == nil && other != v.last; v.beside, other, err = v.beginRead() {
		v.tx.Rollback() //nolint:errcheck // somebody wrote in between: the older one reads anew
		v.tx, v.last, v.beside = v.beside, other, nil
	}
	return err
}

// readTx begins to read at the present state, which the number of its last
// leaf names: nothing is ever written without one.
func (v *verifier) beginRead() (tx *sql.Tx, last int64, err error) {
	if tx, err = v.db.BeginTx(v.ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
		return nil, 0, err
	}
	if err := tx.QueryRowContext(v.ctx, "SELECT coalesce(max(number), 0) FROM leaves").Scan(&last); err != nil {
		return nil, 0, errors.Join(err, tx.Rollback())
	}
	return tx, last, nil
}

func (v *verifier) close() {
	for _, tx := range []*sql.Tx{v.tx, v.beside} {
		if tx != nil {
			tx.Rollback() //nolint:errcheck // it only reads
		}
	}
	if v.db != nil {
		v.db.Close() // nothing is lost with it
	}
}

func (v *verifier) all() error {
	file := make(chan error, 1)
	go func() { file <- v.file() }()
	err := v.each([]stage{
		{v.notes, "What other checkpoints cover: this one, or its key, was changed. The leaves were not looked at."},
		{v.leaves, ""},
	})
	if damage := <-file; damage != nil {
		v.trusted = nothing
		return damage
	}
	if err != nil {
		return err
	}
	err = v.each([]stage{
		{v.tableRows, "Every leaf. What the tables say against their leaves is not to be trusted; the leaves hold what was written."},
		{v.checkNamed, "Every leaf and every row. Some of what is named by its hash does not have that hash."},
		{v.signers, "Every leaf and every row, and the checkpoints of the keys that were enrolled when they signed."},
		{v.schema, "Every leaf and every row. What guards them was changed, so that later ones may not be sound."},
		{v.parts, "Every leaf and every row. What a search for a part of a number does not find may be there all the same."},
		{v.scopes, "Every leaf and every row. What the scope of an incident counts may be more or less."},
	})
	if err == nil {
		v.trusted = "All of it, as far as the record can show by itself."
	}
	return err
}

// stage is one part of verifying, with what can be trusted when it fails.
type stage struct {
	do      func() error
	trusted string
}

// each ends at the first stage that finds something: what comes later rests on what
// came before.
func (v *verifier) each(stages []stage) error {
	for _, c := range stages {
		if err := c.do(); err != nil {
			if v.trusted = c.trusted; v.trusted == "" {
				v.trusted = fmt.Sprintf("Leaves 1 to %d, and what they say.", v.chain.Number)
			}
			return err
		}
	}
	return nil
}

// file asks SQLite whether the pages of the file are sound.
func (v *verifier) file() error {
	pages, err := store.CheckPages(v.ctx, v.beside)
	if err != nil {
		return err
	}
	v.partsDamaged = pages.Parts != "ok"
	if pages.Record != "ok" {
		return ledger.IntegrityError("The file is damaged: " + pages.Record)
	}
	return nil
}
