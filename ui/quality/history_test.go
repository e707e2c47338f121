// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/ui/uitest"
)

// before adds to the desk a list of units from before, with one clash.
func (d *desk) before(s *Services) {
	rows := int64(2)
	list := HistoryList{
		HistoryFile: station.HistoryFile{ID: 5, Name: "units.csv", Source: "MES 2019", Kind: station.UnitList, Mapping: []byte(`{"serial": "sn", "imei": "modem", "lot": "gone"}`), State: station.HistoryOpen, Rows: &rows, By: "p5", At: uitest.Noon, Hash: strings.Repeat("5a", 32)},
		Clashes:     []record.Clash{{File: 5, Row: 3, Serial: "OLD-2", Code: station.IMEIInUse, With: "row 2"}}, Count: 1, Shown: strings.Repeat("6b", 32),
	}
	s.HistoryFiles = func(context.Context) ([]station.HistoryFile, error) {
		return []station.HistoryFile{list.HistoryFile}, nil
	}
	s.History = func(context.Context, int64) (HistoryList, error) { return list, nil }
	s.HistorySample = func(context.Context, int64) ([]record.SampleRow, error) {
		return []record.SampleRow{{File: 5, Row: 2, Serial: "OLD-1", Binding: record.ImportedBindingView{IMEI: "980000420001020", Dated: "2019-03-04"}}}, nil
	}
	s.LeaveOut = func(_ context.Context, by string, id int64, row record.LeftOutRow) (int64, error) {
		list.Clashes, list.Count = nil, 0
		list.LeftOut = []record.LeftOut{{File: 5, Row: row.Row, Serial: "OLD-2", Reason: row.Reason, By: by}}
		return d.wrote("leave out row %d of %d by %s: %s", row.Row, id, by, row.Reason)
	}
	s.CompareHistory = func(_ context.Context, by string, id int64) (int64, error) {
		list.ComparedBy = by
		return d.wrote("compared %d by %s", id, by)
	}
	s.AcceptHistory = func(_ context.Context, sign record.Signing, id int64) (int64, error) {
		list.State = station.HistoryAccepted
		return d.wrote("accepted %d with %s over %.4s", id, sign.Badge, sign.Shown)
	}
	s.PreviewHistory = lookAtUnits
	s.WithdrawHistory = func(_ context.Context, by string, id int64, reason string) (int64, error) {
		list.State, list.Reason = station.HistoryWithdrawn, reason
		return d.wrote("withdraw %d by %s: %s", id, by, reason)
	}
	s.ImportHistory = func(_ context.Context, job HistoryImport, progress func(done, of int64)) (station.HistoryFile, error) {
		progress(1, 2)
		if job.Source == "wrong" {
			return station.HistoryFile{}, &history.ListError{Name: "units.csv", Rows: []record.RowError{{Row: 2, Column: "imei", Message: "The imei is not sound."}}, More: 1}
		}
		_, err := d.wrote("import %s and %q of %s by %s: %v", job.Path, job.GivenUp, job.Source, job.By, job.Mapping)
		return list.HistoryFile, err
	}
}

// lookAtUnits is the beginning of the list on the stick.
func lookAtUnits(_ context.Context, path string) (HistoryPreview, error) {
	if path != "/media/stick/units.csv" {
		return HistoryPreview{}, station.Refuse(station.ListUnreadable, "the file cannot be read; it may be gone, or be a folder or a device.")
	}
	return HistoryPreview{Path: path, Name: "units.csv", Preview: history.Preview{
		Fields: station.UnitFields, Columns: []string{"sn", "modem", "charge"}, First: [][]string{{"OLD-1", "980000420001012", "L9"}},
		Mapping: history.FieldColumns{"serial": "sn", "lot": "charge"},
	}}, nil
}

func TestAListFromBeforeIsDecidedRowByRowComparedAndSigned(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF7)
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "1 clash to decide") })
	uitest.Press(w, fyne.KeyF2)
	uitest.TakeFirst(w) // appears twice
	b.Settle(t, func() bool { return strings.Contains(st.page(), "A second person compares the sample") })
	if page := st.page(); !strings.Contains(page, "row 3 OLD-2 · appears twice") {
		t.Errorf("what was left out is not shown:\n%s", page)
	}
	uitest.Press(w, fyne.KeyF3)
	b.Settle(t, func() bool { return st.View.Table != nil })
	if row := strings.Join(st.View.Table.Rows[0], " "); !strings.HasPrefix(row, "2 OLD-1 ") || strings.Contains(row, "980000420001020") {
		t.Errorf("the row of the sample is %q", row)
	}
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.View.Table == nil && !st.Model.looks })
	uitest.Press(w, fyne.KeyF4)
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "Ready to be accepted") })
	b.Settle(t, func() bool { return !st.Model.looks })
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "B-QA\n")
	b.Settle(t, func() bool { return st.View.Secret && st.Model.form != nil && !st.Model.form.hush })
	uitest.Type(w, uitest.LongPassword+"\n")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "units.csv accepted") })
	want := "leave out row 3 of 5 by p4: appears twice|compared 5 by p4|accepted 5 with B-QA over 6b6b"
	if got := strings.Join(b.did, "|"); got != want {
		t.Errorf("done: %s", got)
	}
}

