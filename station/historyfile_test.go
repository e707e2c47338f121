// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

// readyList is a list that may be accepted, but by admin.
var readyList = station.HistoryFile{ID: 7, Kind: station.UnitList, State: station.HistoryOpen, Rows: new(int64(3)), By: "admin", FedBy: []string{"second"}, ComparedBy: "lead"}

func listWith(edit func(*station.HistoryFile)) station.HistoryFile {
	f := readyList
	edit(&f)
	return f
}

func TestAListIsAcceptedByWhoMayOnceNothingIsLeft(t *testing.T) {
	quality := station.Person{ID: "q2", Role: station.Quality}
	for name, c := range map[string]struct {
		by   station.Person
		file station.HistoryFile
		code station.Code
	}{
		"ready":                              {quality, readyList, ""},
		"not whole":                          {quality, listWith(func(f *station.HistoryFile) { f.Rows = nil }), station.HistoryNotReady},
		"not compared":                       {quality, listWith(func(f *station.HistoryFile) { f.ComparedBy = "" }), station.HistoryNotReady},
		"without the list that it goes with": {quality, listWith(func(f *station.HistoryFile) { f.Kind = station.GivenUpList }), station.HistoryNotReady},
		"accepted before":                    {quality, listWith(func(f *station.HistoryFile) { f.State = station.HistoryAccepted }), station.HistoryKnown},
		"withdrawn before":                   {quality, listWith(func(f *station.HistoryFile) { f.State = station.HistoryWithdrawn }), station.HistoryKnown},
		"by who brought":                     {quality, listWith(func(f *station.HistoryFile) { f.By = "q2" }), station.PersonNotAllowed},
		"by who went on":                     {quality, listWith(func(f *station.HistoryFile) { f.FedBy = []string{"q2"} }), station.PersonNotAllowed},
		"by a lead":                          {station.Person{ID: "l", Role: station.Lead}, readyList, station.PersonNotAllowed},
	} {
		if got := refusedFor(t, station.AllowHistory(c.by, 0, c.file)); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
	if got := refusedFor(t, station.AllowHistory(quality, 1, readyList)); got != station.HistoryNotReady {
		t.Errorf("with a clash: %q", got)
	}
}

func TestAListOfGivenUpBindingsIsAcceptedWithItsUnitsOnceItIsReadyToo(t *testing.T) {
	quality := station.Person{ID: "q2", Role: station.Quality}
	for name, c := range map[string]struct {
		change func(*station.HistoryFile)
		code   station.Code
	}{
		"ready":           {func(*station.HistoryFile) {}, ""},
		"not whole":       {func(f *station.HistoryFile) { f.Rows = nil }, station.HistoryNotReady},
		"not compared":    {func(f *station.HistoryFile) { f.ComparedBy = "" }, station.HistoryNotReady},
		"accepted before": {func(f *station.HistoryFile) { f.State = station.HistoryAccepted }, station.HistoryKnown},
		"by who brought":  {func(f *station.HistoryFile) { f.By = "q2" }, station.PersonNotAllowed},
		"by who went on":  {func(f *station.HistoryFile) { f.FedBy = []string{"q2"} }, station.PersonNotAllowed},
	} {
		with := listWith(func(f *station.HistoryFile) { f.Kind, f.GoesWith = station.GivenUpList, readyList.ID; c.change(f) })
		if got := refusedFor(t, station.AllowHistory(quality, 0, readyList, with)); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
}

func TestASampleIsComparedByAnotherThanWhoBroughtTheListIn(t *testing.T) {
	lead := station.Person{ID: "lead", Role: station.Lead}
	uncompared := listWith(func(f *station.HistoryFile) { f.ComparedBy = "" })
	for name, c := range map[string]struct {
		by   station.Person
		file station.HistoryFile
		code station.Code
	}{
		"another":           {lead, uncompared, ""},
		"a second time":     {lead, readyList, station.HistoryKnown},
		"who went on":       {station.Person{ID: "second", Role: station.Quality}, uncompared, station.PersonNotAllowed},
		"who brought it in": {station.Person{ID: "admin", Role: station.Quality}, uncompared, station.PersonNotAllowed},
		"an operator":       {station.Person{ID: "o", Role: station.Operator}, uncompared, station.PersonNotAllowed},
		"once it is closed": {lead, listWith(func(f *station.HistoryFile) { f.State = station.HistoryAccepted }), station.HistoryKnown},
	} {
		if got := refusedFor(t, station.AllowCompare(c.by, c.file)); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
	if got := refusedFor(t, readyList.AllowSample()); got != "" {
		t.Errorf("the sample of a list that is whole: %s", got)
	}
	if got := refusedFor(t, listWith(func(f *station.HistoryFile) { f.Rows = nil }).AllowSample()); got != station.HistoryNotReady {
		t.Errorf("the sample of a list that is not whole: %q", got)
	}
}

func TestAListIsChangedWhileItIsOpenAndCountsOnceItIsAccepted(t *testing.T) {
	for s, c := range map[station.HistoryState]struct {
		goesOn, changes, counts bool
	}{
		station.HistoryOpen:      {true, true, false},
		station.HistoryAccepted:  {false, false, true},
		station.HistoryWithdrawn: {false, false, false},
	} {
		f := station.HistoryFile{ID: 7, State: s}
		for name, of := range map[string]struct {
			err   error
			allow bool
			says  string
		}{
			"go on":  {f.AllowGoOn(f), c.goesOn, "list 7"},
			"change": {f.AllowChange(), c.changes, "list 7, " + string(s)},
		} {
			if (of.err == nil) != of.allow || of.err != nil && of.err.Error() != station.Refuse(station.HistoryKnown, of.says).Error() {
				t.Errorf("%s, %s: %v", s, name, of.err)
			}
		}
		if s.Counts() != c.counts {
			t.Errorf("%s counts: %v", s, s.Counts())
		}
	}
}

func TestARowThatIsLeftOutCountsForNothing(t *testing.T) {
	for s, want := range map[station.ImportedBindingState][2]bool{
		station.BindingLive: {true, true}, station.BindingEnded: {false, true}, station.BindingLeftOut: {false, false},
	} {
		if got := [2]bool{s.Live(), s.Counts()}; got != want {
			t.Errorf("%s: live, counts %v, want %v", s, got, want)
		}
	}
}

func TestARowIsLeftOutOnce(t *testing.T) {
	for state, want := range map[station.ImportedBindingState]station.Code{station.BindingLive: "", station.BindingEnded: "", station.BindingLeftOut: station.HistoryKnown} {
		if got := refusedFor(t, readyList.AllowLeaveOut(3, state)); got != want {
			t.Errorf("a row that is %s: %q, want %q", state, got, want)
		}
	}
}

func TestAListGoesOnByWhatItWasBegunWith(t *testing.T) {
	was := listWith(func(f *station.HistoryFile) {
		f.Kind, f.GoesWith, f.Source, f.Mapping, f.Sheet = station.GivenUpList, 3, "MES", []byte(`{"serial": "sn"}`), "2019"
	})
	if err := was.AllowGoOn(was); err != nil {
		t.Errorf("as it was begun: %v", err)
	}
	for name, edit := range map[string]func(*station.HistoryFile){
		"the kind of list":                    func(o *station.HistoryFile) { o.Kind = station.UnitList },
		"the list of units that it goes with": func(o *station.HistoryFile) { o.GoesWith = 4 },
		"the source":                          func(o *station.HistoryFile) { o.Source = "ERP" },
		"the mapping":                         func(o *station.HistoryFile) { o.Mapping = []byte("{}") },
		"the sheet":                           func(o *station.HistoryFile) { o.Sheet = "" },
	} {
		as := was
		edit(&as)
		want := station.Refuse(station.HistoryDiffers, "list 7 differs in "+name)
		if err := was.AllowGoOn(as); err == nil || err.Error() != want.Error() {
			t.Errorf("another %s: %v", name, err)
		}
	}
}

func TestOnlyAComparisonThatWasMadeIsVoided(t *testing.T) {
	if !readyList.VoidsComparison() || listWith(func(f *station.HistoryFile) { f.ComparedBy = "" }).VoidsComparison() {
		t.Error("a comparison is voided that nobody made, or stands although rows were left out")
	}
}
