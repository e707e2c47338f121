// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/uitest"
)

// carrier adds to the desk what is asked about the list of a carrier.
func (d *desk) carrier(s *Services) {
	s.ListFiles = func(context.Context) ([]string, error) { return []string{"/media/stick/sims.csv"}, nil }
	s.Preview = func(_ context.Context, path string) (CarrierList, error) {
		if path != "/media/stick/sims.csv" {
			return CarrierList{}, station.Refuse(station.ListUnreadable, "the file cannot be read; it may be gone, or be a folder or a device.")
		}
		return CarrierList{
			Path: path, Name: "sims.csv", Header: []string{"Card", "Seen in", "State"},
			First:   [][]string{{"8999900000000001012", "980000420001012", "ACTIVE"}},
			Mapping: reconcile.Mapping{Columns: []reconcile.Column{{Role: reconcile.RoleICCID, Name: "Card", At: 1}}},
		}, nil
	}
	s.Compare = func(ctx context.Context, job CompareJob, progress func(done, of int64)) (Comparison, error) {
		progress(10, 40)
		if d.exporting != nil {
			select {
			case <-d.exporting:
			case <-ctx.Done():
				return Comparison{}, station.NewFault(station.ExportStopped, "", ctx.Err())
			}
		}
		d.compared = job
		leaf, err := d.wrote("compare %s for %s", job.Path, job.By)
		return Comparison{
			Sum: reconcile.Summary{Totals: reconcile.Totals{Rows: 2, Counts: map[reconcile.Class]int{reconcile.IMEIDiffers: 1, reconcile.Match: 1}, Missing: 1, Issuers: []string{"8999900"}}},
			Run: 7, Leaf: leaf, Files: []string{"exports/comparison.pdf"},
			Rows: map[reconcile.Class][]ComparedRow{
				reconcile.IMEIDiffers: {{Line: 2, Serial: "CL-000101", SIM: "899990•••••••••1012"}}, reconcile.Missing: {{Serial: "CL-000102", SIM: "899990•••••••••1020"}},
			},
			Units: map[reconcile.Class][]string{reconcile.IMEIDiffers: {"CL-000101", "CL-000101"}, reconcile.Missing: {"CL-000102"}},
		}, err
	}
	d.earlier(s)
	s.OpenCase = func(_ context.Context, by string, c record.NewCaseList) (int64, error) {
		return d.wrote("case %q by %s: %s", c.Name, by, c.Reason)
	}
}

// earlier adds comparisons that were made before.
func (d *desk) earlier(s *Services) {
	s.Comparisons = func(context.Context) ([]record.Reconciliation, error) {
		return []record.Reconciliation{
			{Run: 7, File: "sims.csv", At: uitest.Noon},
			{Run: 6, File: "last week.csv", At: uitest.Noon, Totals: reconcile.Totals{Rows: 5}, Mapping: reconcile.Mapping{Name: "weekly", Columns: []reconcile.Column{{Role: reconcile.RoleICCID, Name: "State", At: 3}}}},
		}, nil
	}
	s.ChangesSince = func(_ context.Context, run, since int64) (ComparedChanges, error) {
		_, err := d.wrote("changes of %d since %d", run, since)
		return ComparedChanges{
			Counts: map[reconcile.ChangeKind]int{reconcile.Moved: 1, reconcile.New: 2},
			First:  []reconcile.Change{{Kind: reconcile.Moved, Serial: "CL-000101", SIM: "8999900000000001012", Before: []reconcile.Class{reconcile.Match}, After: []reconcile.Class{reconcile.IMEIDiffers}}},
		}, err
	}
}

// preview opens the list of a carrier by its file.
func preview(t *testing.T) (*bench, *Screen, fyne.Window) {
	t.Helper()
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF4)
	b.Settle(t, func() bool { return st.View.Table != nil && len(st.View.Table.Rows) == 1 })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "Row 1 of the list") })
	return b, st, w
}

