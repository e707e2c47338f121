// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"strings"

	"bindery/station"
	"bindery/station/record"
)

// addSingle adds the whole record of one unit, with the raw dialogues.
func (o *pdfReport) addSingle(ctx context.Context) error {
	r, err := o.snap.Show(ctx, o.Subject.Scope.Name)
	if err != nil {
		return err
	}
	o.countOne()
	return o.addUnit(ctx, r, true)
}

// addUnit puts the record of a unit; whole adds the raw dialogues.
func (o *pdfReport) addUnit(ctx context.Context, r record.UnitView, whole bool) error {
	o.turnTo(o.Subject.page(r.Serial))
	o.doc.Bookmark(o.body().clean(r.Serial), 0, o.y)
	o.putTitle("Device history record", r.Serial)
	if err := o.addUnitFacts(ctx, r); err != nil {
		return err
	}
	o.addFlags(r.Flags)
	o.addBindings(r)
	o.addImported(r.Imported)
	o.addSwaps(r.SIMs)
	for i, a := range r.Attempts {
		o.addAttempt(i+1, a, whole)
	}
	if err := o.addPrints(ctx, r); err != nil {
		return err
	}
	o.addMoves(r.Moves)
	o.addAlarms(r.Alarms)
	o.addSignatures(r.Signatures)
	if err := o.addUnitTrail(r); err != nil || !whole {
		return err
	}
	for i, a := range r.Attempts {
		o.addDialogue(i+1, a.Evidence)
	}
	return nil
}

// addUnitFacts says what the unit is.
func (o *pdfReport) addUnitFacts(ctx context.Context, r record.UnitView) error {
	switch {
	case r.Made == nil && r.Imported != nil:
		o.putParagraph(o.body(), "This unit is known by a list of another system, and was "+record.NotObserved+". What the list says of it follows as it came.")
		return nil
	case r.Made == nil:
		o.putParagraph(o.body(), "No unit was made under this serial: nothing was ever bound to it. What was tried follows.")
		return nil
	}
	p, err := o.product(ctx, r.REF, r.Version)
	if err != nil {
		return err
	}
	o.putFacts([]fact{
		{"Serial", r.Serial, true}, {"Disposition", strings.ToUpper(string(r.Disposition)), false},
		{"Product", p.Name, false}, {"REF, version", fmt.Sprintf("%s, version %d", r.REF, r.Version), false},
		{"GTIN (UDI-DI)", string(p.GTIN), true}, {"Manufacturer", p.Maker, false},
		{"Work order", r.Order, false}, {"Lot", r.Lot, false},
		{"Date of manufacture", string(r.MadeOn), false}, {"Market", p.Market, false},
		{"First bound", clock(*r.Made) + " UTC", false}, {"Station's time", wallTime(r), false},
		{"Label layout", p.Layout, false}, {"SIM rule", string(p.SIM), false},
		{"Dialect", strings.TrimSpace(fmt.Sprintf("%s %.16s", p.Dialect, p.DialectHash)), false},
	})
	return nil
}

// wallTime is when a unit was first bound, by the clock on the wall then; "" of
// a unit from before that was recorded.
func wallTime(r record.UnitView) string {
	if r.MadeZone == "" {
		return ""
	}
	return station.LocalTime(*r.Made, r.MadeZone)
}

func (o *pdfReport) addBindings(r record.UnitView) {
	for i := len(r.Bindings) - 1; i >= 0; i-- {
		b := r.Bindings[i]
		name := "Identities bound"
		if b.Superseded {
			name = fmt.Sprintf("Superseded: binding %d", b.ID)
		}
		o.putHeading(name, 24)
		o.putFacts(o.bindingFacts(b))
	}
}

func (o *pdfReport) bindingFacts(b record.BindingView) []fact {
	list := []fact{{"IMEI", b.IMEI, true}}
	for _, f := range []fact{{"IMEI 2", b.IMEI2, true}, {"ICCID", b.ICCID, true}, {"IMSI", b.IMSI, true}, {"EID", b.EID, true}} {
		if f.value != "" {
			list = append(list, f)
		}
	}
	list = append(list,
		fact{"Module", strings.TrimSpace(b.Maker + " " + b.Model), false}, fact{"Firmware", b.Firmware, false},
		fact{"Bound", clock(b.At), false}, fact{"By", o.person(b.By), false},
		fact{"Binding, leaf", fmt.Sprintf("%d, leaf %d", b.ID, b.Leaf), false})
	if b.SupersededAt == nil {
		return list
	}
	return append(list, fact{"Superseded", clock(*b.SupersededAt), false},
		fact{"By, agreed by", joined(o.person(b.SupersededBy), o.person(b.SupersededSecond)), false}, fact{"Reason", b.SupersededWhy, false})
}

