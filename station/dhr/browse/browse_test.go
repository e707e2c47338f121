// SPDX-License-Identifier: Apache-2.0

package browse_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station/dhr"
	"bindery/station/dhr/browse"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// walked goes from the record to every place that can be reached, and gives
// what there is to see and where each leads.
func walked(t *testing.T, d *dhr.DHR) (pages map[record.Node]record.Page, links map[record.Node][]record.Link) {
	t.Helper()
	pages, links = map[record.Node]record.Page{}, map[record.Node][]record.Link{}
	for next := []record.Node{{Kind: record.KindRecord}}; len(next) > 0; next = next[1:] {
		p := next[0]
		if _, been := pages[p]; been {
			continue
		}
		s, err := browse.New(d).Page(t.Context(), p)
		if err != nil {
			t.Fatalf("%v: %v", p, err)
		}
		list, of, err := browse.New(d).Links(t.Context(), p, 0, 1000)
		if err != nil || len(list) != of {
			t.Fatalf("%v leads to %d of %d: %v", p, len(list), of, err)
		}
		pages[p], links[p] = s, list
		for _, w := range list {
			next = append(next, w.To)
		}
	}
	return pages, links
}

func TestEveryRowIsReachedByWalkingAndHeldAgainstItsLeaf(t *testing.T) {
	path := dhrtest.FullRecord(t)
	d := dhrtest.Open(t, path, stationtest.NewClock())
	pages, _ := walked(t, d)
	kinds := map[record.NodeKind]int{}
	for p, s := range pages {
		kinds[p.Kind]++
		if s.Leaf != nil && len(s.Leaf.Wrong) > 0 {
			t.Errorf("%v: %v", p, s.Leaf.Wrong)
		}
		if s.Leaf != nil && s.Leaf.Proven != (s.Leaf.Number <= s.Leaf.Size) {
			t.Errorf("%v: leaf %d of %d is proven: %v", p, s.Leaf.Number, s.Leaf.Size, s.Leaf.Proven)
		}
	}
	db, _ := storetest.Copy(t, path)
	defer db.Close()
	kindOf := map[string]record.NodeKind{
		"leaves": record.KindLeaf, "orders": record.KindOrder, "units": record.KindUnit, "bindings": record.KindBinding, "attempts": record.KindAttempt,
		"evidence": record.KindEvidence, "verdicts": record.KindVerdict, "prints": record.KindPrint, "moves": record.KindMove, "alarms": record.KindAlarm,
		"signatures": record.KindSignature, "products": record.KindProduct, "layouts": record.KindLayout, "allocations": record.KindAllocation,
		"people": record.KindPerson, "sign_ins": record.KindSignIn, "secrets": record.KindSecret, "clearances": record.KindClearance,
		"explanations": record.KindExplanation, "checkpoints": record.KindCheckpoint, "station_keys": record.KindKey, "backups": record.KindBackup,
		"devices": record.KindDevice, "dialects": record.KindDialect,
		"programs": record.KindProgram, "enrolments": record.KindEnrolment,
		"history_files": record.KindHistory, "history_parts": record.KindHistoryPart, "imported_units": record.KindImportedUnit,
		"imported_bindings": record.KindImportedBinding, "flags": record.KindFlag, "subscriptions": record.KindSubscription,
		"reconciliations": record.KindReconciliation, "cases": record.KindCase, "case_lists": record.KindCaseList,
		"incident_exports": record.KindIncidentExport, "case_answers": record.KindAnswers, "alias_keys": record.KindAliasKey, "aliases": record.KindAlias,
	}
	for _, table := range storetest.Tables(t, db) {
		if table == "nodes" { // of the tree, which the leaves make
			continue
		}
		if want := storetest.Column(t, db, "SELECT count(*) FROM "+table)[0]; fmt.Sprint(kinds[kindOf[table]]) != want {
			t.Errorf("%d of %s rows of %s are reached", kinds[kindOf[table]], want, table)
		}
	}
}