// drafted opens the preview of a list.
func drafted(t *testing.T, b *bench, st *Screen, w fyne.Window) {
	t.Helper()
	uitest.Press(w, fyne.KeyF7)
	b.Settle(t, func() bool { return st.Model.list != nil && !st.Model.looks })
	uitest.Press(w, fyne.KeyF2)
	uitest.Type(w, "/media/stick/units.csv\n")
	b.Settle(t, func() bool { _, ok := st.Model.open.(*draftItem); return ok && !st.Model.looks })
}

func TestAListFromBeforeIsShownWithItsColumnsCorrectedAndBroughtIn(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	drafted(t, b, st, w)
	if all := st.page(); !strings.Contains(all, "serial · sn OLD-1") || !strings.Contains(all, "modem •••••••••••1012") || strings.Contains(all, "980000420001012") {
		t.Errorf("the preview says\n%s", all)
	}
	uitest.Press(w, fyne.KeyDown) // the IMEI
	uitest.Press(w, fyne.KeyF2)
	b.choose(t, st, w, "modem")
	uitest.Press(w, fyne.KeyF4)
	uitest.Type(w, "/media/stick/given-up.csv\n")
	if all := st.page(); !strings.Contains(all, "IMEI · modem") || !strings.Contains(all, "given up given-up.csv") {
		t.Errorf("corrected, it says\n%s", all)
	}
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "MES 2019\n")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "1 clash to decide") })
	if want := `import /media/stick/units.csv and "/media/stick/given-up.csv" of MES 2019 by p4: map[imei:modem lot:charge serial:sn]`; b.did[0] != want {
		t.Errorf("done: %q", b.did)
	}
	b.Settle(t, func() bool { return !st.Model.looks })
	uitest.Press(w, fyne.KeyF6)
	uitest.Type(w, "the wrong file\n")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "units.csv withdrawn") })
}

func TestColumnsAreTakenAsInTheListOfTheSameSystemBefore(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	drafted(t, b, st, w)
	uitest.Press(w, fyne.KeyF3)
	b.Settle(t, func() bool { return st.Model.form != nil })
	b.choose(t, st, w, "MES 2019")
	d, _ := st.Model.open.(*draftItem)
	if d == nil || d.Mapping["imei"] != "modem" || d.Mapping["lot"] != "" {
		t.Fatalf("taken as before: %+v", d)
	}
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "\n") // the system is that of the mapping
	b.Settle(t, func() bool { return len(b.did) == 1 })
	if !strings.Contains(b.did[0], "of MES 2019 by p4") {
		t.Errorf("done: %q", b.did)
	}
}

func TestWrongRowsOfAListFromBeforeAreListedAndNothingIsBroughtIn(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	drafted(t, b, st, w)
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "wrong\n")
	b.says(t, st, "2 rows are wrong")
	if row := strings.Join(st.View.Table.Rows[0], " "); row != "2 imei The imei is not sound." {
		t.Errorf("the row says %q", row)
	}
	uitest.Press(w, fyne.KeyEscape)
	if _, ok := st.Model.open.(*draftItem); !ok || len(b.did) > 0 {
		t.Errorf("escape does not lead back to its columns, or something was done: %q", b.did)
	}
}

func TestWhoComesForUnitsFromBeforeOnlySeesNothingElseAndGoesBack(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	back := false
	st.ShowHistory(b.People["B-AD"], func() { back = true })
	b.Settle(t, func() bool { return st.Model.list != nil && !st.Model.looks })
	uitest.Type(w, "CL-000101\n")
	if st.Model.looks || st.Model.open != nil {
		t.Error("a unit is looked for")
	}
	if acts := st.acts(); acts != "F2 Bring in a list" {
		t.Errorf("offered are %s", acts)
	}
	uitest.Press(w, fyne.KeyEscape)
	if !back {
		t.Error("escape does not lead back")
	}
}
