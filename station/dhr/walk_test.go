// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station/dhr"
	"bindery/station/stationtest"
	"bindery/station/trace"
)

// walked goes from the record to every place that can be reached, and gives
// what there is to see and where each leads.
func walked(t *testing.T, d *dhr.DHR) (stops map[trace.Place]trace.Stop, ways map[trace.Place][]trace.Way) {
	t.Helper()
	stops, ways = map[trace.Place]trace.Stop{}, map[trace.Place][]trace.Way{}
	for next := []trace.Place{{Kind: trace.Record}}; len(next) > 0; next = next[1:] {
		p := next[0]
		if _, been := stops[p]; been {
			continue
		}
		s, err := d.Stop(t.Context(), p)
		if err != nil {
			t.Fatalf("%v: %v", p, err)
		}
		list, of, err := d.Ways(t.Context(), p, 0, 1000)
		if err != nil || len(list) != of {
			t.Fatalf("%v leads to %d of %d: %v", p, len(list), of, err)
		}
		stops[p], ways[p] = s, list
		for _, w := range list {
			next = append(next, w.To)
		}
	}
	return stops, ways
}

func TestEveryRowIsReachedByWalkingAndHeldAgainstItsLeaf(t *testing.T) {
	path := full(t)
	d := open(t, path, stationtest.NewClock())
	stops, _ := walked(t, d)
	kinds := map[trace.Kind]int{}
	for p, s := range stops {
		kinds[p.Kind]++
		if s.Leaf != nil && len(s.Leaf.Wrong) > 0 {
			t.Errorf("%v: %v", p, s.Leaf.Wrong)
		}
		if s.Leaf != nil && s.Leaf.Proven != (s.Leaf.Number <= s.Leaf.Size) {
			t.Errorf("%v: leaf %d of %d is proven: %v", p, s.Leaf.Number, s.Leaf.Size, s.Leaf.Proven)
		}
	}
	db, _ := raw(t, path)
	defer db.Close()
	kindOf := map[string]trace.Kind{
		"leaves": trace.Leaf, "orders": trace.Order, "units": trace.Unit, "bindings": trace.Binding, "attempts": trace.Attempt,
		"evidence": trace.Evidence, "verdicts": trace.Verdict, "prints": trace.Print, "moves": trace.Move, "alarms": trace.Alarm,
		"signatures": trace.Signature, "products": trace.Product, "layouts": trace.Layout, "allocations": trace.Allocation,
		"people": trace.Person, "sign_ins": trace.SignIn, "secrets": trace.Secret, "clearances": trace.Clearance,
		"explanations": trace.Explanation, "checkpoints": trace.Checkpoint, "station_keys": trace.Key, "backups": trace.Backup,
		"devices": trace.Device, "dialects": trace.Dialect,
		"programs": trace.Program, "enrolments": trace.Enrolment,
	}
	for _, table := range column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'nodes'") {
		if want := column(t, db, "SELECT count(*) FROM "+table)[0]; fmt.Sprint(kinds[kindOf[table]]) != want {
			t.Errorf("%d of %s rows of %s are reached", kinds[kindOf[table]], want, table)
		}
	}
}

func TestTheWalkShowsNoWholeIdentityAndNoBadge(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	stops, ways := walked(t, d)
	all := fmt.Sprintf("%+v %+v", stops, ways)
	for p, s := range stops {
		if s.Leaf != nil {
			all += fmt.Sprintf("%+v", *s.Leaf)
		}
		for _, x := range s.Evidence {
			all += string(x.Text)
		}
		if s.Whole {
			t.Errorf("%v is whole", p)
		}
	}
	for n := range 10 {
		for _, secret := range []string{stationtest.IMEI(n), stationtest.ICCID(n), fmt.Sprintf("001010%09d", n)} {
			if strings.Contains(all, secret) {
				t.Errorf("%s is shown", secret)
			}
		}
	}
	if strings.Contains(all, "B-operator") {
		t.Error("a badge is shown")
	}
}

func TestABindingTellsWhatItIsInPlainFacts(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	list, _, err := d.Ways(t.Context(), trace.Place{Kind: trace.Unit, Name: stationtest.Serial(1)}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(w trace.Way) bool { return w.To.Kind == trace.Binding })
	s, err := d.Stop(t.Context(), list[i].To)
	if err != nil {
		t.Fatal(err)
	}
	if s.Title != "35812309•••••16" || s.State != "live" || s.Units.Name != stationtest.Serial(1) {
		t.Errorf("%+v", s)
	}
	facts := map[string]string{}
	for _, f := range s.Facts {
		facts[f.Name] = f.Value
	}
	want := map[string]string{"imei": "35812309•••••16", "model": "EG91", "person": "The operator (operator)"}
	for name := range facts {
		if _, ok := want[name]; !ok {
			delete(facts, name)
		}
	}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Error(diff)
	}
	l := s.Leaf
	if l.What != "bind" || l.Who != "The operator (operator)" || l.Zone != "+01:00" || l.Subject != "unit:CL-000001" ||
		len(l.Hash) != 64 || len(l.Prev) != 64 || !strings.HasPrefix(l.Key, "bindery/bench-1+") || len(l.Path) == 0 {
		t.Errorf("%+v", l)
	}
	if c := l.Changes[0]; c.Table != "bindings" || !c.Here || !c.New {
		t.Errorf("the row of the place does not stand first: %+v", l.Changes)
	}
}

