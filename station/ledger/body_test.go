// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// seedLeaf has all that a leaf can have.
func seedLeaf() Leaf {
	l := New(7, Hash{1}, time.Date(2026, 3, 2, 12, 0, 0, 5e6, time.UTC))
	l.Who, l.Station, l.What, l.Subject, l.Why = "o", "bench-1", "complete", "unit:é\"\\\x01\t", ""
	l.Rows = []RowImage{
		{Table: "units", Row: map[string]any{"serial": "CL-1", "leaf": int64(8), "ended": nil}},
		{Table: "prints", Row: map[string]any{"id": int64(-3), "leaf": int64(8), "state": "sent", "n": int64(2)},
			Old: map[string]any{"state": "intended", "n": nil}, Was: 6},
		{Table: "prints", Row: map[string]any{"id": int64(4), "leaf": int64(8), "proof": "scan"},
			Old: map[string]any{"proof": LeftOut, "a": "x", "z": int64(1)}, Was: 5},
	}
	return l
}

func TestABodyGivesTheRowsAndWhatTheyReplaced(t *testing.T) {
	text, _, err := seedLeaf().Encode()
	if err != nil {
		t.Fatal(err)
	}
	l, ok := bodyOf(text)
	if !ok || l.Number != 8 || string(l.What) != `"complete"` || string(l.Subject) != `"unit:é\"\\\u0001\t"` || len(l.Rows) != 3 {
		t.Fatalf("%v %+v", ok, l)
	}
	for i, r := range seedLeaf().Rows {
		if want, err := Image(r.Table, r.Row); err != nil || !bytes.Equal(l.Rows[i].Image, want) {
			t.Errorf("%s\nwant\n%s %v", l.Rows[i].Image, want, err)
		}
	}
	for i, want := range map[int]string{
		1: `"row":{"id":-3,"leaf":6,"n":null,"state":"intended"},"table":"prints"`,
		2: `"row":{"a":"x","id":4,"leaf":5,"z":1},"table":"prints"`, // two columns went back to their default, one came
	} {
		if got := l.Rows[i].Before(nil); string(got) != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		row := seedLeaf().Rows[i]
		if got, err := Image(row.Table, row.Before()); err != nil || string(got) != want {
			t.Errorf("%s %v\nwant\n%s", got, err, want)
		}
	}
}

// sensible is what a leaf says beside its form, in the general way.
func sensible(l Leaf) bool {
	at, err := time.Parse(Stamp, l.At)
	if err != nil || at.Format(Stamp) != l.At || at.Year() <= 0 {
		return false
	}
	if len(l.Zone) != 6 || !strings.Contains("+-", l.Zone[:1]) {
		return false
	}
	if _, err = time.Parse("15:04", l.Zone[1:]); err != nil {
		return false
	}
	return !slices.ContainsFunc(l.Rows, func(r RowImage) bool { return !sensibleRow(r, l.Number) })
}

// sensibleRow is what a row of the leaf with that number says.
func sensibleRow(r RowImage, number int64) bool {
	if _, moved := r.Old["leaf"]; moved || r.Row["leaf"] != json.Number(strconv.FormatInt(number, 10)) {
		return false
	}
	for c, v := range r.Old {
		if _, there := r.Row[c]; v == LeftOut && !there {
			return false
		}
	}
	return r.Was <= number && (r.Was > 0 || r.Was == 0 && r.Old == nil)
}

// A leaf that could have been written by nobody is refused, though it is
// canonical.
func TestALeafThatNobodyCouldWriteIsRefused(t *testing.T) {
	for name, change := range map[string]func(*Leaf){
		"a row of another leaf":                 func(l *Leaf) { l.Rows[0].Row["leaf"] = int64(7) },
		"a row of no leaf":                      func(l *Leaf) { delete(l.Rows[0].Row, "leaf") },
		"a row whose leaf is a text":            func(l *Leaf) { l.Rows[0].Row["leaf"] = "8" },
		"a row that replaced one to come":       func(l *Leaf) { l.Rows[1].Was = 9 },
		"a row that replaced one of no leaf":    func(l *Leaf) { l.Rows[1].Was = -1 },
		"a new row that says what it was":       func(l *Leaf) { l.Rows[1].Was = 0 },
		"a row whose leaf is said to have been": func(l *Leaf) { l.Rows[1].Old["leaf"] = int64(5) },
		"a column that came and is not there":   func(l *Leaf) { l.Rows[1].Old["came"] = LeftOut },
		"a day that there is not":               func(l *Leaf) { l.At = "2026-02-30T12:00:00.005Z" },
		"a time with a comma":                   func(l *Leaf) { l.At = "2026-03-02T12:00:00,005Z" },
		"an hour of one digit":                  func(l *Leaf) { l.At = "2026-03-02T2:00:00.005Z" },
		"the year 0":                            func(l *Leaf) { l.At = "0000-03-02T12:00:00.005Z" },
		"no zone":                               func(l *Leaf) { l.Zone = "" },
		"a zone by name":                        func(l *Leaf) { l.Zone = "CET" },
		"a zone of more than a day":             func(l *Leaf) { l.Zone = "+24:00" },
	} {
		l := seedLeaf()
		change(&l)
		text, _, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if Sound(text) {
			t.Errorf("%s: %s", name, text)
		}
	}
	if text, _, err := seedLeaf().Encode(); err != nil || !Sound(text) {
		t.Errorf("the leaf itself is refused: %s %v", text, err)
	}
}

var plainName = regexp.MustCompile(`^[a-z0-9_]*$`)

// columnsOfALeaf says what the general way does not ask of columns, which takes
// any name and any number as they stand: a leaf has plain names and integers.
func columnsOfALeaf(columns map[string]any) (integers, plain bool) {
	integers, plain = true, true
	for name, v := range columns {
		n, ok := v.(json.Number)
		integers = integers && (!ok || !strings.ContainsAny(n.String(), ".eE") && n != "-0" && len(n) <= 18)
		plain = plain && plainName.MatchString(name)
	}
	return integers, plain
}

// FuzzBodies holds the reading of bodies against the general way: to decode and
// encode again.
func FuzzBodies(f *testing.F) {
	text, _, err := seedLeaf().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	for _, cut := range []string{
		`{"at"`, `"at":`, `"rows":[`, `,"row"`, `,"was":6`, `"old":{`, `null`, `false`, `-3`, `:2`, `\t`, `\u0001`, `é`, `"station":`, `}`, `]`,
	} {
		for _, put := range []string{"", " ", cut + cut, `{}`, `0`, `-0`, `01`, `1.0`, `1e3`, `\/`, `\u0041`, `\u001F`, "\xff", `,`, `true`, `[]`} {
			f.Add(bytes.Replace(text, []byte(cut), []byte(put), 1))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var l Leaf
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.DisallowUnknownFields()
		dec.UseNumber()
		err := dec.Decode(&l)
		again, encodeErr := appendLeaf(nil, l)
		want := err == nil && encodeErr == nil && bytes.Equal(again, text) && sensible(l)
		for _, r := range l.Rows {
			for _, columns := range []map[string]any{r.Row, r.Old} {
				integers, plain := columnsOfALeaf(columns)
				if !plain {
					t.Skip("columns have plain names, which sort alike in quotes")
				}
				want = want && integers
			}
		}
		if _, got := bodyOf(text); got != want && len(text) < 1<<16 {
			t.Errorf("%v, want %v: %s\n%s", got, want, text, again)
		}
	})
}
