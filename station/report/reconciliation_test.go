// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/report"
)

const comparedICCID, comparedIMEI = "89445010000012345673", "353918051000004"

// compared writes a comparison with so many damaged rows to a file.
func compared(t *testing.T, file string, damaged int, whole bool) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), file)
	w, err := report.CreateReconciliation(t.Context(), report.ReconciliationJob{
		File: path, Whole: whole, Person: "Quinn (QA-3001)", Since: 4, Program: "bindery", At: time.Date(2026, 9, 3, 8, 14, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	for i := range damaged {
		err = w.Row(reconcile.ClassifiedRow{Entry: reconcile.Entry{Class: reconcile.Malformed}, Line: i + 2, Labels: []reconcile.Class{reconcile.Malformed}, Damage: reconcile.Exponent})
		if err != nil {
			t.Fatal(err)
		}
	}
	sum := reconcile.Summary{Totals: reconcile.Totals{
		Rows: damaged + 2, Counts: map[reconcile.Class]int{reconcile.Malformed: damaged, reconcile.Match: 1, reconcile.IMEIDiffers: 1}, Missing: 1, Unread: damaged,
	}}
	kept := record.Reconciliation{
		Run: 5, Leaf: 77, File: "sims-" + comparedIMEI + ".csv", Hash: strings.Repeat("ab", 32), Why: "to have them suspended",
		Mapping: reconcile.Mapping{Columns: []reconcile.Column{{Role: reconcile.RoleICCID, Name: "Card", At: 2}}},
	}
	for _, err := range []error{
		w.Row(reconcile.ClassifiedRow{Entry: reconcile.Entry{Class: reconcile.Match, Serial: "CL-AGREES"}, Line: 2000, Labels: []reconcile.Class{reconcile.Match}}),
		w.Row(reconcile.ClassifiedRow{
			Entry: reconcile.Entry{Class: reconcile.IMEIDiffers, Serial: "CL-000007", Device: identity.IMEI(comparedIMEI[:14])},
			Line:  2001, Labels: []reconcile.Class{reconcile.IMEIDiffers, reconcile.FlaggedActive}, State: "Activated", Flags: []string{"stolen"}, ICCID: comparedICCID,
		}),
		w.Missing(reconcile.Card{ICCID: comparedICCID, Serial: "CL-000008", Live: true, IMEI: comparedIMEI}),
		w.Change(reconcile.Change{SIM: identity.ICCID(comparedICCID), Serial: "CL-000008", Kind: reconcile.Disappeared, Before: []reconcile.Class{reconcile.Match}, After: []reconcile.Class{reconcile.Missing}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Publish(sum, kept); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheFirstPageOfAComparisonIsEnoughForAManager(t *testing.T) {
	all := pages(t, compared(t, "report.pdf", 3, false))
	for _, want := range []string{
		"Comparison 5", "2026-09-03 08:14:00", "Quinn (QA-3001)", "comparison 4", "masked", "1 of 5 rows agree with the record",
		"To look at: 4 rows, and 1 SIM that the list lacks", "Damaged number", "SIM in another device", "Export the list again", "“Card”", "leaf 77",
		strings.Repeat("ab", 32), "ICCIDs of 3 rows cannot be read",
	} {
		if !strings.Contains(strings.Join(strings.Fields(all[0]), " "), want) {
			t.Errorf("the first page does not say %q:\n%s", want, all[0])
		}
	}
	if strings.Contains(all[0], "CL-0") {
		t.Error("the first page lists units")
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"shortened by a spreadsheet", "CL-000007", "Flagged unit that can connect, stolen", "CL-000008", "Changes since comparison 4: 1", "gone"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("no page says %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "CL-AGREES") {
		t.Error("a row that agrees is listed")
	}
}

func TestNoFormOfAComparisonHasANumberWholeUnlessThatWasAskedFor(t *testing.T) {
	for _, whole := range []bool{true, false} {
		for _, file := range []string{"a.csv", "a.pdf"} {
			path := compared(t, file, 1, whole)
			var text string
			if strings.HasSuffix(file, ".pdf") {
				text = strings.Join(pages(t, path), "\n")
			} else if b, err := os.ReadFile(path); err != nil {
				t.Fatal(err)
			} else {
				text = string(b)
			}
			if strings.Contains(text, comparedICCID) != whole || strings.Contains(text, comparedIMEI) != whole {
				t.Errorf("%s, whole %v:\n%s", file, whole, text)
			}
		}
	}
}

func TestThePaperOfALargeComparisonListsSomeRowsOfAClassAndSaysSo(t *testing.T) {
	const most, damaged = 1000, 1200
	text := strings.Join(pages(t, compared(t, "large.pdf", damaged, false)), "\n")
	for _, want := range []string{fmt.Sprintf("Damaged number: %d", damaged), fmt.Sprintf("The first %d are listed", most)} {
		if !strings.Contains(text, want) {
			t.Errorf("no page says %q", want)
		}
	}
	if n := strings.Count(text, "shortened by"); n != most {
		t.Errorf("%d rows are listed", n)
	}
}

func TestAComparisonDoesNotReplaceAFile(t *testing.T) {
	for _, form := range report.ReconciliationForms {
		path := filepath.Join(t.TempDir(), "there"+form)
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := report.CreateReconciliation(t.Context(), report.ReconciliationJob{File: path}); err == nil {
			t.Errorf("%s: a file was to be replaced", form)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
			t.Errorf("%s: %q, %v", form, b, err)
		}
	}
	if _, err := report.CreateReconciliation(t.Context(), report.ReconciliationJob{File: filepath.Join(t.TempDir(), "a.doc")}); err == nil {
		t.Error("a .doc was begun")
	}
}

func TestAComparisonThatIsGivenUpLeavesNoFile(t *testing.T) {
	for _, form := range report.ReconciliationForms {
		dir := t.TempDir()
		ctx, stop := context.WithCancel(t.Context())
		w, err := report.CreateReconciliation(ctx, report.ReconciliationJob{File: filepath.Join(dir, "result"+form)})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Missing(reconcile.Card{ICCID: comparedICCID, Serial: "CL-000008"}); err != nil {
			t.Fatal(err)
		}
		stop()
		if _, err := w.Publish(reconcile.Summary{}, record.Reconciliation{}); err == nil {
			t.Errorf("%s: what was given up was published", form)
		}
		w.Discard()
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: %v, %v is left", form, err, left)
		}
	}
}
