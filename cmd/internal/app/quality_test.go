// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/record"
	"bindery/station/report/bundle"
	"bindery/station/stationtest"
	"bindery/ui/quality"
)

// labelled is a station whose record has a second unit, with a real label.
func labelled(t *testing.T) (*App, string) {
	t.Helper()
	b := withUnit(t)
	layouts, err := wire.Layouts(t.Context(), b.dhr, 300)
	if err != nil {
		t.Fatal(err)
	}
	scan, watch := stationtest.Scans()
	one := &station.Bench{
		DUT: stationtest.FakeDUT{Reading: stationtest.Reading(2)}, Records: b.dhr, Binder: b.dhr, Prints: b.dhr,
		Labels: layouts, Printer: &stationtest.FakePrinter{}, Clock: wire.SystemClock{}, Dialects: stationtest.Dialects(),
	}
	serial := stationtest.Serial(2)
	if got := one.Provision(t.Context(), station.Job{Order: "WO-1", Serial: serial, By: "operator"}, scan, watch); got.Outcome != station.Pass {
		t.Fatal(got.Outcome, got.Fault)
	}
	return b, serial
}

func TestAUnitHistoryHasTheProofTheMovesAndTheLabelAsPrinted(t *testing.T) {
	b, serial := labelled(t)
	if _, err := b.qualityService().Move(t.Context(), record.MoveRequest{Serial: serial, To: station.Quarantined, By: "quality", Reason: "dropped"}); err != nil {
		t.Fatal(err)
	}
	s, err := b.unitHistory(t.Context(), serial)
	if err != nil {
		t.Fatal(err)
	}
	if s.Label == nil || !s.Proof.OK || s.Proof.Leaves != 5 || len(s.Moves) != 1 || s.Moves[0].Reason != "dropped" {
		t.Errorf("label %v, proof %+v, moves %+v", s.Label != nil, s.Proof, s.Moves)
	}
	// What was printed of the first unit was none of our labels.
	if s, err = b.unitHistory(t.Context(), stationtest.Serial(1)); err != nil || s.Label != nil {
		t.Errorf("a label that was printed otherwise is shown: %v, %v", s.Label != nil, err)
	}
	var no *station.Refusal
	if _, err := b.unitHistory(t.Context(), "CL-999999"); !errors.As(err, &no) || no.Finding.Code != station.NotRecorded {
		t.Error(err)
	}
}

// lotOfTwo is the only lot, of which two units have passed and none is left.
func lotOfTwo(t *testing.T, b *App) record.LotView {
	t.Helper()
	d := b.qualityService()
	lots, err := d.Lots(t.Context())
	if err != nil || len(lots) != 1 {
		t.Fatal(lots, err)
	}
	sheet, err := d.Lot(t.Context(), lots[0])
	if err != nil || len(sheet.Left) > 0 || sheet.Orders[0].Passed != 2 {
		t.Fatalf("%+v, %v", sheet, err)
	}
	return sheet
}

func TestTheDeskSignsAndShowsWhatWasSigned(t *testing.T) {
	b, serial := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	const secret = "a long enough password"
	if err := b.dhr.SetSecret(ctx, "quality", "quality", station.Password, secret); err != nil {
		t.Fatal(err)
	}
	if _, err := d.CloseOrder(ctx, "WO-1", "lead", "short: 2 of 20"); err != nil {
		t.Fatal(err)
	}
	sheet := lotOfTwo(t, b)
	sign := record.Signing{Badge: "B-quality", Password: secret, Meaning: station.Approval, Shown: sheet.Shown}
	if _, err := d.ReleaseLot(ctx, sign, sheet.Lot); err != nil {
		t.Fatal(err)
	}
	showsSigned(t, b, serial, sheet.Shown)
	if _, err := b.dhr.Move(ctx, record.MoveRequest{Serial: serial, To: station.Quarantined, By: "quality", Reason: "came back"}); err != nil {
		t.Fatal(err)
	}
	sheet, err := d.Lot(ctx, sheet.Lot)
	if err != nil || len(sheet.Signatures[0].Holds.Changed) != 1 || sheet.Signatures[0].Holds.Changed[0].Done() != "quarantined" {
		t.Errorf("the lot changed since: %+v, %v", sheet.Signatures, err)
	}
	if n, err := d.Waiting(ctx); err != nil || n[record.LotsToRelease] != 0 || n[record.Today] != 2 {
		t.Error(n, err)
	}
}