// Whoever sees a whole number stands in the record before they do.
func TestAWholeNumberIsShownOnlyAfterItsLeaf(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	p := trace.Place{Kind: trace.Binding, Name: "2"}
	before := sound(t, d).Leaves
	if s, err := d.WholeStop(t.Context(), "operator", p); err == nil || s.Whole {
		t.Errorf("an operator sees it: %+v", s)
	}
	if after := sound(t, d).Leaves; after != before {
		t.Errorf("what was refused has %d leaves", after-before)
	}
	s, err := d.WholeStop(t.Context(), "auditor", p)
	if err != nil || !s.Whole || s.Title != stationtest.IMEI(1) {
		t.Errorf("%+v, %v", s, err)
	}
	leaf, err := d.Stop(t.Context(), trace.Place{Kind: trace.Leaf, Name: fmt.Sprint(before + 1)})
	if err != nil || leaf.Leaf.What != "show-identity" || leaf.Leaf.Who != "The auditor (auditor)" || leaf.Leaf.Why != "binding 2" {
		t.Errorf("%+v, %v", leaf.Leaf, err)
	}
}

func TestAnAttemptTellsItsStepsAndWhatTheDeviceSaid(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	for p, want := range map[trace.Place]trace.Fact{
		{Kind: trace.Verdict, Name: "1"}:  {Name: "step.scan", Value: "pass, 1 ms, equal"},
		{Kind: trace.Evidence, Name: "1"}: {Name: "port", Value: "port-1"},
	} {
		s, err := d.Stop(t.Context(), p)
		if err != nil || !slices.Contains(s.Facts, want) {
			t.Errorf("%v: %+v, %v", p, s.Facts, err)
		}
	}
}

func TestAChangeSaysOldAndNew(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	s, err := d.Stop(t.Context(), trace.Place{Kind: trace.Order, Name: "WO-1"})
	if err != nil {
		t.Fatal(err)
	}
	want := []trace.Column{{Name: "closed", Was: "no", Is: "yes"}}
	if diff := cmp.Diff(want, s.Leaf.Changes[0].Columns); diff != "" || s.Leaf.Why != "short: 4 of 20" {
		t.Error(diff, s.Leaf.Why)
	}
}

func TestAPlaceThatIsNotThereIsUnknown(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	for _, p := range []trace.Place{
		{Kind: trace.Unit, Name: "CL-999999"}, {Kind: trace.Binding, Name: "x"}, {Kind: trace.Leaf, Name: "999999"},
		{Kind: trace.Dates, Name: "2026-03-04/2026-03-01"},
	} {
		if _, err := d.Stop(t.Context(), p); !errors.Is(err, dhr.ErrUnknown) {
			t.Errorf("%v: %v", p, err)
		}
	}
}

