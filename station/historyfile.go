// SPDX-License-Identifier: Apache-2.0

package station

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// HistoryKind is what a list of another system has.
type HistoryKind string

// The kinds of lists.
const (
	UnitList    HistoryKind = "units"
	GivenUpList HistoryKind = "given-up"
)

// HistoryState is how far a list of another system has come.
type HistoryState string

// The states of a list.
const (
	HistoryOpen      HistoryState = "open"
	HistoryAccepted  HistoryState = "accepted"
	HistoryWithdrawn HistoryState = "withdrawn"
)

// HistoryStates lists them.
var HistoryStates = []HistoryState{HistoryOpen, HistoryAccepted, HistoryWithdrawn}

// Counts reports whether what a list says is part of the record: it counts for
// nothing before it was accepted.
func (s HistoryState) Counts() bool { return s == HistoryAccepted }

// HistoryFile is a list of units, or of given-up bindings, of another system: as the
// record shows it, and as rules ask for it.
type HistoryFile struct {
	ID         int64           `json:"id"`
	Kind       HistoryKind     `json:"kind"`
	GoesWith   int64           `json:"goes_with"` // the list of units, of one of given-up bindings; else 0
	Source     string          `json:"source"`    // the other system
	Name       string          `json:"name"`      // of the file
	Hash       string          `json:"hash"`      // SHA-256, hex
	Bytes      int64           `json:"bytes"`
	Mapping    json.RawMessage `json:"mapping"` // field to the name of its column
	Sheet      string          `json:"sheet"`   // of a workbook; "" is the only visible one
	Rows       *int64          `json:"rows"`    // nil until all of them are in the record
	LeftOut    int64           `json:"left_out"`
	State      HistoryState    `json:"state"`
	Reason     string          `json:"reason"` // why it was withdrawn
	By         string          `json:"by"`
	FedBy      []string        `json:"fed_by"` // others who brought some of it, or of what goes with it, in
	At         time.Time       `json:"at"`
	ComparedBy string          `json:"compared_by"` // "" until a second person has compared the sample
	ComparedAt *time.Time      `json:"compared_at"`
	Signature  int64           `json:"signature"` // that accepted it, else 0
	Leaf       int64           `json:"leaf"`
}

// Whole reports whether all rows of the list are in the record.
func (f HistoryFile) Whole() bool { return f.Rows != nil }

// differsIn names what the rows of a list follow from beside its file, and is another
// than it was.
func (f HistoryFile) differsIn(was HistoryFile) string {
	var list []string
	for _, of := range []struct {
		name string
		same bool
	}{
		{"the kind of list", f.Kind == was.Kind}, {"the list of units that it goes with", f.GoesWith == was.GoesWith},
		{"the source", f.Source == was.Source}, {"the mapping", bytes.Equal(f.Mapping, was.Mapping)}, {"the sheet", f.Sheet == was.Sheet},
	} {
		if !of.same {
			list = append(list, of.name)
		}
	}
	return strings.Join(list, ", ")
}

// AllowGoOn refuses to bring the same file in again, but for one that was begun and
// is not done: it goes on, by what its rows were read by before. Its error is a
// *Refusal.
func (f HistoryFile) AllowGoOn(as HistoryFile) error {
	if f.State != HistoryOpen {
		return Refuse(HistoryKnown, fmt.Sprintf("list %d", f.ID))
	}
	if other := as.differsIn(f); other != "" {
		return Refuse(HistoryDiffers, fmt.Sprintf("list %d differs in %s", f.ID, other))
	}
	return nil
}

// AllowChange refuses to change a list that was accepted or withdrawn. Its error is
// a *Refusal.
func (f HistoryFile) AllowChange() error {
	if f.State != HistoryOpen {
		return Refuse(HistoryKnown, fmt.Sprintf("list %d, %s", f.ID, f.State))
	}
	return nil
}

