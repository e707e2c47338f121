// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"

	"bindery/station"
	"bindery/station/record"
)

// addBatch adds the record of an order, a lot or a span of time: a summary, the list
// of units, and the record of each on pages of its own.
func (o *pdfReport) addBatch(ctx context.Context) error {
	o.putTitle(o.Subject.title(), o.Subject.name())
	if err := o.addSummary(ctx); err != nil {
		return err
	}
	if err := o.addUnits(ctx); err != nil {
		return err
	}
	return o.snap.Serials(ctx, o.Subject.Scope, func(serial string) error {
		if err := o.turnVolume(ctx); err != nil {
			return err
		}
		r, err := o.snap.Show(ctx, serial)
		if err != nil {
			return err
		}
		o.countOne()
		return o.addUnit(ctx, r, false)
	})
}

// addSummary counts what there is.
func (o *pdfReport) addSummary(ctx context.Context) error {
	if err := o.addOrders(ctx); err != nil {
		return err
	}
	for _, part := range []struct{ heading, by string }{
		{"Units by disposition", "disposition"},
		{"Attempts by outcome", "attempts"},
		{"Modules and firmware of the live bindings", "module"},
	} {
		list, err := o.snap.CountBy(ctx, o.Subject.Scope, part.by)
		if err != nil {
			return err
		}
		o.addCounts(part.heading, list)
	}
	if err := o.addReleases(ctx); err != nil {
		return err
	}
	return o.addDeviations(ctx)
}

// addDeviations adds what an inspector asks for first: the units that did not go
// straight through, and why.
func (o *pdfReport) addDeviations(ctx context.Context) error {
	o.putHeading("What did not go straight through", 20)
	if err := o.countDeviations(ctx); err != nil {
		return err
	}
	s := textStyle{o.regular, 7.5, 20}
	columns := []gridColumn{
		{"Serial", 25, textStyle{o.bold, 7.5, 20}, false}, {"Time", 30, s, false}, {"What", 42, s, false},
		{"By, agreed by", 37, s, false}, {"Reason", 40, s, false},
	}
	g := o.beginGrid(columns...)
	return o.snap.Deviations(ctx, o.Subject.Scope, func(d record.Deviation) error {
		if full := len(o.pages) >= mostPages; full {
			if err := o.turnVolume(ctx); err != nil {
				return err
			}
			g = o.beginGrid(columns...)
		}
		what, by := string(d.Kind)+": "+d.What, joined(o.person(d.By), o.person(d.Second))
		if d.Kind == record.AlarmRaised && d.By == "" {
			by = "OPEN"
		}
		g.addRow(d.Serial, shortStamp(d.At), what, by, d.Reason)
		return nil
	})
}

// deviationNames are what the kinds are called where they are counted.
var deviationNames = []struct {
	kind record.DeviationKind
	name string
}{
	{record.AttemptEnded, "Attempts that did not pass"}, {record.PassedWarned, "Passes with warnings"},
	{record.LabelAgain, "Labels that were reprinted, destroyed or left open"}, {record.BindingGivenUp, "Bindings that were superseded"},
	{record.AlarmRaised, "Alarms"}, {record.MovedAlone, "Changes of disposition, one unit at a time"},
}

// countDeviations says how many of each kind there are, also where there are
// none: then that was looked for.
func (o *pdfReport) countDeviations(ctx context.Context) error {
	counts, serials, err := o.snap.CountDeviations(ctx, o.Subject.Scope)
	if err != nil {
		return err
	}
	all, err := o.snap.CountObserved(ctx, o.Subject.Scope)
	if err != nil {
		return err
	}
	by := map[record.DeviationKind]record.DeviationCount{}
	for _, c := range counts {
		by[c.Kind] = c
	}
	g := o.beginGrid(gridColumn{"", 80, o.body(), false}, gridColumn{"how many", 20, o.body(), true}, gridColumn{"on serials", 20, o.body(), true})
	for _, d := range deviationNames {
		g.addRow(d.name, fmt.Sprint(by[d.kind].N), fmt.Sprint(by[d.kind].Serials))
	}
	o.y += 0.6
	o.putParagraph(o.body(), fmt.Sprintf("Of %s, %d went straight through: one attempt, without a warning, with the label first printed.", station.Counted(all, "serial", "serials"), all-serials))
	o.y += 1
	return nil
}