// showsSigned reports whether the history of a released unit has the signature
// of its lot, and whether that still holds.
func showsSigned(t *testing.T, b *App, serial, shown string) {
	t.Helper()
	s, err := b.unitHistory(t.Context(), serial)
	if err != nil || len(s.Signatures) != 1 {
		t.Fatalf("%+v, %v", s.Signatures, err)
	}
	if s.Disposition != station.Released || s.Signatures[0].Shown() != shown || s.Signatures[0].Name != "The quality" {
		t.Errorf("%s, %+v", s.Disposition, s.Signatures)
	}
	if h := s.Signatures[0].Holds; h == nil || !h.Whole() || h.Unit != serial {
		t.Errorf("just signed, and yet it holds no longer: %+v", h)
	}
}

// What was given up is told with when, by whom and why, and who has left is
// still called by name.
func TestAUnitHistoryTellsHowABindingWasGivenUpAndWhatPeopleAreCalled(t *testing.T) {
	b, serial := labelled(t)
	ctx := t.Context()
	if _, err := b.qualityService().Move(ctx, record.MoveRequest{Serial: serial, To: station.Reworked, By: "lead", Second: "quality", Reason: "new module"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.dhr.RetirePerson(ctx, "admin", "lead", "has left"); err != nil {
		t.Fatal(err)
	}
	s, err := b.unitHistory(ctx, serial)
	if err != nil {
		t.Fatal(err)
	}
	end := s.Bindings[0]
	if s.Live() != nil || end.SupersededBy != "lead" || end.SupersededSecond != "quality" || end.SupersededWhy != "new module" ||
		end.SupersededAt == nil || time.Since(*end.SupersededAt) > time.Minute {
		t.Errorf("live %v, %+v", s.Live(), end)
	}
	if got := b.qualityService().PersonName("lead"); got != "The lead (lead)" {
		t.Errorf("who has left is called %q", got)
	}
}

func TestRecordsAreHandedOverInEveryFormOrNotAtAll(t *testing.T) {
	b, serial := labelled(t)
	folder := filepath.Join(t.TempDir(), "made", "anew")
	h := quality.Handover{By: "quality", Of: "unit", Name: serial, Folder: folder}
	for _, h.Form = range []string{"pdf", "csv", "xlsx", "json", "bundle"} {
		got, err := b.qualityService().Export(t.Context(), h, func(int64, int64) {})
		if err != nil || len(got.Files) != 1 || got.Leaf == 0 {
			t.Fatalf("%s: %+v, %v", h.Form, got, err)
		}
		if h.Form == "bundle" {
			if c, err := bundle.Verify(t.Context(), got.Files[0], ""); err != nil || !c.OK {
				t.Errorf("the bundle does not prove itself: %+v, %v", c, err)
			}
		}
	}
	made := names(t, folder)
	ctx, stop := context.WithCancel(t.Context())
	_, err := b.qualityService().Export(ctx, h, func(int64, int64) { stop() })
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.ExportStopped {
		t.Error(err)
	}
	if d := cmp.Diff(made, names(t, folder)); d != "" {
		t.Errorf("an export that was called off leaves (-before +after):\n%s", d)
	}
	h.By = "lead"
	var no *station.Refusal
	if _, err := b.qualityService().Export(t.Context(), h, func(int64, int64) {}); !errors.As(err, &no) || no.Finding.Code != station.PersonNotAllowed {
		t.Error(err)
	}
}

func names(t *testing.T, folder string) (list []string) {
	t.Helper()
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		list = append(list, f.Name())
	}
	return list
}

func TestWhatPeopleArrangeIsTheirsAndStays(t *testing.T) {
	file := preferencesFile(filepath.Join(t.TempDir(), "bindery", "desk.json"))
	if mine, err := file.read("p-1"); err != nil || len(mine.Searches) > 0 {
		t.Fatal(mine, err)
	}
	want := quality.Preferences{Searches: []quality.Search{{Name: "the twenties", Text: "CL-00012"}}, Columns: []string{"serial", "lot"}}
	for person, o := range map[string]quality.Preferences{"p-1": want, "p-2": {Columns: []string{"imei"}}} {
		if err := file.write(person, o); err != nil {
			t.Fatal(err)
		}
	}
	got, err := preferencesFile(string(file)).read("p-1")
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Error(d, err)
	}
	if err := os.WriteFile(string(file), []byte("not JSON"), 0o600); err != nil {
		t.Fatal(err)
	}
	var f *station.Fault
	if _, err := file.read("p-1"); !errors.As(err, &f) || !strings.Contains(f.Message, "desk.json") {
		t.Error(err)
	}
}