// AllowSample refuses to pick the rows to compare of a list that is not whole. Its
// error is a *Refusal.
func (f HistoryFile) AllowSample() error {
	if !f.Whole() {
		return Refuse(HistoryNotReady, fmt.Sprintf("not all rows of list %d are in the record: import the same file again.", f.ID))
	}
	return nil
}

// AllowLeaveOut refuses to take a row out of a list that was taken out before, whose
// reason stays. Its error is a *Refusal.
func (f HistoryFile) AllowLeaveOut(row int64, state ImportedBindingState) error {
	if state == BindingLeftOut {
		return Refuse(HistoryKnown, fmt.Sprintf("row %d of list %d, left out", row, f.ID))
	}
	return nil
}

// AllowCompare says whether p may say that the sample of a list is right: none of
// those who brought it in, and once. Its error is a *Refusal.
func AllowCompare(p Person, f HistoryFile) error {
	if err := f.AllowChange(); err != nil {
		return err
	}
	if f.ComparedBy != "" {
		return Refuse(HistoryKnown, fmt.Sprintf("list %d, compared by %s", f.ID, f.ComparedBy))
	}
	return f.allowApart(p, MayCompareSample)
}

// allowApart refuses who brought some of the list in, and who may not do a.
func (f HistoryFile) allowApart(p Person, a Permission) error {
	for _, by := range append([]string{f.By}, f.FedBy...) {
		if err := AllowSecond(p, by, a); err != nil {
			return err
		}
	}
	return Allow(p, a)
}

// VoidsComparison reports whether a change of what counts of the list takes away that
// its sample was compared: who compared it saw another list.
func (f HistoryFile) VoidsComparison() bool { return f.ComparedBy != "" }

// AllowHistory says whether p may accept a list, and those that go with it: that each
// is open, whole and compared, that p brought none of it in, and that there are no
// clashes, which are rows of theirs at odds with others or with the record. A list of
// given-up bindings is accepted with the units that it goes with, and never by itself.
// Its error is a *Refusal.
func AllowHistory(p Person, clashes int, f HistoryFile, with ...HistoryFile) error {
	if err := f.AllowChange(); err != nil {
		return err
	}
	if f.Kind == GivenUpList {
		return Refuse(HistoryNotReady, "it goes with a list of units: accept that.")
	}
	for _, l := range append([]HistoryFile{f}, with...) {
		if err := l.allowAccept(p, clashes); err != nil {
			return err
		}
	}
	return nil
}

// allowAccept is that rule of one of them.
func (f HistoryFile) allowAccept(p Person, clashes int) error {
	if err := f.AllowChange(); err != nil {
		return err
	}
	var left []string
	if !f.Whole() {
		left = append(left, "not all of its rows are in the record: import the same file again.")
	}
	if clashes > 0 {
		left = append(left, Counted(clashes, "clash is", "clashes are")+" not decided.")
	}
	if f.ComparedBy == "" {
		left = append(left, "nobody has compared the sample.")
	}
	if len(left) > 0 {
		return Refuse(HistoryNotReady, strings.Join(left, " "))
	}
	return f.allowApart(p, MayAcceptHistory)
}

// mostCompared is how many rows of a list are compared with their source at
// most: when all of them are right, no more than 5 of 100 rows of the list are
// wrong, at a confidence of 95 % (a plan of acceptance number 0: 0.95 to the
// 59th is less than 0.05).
const mostCompared = 59

// SampleRows picks the rows of a list that a second person compares, as places
// from 0 in ascending order: one of each of as many equal parts as are due, by
// the hash of the file, so that nobody picks them.
func SampleRows(hash string, rows int) []int {
	n := min(rows, mostCompared)
	list := make([]int, n)
	for i := range list {
		from, to := i*rows/n, (i+1)*rows/n
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", hash, i))
		list[i] = from + int(binary.BigEndian.Uint32(sum[:])%uint32(to-from)) // to is above from, and both are rows
	}
	return list
}
