// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/ledger"
)

// history is what the leaves of a bundle wrote, with what later ones of them
// changed taken away: the rows as they stood at the checkpoint.
type history struct {
	leaves map[int64]bool
	live   map[[sha256.Size]byte]origin
}

// origin is where a row was written.
type origin struct {
	leaf    int64
	subject string
}

// image is a row as a key of a history.
func image(table string, row map[string]any) ([sha256.Size]byte, error) {
	text, err := ledger.Image(table, row)
	return sha256.Sum256(text), err
}

// add replays a leaf. Leaves come in the order of their numbers.
func (h *history) add(l ledger.Leaf) error {
	h.leaves[l.Number] = true
	for _, r := range l.Rows {
		if h.leaves[r.Was] {
			before := map[string]any{}
			for c, v := range r.Row {
				before[c] = v
			}
			for c, v := range r.Old {
				before[c] = v
			}
			before["leaf"] = r.Was
			key, err := image(r.Table, before)
			if err != nil {
				return err
			}
			if _, ok := h.live[key]; !ok {
				return wrong("Leaf %d changes a row of table %s that leaf %d did not write so.", l.Number, r.Table, r.Was)
			}
			delete(h.live, key)
		}
		key, err := image(r.Table, r.Row)
		if err != nil {
			return err
		}
		h.live[key] = origin{l.Number, l.Subject}
	}
	return nil
}

// eachLine reads a file of JSON Lines.
func (v *checker) eachLine(name string, do func(n int, line []byte) error) error {
	r, err := v.read(name)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // it was only read
	lines := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil {
			return wrong("The file %q is damaged in line %d: %v.", name, n, err)
		}
		if err := do(n, line); err != nil {
			return err
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
	}
}

// strict reads a line of JSON, all of whose members we know.
func strict(line []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	dec.UseNumber()
	return dec.Decode(into)
}

// leaves checks the proof of each leaf and replays it.
func (v *checker) leaves() error {
	v.history = history{leaves: map[int64]bool{}, live: map[[sha256.Size]byte]origin{}}
	last, hash := int64(0), ledger.Hash{}
	return v.eachLine(fileLeaves, func(n int, line []byte) error {
		var b bundleLeaf
		var l ledger.Leaf
		if err := strict(line, &b); err != nil {
			return wrong("Line %d of the leaves cannot be read.", n)
		}
		if err := strict([]byte(b.Body), &l); err != nil || l.Number != b.Number {
			return wrong("Leaf %d cannot be read.", b.Number)
		}
		if b.Number <= last {
			return wrong("Leaf %d does not stand in its place.", b.Number)
		}
		before := hash
		hash = tlog.RecordHash([]byte(b.Body))
		if l.Number == last+1 && last > 0 && l.Prev != hex.EncodeToString(before[:]) {
			return wrong("Leaf %d does not follow leaf %d.", l.Number, last)
		}
		last = l.Number
		if err := v.proven(b, hash); err != nil {
			return err
		}
		v.Leaves++
		return v.history.add(l)
	})
}

// proven checks that a leaf is in the tree of the checkpoint.
func (v *checker) proven(b bundleLeaf, hash ledger.Hash) error {
	proof := make(tlog.RecordProof, len(b.Proof))
	for i, text := range b.Proof {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != len(proof[i]) {
			return wrong("The proof of leaf %d cannot be read.", b.Number)
		}
		copy(proof[i][:], raw)
	}
	if tlog.CheckRecord(proof, v.checkpoint.Size, v.checkpoint.Root, b.Number-1, hash) != nil {
		return wrong("Leaf %d is not in the checkpoint: it was changed.", b.Number)
	}
	return nil
}

// records looks every row up in the leaf that it names.
func (v *checker) records() error {
	v.dots = map[string]string{}
	units, names := map[string]bool{}, false
	err := v.eachLine(fileRecords, func(n int, line []byte) error {
		if n == 1 {
			var head bundleHead
			if err := strict(line, &head); err != nil || head.Bundle != 1 {
				return wrong("The first line of the records cannot be read.")
			}
			v.Subject = head.Subject
			return nil
		}
		if strict(line, &bundleNames{}) == nil {
			names = true
			return nil
		}
		var r bundleRecord
		if err := strict(line, &r); err != nil || names {
			return wrong("Line %d of the records cannot be read.", n)
		}
		if strings.HasPrefix(r.Of, "unit:") {
			units[r.Of] = true
			v.Units++
		}
		for _, row := range r.Rows {
			if err := v.row(r.Of, row); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !names {
		err = wrong("The last line of the records is missing.")
	}
	v.units = units
	return err
}

func (v *checker) row(of string, r bundleRow) error {
	key, err := image(r.Table, r.Row)
	if err != nil {
		return err
	}
	if _, ok := v.history.live[key]; !ok {
		return wrong("A row of table %s (%s) is not as leaf %v wrote it, or was changed later.", r.Table, of, r.Row["leaf"])
	}
	delete(v.history.live, key)
	v.Rows++
	if r.Table == "prints" {
		v.dots[fmt.Sprint(r.Row["id"])] = fmt.Sprint(r.Row["hash"])
	}
	return blobs(of, r)
}

// blobs checks the bytes of a row, of which the leaf has only the hashes.
func blobs(of string, r bundleRow) error {
	for _, column := range blobColumns[r.Table] {
		text, ok := r.Base64[column]
		if s, is := r.Blobs[column]; is {
			text, ok = []byte(s), true
		}
		sum := sha256.Sum256(text)
		if !ok || r.Row[column] != "sha256:"+hex.EncodeToString(sum[:]) {
			return wrong("The %s of a row of table %s (%s) does not have the hash in its leaf.", column, r.Table, of)
		}
	}
	if len(r.Blobs)+len(r.Base64) != len(blobColumns[r.Table]) {
		return wrong("A row of table %s (%s) has bytes that its leaf does not speak of.", r.Table, of)
	}
	return nil
}

// complete looks for rows that leaves of the units wrote and the records lack.
func (v *checker) complete() error {
	for _, o := range v.history.live {
		if v.units[o.subject] {
			return wrong("The records lack a row of %s that leaf %d wrote.", o.subject, o.leaf)
		}
	}
	return nil
}
