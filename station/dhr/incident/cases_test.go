// SPDX-License-Identifier: Apache-2.0

package incident_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
)

func parsed(t *testing.T, text string) scope.Expr {
	t.Helper()
	e, err := scope.Parse(text)
	stationtest.NoError(t, err)
	return e
}

func refusedAs(err error) station.Code {
	var no *station.Refusal
	if errors.As(err, &no) {
		return no.Finding.Code
	}
	return ""
}

func TestACaseKeepsItsUnitsAndTellsWhichCameAndWentSinceAndWhy(t *testing.T) {
	d, ctx := made(t), t.Context()
	c := record.NewCaseList{Name: "Wet", Reason: "complaint 7", People: []string{"quality"}, Expr: parsed(t, "disposition:quarantined")}
	_, err := incident.OpenCase(ctx, d, "quality", c, time.UTC)
	stationtest.NoError(t, err)
	_, err = d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(3), To: station.Reworked, By: "lead", Second: "quality", Reason: "beyond repair"})
	stationtest.NoError(t, err)
	_, err = d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(9), To: station.Quarantined, By: "lead", Reason: "wet too"})
	stationtest.NoError(t, err)
	kept, err := d.Case(ctx, "wet")
	stationtest.NoError(t, err)
	got, err := incident.Changes(ctx, d, kept)
	stationtest.NoError(t, err)
	if sizes := [4]int{got.Then, got.Now, len(got.Added), len(got.Gone)}; sizes != [4]int{2, 2, 1, 1} {
		t.Fatalf("%+v", got)
	}
	if a, g := got.Added[0], got.Gone[0]; a.Serial != stationtest.Serial(9) || a.Why != "wet too" || a.By != "lead" ||
		g.Serial != stationtest.Serial(3) || g.Why != "beyond repair" || g.Leaf <= kept.Saved[0].AsOf {
		t.Errorf("%+v", got)
	}
	c.Expr, c.People, c.Reason = nil, nil, "again"
	_, err = incident.UpdateCase(ctx, d, "lead", c, time.UTC)
	stationtest.NoError(t, err)
	kept, err = d.Case(ctx, "WET")
	stationtest.NoError(t, err)
	keptLists(t, d, kept, [][]string{{stationtest.Serial(3), stationtest.Serial(4)}, {stationtest.Serial(4), stationtest.Serial(9)}})
	if !slices.Equal(kept.People, []string{"quality"}) || len(kept.Saved) != 2 || kept.Saved[0].Reason != "again" {
		t.Errorf("%+v", kept)
	}
	sound(t, d)
}

func TestACaseIsOfWhoMayAndIsClosedOnce(t *testing.T) {
	d, ctx := made(t), t.Context()
	open := func(by, name, reason string, people ...string) error {
		_, err := incident.OpenCase(ctx, d, by, record.NewCaseList{Name: name, Reason: reason, People: people, Expr: parsed(t, "lot:L2600")}, time.UTC)
		return err
	}
	update := func() error {
		_, err := incident.UpdateCase(ctx, d, "lead", record.NewCaseList{Name: "a", Reason: "x"}, time.UTC)
		return err
	}
	for _, c := range []struct {
		what string
		err  error
		want station.Code
	}{
		{"of an operator", open("operator", "a", "x"), station.PersonNotAllowed},
		{"without a reason", open("lead", "a", " "), station.ReasonMissing},
		{"without a name", open("lead", "", "x"), station.CaseWrong},
		{"followed up by nobody", open("lead", "a", "x", "nobody"), station.CaseWrong},
		{"sound", open("lead", "a", "x", "quality"), ""},
		{"a second of the name", open("lead", "A", "x"), station.CaseWrong},
		{"closed by an operator", closed(t, d, "operator", "x"), station.PersonNotAllowed},
		{"closed without a reason", closed(t, d, "lead", ""), station.ReasonMissing},
		{"closed", closed(t, d, "lead", "done"), ""},
		{"closed again", closed(t, d, "lead", "done"), station.CaseWrong},
		{"updated when it is closed", update(), station.CaseWrong},
	} {
		if refusedAs(c.err) != c.want || c.want == "" && c.err != nil {
			t.Errorf("%s: %v", c.what, c.err)
		}
	}
	if _, err := d.Case(ctx, "none"); !errors.Is(err, dhr.ErrNotFound) {
		t.Error(err)
	}
}

func closed(t *testing.T, d *dhr.DHR, by, reason string) error {
	t.Helper()
	_, err := d.CloseCase(t.Context(), by, "a", reason)
	return err
}

func sound(t *testing.T, d *dhr.DHR) {
	t.Helper()
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

// keptLists holds the units of a case, as they were each time, against those that
// it must have.
func keptLists(t *testing.T, d *dhr.DHR, c record.Case, lists [][]string) {
	t.Helper()
	for n, want := range lists {
		units, err := d.CaseUnits(t.Context(), c.ID, int64(n+1))
		if err != nil || !slices.Equal(units, want) {
			t.Errorf("list %d: %q, %v", n+1, units, err)
		}
	}
}
