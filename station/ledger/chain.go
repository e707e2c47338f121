// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"encoding/hex"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Chain checks leaves one after the other, the first to the last.
type Chain struct {
	Number int64 // of the last leaf checked
	Hash   Hash  // of the last leaf checked
	At     time.Time
}

// Next checks that text is the body of the leaf after the last one and that
// hash is its hash, and takes it apart.
func (c *Chain) Next(text []byte, hash Hash) (Body, error) {
	l, ok := bodyOf(text)
	if !ok {
		return l, fmt.Errorf("leaf %d is not canonical JSON of a leaf", c.Number+1)
	}
	got := tlog.RecordHash(text)
	switch {
	case l.Number != c.Number+1:
		return l, fmt.Errorf("leaf %d is missing: leaf %d follows leaf %d", c.Number+1, l.Number, c.Number)
	case got != hash:
		return l, fmt.Errorf("leaf %d was changed: its hash does not fit its text", l.Number)
	case string(l.Prev) != Quoted(hex.EncodeToString(c.Hash[:])):
		return l, fmt.Errorf("leaf %d does not follow leaf %d: it names another hash before it", l.Number, c.Number)
	}
	if l.At.Add(ClockSlack).Before(c.At) && string(l.What) != Quoted(SettleClock) {
		return l, fmt.Errorf("the time of leaf %d is before that of leaf %d", l.Number, c.Number)
	}
	c.Number, c.Hash, c.At = l.Number, got, l.At
	return l, nil
}
