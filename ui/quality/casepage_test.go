// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/uitest"
)

// cases adds to the desk one case, of which a unit went and one came.
func (d *desk) cases(s *Services, b *bench) {
	at := uitest.Noon.Add(time.Hour)
	one := CaseView{
		Case: record.Case{ID: 4, Name: "blue lot", Reason: "smoke", By: "p1", At: uitest.Noon, People: []string{"p1"}, Saved: []record.CaseList{{N: 1, Scope: "lot:2607A", Count: 3, Hash: strings.Repeat("5a", 32), Reason: "smoke", By: "p1", At: uitest.Noon}}},
		Changes: record.CaseChanges{Then: 3, Now: 3,
			Added: []record.UnitChange{{Serial: "CL-000104", What: "bind", By: "p-1001", At: &at, Leaf: 61}}, Gone: []record.UnitChange{{Serial: "CL-000101"}}},
		Exports: []record.IncidentExport{{Audience: station.CarrierSuspend, Case: 4, Units: 3, Recipient: "fraud desk", Reason: "case 7013", By: "p1", At: at, Leaf: 70, Whole: true, Hash: strings.Repeat("7e", 32)}},
		Answers: []record.Answers{{File: "replies.csv", Units: 3, Answered: 2, Foreign: 1, By: "p1", At: at, Leaf: 71}},
	}
	s.Cases = func(context.Context) ([]record.Case, error) { return []record.Case{one.Case}, nil }
	s.Case = func(context.Context, string) (CaseView, error) { return one, nil }
	s.CaseUnits = func(ctx context.Context, _, _ int64, skip int) ([]record.Match, error) {
		return s.ScopeUnits(ctx, nil, skip)
	}
	s.UpdateCase = func(_ context.Context, by string, c record.NewCaseList) (int64, error) {
		one.Changes = record.CaseChanges{Then: 3, Now: 3}
		return d.wrote("case %s anew by %s: %s", c.Name, by, c.Reason)
	}
	s.CloseCase = func(_ context.Context, by, name, reason string) (int64, error) {
		one.Closed, one.ClosedBy, one.CloseReason = &at, by, reason
		return d.wrote("case %s closed by %s: %s", name, by, reason)
	}
	s.CountAnswers = func(_ context.Context, by, name, path string) (record.Answers, error) {
		leaf, err := d.wrote("answers of %s to %s by %s", path, name, by)
		return record.Answers{Leaf: leaf}, err
	}
	s.PreviewFile = func(_ context.Context, _ string, to station.Audience) (FilePreview, error) {
		u := station.ExportedUnit{Serial: "CL-000101", Lot: "2607A", GTIN: "09521234543213", State: "passed", IMEI: "980000420001012", ICCID: "8999900000000001012"}
		return FilePreview{Rows: to.Rows(u, false, "2026-07-14"), Swapped: "CL-000101"}, nil
	}
	s.WriteFile = func(_ context.Context, f CaseFile, _ func(done, of int64)) (int64, []string, error) {
		leaf, err := d.wrote("file of %s for %s to %s by %s, whole %v, as %s in %s: %s", f.Case, f.Export.Audience, f.Export.Recipient, f.Export.By, f.Export.Whole, f.Form, f.Folder, f.Export.Reason)
		return leaf, []string{f.Folder + "/blue_lot.csv"}, err
	}
}

// openedCase opens the case.
func openedCase(t *testing.T) (*bench, *Screen, fyne.Window) {
	t.Helper()
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF6)
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "blue lot") && !st.Model.looks })
	return b, st, w
}

func TestACaseTellsWhatChangedSinceItWasSavedAndWhoGotWhatOfIt(t *testing.T) {
	b, st, w := openedCase(t)
	all := st.page()
	for _, want := range []string{
		"3 units when it was saved, 3 now", "reason smoke", "as text lot:2607A", "1 unit came since", "CL-000104 identity bound · 2026-07-14 13:00:00", "1 unit went since",
		"CL-000101 nothing about it was recorded since", "File: Suspend SIMs", "to fraud desk", "numbers whole", "Answers: 2 of 3 units", "rows of other serials 1", "List 1",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("it lacks %q:\n%s", want, all)
		}
	}
	uitest.Press(w, fyne.KeyF2)
	b.Settle(t, func() bool { return st.View.Table != nil && len(st.View.Table.Rows) == 3 })
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.Model.list != nil && st.Model.list.name == "Cases" })
}