// What was changed behind the record's back is loud at the very place.
func TestAPlaceTellsWhatIsWrongWithIt(t *testing.T) {
	path := full(t)
	binding := trace.Place{Kind: trace.Binding, Name: "2"}
	at := func(t *testing.T, p trace.Place) *trace.Standing {
		t.Helper()
		s, err := open(t, path, stationtest.NewClock()).Stop(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		return s.Leaf
	}
	bound := at(t, binding).Number
	unit := trace.Place{Kind: trace.Unit, Name: stationtest.Serial(0)}
	broken := []trace.Wrong{trace.PrevDiffers}
	if bound%2 == 0 { // the leaf before is beside it in the tree, so its proof begins with that one's hash
		broken = append(broken, trace.NotInTheTree)
	}
	for _, c := range []struct {
		name  string
		place trace.Place
		forge []string
		want  []trace.Wrong
	}{
		{"a column of its row", binding, []string{"UPDATE bindings SET model = 'EG92' WHERE id = 2"}, []trace.Wrong{trace.RowDiffers}},
		{"the leaf that it names", binding, []string{"UPDATE bindings SET leaf = 9999 WHERE id = 2"}, []trace.Wrong{trace.LeafMissing}},
		{"the text of its leaf", binding, []string{fmt.Sprintf("UPDATE leaves SET body = replace(body, 'EG91', 'EG92') WHERE number = %d", bound)},
			[]trace.Wrong{trace.HashDiffers, trace.NextDiffers, trace.NotInTheTree, trace.RowDiffers}},
		{"the leaf before", trace.Place{Kind: trace.Leaf, Name: fmt.Sprint(bound)},
			[]string{fmt.Sprintf("UPDATE leaves SET hash = zeroblob(32) WHERE number = %d", bound-1)}, broken},
		{"the tree", binding, []string{"UPDATE nodes SET hash = zeroblob(32)"}, []trace.Wrong{trace.NotInTheTree}},
		{"the checkpoint", binding, []string{"UPDATE checkpoints SET note = replace(note, 'bindery', 'bandery')"}, []trace.Wrong{trace.NoKnownKey}},
		{"a row set back", unit, []string{`UPDATE units SET disposition = 'in-process', leaf =
			(SELECT min(number) FROM leaves WHERE subject = 'unit:` + unit.Name + `' AND json_extract(body, '$.what') = 'bind') WHERE serial = '` + unit.Name + `'`},
			[]trace.Wrong{trace.RowSetBack}},
	} {
		t.Run(c.name, func(t *testing.T) {
			forged, err := forge(t, path, c.forge...)
			if err != nil {
				t.Fatal(err)
			}
			s, err := open(t, forged, stationtest.NewClock()).Stop(t.Context(), c.place)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, s.Leaf.Wrong); diff != "" {
				t.Errorf("%s; %+v", diff, s.Leaf)
			}
		})
	}
}

func TestALeafAfterTheNewestCheckpointIsNotProvenAndNotWrong(t *testing.T) {
	d := factory(t)
	p := trace.Place{Kind: trace.Order, Name: "WO-1"}
	for _, signed := range []bool{false, true} {
		s, err := d.Stop(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if s.Leaf.Proven != signed || len(s.Leaf.Wrong) > 0 || (s.Leaf.Size > 0) != signed {
			t.Errorf("with a checkpoint: %v: %+v", signed, s.Leaf)
		}
		if _, err := d.Checkpoint(t.Context(), "lead"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALotIsReadAPageAtATime(t *testing.T) {
	d := factory(t)
	for n := range 23 {
		try(t, bench(d, n), stationtest.Serial(n), "right")
	}
	lot := trace.Place{Kind: trace.Lot, Name: "L2603"}
	var serials []string
	for from := 0; ; from += 7 {
		list, of, err := d.Ways(t.Context(), lot, from, 7)
		if err != nil || of < 23 {
			t.Fatal(of, err)
		}
		for _, w := range list {
			if w.To.Kind == trace.Unit {
				serials = append(serials, w.Text)
			}
		}
		if from+len(list) >= of {
			break
		}
	}
	if len(serials) != 23 || !slices.IsSorted(serials) || len(slices.Compact(serials)) != 23 {
		t.Errorf("%v", serials)
	}
}

func TestAWalkBeginsWithWhateverOneHas(t *testing.T) {
	d := open(t, full(t), stationtest.NewClock())
	unit := trace.Place{Kind: trace.Unit, Name: stationtest.Serial(1)}
	for text, want := range map[string]trace.Place{
		stationtest.Serial(1): unit, stationtest.IMEI(1): unit, stationtest.ICCID(1): unit,
		"L2603": {Kind: trace.Lot, Name: "L2603"}, "WO-2": {Kind: trace.Order, Name: "WO-2"}, "operator": {Kind: trace.Person, Name: "operator"},
		"The lead": {Kind: trace.Person, Name: "lead"}, "B-quality": {Kind: trace.Person, Name: "quality"}, "#3": {Kind: trace.Leaf, Name: "3"},
		"CL-100": {Kind: trace.Product, Name: "CL-100/1"}, "2026-03-02": {Kind: trace.Dates, Name: "2026-03-02/2026-03-02"},
		"2026-03-01..2026-03-09": {Kind: trace.Dates, Name: "2026-03-01/2026-03-09"},
	} {
		list, _, err := d.Ways(t.Context(), trace.Place{Kind: trace.Search, Name: text}, 0, 100)
		if err != nil || len(list) == 0 || list[0].To != want {
			t.Errorf("%q leads to %+v, %v", text, list, err)
		}
	}
	for _, text := range []string{"nothing", "#9999", "2026-13-01"} {
		if list, _, err := d.Ways(t.Context(), trace.Place{Kind: trace.Search, Name: text}, 0, 100); err != nil || len(list) > 0 {
			t.Errorf("%q leads to %+v, %v", text, list, err)
		}
	}
}
