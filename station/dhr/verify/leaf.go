// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// LeafVerifier holds single leaves of one moment of a record against their hashes,
// the leaves beside them and the newest checkpoint.
type LeafVerifier struct {
	ctx  context.Context
	snap *store.SnapshotReader
}

// LeavesOf are the leaves of a snapshot. ctx must live as long as they are used.
func LeavesOf(ctx context.Context, snap *store.SnapshotReader) LeafVerifier {
	return LeafVerifier{ctx, snap}
}

// Read is a leaf as it stands and as it reads; its Number is 0 where it is
// missing, or cannot be read.
func (l LeafVerifier) Read(number int64) (record.LeafView, ledger.Leaf, error) {
	line, err := l.snap.Leaf(l.ctx, number)
	if errors.Is(err, store.ErrNotFound) {
		return line, ledger.Leaf{}, nil
	} else if err != nil {
		return line, ledger.Leaf{}, err
	}
	leaf, ok := decoded(line.Body)
	if !ok || leaf.Number != number {
		return line, ledger.Leaf{}, nil
	}
	return line, leaf, nil
}

// decoded reads a leaf. Numbers stay as they are written: one of more than 53 bits
// would not survive a float.
func decoded(body []byte) (l ledger.Leaf, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	return l, dec.Decode(&l) == nil
}

// Status holds a leaf against its hash, its neighbours and the newest
// checkpoint. Changes, and what people are shown of Who, Why and Subject, are
// left to the caller.
func (l LeafVerifier) Status(line record.LeafView, leaf ledger.Leaf) (*record.LeafStatus, error) {
	s := &record.LeafStatus{LeafHead: leaf.LeafHead, Hash: line.Hash}
	hash := tlog.RecordHash(line.Body)
	if hexed(hash) != line.Hash {
		s.Wrong = append(s.Wrong, record.HashDiffers)
	}
	for _, check := range []func(*record.LeafStatus, ledger.Hash) error{l.neighbours, l.prove} {
		if err := check(s, hash); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Row is the status of the leaf that a row names, and whether the row is as it
// wrote it; the leaf's Number is 0 where it is missing. image is the row as
// leaves show it, here tells it among the rows of a leaf.
func (l LeafVerifier) Row(table string, image map[string]any, here func(ledger.RowImage) bool) (*record.LeafStatus, ledger.Leaf, error) {
	number := image["leaf"].(int64) // STRICT: leaf is an integer
	want, err := ledger.Image(table, image)
	if err != nil {
		return nil, ledger.Leaf{}, err
	}
	line, leaf, err := l.Read(number)
	if err != nil {
		return nil, leaf, err
	}
	if leaf.Number == 0 {
		return &record.LeafStatus{LeafHead: ledger.LeafHead{Number: number}, Wrong: []record.Wrong{record.LeafMissing}}, leaf, nil
	}
	s, err := l.Status(line, leaf)
	if err != nil {
		return nil, leaf, err
	}
	if !bytes.Contains(line.Body, want) {
		s.Wrong = append(s.Wrong, record.RowDiffers)
	}
	later, err := l.writtenLater(leaf, here)
	if later {
		s.Wrong = append(s.Wrong, record.RowSetBack)
	}
	return s, leaf, err
}

// neighbours holds a leaf against the one before and the one after.
func (l LeafVerifier) neighbours(s *record.LeafStatus, hash ledger.Hash) error {
	prev := hexed(ledger.Hash{}) // of the first leaf
	if s.Number > 1 {
		before, err := l.snap.Leaf(l.ctx, s.Number-1)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		prev = before.Hash
	}
	if prev != s.Prev {
		s.Wrong = append(s.Wrong, record.PrevDiffers)
	}
	_, next, err := l.Read(s.Number + 1)
	if next.Number != 0 && next.Prev != hexed(hash) {
		s.Wrong = append(s.Wrong, record.NextDiffers)
	}
	return err
}

// prove proves a leaf to be under the newest checkpoint, with the hash that
// its text has now (RFC 6962 §2.1.1).
func (l LeafVerifier) prove(s *record.LeafStatus, hash ledger.Hash) error {
	c, key, err := l.newest()
	if errors.Is(err, ledger.ErrUnsigned) {
		s.Wrong = append(s.Wrong, record.NoKnownKey)
		return nil
	} else if err != nil {
		return err
	}
	s.Size, s.Key = c.Size, key
	if c.Size < s.Number {
		return nil
	}
	s.Root = c.Root.String()
	proof, err := l.snap.Prove(l.ctx, s.Number, c.Size)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err != nil || tlog.CheckRecord(proof, c.Size, c.Root, s.Number-1, hash) != nil {
		s.Wrong = append(s.Wrong, record.NotInTheTree)
		return nil
	}
	for _, h := range proof {
		s.Path = append(s.Path, hexed(h))
	}
	s.Proven = true
	return nil
}

// newest is the newest checkpoint, with the name and hash of the key that
// signed it; its Size is 0 where there is none.
func (l LeafVerifier) newest() (c ledger.Checkpoint, key string, err error) {
	var note string
	err = l.snap.Row(l.ctx, `SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1`, nil, []any{&note})
	if errors.Is(err, sql.ErrNoRows) {
		return c, "", nil
	} else if err != nil {
		return c, "", store.AsFault(err)
	}
	keys, err := l.snap.Keys(l.ctx)
	if err != nil {
		return c, "", err
	}
	for _, k := range keys {
		if c, err := ledger.OpenCheckpoint([]byte(note), k); err == nil {
			return c, strings.Join(strings.SplitN(k, "+", 3)[:2], "+"), nil // the key itself comes last
		}
	}
	return c, "", fmt.Errorf("the newest checkpoint: %w", ledger.ErrUnsigned)
}

// writtenLater reports whether a later leaf with the same subject wrote a row
// again: then it was set back. A leaf with another subject is left to [Record].
func (l LeafVerifier) writtenLater(leaf ledger.Leaf, here func(ledger.RowImage) bool) (later bool, err error) {
	if leaf.Subject == "" {
		return false, nil
	}
	err = l.snap.Each(l.ctx, `SELECT body FROM leaves WHERE subject = ? AND number > ? ORDER BY number`,
		[]any{leaf.Subject, leaf.Number}, func(scan func(...any) error) error {
			var body []byte
			if err := scan(&body); err != nil {
				return err
			}
			next, _ := decoded(body) // one that cannot be read tells so at its own place
			for _, r := range next.Rows {
				later = later || here(r)
			}
			return nil
		})
	return later, err
}

// hexed is a hash as people compare it.
func hexed(h ledger.Hash) string { return hex.EncodeToString(h[:]) }