func TestACaseIsListedAnewItsAnswersCountedAndItIsClosed(t *testing.T) {
	b, st, w := openedCase(t)
	step := func(key fyne.KeyName, typed string) {
		before := len(b.did)
		uitest.Press(w, key)
		uitest.Type(w, typed)
		b.Settle(t, func() bool { return len(b.did) > before && st.Model.form == nil && !st.Model.looks })
	}
	step(fyne.KeyF4, "the week after\n")
	if !strings.Contains(st.page(), "The same units as when it was saved.") {
		t.Errorf("listed anew, it says\n%s", st.page())
	}
	step(fyne.KeyF6, "/media/stick/replies.csv\n")
	step(fyne.KeyF7, "nothing found\n")
	want := []string{"case blue lot anew by p4: the week after", "answers of /media/stick/replies.csv to blue lot by p4", "case blue lot closed by p4: nothing found"}
	if !slices.Equal(b.did, want) {
		t.Errorf("done: %q", b.did)
	}
	if acts := st.acts(); acts != "F2 List the units, F9 Files of its units" {
		t.Errorf("a closed case offers %s", acts)
	}
}

// acts are the keys that are offered, with their words.
func (q *Screen) acts() string {
	var acts []string
	for _, a := range q.View.Acts {
		acts = append(acts, a.Key+" "+a.Word)
	}
	return strings.Join(acts, ", ")
}

// showsMasked looks at the columns of the file for an audience.
func showsMasked(t *testing.T, st *Screen, a station.Audience) {
	t.Helper()
	all := st.page()
	for _, column := range a.Columns() {
		if !strings.Contains(all, column+" ") {
			t.Errorf("%s: the column %s is not shown:\n%s", a, column, all)
		}
	}
	if strings.Contains(all, "980000420001012") || strings.Contains(all, "8999900000000001012") {
		t.Errorf("%s shows a number whole:\n%s", a, all)
	}
}

func TestAFileForEachAudienceIsShownMaskedBeforeItIsWritten(t *testing.T) {
	b, st, w := openedCase(t)
	uitest.Press(w, fyne.KeyF9)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "The SIM of these units was changed") })
	for i, a := range station.Audiences() {
		if i > 0 {
			uitest.Press(w, fyne.KeyDown)
		}
		b.Settle(t, func() bool {
			f, ok := st.Model.open.(*fileItem)
			return ok && f.to == a && !st.Model.looks
		})
		showsMasked(t, st, a)
	}
	for range 3 {
		uitest.Press(w, fyne.KeyUp)
	}
	b.Settle(t, func() bool {
		f, ok := st.Model.open.(*fileItem)
		return ok && f.to == station.CarrierSuspend && !st.Model.looks
	})
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "fraud desk\nticket 7013\n")
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyDown)
	uitest.Type(w, "\n") // whole
	uitest.TakeFirst(w)  // CSV
	uitest.Type(w, "\n") // into the usual folder
	b.Settle(t, func() bool { return len(b.did) == 1 && !st.Model.looks && st.Model.form == nil })
	if want := "file of blue lot for carrier-suspend to fraud desk by p4, whole true, as csv in exports: ticket 7013"; b.did[0] != want {
		t.Errorf("done: %q", b.did)
	}
	b.Settle(t, func() bool { _, ok := st.Model.open.(*caseItem); return ok })
	if said := st.banner(); !strings.Contains(said, "exports/blue_lot.csv") {
		t.Errorf("the banner says %q", said)
	}
}

func TestEveryAudienceIsCalledInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, a := range station.Audiences() {
			if w := i18n.For(language); !w.Has("audience."+string(a)) || !w.Has("audience."+string(a)+".for") {
				t.Errorf("%s does not call %s", language, a)
			}
		}
	}
}
