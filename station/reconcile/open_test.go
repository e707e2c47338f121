// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station/reconcile"
)

const openSet = "testdata/open"

func TestEveryRowOfTheOpenListsIsWhatItsAnswerSays(t *testing.T) {
	for name, shape := range map[string]string{"cisco-cc.csv": "cisco-cc", "cisco-cc-later.csv": "cisco-cc", "1nce.csv": "1nce", "soracom.json": "soracom", "german.csv": ""} {
		for _, given := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				var a answers
				base := strings.TrimSuffix(name, filepath.Ext(name))
				if err := json.Unmarshal([]byte(readFile(t, filepath.Join(openSet, base+".answers.json"))), &a); err != nil {
					t.Fatal(err)
				}
				issuer := ""
				if given {
					issuer = a.Scope.Prefix
				}
				f := open(t, name, readFile(t, filepath.Join(openSet, name)))
				got := run(t, f, newMemory(worldCards(t, openSet)), issuer)
				if got.sum.Shape != shape {
					t.Errorf("taken for shape %q, is %q", got.sum.Shape, shape)
				}
				held(t, a, got)
				if got.sum.Rows != a.Rows {
					t.Errorf("%d rows of data, there are %d", got.sum.Rows, a.Rows)
				}
			})
		}
	}
}

func TestAWorkbookThatLibreOfficeWroteIsReadAsTheListThatItWasMadeOf(t *testing.T) {
	var a answers
	if err := json.Unmarshal([]byte(readFile(t, filepath.Join(openSet, "german.answers.json"))), &a); err != nil {
		t.Fatal(err)
	}
	got := run(t, open(t, "libreoffice.xlsx", readFile(t, "testdata/libreoffice.xlsx")), newMemory(worldCards(t, openSet)), "")
	held(t, a, got)
	if got.sum.Rows != a.Rows {
		t.Errorf("%d rows of data, there are %d", got.sum.Rows, a.Rows)
	}
}

// held holds a result against the answers.
func held(t *testing.T, a answers, got result) {
	t.Helper()
	for line, want := range a.byLine(t) {
		row, ok := got.rows[line]
		if !ok {
			if want.class != "ignore" {
				t.Errorf("line %d, %s, was left out", line, want.class)
			}
			continue
		}
		wantRow(t, line, want, row)
	}
	for _, s := range a.Missing {
		if !slices.Contains(got.missing, s) {
			t.Errorf("%s is missing at the carrier, and was not told", s)
		}
	}
	for _, s := range got.missing {
		if !slices.Contains(a.Missing, s) && !slices.Contains(a.Unsure, s) {
			t.Errorf("%s was told as missing, and is not", s)
		}
	}
}

// wantRow holds a row of a result against its answer.
func wantRow(t *testing.T, line int, want answer, row reconcile.ClassifiedRow) {
	t.Helper()
	if !slices.Contains(want.accept, string(row.Class)) {
		t.Errorf("line %d is %s (%s), said %s (%s)", line, want.class, want.damage, row.Class, row.Damage)
	}
	if row.Serial != "" && want.serial != "" && row.Serial != want.serial || row.Serial != "" && want.class == "unknown" {
		t.Errorf("line %d, %s of %q, is tied to %q", line, want.class, want.serial, row.Serial)
	}
	if want.class != "ignore" && want.class != "malformed" && !sameLabels(want.labels, row.Labels) {
		t.Errorf("line %d holds %v, said %v", line, want.labels, row.Labels)
	}
}

func sameLabels(want []string, got []reconcile.Class) bool {
	var said []string
	for _, c := range got {
		said = append(said, string(c))
	}
	slices.Sort(said)
	want = slices.Sorted(slices.Values(want))
	return slices.Equal(want, said)
}

func TestAResultIsOneJSONObjectWhoseCountsAreThoseOfItsRows(t *testing.T) {
	f := open(t, "1nce.csv", readFile(t, filepath.Join(openSet, "1nce.csv")))
	var out bytes.Buffer
	enc := reconcile.NewEncoder(&out, f.Mapping)
	sum, err := f.Run(context.Background(), newMemory(worldCards(t, openSet)), reconcile.Options{Row: enc.Row, Missing: enc.Missing})
	if err != nil {
		t.Fatal(err)
	}
	if err := enc.Close(sum); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Shape string
		Rows  []struct {
			Line   int
			Class  string
			Labels []string
			Serial *string
		}
		Missing []string
		Counts  map[string]int
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, r := range got.Rows {
		counts[r.Class]++
	}
	for c, n := range counts {
		if got.Counts[c] != n {
			t.Errorf("%d rows are %s, the counts say %d", n, c, got.Counts[c])
		}
	}
	if got.Shape != "1nce" || len(got.Rows) != sum.Rows || len(got.Missing) != sum.Missing || sum.Missing == 0 {
		t.Errorf("shape %q, %d rows of %d, %d missing of %d", got.Shape, len(got.Rows), sum.Rows, len(got.Missing), sum.Missing)
	}
}