func TestTheListOfACarrierIsShownBesideWhatItsColumnsWereTakenForAndCorrected(t *testing.T) {
	b, st, w := preview(t)
	if all := st.page(); !strings.Contains(all, "ICCID · Card") || strings.Contains(all, "8999900000000001012") || strings.Contains(all, "980000420001012") {
		t.Errorf("the first rows are shown as\n%s", all)
	}
	i := slices.Index(reconcile.Roles(), reconcile.RoleIMEI)
	if st.View.Rows[i].Under != "no column" {
		t.Errorf("the IMEI is in %q", st.View.Rows[i].Under)
	}
	for range i {
		uitest.Press(w, fyne.KeyDown)
	}
	uitest.Press(w, fyne.KeyF2)
	b.choose(t, st, w, "Seen in")
	if st.View.Rows[i].Under != "Seen in" || !strings.Contains(st.page(), "IMEI · Seen in") {
		t.Errorf("corrected, it is in %q:\n%s", st.View.Rows[i].Under, st.page())
	}
	uitest.Press(w, fyne.KeyF3)
	uitest.Type(w, "7\n")
	b.says(t, st, "is not an issuer of SIMs.")
	uitest.Type(w, "8999900\n")
	uitest.Press(w, fyne.KeyF7)
	uitest.TakeFirst(w) // no report
	b.Settle(t, func() bool { return len(b.did) == 1 && strings.Contains(st.page(), "comparison 7") })
	col := b.compared.Mapping.Columns
	if !slices.Contains(col, reconcile.Column{Role: reconcile.RoleIMEI, Name: "Seen in", At: 2}) || b.compared.Issuer != "8999900" || b.compared.Form != "" {
		t.Errorf("compared as %+v", b.compared)
	}
}

func TestOfTwoColumnsOfIMEIsTheDeskAsksWhichOneBeforeItCompares(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	look := st.Model.services.Preview
	st.Model.services.Preview = func(ctx context.Context, path string) (CarrierList, error) {
		l, err := look(ctx, path)
		l.Header = []string{"Card", "IMEI", "IMEI"}
		imei := func(at int) reconcile.Column { return reconcile.Column{Role: reconcile.RoleIMEI, Name: "IMEI", At: at} }
		l.Mapping.Doubts = []reconcile.Doubt{{Role: reconcile.RoleIMEI, Columns: []reconcile.Column{imei(2), imei(3)}}}
		return l, err
	}
	uitest.Press(w, fyne.KeyF4)
	b.Settle(t, func() bool { return st.View.Table != nil && len(st.View.Table.Rows) == 1 })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "Row 1 of the list") })
	if all := st.page(); !strings.Contains(all, "IMEI (column 2) · IMEI (column 3): nothing says which one") {
		t.Errorf("the doubt is not told:\n%s", all)
	}
	uitest.Press(w, fyne.KeyF7)
	b.choose(t, st, w, "IMEI (column 3)")
	i := slices.Index(reconcile.Roles(), reconcile.RoleIMEI)
	if st.View.Rows[i].Under != "IMEI (column 3)" || strings.Contains(st.page(), "nothing says") || strings.Contains(st.page(), "IMEI · IMEI (column 2)") {
		t.Errorf("chosen, it is in %q:\n%s", st.View.Rows[i].Under, st.page())
	}
	uitest.Press(w, fyne.KeyF7)
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return len(b.did) == 1 })
	if !slices.Contains(b.compared.Mapping.Columns, reconcile.Column{Role: reconcile.RoleIMEI, Name: "IMEI", At: 3}) {
		t.Errorf("compared as %+v", b.compared.Mapping)
	}
}

func TestAComparisonListsItsClassesAndMakesACaseOfOne(t *testing.T) {
	b, st, w := preview(t)
	uitest.Press(w, fyne.KeyF7)
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyDown)
	uitest.Type(w, "\n") // PDF
	uitest.Type(w, "\n") // into the folder that is shown
	b.Settle(t, func() bool { return strings.Contains(st.page(), "exports/comparison.pdf") })
	if b.compared.Form != "pdf" || b.compared.Folder != "exports" {
		t.Errorf("the report: %+v", b.compared)
	}
	i := slices.Index(classesShown(), reconcile.IMEIDiffers)
	if row := st.View.Rows[i]; row.Text != "in another device" || row.Aside != "1" {
		t.Errorf("the class stands as %+v", row)
	}
	for range i {
		uitest.Press(w, fyne.KeyDown)
	}
	uitest.Press(w, fyne.KeyF10)
	uitest.Type(w, "\n\n")
	b.Settle(t, func() bool { return len(b.did) == 2 })
	if b.did[1] != `case "comparison 7 imei-differs" by p4: comparison 7 imei-differs` {
		t.Errorf("done: %s", b.did[1])
	}
	b.Settle(t, func() bool { return st.Model.form == nil && !st.Model.looks })
	uitest.Press(w, fyne.KeyF8)
	if row := st.View.Table.Rows[0]; !slices.Equal(row, []string{"2", "CL-000101", "899990•••••••••1012", ""}) {
		t.Errorf("the row is %q", row)
	}
	uitest.TakeFirst(w)
	b.unitHistory(t, st, "CL-000101")
	if uitest.Press(w, fyne.KeyEscape); !strings.Contains(st.page(), "comparison 7") {
		t.Errorf("the way back leads to\n%s", st.page())
	}
}

