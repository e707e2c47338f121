// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"bindery/station/query"
)

// question is one of those that stand in questions.json.
type question struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Kinds  []string `json:"kinds"`
	Value  string   `json:"value"`
	Units  []string `json:"units"`
	Count  int      `json:"count"`
	Refuse []string `json:"refuse"`
	Note   string   `json:"note"`
}

func open(t *testing.T) *world {
	t.Helper()
	w, err := loadWorld("testdata/incident")
	if err != nil {
		t.Fatal(err)
	}
	if len(w.units) != 500 {
		t.Fatalf("the world has %d units", len(w.units))
	}
	return w
}

func TestWhatPeoplePasteIsAnswered(t *testing.T) {
	w := open(t)
	text, err := os.ReadFile("testdata/incident/questions.json")
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Questions []question }
	if err := json.Unmarshal(text, &set); err != nil || len(set.Questions) != 25 {
		t.Fatal(err, len(set.Questions))
	}
	for _, q := range set.Questions {
		a := w.ask(q.Text)
		wantUnits(t, q, a)
		if !slices.Contains(q.Kinds, string(a.Took)) {
			t.Errorf("%s %s: taken for %s, want %q", q.ID, q.Note, a.Took, q.Kinds)
		}
		if q.Value != "" && a.Value != q.Value {
			t.Errorf("%s %s: value %q, want %q", q.ID, q.Note, a.Value, q.Value)
		}
		if len(q.Refuse) > 0 && !slices.Contains(q.Refuse, a.Refused) || len(q.Refuse) == 0 && a.Refused != "" {
			t.Errorf("%s %s: refused %q, want %q", q.ID, q.Note, a.Refused, q.Refuse)
		}
		if a.Why == "" {
			t.Errorf("%s %s: no reason is given", q.ID, q.Note)
		}
	}
}

// wantUnits holds the units of an answer against those of a question, or
// against their count where it names none.
func wantUnits(t *testing.T, q question, a answer) {
	t.Helper()
	if q.Units != nil && !slices.Equal(a.Units, q.Units) && len(a.Units)+len(q.Units) > 0 {
		t.Errorf("%s %s: units %q, want %q", q.ID, q.Note, a.Units, q.Units)
	}
	if q.Units == nil && len(a.Units) != q.Count {
		t.Errorf("%s %s: %d units, want %d", q.ID, q.Note, len(a.Units), q.Count)
	}
}

func TestAPatternThatEveryTextFitsHidesNothing(t *testing.T) {
	w := open(t)
	w.known = query.KnownSerials(`.+`, `[A-Z0-9]{1,20}`, `(`)
	for text, want := range map[string]query.TextKind{
		"8.98E+19": query.Refused, "980000420221511 89999113001017130138": query.List, "8999…130138": query.Part, "cl-0000227": query.Serial,
		"980000420221511": query.IMEI,
	} {
		if a := w.ask(text); a.Took != want {
			t.Errorf("%s: taken for %s, want %s", text, a.Took, want)
		}
	}
}