func TestTheWalkShowsNoWholeIdentityAndNoBadge(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	pages, links := walked(t, d)
	all := fmt.Sprintf("%+v %+v", pages, links)
	for p, s := range pages {
		if s.Leaf != nil {
			all += fmt.Sprintf("%+v", *s.Leaf)
		}
		for _, x := range s.Evidence {
			all += x.Text
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
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	list, _, err := browse.New(d).Links(t.Context(), record.Node{Kind: record.KindUnit, Name: stationtest.Serial(1)}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(w record.Link) bool { return w.To.Kind == record.KindBinding })
	s, err := browse.New(d).Page(t.Context(), list[i].To)
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
	isLeafOfABinding(t, s.Leaf)
}

func isLeafOfABinding(t *testing.T, l *record.LeafStatus) {
	t.Helper()
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
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	p := record.Node{Kind: record.KindBinding, Name: "2"}
	before := dhrtest.Sound(t, d).Leaves
	if s, err := browse.New(d).PageUnmasked(t.Context(), "operator", p); err == nil || s.Whole {
		t.Errorf("an operator sees it: %+v", s)
	}
	if after := dhrtest.Sound(t, d).Leaves; after != before {
		t.Errorf("what was refused has %d leaves", after-before)
	}
	s, err := browse.New(d).PageUnmasked(t.Context(), "auditor", p)
	if err != nil || !s.Whole || s.Title != stationtest.IMEI(1) {
		t.Errorf("%+v, %v", s, err)
	}
	leaf, err := browse.New(d).Page(t.Context(), record.Node{Kind: record.KindLeaf, Name: fmt.Sprint(before + 1)})
	if err != nil || leaf.Leaf.What != "show-identity" || leaf.Leaf.Who != "The auditor (auditor)" || leaf.Leaf.Why != "binding 2" {
		t.Errorf("%+v, %v", leaf.Leaf, err)
	}
}

func TestAnAttemptTellsItsStepsAndWhatTheDeviceSaid(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	for p, want := range map[record.Node]record.Fact{
		{Kind: record.KindVerdict, Name: "1"}:  {Name: "step.scan", Value: "pass, 1 ms, equal"},
		{Kind: record.KindEvidence, Name: "1"}: {Name: "port", Value: "port-1"},
	} {
		s, err := browse.New(d).Page(t.Context(), p)
		if err != nil || !slices.Contains(s.Facts, want) {
			t.Errorf("%v: %+v, %v", p, s.Facts, err)
		}
	}
}

func TestAChangeSaysOldAndNew(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	s, err := browse.New(d).Page(t.Context(), record.Node{Kind: record.KindOrder, Name: "WO-1"})
	if err != nil {
		t.Fatal(err)
	}
	want := []record.ColumnChange{{Name: "closed", Was: "no", Is: "yes"}}
	if diff := cmp.Diff(want, s.Leaf.Changes[0].Columns); diff != "" || s.Leaf.Why != "short: 4 of 20" {
		t.Error(diff, s.Leaf.Why)
	}
}

func TestAPlaceThatIsNotThereIsUnknown(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	for _, p := range []record.Node{
		{Kind: record.KindUnit, Name: "CL-999999"}, {Kind: record.KindBinding, Name: "x"}, {Kind: record.KindLeaf, Name: "999999"},
		{Kind: record.KindDates, Name: "2026-03-04/2026-03-01"},
	} {
		if _, err := browse.New(d).Page(t.Context(), p); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%v: %v", p, err)
		}
	}
}

// What was changed behind the record's back is loud at the very place.
func TestAPlaceTellsWhatIsWrongWithIt(t *testing.T) {
	path := dhrtest.FullRecord(t)
	s, err := browse.New(dhrtest.Open(t, path, stationtest.NewClock())).Page(t.Context(), record.Node{Kind: record.KindBinding, Name: "2"})
	stationtest.NoError(t, err)
	for _, c := range forgedPlaces(s.Leaf.Number) {
		t.Run(c.name, func(t *testing.T) {
			forged, err := storetest.Forge(t, path, c.forge...)
			if err != nil {
				t.Fatal(err)
			}
			s, err := browse.New(dhrtest.Open(t, forged, stationtest.NewClock())).Page(t.Context(), c.place)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, s.Leaf.Wrong); diff != "" {
				t.Errorf("%s; %+v", diff, s.Leaf)
			}
		})
	}
}

type forgedPlace struct {
	name  string
	place record.Node
	forge []string
	want  []record.Wrong
}

