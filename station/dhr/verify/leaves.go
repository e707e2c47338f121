// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/ledger"
)

// leaves walks the chain, grows the tree along it, holds the nodes and the
// checkpoints against that, and sums up what the tables must hold.
func (v *verifier) leaves() error {
	v.of = v.last
	nodes, err := v.tx.QueryContext(v.ctx, "SELECT id, hash FROM nodes ORDER BY id")
	if err != nil {
		return err
	}
	defer nodes.Close()
	rows, err := v.tx.QueryContext(v.ctx, "SELECT number, hash, body, subject FROM leaves ORDER BY number")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := v.leaf(rows, nodes); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if nodes.Next() {
		return ledger.IntegrityError("The tree has more nodes than the leaves make.")
	}
	if missing := v.beyond(); missing != nil {
		return ledger.IntegrityError(fmt.Sprintf("%s covers %s, the record has %d: it is an older copy, or its end was cut off.",
			missing.name, station.Counted(missing.Size, "leaf", "leaves"), v.chain.Number))
	}
	return nodes.Err()
}

// leaf takes the next leaf: its number, its hash, what it says of rows, and the nodes
// of the tree that are complete with it.
func (v *verifier) leaf(rows, nodes *sql.Rows) error {
	var number int64
	var raw []byte
	var body sql.RawBytes
	var subject string
	if err := rows.Scan(&number, &raw, &body, &subject); err != nil {
		return err
	}
	var hash ledger.Hash
	if copy(hash[:], raw); len(raw) != len(hash) {
		return ledger.IntegrityError(fmt.Sprintf("The audit trail is broken: leaf %d has a hash of %d bytes.", number, len(raw)))
	}
	leaf, err := v.chain.Next(body, hash)
	if err != nil {
		return ledger.IntegrityError("The audit trail is broken: " + err.Error() + ".")
	}
	if number != leaf.Number {
		return ledger.IntegrityError(fmt.Sprintf("The audit trail is broken: leaf %d stands as number %d.", leaf.Number, number))
	}
	if ledger.Quoted(subject) != string(leaf.Subject) {
		return ledger.IntegrityError(fmt.Sprintf("Leaf %d stands under another subject than its own.", number))
	}
	for _, n := range v.tree.Add(hash) {
		if err := sameNode(nodes, n); err != nil {
			return err
		}
	}
	for _, c := range v.points[leaf.Number] {
		if c.Root != v.tree.Root() {
			return ledger.IntegrityError(fmt.Sprintf("%s was signed over other leaves than the first %d of the record.", c.name, c.Size))
		}
		v.checkpoints++
		v.covered = c.Size
	}
	return v.sum(leaf)
}

// sameNode holds the next stored node against the one that follows from the leaves.
func sameNode(nodes *sql.Rows, want ledger.TreeNode) error {
	var id int64
	var raw []byte
	if !nodes.Next() {
		return errors.Join(nodes.Err(), ledger.IntegrityError(fmt.Sprintf("Node %d of the tree is missing.", want.ID)))
	}
	if err := nodes.Scan(&id, &raw); err != nil {
		return err
	}
	if id != want.ID || string(raw) != string(want.Hash[:]) {
		return ledger.IntegrityError(fmt.Sprintf("Node %d of the tree is not what the leaves make.", want.ID))
	}
	return nil
}

// sum adds up what a leaf wrote. A row keeps its key.
func (v *verifier) sum(leaf ledger.Body) error {
	fresh := int64(0)
	for _, r := range leaf.Rows {
		t := v.want[string(r.Table)]
		if t == nil {
			t = newMultisetHash(v.key)
			v.want[string(r.Table)] = t
		}
		t.add(r.Image, leaf.Number)
		if r.Was == 0 {
			fresh++
			continue
		}
		for _, c := range v.tables[strings.Trim(string(r.Table), `"`)].Key {
			if r.Changes(c) {
				return ledger.IntegrityError(fmt.Sprintf("Leaf %d changes the key of a row of table %s.", leaf.Number, r.Table))
			}
		}
		v.before = r.Before(v.before[:0])
		t.remove(v.before, r.Was)
	}
	v.step(1, fresh)
	return nil
}

// notes opens every checkpoint: those in the record, those in the second
// place, and those handed in.
func (v *verifier) notes() error {
	keys, err := v.keys()
	if err != nil {
		return err
	}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT size, note FROM checkpoints ORDER BY size")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var size int64
		var note []byte
		if err := rows.Scan(&size, &note); err != nil {
			return err
		}
		if err := v.note(fmt.Sprintf("The checkpoint of %s in the record", station.Counted(size, "leaf", "leaves")), note, keys); err != nil {
			return err
		}
		if len(v.points[size]) == 0 {
			return ledger.IntegrityError(fmt.Sprintf("The checkpoint of %s in the record is about another number of leaves.", station.Counted(size, "leaf", "leaves")))
		}
	}
	for i, note := range v.against.Notes {
		if err := v.note(fmt.Sprintf("Checkpoint %d of those kept elsewhere", i+1), note, keys); err != nil {
			return err
		}
	}
	return rows.Err()
}

// note opens a checkpoint and keeps it until the leaves have come to its size.
func (v *verifier) note(name string, note []byte, keys []string) error {
	c, err := ledger.OpenCheckpoint(note, keys...)
	if err != nil {
		return ledger.IntegrityError(name + " is not signed by a known key: it was changed, is of another record, or this is a copy from before there was that key.")
	}
	v.points[c.Size] = append(v.points[c.Size], namedCheckpoint{c, name})
	return nil
}

// keys are those that were handed in; without any, those that the record
// itself names.
func (v *verifier) keys() (list []string, err error) {
	if len(v.against.Keys) > 0 {
		return v.against.Keys, nil
	}
	rows, err := v.tx.QueryContext(v.ctx, "SELECT key FROM station_keys")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k string
		if err := rows.Scan(&k); err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, rows.Err()
}

// beyond is the first checkpoint of more leaves than there are, or nil.
func (v *verifier) beyond() *namedCheckpoint {
	for _, size := range slices.Sorted(maps.Keys(v.points)) {
		if size > v.chain.Number {
			return &v.points[size][0]
		}
	}
	return nil
}
