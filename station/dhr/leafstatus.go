// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// behind is the leaf that a row names, and whether the row is as it wrote it.
func (w *browser) behind(name string, def store.Table, r store.Row) (*record.LeafStatus, error) {
	number := r["leaf"].(int64) //nolint:errcheck // STRICT: leaf is an integer
	want, err := ledger.Image(name, store.RowImage(def, r))
	if err != nil {
		return nil, err
	}
	key := nodeKey(def, r)
	here := func(row ledger.Row) bool { return row.Table == name && nodeKey(def, row.Row) == key }
	line, l, err := w.readable(number)
	if err != nil {
		return nil, err
	}
	if l.Number == 0 {
		return &record.LeafStatus{Number: number, Wrong: []record.Wrong{record.LeafMissing}}, nil
	}
	s, err := w.leafStatus(line, l, here)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(line.Body, want) {
		s.Wrong = append(s.Wrong, record.RowDiffers)
	}
	later, err := w.writtenLater(l, here)
	if later {
		s.Wrong = append(s.Wrong, record.RowSetBack)
	}
	return s, err
}

func (w *browser) leafNumbered(name string) (*record.LeafStatus, error) {
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return nil, store.ErrUnknown
	}
	line, l, err := w.readable(number)
	if err != nil {
		return nil, err
	}
	if l.Number == 0 {
		return nil, store.ErrUnknown
	}
	return w.leafStatus(line, l, func(ledger.Row) bool { return false })
}

// readable is a leaf as it stands and as it reads; Number is 0 where it is
// missing, or cannot be read.
func (w *browser) readable(number int64) (record.Leaf, ledger.Leaf, error) {
	line, err := w.Leaf(w.ctx, number)
	if errors.Is(err, store.ErrUnknown) {
		return line, ledger.Leaf{}, nil
	} else if err != nil {
		return line, ledger.Leaf{}, err
	}
	l, ok := decoded(line.Body)
	if !ok || l.Number != number {
		return line, ledger.Leaf{}, nil
	}
	return line, l, nil
}

func decoded(body []byte) (l ledger.Leaf, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	return l, dec.Decode(&l) == nil
}

// leafStatus holds a leaf against its hash, its neighbours and the newest
// checkpoint.
func (w *browser) leafStatus(line record.Leaf, l ledger.Leaf, here func(ledger.Row) bool) (*record.LeafStatus, error) {
	at, _ := time.Parse(ledger.Stamp, l.At) //nolint:errcheck // a time that is none shows as zero
	s := &record.LeafStatus{
		Number: l.Number, At: at, Zone: l.Zone, Station: l.Station, What: l.What, Why: w.maskedIn(l.Why),
		Subject: w.maskedIn(l.Subject), Hash: line.Hash, Prev: l.Prev,
	}
	hash := tlog.RecordHash(line.Body)
	if hexed(hash) != line.Hash {
		s.Wrong = append(s.Wrong, record.HashDiffers)
	}
	var err error
	if s.Who, err = w.named(l.Who); err != nil {
		return nil, err
	}
	if s.Changes, err = w.changes(l, here); err != nil {
		return nil, err
	}
	for _, check := range []func(*record.LeafStatus, ledger.Hash) error{w.neighbours, w.prove} {
		if err := check(s, hash); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// neighbours holds a leaf against the one before and the one after.
func (w *browser) neighbours(s *record.LeafStatus, hash ledger.Hash) error {
	prev := hexed(ledger.Hash{}) // of the first leaf
	if s.Number > 1 {
		before, err := w.Leaf(w.ctx, s.Number-1)
		if err != nil && !errors.Is(err, store.ErrUnknown) {
			return err
		}
		prev = before.Hash
	}
	if prev != s.Prev {
		s.Wrong = append(s.Wrong, record.PrevDiffers)
	}
	_, next, err := w.readable(s.Number + 1)
	if next.Number != 0 && next.Prev != hexed(hash) {
		s.Wrong = append(s.Wrong, record.NextDiffers)
	}
	return err
}

// prove proves a leaf to be under the newest checkpoint, with the hash that
// its text has now (RFC 6962 §2.1.1).
func (w *browser) prove(s *record.LeafStatus, hash ledger.Hash) error {
	c, key, err := w.newest(w.ctx)
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
	proof, err := w.Prove(w.ctx, s.Number, c.Size)
	if err != nil && !errors.Is(err, store.ErrUnknown) {
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
func (s *Snapshot) newest(ctx context.Context) (c ledger.Checkpoint, key string, err error) {
	var note string
	err = s.view.reads.Row(ctx, `SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1`, nil, []any{&note})
	if errors.Is(err, sql.ErrNoRows) {
		return c, "", nil
	} else if err != nil {
		return c, "", store.AsFault(err)
	}
	keys, err := s.view.Keys(ctx)
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
// again: then it was set back. A leaf with another subject is left to
// [DHR.Verify].
func (w *browser) writtenLater(l ledger.Leaf, here func(ledger.Row) bool) (later bool, err error) {
	if l.Subject == "" {
		return false, nil
	}
	err = w.view.reads.Each(w.ctx, `SELECT body FROM leaves WHERE subject = ? AND number > ? ORDER BY number`,
		[]any{l.Subject, l.Number}, func(scan func(...any) error) error {
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
