// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// Unit proves the record of one unit by itself, which is quick whatever else
// the record holds: every row about the unit against the leaf that it names,
// every leaf that tells of the unit against its hash and, up to the newest
// signed checkpoint, against that by its inclusion proof; and that no row is
// gone or older than its last leaf. What other units say is for [Record].
//
// A record that is wrong is not an error: the proof says so.
func Unit(ctx context.Context, from *store.Reader, serial string) (record.UnitProof, error) {
	snap, err := from.Snapshot(ctx)
	if err != nil {
		return record.UnitProof{}, err
	}
	s := unitProver{ctx: ctx, serial: store.Text(serial), snap: snap, leaves: map[int64]record.LeafView{}, read: map[int64]ledger.Leaf{}}
	err = store.AsFault(errors.Join(s.all(), snap.Close()))
	var f ledger.IntegrityError
	switch {
	case errors.As(err, &f):
		s.FirstFault, err = string(f), nil
	case store.Damaged(err):
		s.FirstFault, err = "The file is damaged: "+err.Error(), nil
	case err == nil:
		s.OK = true
	}
	return s.UnitProof, store.AsFault(err)
}

// unitProver is one run of [Unit].
type unitProver struct {
	record.UnitProof
	ctx    context.Context
	serial string
	snap   *store.SnapshotReader
	rows   []record.LeafRow
	leaves map[int64]record.LeafView // that tell of the unit, by number
	read   map[int64]ledger.Leaf     // the same, decoded
}

func (s *unitProver) all() error {
	for _, check := range []func() error{s.collect, s.rowsInLeaves, s.leavesInTree, s.complete} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// collect reads the rows about the unit, and every leaf that is about it, about
// its lot, or that one of the rows names.
func (s *unitProver) collect() error {
	numbers := map[int64]bool{}
	err := s.snap.UnitRows(s.ctx, s.serial, func(r record.LeafRow) error {
		s.rows = append(s.rows, r)
		numbers[r.Leaf()] = true
		return nil
	})
	if err != nil {
		return err
	}
	subjects := []string{"unit:" + s.serial}
	var lot string
	err = s.snap.Row(s.ctx, `SELECT o.lot FROM units u JOIN orders o ON o.id = u.work_order WHERE u.serial = ?`, []any{s.serial}, []any{&lot})
	if err == nil {
		subjects = append(subjects, "lot:"+lot)
	} else if !errors.Is(err, sql.ErrNoRows) {
		return store.AsFault(err)
	}
	for _, subject := range subjects {
		if err := s.snap.LeavesOf(s.ctx, subject, func(n int64) { numbers[n] = true }); err != nil {
			return err
		}
	}
	for n := range numbers {
		l, err := s.snap.Leaf(s.ctx, n)
		if errors.Is(err, store.ErrNotFound) {
			return ledger.IntegrityError(fmt.Sprintf("A row about the unit names leaf %d, which does not exist.", n))
		} else if err != nil {
			return err
		}
		s.leaves[n] = l
	}
	s.Leaves = len(numbers)
	return nil
}

// rowsInLeaves looks for the image of each row in the leaf that it names.
func (s *unitProver) rowsInLeaves() error {
	for _, r := range s.rows {
		want, err := ledger.Image(r.Table, r.Row)
		if err != nil {
			return err
		}
		if !bytes.Contains(s.leaves[r.Leaf()].Body, want) {
			return ledger.IntegrityError(fmt.Sprintf("A row of table %s is not as leaf %d wrote it.", r.Table, r.Leaf()))
		}
	}
	return nil
}

// leavesInTree holds each leaf against its hash, the leaves beside it, and the
// newest signed checkpoint where that covers it.
func (s *unitProver) leavesInTree() error {
	leaves := LeafVerifier{s.ctx, s.snap}
	for n, line := range s.leaves {
		leaf, ok := decoded(line.Body)
		if !ok {
			return ledger.IntegrityError(fmt.Sprintf("Leaf %d is not readable.", n))
		}
		leaf.Number = n // as it stands, whatever it says
		s.read[n] = leaf
		status, err := leaves.Status(line, leaf)
		if err != nil {
			return err
		}
		if len(status.Wrong) > 0 {
			return ledger.IntegrityError(fmt.Sprintf(broken[status.Wrong[0]], n))
		}
		if s.Checkpoint = status.Size; status.Proven {
			s.Signed++
		}
	}
	return nil
}

// broken says what is wrong with a leaf.
var broken = map[record.Wrong]string{
	record.HashDiffers:  "Leaf %d was changed: its hash does not fit its text.",
	record.PrevDiffers:  "Leaf %d does not follow the leaf before it: it names another hash.",
	record.NextDiffers:  "The leaf after leaf %d names another hash before it.",
	record.NoKnownKey:   "The newest checkpoint, which leaf %d was held against, is not signed by a known key.",
	record.NotInTheTree: "Leaf %d is not one of those that the newest checkpoint was signed over.",
}

// complete looks whether each row that a leaf wrote about the unit is there, in
// its last state.
func (s *unitProver) complete() error {
	there, hangs := map[string]int64{}, map[string]bool{}
	for _, r := range s.rows {
		there[s.key(r.Table, r.Row)] = r.Leaf()
		hangs[fmt.Sprint(strings.TrimSuffix(r.Table, "s"), r.Row["id"])] = true
	}
	ours := func(r map[string]any) bool {
		return r["serial"] == s.serial || hangs[fmt.Sprint("binding", r["binding"])] || hangs[fmt.Sprint("attempt", r["attempt"])]
	}
	for n, leaf := range s.read {
		for _, r := range leaf.Rows {
			last, ok := there[s.key(r.Table, r.Row)]
			switch {
			case !ours(r.Row):
			case !ok:
				return ledger.IntegrityError(fmt.Sprintf("A row of table %s that leaf %d wrote is gone.", r.Table, n))
			case last < n:
				return ledger.IntegrityError(fmt.Sprintf("A row of table %s was set back to what it was before leaf %d.", r.Table, n))
			}
		}
	}
	return nil
}

// key names a row.
func (s *unitProver) key(table string, r map[string]any) string {
	k := table
	for _, c := range s.snap.Tables[table].Key {
		k += fmt.Sprintf("\x00%v", r[c])
	}
	return k
}
