// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"slices"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// bothLists are a list of three units and one of what two of them gave up.
func bothLists() []history.List {
	units, given := "serial,imei\n", "serial,what,imei,from,to\n"
	for i, serial := range []string{"OLD-1", "OLD-2", "OLD-3"} {
		units += serial + "," + stationtest.IMEI(800+i) + "\n"
	}
	for i, serial := range []string{"OLD-1", "OLD-2"} {
		given += serial + ",module," + stationtest.IMEI(810+i) + ",2026-01-01T00:00:00Z,2026-01-02T00:00:00Z\n"
	}
	return []history.List{dhrtest.ListOf(station.UnitList, "units.csv", []byte(units)), dhrtest.ListOf(station.GivenUpList, "given.csv", []byte(given))}
}

func TestWhatIsLeftOutIsShownAndSignedAndComparedAnew(t *testing.T) {
	d := signing(t)
	ctx := t.Context()
	files, err := history.Import(ctx, d, "admin", bothLists(), nil)
	stationtest.NoError(t, err)
	units, given := files[0].ID, files[1].ID
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", units))
	before, err := d.HistoryReview(ctx, units)
	if err != nil || len(before.LeftOut) != 0 || len(before.Lists) != 2 || before.Lists[1].ComparedBy != "lead" {
		t.Fatalf("%+v, %v", before, err)
	}
	dhrtest.Succeeds(t)(d.LeaveOut(ctx, "quality", given, []record.LeftOutRow{{Row: 3, Reason: "it was never there"}}))
	_, err = d.AcceptHistory(ctx, signs("q2"), units)
	if refused(t, err) != station.HistoryNotReady {
		t.Errorf("a list is accepted that is another than was compared: %v", err)
	}
	dhrtest.Succeeds(t)(d.LeaveOut(ctx, "quality", units, []record.LeftOutRow{{Row: 4, Reason: "a sample of the maker"}}))
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", units))
	after, err := d.HistoryReview(ctx, units)
	if err != nil || after.Shown == before.Shown || len(after.LeftOut) != 2 {
		t.Fatalf("%+v, %v", after, err)
	}
	areLeftOut(t, after.LeftOut,
		record.LeftOut{File: units, Row: 4, Serial: "OLD-3", Reason: "a sample of the maker", By: "quality"},
		record.LeftOut{File: given, Row: 3, Serial: "OLD-2", Reason: "it was never there", By: "quality"})
	s := signs("q2")
	s.Shown = before.Shown
	_, err = d.AcceptHistory(ctx, s, units)
	if refused(t, err) != station.SignedOther {
		t.Errorf("what was not shown is signed: %v", err)
	}
	s.Shown = after.Shown
	dhrtest.Succeeds(t)(d.AcceptHistory(ctx, s, units))
	signed, err := d.Signatures(ctx, "history:1")
	if err != nil || len(signed) != 1 || signed[0].Shown() != after.Shown {
		t.Errorf("%+v, %v", signed, err)
	}
	dhrtest.Sound(t, d)
}

// areLeftOut checks which rows were left out, at some time each.
func areLeftOut(t *testing.T, rows []record.LeftOut, want ...record.LeftOut) {
	t.Helper()
	if len(rows) != len(want) {
		t.Fatalf("%+v", rows)
	}
	for i, got := range rows {
		if got.At.IsZero() {
			t.Errorf("row %d was left out at no time", got.Row)
		}
		if want[i].At = got.At; got != want[i] {
			t.Errorf("%+v, want %+v", got, want[i])
		}
	}
}

func TestAListThatComesLaterIsComparedWithWhatItGoesWith(t *testing.T) {
	d := signing(t)
	ctx := t.Context()
	files, err := history.Import(ctx, d, "admin", bothLists()[:1], nil)
	stationtest.NoError(t, err)
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", files[0].ID))
	_, err = history.Import(ctx, d, "admin", bothLists(), nil)
	stationtest.NoError(t, err)
	_, err = d.AcceptHistory(ctx, signs("quality"), files[0].ID)
	if refused(t, err) != station.HistoryNotReady {
		t.Errorf("it is accepted uncompared: %v", err)
	}
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", files[0].ID))
	dhrtest.Succeeds(t)(d.AcceptHistory(ctx, signs("quality"), files[0].ID))
	dhrtest.Sound(t, d)
}

// stoppedAt begins an import as somebody and stops it at a step of a kind of list.
func stoppedAt(t *testing.T, d *dhr.DHR, by, step string, kind station.HistoryKind, lists []history.List) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	_, err := history.Import(ctx, d, by, lists, func(what string, l history.List, _, _ int64) {
		if what == step && l.Kind == kind {
			stop()
		}
	})
	isStopped(t, err)
}

func TestWhoGoesOnWithAnImportHasBroughtItInToo(t *testing.T) {
	for name, kind := range map[string]station.HistoryKind{"units": station.UnitList, "what was given up": station.GivenUpList} {
		d := signing(t)
		ctx := t.Context()
		stoppedAt(t, d, "admin", history.Keeping, kind, bothLists())
		files, err := history.Import(ctx, d, "quality", bothLists(), nil)
		if err != nil || files[0].By != "admin" {
			t.Fatalf("%+v, %v", files, err)
		}
		id := files[0].ID
		if f, err := d.HistoryFile(ctx, id); err != nil || !slices.Equal(f.FedBy, []string{"quality"}) {
			t.Errorf("%s: fed by %q, %v", name, f.FedBy, err)
		}
		_, err = d.CompareHistory(ctx, "quality", id)
		if refused(t, err) != station.PersonNotAllowed {
			t.Errorf("%s: compared by who went on: %v", name, err)
		}
		dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", id))
		_, err = d.AcceptHistory(ctx, signs("quality"), id)
		if refused(t, err) != station.PersonNotAllowed {
			t.Errorf("%s: accepted by who went on: %v", name, err)
		}
		dhrtest.Succeeds(t)(d.AcceptHistory(ctx, signs("q2"), id))
		dhrtest.Sound(t, d)
	}
}

func TestAnImportGoesOnOnlyAsItWasBegun(t *testing.T) {
	d := signing(t)
	stoppedAt(t, d, "admin", history.Keeping, station.UnitList, bothLists()[:1])
	for name, edit := range map[string]func(*history.List){
		"source": func(l *history.List) { l.Source = "another system" },
		"mapping": func(l *history.List) {
			l.Mapping = history.FieldColumns{"serial": "serial", "imei": "imei", "lot": ""}
		},
		"kind": func(l *history.List) {
			l.Kind = station.GivenUpList
			l.Mapping = history.FieldColumns{"serial": "serial", "to": "imei"}
		},
	} {
		list := bothLists()[0]
		edit(&list)
		_, err := history.Import(t.Context(), d, "admin", []history.List{list}, nil)
		if refused(t, err) != station.HistoryDiffers {
			t.Errorf("another %s: %v", name, err)
		}
	}
	accepted(t, d, bothLists()[0])
	dhrtest.Sound(t, d)
}

func TestASourceThatHoldsAnIdentityIsRefused(t *testing.T) {
	d := signing(t)
	list := bothLists()[0]
	list.Source = "MES of " + stationtest.IMEI(1)
	_, err := history.Import(t.Context(), d, "admin", []history.List{list}, nil)
	if refused(t, err) != station.ReasonIdentity {
		t.Errorf("of a list: %v", err)
	}
	_, err = d.ImportSubscriptions(t.Context(), "admin", record.SourceFile{Name: "swaps.csv", Source: list.Source}, nil)
	if refused(t, err) != station.ReasonIdentity {
		t.Errorf("of swaps: %v", err)
	}
}