// addCounts adds a count under its heading.
func (o *pdfReport) addCounts(heading string, list []record.GroupCount) {
	o.putHeading(heading, 8)
	g, total := o.beginGrid(gridColumn{"", 80, o.body(), false}, gridColumn{"", 20, o.body(), true}), int64(0)
	for _, t := range list {
		g.addRow(t.Name, fmt.Sprint(t.N))
		total += t.N
	}
	g.columns = []gridColumn{{"", 80, o.strong(), false}, {"", 20, o.strong(), true}}
	g.addRow("together", fmt.Sprint(total))
}

// addReleases adds the signatures over a lot, and the account of labels in them.
func (o *pdfReport) addReleases(ctx context.Context) error {
	if o.Subject.Scope.By != record.ByLot {
		return nil
	}
	list, err := o.snap.Signatures(ctx, "lot:"+o.Subject.Scope.Name)
	for _, s := range list {
		o.addSignatures([]record.Signature{s})
		o.addSignedLabels(s)
	}
	return err
}

// addUnits adds one line for each binding of each unit.
func (o *pdfReport) addUnits(ctx context.Context) error {
	o.putHeading("Units", 20)
	return o.addUnitTable(ctx, []gridColumn{
		{"Serial", 27, textStyle{o.bold, 7.5, 20}, false}, {"Disposition", 20, textStyle{o.regular, 7.5, 20}, false},
		{"IMEI", 29, textStyle{o.mono, 7.5, 20}, false}, {"ICCID", 36, textStyle{o.mono, 7.5, 20}, false},
		{"Bound", 29, textStyle{o.regular, 7.5, 20}, false}, {"By", 33, textStyle{o.regular, 7.5, 20}, false},
	}, func(l *record.UnitLine) []string {
		return []string{l.Serial, unitState(l), l.IMEI, l.ICCID, boundAt(l), o.boundBy(l) + o.supersededNote(l)}
	})
}

// supersededNote is when a binding was superseded, by whom and why; "" while it is
// live.
func (o *pdfReport) supersededNote(l *record.UnitLine) string {
	switch {
	case l.Origin.Row != 0 && l.GivenUp():
		return fmt.Sprintf("; given up %s by %s: %s", orNotSaid(l.Origin.Undated), orNotSaid(l.GivenUpName), orNotSaid(l.GivenUpWhy))
	case l.GivenUpAt == "":
		return ""
	}
	return fmt.Sprintf("; superseded %s by %s: %s", shortStamp(l.GivenUpAt), o.person(l.GivenUpBy), l.GivenUpWhy)
}

func (o *pdfReport) addUnitTable(ctx context.Context, columns []gridColumn, row func(*record.UnitLine) []string) error {
	g := o.beginGrid(columns...)
	n := 0
	line := func(l *record.UnitLine) error {
		if full := len(o.pages) >= mostPages; full {
			if err := o.turnVolume(ctx); err != nil {
				return err
			}
			g = o.beginGrid(columns...)
		}
		n++
		g.addRow(row(l)...)
		return nil
	}
	err := o.eachLine(ctx, line)
	if n == 0 {
		o.putParagraph(o.body(), "There are none.")
	}
	return err
}

// unitState is where a unit stands, or that the line is about what it was, or
// that there is none.
func unitState(l *record.UnitLine) string {
	switch {
	case l.Origin.Row != 0 && l.GivenUp():
		return "(given up; " + l.Origin.Mark() + ")"
	case l.Origin.Row != 0:
		return l.Disposition + ", " + l.Origin.Mark()
	case l.GivenUp():
		return "(superseded)"
	case l.Made == "":
		return "(no unit)"
	}
	return l.Disposition
}