// forgedPlaces are what may be done around binding 2, which stands in leaf bound.
func forgedPlaces(bound int64) []forgedPlace {
	binding := record.Node{Kind: record.KindBinding, Name: "2"}
	unit := record.Node{Kind: record.KindUnit, Name: stationtest.Serial(0)}
	broken := []record.Wrong{record.PrevDiffers}
	if bound%2 == 0 { // the leaf before is beside it in the tree, so its proof begins with that one's hash
		broken = append(broken, record.NotInTheTree)
	}
	return []forgedPlace{
		{"a column of its row", binding, []string{"UPDATE bindings SET model = 'EG92' WHERE id = 2"}, []record.Wrong{record.RowDiffers}},
		{"the leaf that it names", binding, []string{"UPDATE bindings SET leaf = 9999 WHERE id = 2"}, []record.Wrong{record.LeafMissing}},
		{"the text of its leaf", binding, []string{fmt.Sprintf("UPDATE leaves SET body = replace(body, 'EG91', 'EG92') WHERE number = %d", bound)},
			[]record.Wrong{record.HashDiffers, record.NextDiffers, record.NotInTheTree, record.RowDiffers}},
		{"the leaf before", record.Node{Kind: record.KindLeaf, Name: fmt.Sprint(bound)},
			[]string{fmt.Sprintf("UPDATE leaves SET hash = zeroblob(32) WHERE number = %d", bound-1)}, broken},
		{"the tree", binding, []string{"UPDATE nodes SET hash = zeroblob(32)"}, []record.Wrong{record.NotInTheTree}},
		{"the checkpoint", binding, []string{"UPDATE checkpoints SET note = replace(note, 'bindery', 'bandery')"}, []record.Wrong{record.NoKnownKey}},
		{"a row set back", unit, []string{`UPDATE units SET disposition = 'in-process', leaf =
			(SELECT min(number) FROM leaves WHERE subject = 'unit:` + unit.Name + `' AND json_extract(body, '$.what') = 'bind') WHERE serial = '` + unit.Name + `'`},
			[]record.Wrong{record.RowSetBack}},
	}
}

func TestALeafAfterTheNewestCheckpointIsNotProvenAndNotWrong(t *testing.T) {
	d := dhrtest.Factory(t)
	p := record.Node{Kind: record.KindOrder, Name: "WO-1"}
	for _, signed := range []bool{false, true} {
		s, err := browse.New(d).Page(t.Context(), p)
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
	d := dhrtest.Factory(t)
	for n := range 23 {
		dhrtest.Try(t, dhrtest.Bench(d, n), stationtest.Serial(n), "right")
	}
	lot := record.Node{Kind: record.KindLot, Name: "L2603"}
	var serials []string
	for from := 0; ; from += 7 {
		list, of, err := browse.New(d).Links(t.Context(), lot, from, 7)
		if err != nil || of < 23 {
			t.Fatal(of, err)
		}
		for _, w := range list {
			if w.To.Kind == record.KindUnit {
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

func TestASearchSaysWhatItsTextWasTakenFor(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	for text, want := range map[string]query.TextKind{
		stationtest.Serial(1): query.Serial, stationtest.ICCID(1): query.ICCID, "8.98E+19": query.Refused, "L2603": query.Lot,
	} {
		p, err := browse.New(d).Page(t.Context(), record.Node{Kind: record.KindSearch, Name: text})
		if err != nil || p.Search == nil || p.Search.Took != want || len(p.Search.Units) > 0 {
			t.Errorf("%q: %+v, %v", text, p.Search, err)
		}
	}
	for _, text := range []string{"The lead", "#3", "2026-03-02"} {
		if p, err := browse.New(d).Page(t.Context(), record.Node{Kind: record.KindSearch, Name: text}); err != nil || p.Search != nil {
			t.Errorf("%q is no number of a unit, and was taken for %+v, %v", text, p.Search, err)
		}
	}
}

func TestAWalkBeginsWithWhateverOneHas(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	unit := record.Node{Kind: record.KindUnit, Name: stationtest.Serial(1)}
	for text, want := range map[string]record.Node{
		stationtest.Serial(1): unit, stationtest.IMEI(1): unit, stationtest.ICCID(1): unit,
		"L2603": {Kind: record.KindLot, Name: "L2603"}, "WO-2": {Kind: record.KindOrder, Name: "WO-2"}, "operator": {Kind: record.KindPerson, Name: "operator"},
		"The lead": {Kind: record.KindPerson, Name: "lead"}, "B-quality": {Kind: record.KindPerson, Name: "quality"}, "#3": {Kind: record.KindLeaf, Name: "3"},
		"CL-100": {Kind: record.KindProduct, Name: "CL-100/1"}, "2026-03-02": {Kind: record.KindDates, Name: "2026-03-02/2026-03-02"},
		"2026-03-01..2026-03-09": {Kind: record.KindDates, Name: "2026-03-01/2026-03-09"},
	} {
		list, _, err := browse.New(d).Links(t.Context(), record.Node{Kind: record.KindSearch, Name: text}, 0, 100)
		if err != nil || len(list) == 0 || list[0].To != want {
			t.Errorf("%q leads to %+v, %v", text, list, err)
		}
	}
	for _, text := range []string{"nothing", "#9999", "2026-13-01"} {
		if list, _, err := browse.New(d).Links(t.Context(), record.Node{Kind: record.KindSearch, Name: text}, 0, 100); err != nil || len(list) > 0 {
			t.Errorf("%q leads to %+v, %v", text, list, err)
		}
	}
}
