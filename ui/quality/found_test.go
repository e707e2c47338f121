// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/uitest"
)

// banner is all that the banner says.
func (q *Screen) banner() string {
	return q.View.Call.Word + "\n" + strings.Join(q.View.Call.Say, "\n")
}

func TestTheBoxSaysWhatATextWasTakenForAndWhichBindingItLedTo(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	from, to := uitest.Noon, uitest.Noon.Add(time.Hour)
	b.found = &record.Matches{
		Interpreted: record.Interpreted{Took: query.ICCID, Why: "Nineteen digits are an ICCID.", Count: 3},
		Units: []record.Match{
			{Serial: "CL-000101", Live: true, From: &from, Disposition: station.Released, Flags: []station.Flag{station.FlagStolen}},
			{Serial: "CL-000102", GivenUp: true, From: &from, To: &to, Disposition: station.Reworked},
			{Serial: "CL-000103", Attempt: 12, Code: station.IMEIInUse},
			{Serial: "CL-000104", GivenUp: true, BoundAt: &to, Disposition: station.Imported},
		},
	}
	uitest.Type(w, "8999900000000001012\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	if said := st.banner(); said != "Taken for: ICCID\nNineteen digits are an ICCID." {
		t.Errorf("the banner says %q", said)
	}
	for i, want := range []string{
		"STOLEN · released bound since 2026-07-14 12:00:00", "reworked given up: 2026-07-14 12:00:00 to 2026-07-14 13:00:00", "not bound seen on attempt 12, refused (imei-in-use)",
		"from before given up, undated",
	} {
		if row := strings.Join(st.View.Table.Rows[i], " "); !strings.Contains(row, want) {
			t.Errorf("row %d is %q; want %q in it", i, row, want)
		}
	}
}

func TestWhatCannotBeLookedForIsRefusedWithWhatToDoInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, code := range query.Refusals() {
			b := newBench()
			b.Words = i18n.For(language)
			st, w := b.read(t, uitest.Sizes[1])
			b.found = &record.Matches{Interpreted: record.Interpreted{Took: query.Refused, Why: "in English", Refused: code}}
			uitest.Type(w, "8.98E+19\n")
			b.Settle(t, func() bool { return st.View.Call.Word != "" })
			if said := st.View.Call.Say[0]; said == "in English" || len(said) < 20 {
				t.Errorf("%s: %s says %q", language, code, said)
			}
			if code == query.Exponent && (!strings.Contains(st.banner(), "Excel") || !uitest.HasText(st.Banner, st.View.Call.Say[0])) {
				t.Errorf("%s: it is not said how the number comes out whole: %q", language, st.banner())
			}
		}
	}
}

// Where a search cannot read the index, who may rebuilds it on the page that says so.
func TestAnIndexThatCannotBeReadIsRebuiltAtTheDesk(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	b.unread = station.NewFault(station.IndexDamaged, "", nil)
	uitest.Type(w, "0420001\n")
	b.Settle(t, func() bool { return st.View.Call.Word != "" })
	if said := st.banner(); !strings.Contains(said, "F9") || strings.Contains(said, "backup") {
		t.Errorf("the banner says %q", said)
	}
	uitest.Press(w, fyne.KeyF9)
	uitest.Type(w, "a disk failed\n")
	b.Settle(t, func() bool { return len(b.did) > 0 })
	if got := b.did; got[len(got)-1] != "rebuild the index by "+b.People["B-QA"].ID+": a disk failed" {
		t.Errorf("written: %q", got)
	}
	b.unread = nil
	for _, a := range st.View.Acts {
		if a.Key == "F9" {
			t.Errorf("it is offered again: %+v", a)
		}
	}
}

