// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/dhr"
)

// many is the record of an order, a lot or a span of time: a summary, the list
// of units, and the record of each on pages of its own.
func (o *printout) many(ctx context.Context) error {
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
func (o *printout) summary(ctx context.Context) error {
	if err := o.orders(ctx); err != nil {
		return err
	}
	for _, part := range []struct{ heading, by, of string }{
		{"Units by disposition", "disposition", "units"},
		{"Attempts by outcome", "attempts", "attempts"},
		{"Modules and firmware of the live bindings", "module", "units"},
	} {
		list, err := o.snap.Tallies(ctx, o.Subject.Scope, part.by)
		if err != nil {
			return err
		}
		o.heading(part.heading, 8)
		total := int64(0)
		g := o.grid(column{"", 120, o.body(), false}, column{part.of, 30, o.body(), true})
		for _, t := range list {
			g.add(t.Name, fmt.Sprint(t.N))
			total += t.N
		}
		strong := g
		strong.columns = []column{{"", 120, o.strong(), false}, {"", 30, o.strong(), true}}
		strong.add("together", fmt.Sprint(total))
	}
	return nil
}

// orders is the account of each order that the units belong to.
func (o *printout) orders(ctx context.Context) error {
	scope := o.Subject.Scope
	all, err := o.snap.Orders(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(w station.Order) bool {
		return scope.By == dhr.ByOrder && w.ID != scope.Name || scope.By == dhr.ByLot && w.Lot != scope.Name
	})
	if scope.By == dhr.ByDates {
		return nil // which orders the units belong to is in the list
	}
	o.heading("Work orders", 12)
	g := o.grid(column{"Order", 34, o.strong(), false}, column{"Lot", 34, o.body(), false}, column{"REF, version", 40, o.body(), false},
		column{"Planned", 18, o.body(), true}, column{"Passed or released", 18, o.body(), true},
		column{"Failed attempts", 16, o.body(), true}, column{"", 14, o.body(), false})
	for _, w := range all {
		state := "open"
		if w.Closed {
			state = "closed"
		}
		g.add(w.ID, w.Lot, fmt.Sprintf("%s, version %d", w.REF, w.Version), fmt.Sprint(w.Planned), fmt.Sprint(w.Passed),
			fmt.Sprint(w.Failed), state)
	}
	return nil
}

// list is one line for each binding of each unit.
func (o *printout) list(ctx context.Context) error {
	o.heading("Units", 20)
	return o.unitList(ctx, []column{
		{"Serial", 31, style{o.bold, 7.5, 20}, false}, {"Disposition", 19, style{o.regular, 7.5, 20}, false},
		{"IMEI", 29, style{o.mono, 7.5, 20}, false}, {"ICCID", 37, style{o.mono, 7.5, 20}, false},
		{"Bound", 30, style{o.regular, 7.5, 20}, false}, {"By", 28, style{o.regular, 7.5, 20}, false},
	}, func(l *dhr.UnitLine) []string {
		disposition := l.Disposition
		if l.State == "superseded" {
			disposition = "(superseded)"
		}
		return []string{l.Serial, disposition, l.IMEI, l.ICCID, shortStamp(l.BoundAt), o.person(l.BoundBy)}
	})
}

func (o *printout) unitList(ctx context.Context, columns []column, row func(*dhr.UnitLine) []string) error {
	g := o.grid(columns...)
	n := 0
	err := o.snap.UnitLines(ctx, o.Subject.Scope, func(l *dhr.UnitLine) error {
		if full := len(o.pages) >= mostPages; full {
			if err := o.spill(ctx); err != nil {
				return err
			}
			g = o.grid(columns...)
		}
		n++
		g.add(row(l)...)
		return nil
	})
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