func (o *pdfReport) addAttempt(n int, a record.AttemptView, whole bool) {
	outcome := strings.ToUpper(string(a.Outcome))
	if outcome == "" {
		outcome = "NOT ENDED"
	}
	if a.Code != "" {
		outcome += ", " + string(a.Code)
	}
	o.putHeading(fmt.Sprintf("Attempt %d: %s", n, outcome), 16)
	facts := []fact{
		{"Began", clock(a.Started), false}, {"Ended", "not ended", false}, {"By", o.person(a.By), false},
		{"Station", a.Station, false}, {"Work order", a.Order, false}, {"Leaf", fmt.Sprint(a.Leaf), false},
	}
	if a.Ended != nil {
		facts[1].value = clock(*a.Ended)
	}
	if a.Reading != nil {
		facts = append(facts, fact{"Dialect, port", fmt.Sprintf("%s, %s at %d", a.Reading.Dialect, a.Reading.Port, a.Reading.Baud), false},
			fact{"Dialogue", station.Counted(len(a.Evidence), "piece", "pieces") + ", in the record byte for byte", false})
	}
	o.putFacts(facts)
	o.y += 0.8
	o.addFindings(a.Findings)
	if !whole {
		o.addStepSummary(a.Steps)
		return
	}
	o.addSteps(a.Steps)
}

// addStepSummary adds the steps of an attempt in a few words.
func (o *pdfReport) addStepSummary(list []record.StepView) {
	var parts []string
	for _, one := range list {
		parts = append(parts, fmt.Sprintf("%s %s %.0f ms", one.Step, one.Outcome, one.Ms))
	}
	if len(parts) > 0 {
		o.putParagraph(textStyle{o.regular, 7.5, 60}, "Steps: "+strings.Join(parts, " · "))
	}
}

func (o *pdfReport) addFindings(list []station.Finding) {
	if len(list) == 0 {
		return
	}
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"Finding", 38, textStyle{o.bold, 7.5, 20}, false}, gridColumn{"Level", 14, s, false},
		gridColumn{"Value", 36, textStyle{o.mono, 7, 20}, false}, gridColumn{"What it says", 86, s, false})
	for _, f := range list {
		g.addRow(string(f.Code), string(f.Level), f.Value, f.Message)
	}
	o.y += 1
}

func (o *pdfReport) addSteps(list []record.StepView) {
	if len(list) == 0 {
		return
	}
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"Step", 38, s, false}, gridColumn{"Outcome", 14, s, false}, gridColumn{"Took, ms", 18, s, true},
		gridColumn{"What it found", 104, s, false})
	for _, one := range list {
		g.addRow(string(one.Step), string(one.Outcome), fmt.Sprintf("%.0f", one.Ms), one.Found)
	}
	o.y += 1
}

func (o *pdfReport) addPrints(ctx context.Context, r record.UnitView) error {
	if len(r.Prints) == 0 {
		return nil
	}
	o.putHeading("Labels", 20)
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"No.", 9, s, false}, gridColumn{"State", 16, s, false}, gridColumn{"Printed", 32, s, false},
		gridColumn{"By, allowed by", 34, s, false}, gridColumn{"Printer, reason, proof", 41, s, false},
		gridColumn{"Layout and hash of the dots", 42, textStyle{o.mono, 6.5, 20}, false})
	for _, p := range r.Prints {
		g.addRow(fmt.Sprint(p.N), string(p.State), clock(p.At), joined(o.person(p.By), o.person(p.Approver)),
			joined(joined(p.Printer, p.Reason), proofOf(p)), o.layouts[p.LayoutHash]+" "+p.Hash)
	}
	return o.addLabelDots(ctx, r)
}

// proofOf says what proved a label.
func proofOf(p record.PrintView) string {
	if p.Proof == nil {
		return ""
	}
	return "scan-back: " + p.Proof.Words
}

// addLabelDots adds the last label, drawn again, where it is dot for dot what was
// printed.
func (o *pdfReport) addLabelDots(ctx context.Context, r record.UnitView) error {
	last := r.Prints[len(r.Prints)-1]
	png, err := o.redraw(ctx, r, last)
	if err != nil || png == nil {
		return err
	}
	picture, err := decodeDots(png)
	if err != nil {
		return err
	}
	const tall = 22.0
	o.ensureRoom(tall + 6)
	o.y += 1.5
	o.putParagraph(o.small(), fmt.Sprintf("Label %d, drawn again and compared with the hash of the dots that were printed: equal.", last.N))
	w := o.putDots(picture, left, o.y+0.5, tall)
	o.doc.SetDrawColor(190, 190, 190)
	o.doc.SetLineWidth(0.15)
	o.doc.Rect(left, o.y+0.5, w, tall, "D")
	o.y += tall + 1.5
	return nil
}

// addUnitTrail adds the audit trail of a unit.
func (o *pdfReport) addUnitTrail(r record.UnitView) error {
	o.putHeading("Audit trail of this unit", 14)
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"Leaf", 13, s, true}, gridColumn{"UTC", 20, s, false}, gridColumn{"Local time", 24, s, false},
		gridColumn{"Who", 32, s, false}, gridColumn{"Station", 17, s, false}, gridColumn{"What and why", 48, s, false},
		gridColumn{"Hash", 20, textStyle{o.mono, 6.5, 20}, false})
	for _, line := range r.Leaves {
		l, err := decodeLeaf(line)
		if err != nil {
			return err
		}
		g.addRow(fmt.Sprint(l.Number), stampShown(l.At), localStamp(l), o.person(l.Who), l.Station, joined(l.What, l.Why), line.Hash[:12]+"…")
	}
	return nil
}