func TestSeveralTextsAreAnsweredEachByItself(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	b.found = &record.Matches{
		Interpreted: record.Interpreted{Took: query.List, Count: 2},
		Texts: []record.Interpreted{
			{Took: query.Serial, Why: "x", Count: 1}, {Took: query.IMEI, Refused: identity.IMEICheckDigit}, {Took: query.Lot, Count: 1}, {Took: query.Lot}, {Took: query.Lot},
		},
		Units: []record.Match{{Serial: "CL-000101"}, {Serial: "CL-000102"}},
	}
	uitest.Type(w, "CL-000101, 980000420001013, 2607A\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	said := st.banner()
	for _, want := range []string{"5 texts at once\n1 · serial · 1 unit\n2 · IMEI · 0 units · It has the form of an IMEI", "and 2 more"} {
		if !strings.Contains(said, want) {
			t.Errorf("the banner lacks %q:\n%s", want, said)
		}
	}
}

func TestAUnitIsFlaggedWithAReasonFromTheListAndTheFlagEnds(t *testing.T) {
	b, st, w := opened(t)
	uitest.Press(w, fyne.KeyF7)
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyDown)
	uitest.Type(w, "\n") // stolen
	uitest.TakeFirst(w)  // the customer reported it
	b.Settle(t, func() bool { return strings.Contains(st.page(), "STOLEN since") })
	if aside := st.View.Page[0].Text; aside != "STOLEN · passed" {
		t.Errorf("beside the serial stands %q", aside)
	}
	uitest.Press(w, fyne.KeyF10)
	st.Rows.Tapped(&fyne.PointEvent{Position: fyne.NewPos(30, 30)}) // the pointer does it too
	uitest.Type(w, "found in the store\n")                          // a reason that is not on the list
	b.Settle(t, func() bool { return len(b.did) == 2 && strings.Contains(st.page(), "Was flagged: stolen") })
	for i, want := range []string{"flag CL-000101 stolen by p4: the customer reported it", "unflag CL-000101 stolen by p4: found in the store"} {
		if b.did[i] != want {
			t.Errorf("done: %q, not %q", b.did[i], want)
		}
	}
	if !strings.Contains(st.page(), "reason for the end found in the store") || strings.Contains(st.page(), "STOLEN") {
		t.Errorf("the flag ended, and the page says\n%s", st.page())
	}
}

func TestFlaggedUnitsAreAListOfTheirOwn(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	b.flags = []record.FlagView{{Serial: "CL-000101", Flag: station.FlagLost, Since: uitest.Noon, By: "p1", Reason: "left in a train"}}
	uitest.Press(w, fyne.KeyF3)
	b.Settle(t, func() bool { return st.Model.list != nil })
	if row := strings.Join(st.View.Table.Rows[0], " "); row != "CL-000101 lost 2026-07-14 12:00:00 J. Petrov (p1) left in a train" {
		t.Errorf("the row is %q", row)
	}
	uitest.TakeFirst(w)
	b.unitHistory(t, st, "CL-000101")
}

func TestTheHistoryOfAUnitTellsItsOriginAndTheSIMsOfTheField(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	swapped := uitest.Noon.Add(time.Hour)
	b.disposition = ""
	b.imported = &record.ImportedUnitView{
		Source: "MES 2019", File: "units.csv", Row: 7, REF: "CL-3G", Lot: "L9", Disposition: station.Imported, Was: "shipped", BoundAt: "2019-03-04",
		Bindings: []record.ImportedBindingView{{Source: "MES 2019", File: "units.csv", Row: 7, Live: true, IMEI: "980000420001020", Dated: "2019-03-04"}},
	}
	b.sims = []record.Subscription{
		{ICCID: "8999900000000001012", From: uitest.Noon, To: &swapped, SaidBy: "field service", Reason: "roaming", Source: "portal", File: "swaps.csv", Row: 2, By: "p1"},
		{ICCID: "8999900000000002010", From: swapped, SaidBy: "field service", Reason: "lost SIM", Source: "portal", File: "swaps.csv", Row: 3, By: "p1"},
	}
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	all := st.page()
	for _, want := range []string{
		"CL-000101 from before", "No station of ours has observed the unit.", "list units.csv, row 7", "Bound, as MES 2019 says",
		"SIM in it now, from the field 2026-07-14 13:00:00 – …", "SIM in it before, from the field 2026-07-14 12:00:00 – 2026-07-14 13:00:00",
		"said by field service", "reason lost SIM", "brought in by J. Petrov (p1)",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("it lacks %q:\n%s", want, all)
		}
	}
	for _, whole := range []string{"980000420001020", "8999900000000002010"} {
		if strings.Contains(all, whole) {
			t.Errorf("it shows a number whole:\n%s", all)
		}
	}
	var acts []string
	for _, a := range st.View.Acts {
		acts = append(acts, a.Key+" "+a.Word)
	}
	if got := strings.Join(acts, ", "); got != "F2 Quarantine, F4 Give up, F6 Scrap, F7 Flag, F8 Numbers whole, F12 Its lot" {
		t.Errorf("offered are %s", got)
	}
}