func TestAComparisonTellsWhatIsNewGoneAndMovedSinceAnEarlierOne(t *testing.T) {
	b, st, w := preview(t)
	uitest.Press(w, fyne.KeyF7)
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "comparison 7") && !st.Model.looks })
	uitest.Press(w, fyne.KeyF2)
	b.Settle(t, func() bool { return st.Model.form != nil })
	if rows := st.View.Rows; len(rows) != 1 || rows[0].Under != "last week.csv" {
		t.Errorf("offered are %+v", rows)
	}
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return st.View.Table != nil && !st.Model.looks })
	if row := strings.Join(st.View.Table.Rows[0], " "); b.did[1] != "changes of 7 since 6" || row != "in another device CL-000101 899990•••••••••1012 agrees in another device" {
		t.Errorf("done: %q; the row is %q", b.did, row)
	}
	if said := st.banner(); !strings.Contains(said, "Since comparison 6") || !strings.Contains(said, "new 2 · gone 0") {
		t.Errorf("the banner says %q", said)
	}
	uitest.Press(w, fyne.KeyEscape)
	if !strings.Contains(st.page(), "comparison 7") {
		t.Errorf("the way back leads to\n%s", st.page())
	}
}

func TestColumnsOfACarriersListAreKeptUnderANameAndTakenAgain(t *testing.T) {
	b, st, w := preview(t)
	uitest.Press(w, fyne.KeyF4)
	b.Settle(t, func() bool { return st.Model.form != nil })
	b.choose(t, st, w, "weekly")
	if !strings.Contains(st.page(), "columns as weekly") || !strings.Contains(st.page(), "ICCID · State") {
		t.Errorf("taken again, they are\n%s", st.page())
	}
	uitest.Press(w, fyne.KeyF6)
	uitest.Type(w, "980000420001012\nmonthly\n") // a number of a unit is no name
	uitest.Press(w, fyne.KeyF7)
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return len(b.did) == 1 })
	if b.compared.Mapping.Name != "monthly" {
		t.Errorf("kept as %+v", b.compared.Mapping)
	}
}

func TestAComparisonShowsHowFarItIsAndIsCalledOff(t *testing.T) {
	b, st, w := preview(t)
	b.exporting = make(chan struct{})
	uitest.Press(w, fyne.KeyF7)
	uitest.TakeFirst(w)
	b.says(t, st, "25 %")
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.Model.form == nil })
	if len(b.did) > 0 || !strings.Contains(st.page(), "Row 1 of the list") {
		t.Errorf("called off, it did %q and shows\n%s", b.did, st.page())
	}
}

func TestAFileThatIsNoListIsRefusedWithWhatToDo(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF4)
	uitest.Type(w, "/nowhere.csv\n")
	b.says(t, st, "The list cannot be compared")
	if st.Model.open != nil || st.Model.list != nil {
		t.Error("something lies open")
	}
}

func TestEveryClassAndDamageIsCalledInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		words := i18n.For(language)
		for _, k := range append(reconcile.Findings(), reconcile.Match) {
			if !words.Has("class."+string(k)) || !words.Has("class."+string(k)+".is") {
				t.Errorf("%s does not call the class %s", language, k)
			}
		}
		for _, r := range reconcile.Roles() {
			if !words.Has("role-of-column." + string(r)) {
				t.Errorf("%s does not call the column %s", language, r)
			}
		}
	}
}

func TestCasesAreListed(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF6)
	b.Settle(t, func() bool { return st.Model.list != nil })
	if row := strings.Join(st.View.Table.Rows[0], " "); row != "blue lot 3 2026-07-14 12:00:00 J. Petrov (p1) smoke open" {
		t.Errorf("the case stands as %q", row)
	}
}
