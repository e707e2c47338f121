// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"strings"

	"bindery/station/dhr"
)

// batch is the record of an order, a lot or a span of time: a summary, the list
// of units, and the record of each on pages of its own.
func (o *pdfReport) many(ctx context.Context) error {
	o.title(o.Subject.title(), o.Subject.name())
	if err := o.summary(ctx); err != nil {
		return err
	}
	if err := o.list(ctx); err != nil {
		return err
	}
	return o.snap.Serials(ctx, o.Subject.Scope, func(serial string) error {
		if err := o.spill(ctx); err != nil {
			return err
		}
		r, err := o.snap.Show(ctx, serial)
		if err != nil {
			return err
		}
		o.step()
		return o.unit(ctx, r, false)
	})
}

// summary counts what there is.
func (o *pdfReport) summary(ctx context.Context) error {
	if err := o.orders(ctx); err != nil {
		return err
	}
	for _, part := range []struct{ heading, by string }{
		{"Units by disposition", "disposition"},
		{"Attempts by outcome", "attempts"},
		{"Modules and firmware of the live bindings", "module"},
	} {
		list, err := o.snap.Tallies(ctx, o.Subject.Scope, part.by)
		if err != nil {
			return err
		}
		o.tallied(part.heading, list)
	}
	if err := o.released(ctx); err != nil {
		return err
	}
	return o.deviations(ctx)
}

// deviations are what an inspector asks for first: the units that did not go
// straight through, and why.
func (o *pdfReport) deviations(ctx context.Context) error {
	o.heading("What did not go straight through", 20)
	if err := o.countDepartures(ctx); err != nil {
		return err
	}
	s := style{o.regular, 7.5, 20}
	columns := []column{
		{"Serial", 25, style{o.bold, 7.5, 20}, false}, {"Time", 30, s, false}, {"What", 42, s, false},
		{"By, agreed by", 37, s, false}, {"Reason", 40, s, false},
	}
	g := o.grid(columns...)
	return o.snap.Deviations(ctx, o.Subject.Scope, func(d dhr.Deviation) error {
		if full := len(o.pages) >= mostPages; full {
			if err := o.spill(ctx); err != nil {
				return err
			}
			g = o.grid(columns...)
		}
		what, by := string(d.Kind)+": "+d.What, joined(o.person(d.By), o.person(d.Second))
		if d.Kind == dhr.AlarmRaised && d.By == "" {
			by = "OPEN"
		}
		g.add(d.Serial, shortStamp(d.At), what, by, d.Reason)
		return nil
	})
}

// departureNames are what the kinds are called where they are counted.
var departureNames = []struct {
	kind dhr.DepartureKind
	name string
}{
	{dhr.AttemptEnded, "Attempts that did not pass"}, {dhr.PassedWarned, "Passes with warnings"},
	{dhr.LabelAgain, "Labels that were reprinted, destroyed or left open"}, {dhr.BindingGivenUp, "Bindings that were superseded"},
	{dhr.AlarmRaised, "Alarms"}, {dhr.MovedAlone, "Changes of disposition, one unit at a time"},
}

// countDepartures says how many of each kind there are, also where there are
// none: then that was looked for.
func (o *pdfReport) countDepartures(ctx context.Context) error {
	counts, serials, err := o.snap.CountDeviations(ctx, o.Subject.Scope)
	if err != nil {
		return err
	}
	all, err := o.snap.Count(ctx, o.Subject.Scope)
	if err != nil {
		return err
	}
	by := map[dhr.DepartureKind]dhr.DepartureCount{}
	for _, c := range counts {
		by[c.Kind] = c
	}
	g := o.grid(column{"", 80, o.body(), false}, column{"how many", 20, o.body(), true}, column{"on serials", 20, o.body(), true})
	for _, d := range departureNames {
		g.add(d.name, fmt.Sprint(by[d.kind].N), fmt.Sprint(by[d.kind].Serials))
	}
	o.y += 0.6
	o.para(o.body(), fmt.Sprintf("Of %d serials, %d went straight through: one attempt, without a warning, with the label first printed.", all, all-serials))
	o.y += 1
	return nil
}

// tallied is a count under its heading.
func (o *pdfReport) tallied(heading string, list []dhr.Tally) {
	o.heading(heading, 8)
	g, total := o.grid(column{"", 80, o.body(), false}, column{"", 20, o.body(), true}), int64(0)
	for _, t := range list {
		g.add(t.Name, fmt.Sprint(t.N))
		total += t.N
	}
	g.columns = []column{{"", 80, o.strong(), false}, {"", 20, o.strong(), true}}
	g.add("together", fmt.Sprint(total))
}

// released shows the signatures over a lot, and the account of labels in them.
func (o *pdfReport) released(ctx context.Context) error {
	if o.Subject.Scope.By != dhr.ByLot {
		return nil
	}
	list, err := o.snap.Signatures(ctx, "lot:"+o.Subject.Scope.Name)
	for _, s := range list {
		o.signatures([]dhr.Signature{s})
		o.signedLabels(s)
	}
	return err
}

// list is one line for each binding of each unit.
func (o *pdfReport) list(ctx context.Context) error {
	o.heading("Units", 20)
	return o.unitList(ctx, []column{
		{"Serial", 27, style{o.bold, 7.5, 20}, false}, {"Disposition", 18, style{o.regular, 7.5, 20}, false},
		{"IMEI", 29, style{o.mono, 7.5, 20}, false}, {"ICCID", 36, style{o.mono, 7.5, 20}, false},
		{"Bound", 30, style{o.regular, 7.5, 20}, false}, {"By", 34, style{o.regular, 7.5, 20}, false},
	}, func(l *dhr.UnitLine) []string {
		return []string{l.Serial, stateOf(l), l.IMEI, l.ICCID, shortStamp(l.BoundAt), o.person(l.BoundBy) + o.givenUp(l)}
	})
}

// givenUp is when a binding was superseded, by whom and why; "" while it is
// live.
func (o *pdfReport) givenUp(l *dhr.UnitLine) string {
	if l.GivenUpAt == "" {
		return ""
	}
	return fmt.Sprintf("; superseded %s by %s: %s", shortStamp(l.GivenUpAt), o.person(l.GivenUpBy), l.GivenUpWhy)
}

func (o *pdfReport) unitList(ctx context.Context, columns []column, row func(*dhr.UnitLine) []string) error {
	g := o.grid(columns...)
	n := 0
	line := func(l *dhr.UnitLine) error {
		if full := len(o.pages) >= mostPages; full {
			if err := o.spill(ctx); err != nil {
				return err
			}
			g = o.grid(columns...)
		}
		n++
		g.add(row(l)...)
		return nil
	}
	err := o.snap.UnitLines(ctx, o.Subject.Scope, line)
	if err == nil {
		err = o.snap.NeverMade(ctx, o.Subject.Scope, line)
	}
	if n == 0 {
		o.para(o.body(), "There are none.")
	}
	return err
}

// shortStamp is a time of the record to the second.
func shortStamp(at string) string {
	at, _, _ = strings.Cut(stampShown(at), ".")
	return at
}
