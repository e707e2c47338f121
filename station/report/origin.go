// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"strings"

	"bindery/station/record"
)

// addImported puts what a list of another system has of a unit, marked as such, in
// that system's words and dates.
func (o *pdfReport) addImported(u *record.ImportedUnitView) {
	if u == nil {
		return
	}
	o.putHeading("From another system: "+record.NotObserved, 24)
	facts := []fact{
		{"Disposition here", strings.ToUpper(string(u.Disposition)), false}, {"Disposition there", u.Was, false},
		{"REF", u.REF, false}, {"Work order", u.Order, false}, {"Lot", u.Lot, false},
		{"Bound there", orNotSaid(u.BoundAt), false}, {"By", u.Operator, false}, {"Station", u.Station, false}, {"Leaf", fmt.Sprint(u.Leaf), false},
	}
	if u.Changed != nil {
		facts = append(facts, fact{"Changed here", clock(*u.Changed), false},
			fact{"By, agreed by", joined(o.person(u.By), o.person(u.Second)), false}, fact{"Reason", u.Reason, false})
	}
	o.putFacts(append(facts, listFacts(u.Source, u.File, u.FileHash, u.Row)...))
	for _, b := range u.Bindings {
		name := "Bound by another system, live"
		if !b.Live {
			name = "Bound by another system, given up"
		}
		o.putHeading(name, 24)
		o.putFacts(importedFacts(b))
	}
}

// importedFacts are those of a binding of another origin.
func importedFacts(b record.ImportedBindingView) []fact {
	facts := []fact{
		{"IMEI", b.IMEI, true}, {"IMEI 2", b.IMEI2, true}, {"ICCID", b.ICCID, true}, {"IMSI", b.IMSI, true}, {"EID", b.EID, true},
		{"Module", strings.TrimSpace(b.Maker + " " + b.Model), false}, {"Firmware", b.Firmware, false},
		{"Bound there", orNotSaid(b.Dated), false}, {"Leaf", fmt.Sprint(b.Leaf), false},
	}
	if !b.Live {
		facts = append(facts, fact{"Given up", givenUpAt(b), false}, fact{"By", b.By, false}, fact{"Reason", b.Reason, false})
	}
	return append(facts, listFacts(b.Source, b.File, b.FileHash, b.Row)...)
}

// givenUpAt is when another system, or a person here, gave a binding up.
func givenUpAt(b record.ImportedBindingView) string {
	if b.Undated == "" && b.Ended != nil {
		return clock(*b.Ended)
	}
	return orNotSaid(b.Undated)
}

// listFacts name the list that says something, as evidence.
func listFacts(source, file, hash string, row int64) []fact {
	return []fact{{"Source", source, false}, {"List, row", fmt.Sprintf("%s, row %d", file, row), false}, {"SHA-256 of it", hash, true}}
}

// addFlags puts the flags of a unit, those that ended too.
func (o *pdfReport) addFlags(list []record.FlagView) {
	if len(list) == 0 {
		return
	}
	o.putHeading("Flags", 20)
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"Flag", 24, textStyle{o.bold, 7.5, 20}, false}, gridColumn{"Since", 30, s, false},
		gridColumn{"By", 34, s, false}, gridColumn{"Reason", 46, s, false}, gridColumn{"Ended", 40, s, false})
	for _, f := range list {
		ended := "in force"
		if f.Ended != nil {
			ended = clock(*f.Ended) + " by " + joined(o.person(f.EndedBy), f.EndReason)
		}
		g.addRow(string(f.Flag), clock(f.Since), o.person(f.By), f.Reason, ended)
	}
}

// addSwaps puts the SIMs that a unit was given in the field, with who says so.
func (o *pdfReport) addSwaps(list []record.Subscription) {
	for _, s := range list {
		o.putHeading("SIM put in in the field: "+record.NotObserved, 20)
		to := "not said: it holds"
		if s.To != nil {
			to = clock(*s.To)
		}
		o.putFacts(append([]fact{
			{"ICCID", s.ICCID, true}, {"IMSI", s.IMSI, true}, {"EID", s.EID, true}, {"From", clock(s.From), false}, {"To", to, false},
			{"Says", s.SaidBy, false}, {"Reason", s.Reason, false}, {"Brought in by", o.person(s.By), false}, {"Leaf", fmt.Sprint(s.Leaf), false},
		}, fact{"Source", s.Source, false}, fact{"List, row", fmt.Sprintf("%s, row %d", s.File, s.Row), false}))
	}
}

// addTracedOrigin says all that led to a binding of another origin.
func (o *pdfReport) addTracedOrigin(l *record.UnitLine) {
	state := l.State
	if l.GivenUp() {
		state = "given up: the unit holds it no more"
	}
	o.putFacts(append([]fact{
		{"Unit", l.Serial, true}, {"Disposition", l.Disposition, false}, {"Binding", state, false}, {"Origin", l.Origin.Mark(), false},
		{"Order, lot", joined(l.Order, l.Lot), false}, {"REF", l.REF, false},
		{"IMEI", l.IMEI, true}, {"IMEI 2", l.IMEI2, true}, {"ICCID", l.ICCID, true}, {"IMSI", l.IMSI, true}, {"EID", l.EID, true},
		{"Who", orNotSaid(l.ByName), false}, {"When", orNotSaid(l.Origin.Dated), false}, {"Where", orNotSaid(l.Station), false},
		{"Module, firmware", joined(strings.TrimSpace(l.Maker+" "+l.Model), l.Firmware), false}, {"Leaf", fmt.Sprint(l.Leaf), false},
		{"Given up", l.Origin.Undated, false}, {"By", l.GivenUpName, false}, {"Reason", l.GivenUpWhy, false},
	}, listFacts(l.Origin.Source, l.Origin.File, l.Origin.Hash, l.Origin.Row)...))
}

// boundAt is when a binding was made; of another system, as it came.
func boundAt(l *record.UnitLine) string {
	if l.Origin.Row != 0 {
		return orNotSaid(l.Origin.Dated)
	}
	return shortStamp(l.BoundAt)
}

// boundBy is by whom; of another system, as its list names them.
func (o *pdfReport) boundBy(l *record.UnitLine) string {
	if l.Origin.Row != 0 {
		return orNotSaid(l.ByName)
	}
	return o.person(l.BoundBy)
}

// orNotSaid is a text of a list, or that it has none.
func orNotSaid(s string) string {
	if s == "" {
		return "not said"
	}
	return s
}
