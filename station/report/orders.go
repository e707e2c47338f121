// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"bindery/station"
	"bindery/station/record"
)

// addOrders adds the account of the orders that a paper is about: units, labels, and
// how the line went over to them.
func (o *pdfReport) addOrders(ctx context.Context) error {
	list, err := o.orders(ctx)
	if err != nil || list == nil {
		return err
	}
	for _, part := range []func(context.Context, []station.Order) error{o.addOrderCounts, o.addClosings, o.addLabelReconciliation, o.addClearances} {
		if err := part(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

// orders are those that an export is about; nil where it is not about
// orders: which ones the units of some days belong to stands with the units.
func (p *exporter) orders(ctx context.Context) ([]station.Order, error) {
	scope := p.Subject.Scope
	if scope.By != record.ByOrder && scope.By != record.ByLot {
		return nil, nil
	}
	list, err := p.snap.Orders(ctx)
	return slices.DeleteFunc(list, func(w station.Order) bool {
		return scope.By == record.ByOrder && w.ID != scope.Name || scope.By == record.ByLot && w.Lot != scope.Name
	}), err
}

// addOrderCounts adds what was planned and what became of it.
func (o *pdfReport) addOrderCounts(ctx context.Context, list []station.Order) error {
	o.putHeading("Work orders", 12)
	s := textStyle{o.regular, 8, 20}
	g := o.beginGrid(gridColumn{"Order, lot", 40, s, false}, gridColumn{"REF, version", 30, s, false}, gridColumn{"", 14, s, false},
		gridColumn{"Planned", 15, s, true}, gridColumn{"Built", 15, s, true}, gridColumn{"Passed", 15, s, true}, gridColumn{"Released", 15, s, true},
		gridColumn{"Scrapped", 15, s, true}, gridColumn{"Others", 15, s, true})
	for _, w := range list {
		c, err := o.snap.Counts(ctx, w.ID)
		if err != nil {
			return err
		}
		state := "open"
		if c.Closed {
			state = "closed"
		}
		g.addRow(joined(w.ID, w.Lot), fmt.Sprintf("%s, %d", w.REF, w.Version), state, fmt.Sprint(c.Planned), fmt.Sprint(c.Built),
			fmt.Sprint(c.Passed), fmt.Sprint(c.Released), fmt.Sprint(c.Scrapped), fmt.Sprint(c.InProcess+c.Quarantined+c.Reworked))
	}
	return nil
}

// addClosings adds who closed the orders, and why: fewer units than planned, say.
func (o *pdfReport) addClosings(ctx context.Context, list []station.Order) error {
	s := textStyle{o.regular, 8, 20}
	var g grid
	for _, w := range list {
		c, err := o.snap.Closing(ctx, w.ID)
		if err != nil {
			return err
		} else if c == nil {
			continue
		}
		if g.pageBuilder == nil {
			o.putHeading("Closing of the orders", 12)
			g = o.beginGrid(gridColumn{"Order", 30, s, false}, gridColumn{"Closed: when, by", 56, s, false}, gridColumn{"Reason", 76, s, false}, gridColumn{"Leaf", 12, s, true})
		}
		g.addRow(w.ID, joined(clock(c.At), o.person(c.By)), c.Reason, fmt.Sprint(c.Leaf))
	}
	return nil
}

// addLabelReconciliation adds how many labels came out and where they are. The first number of
// a row is the sum of the next three.
func (o *pdfReport) addLabelReconciliation(ctx context.Context, list []station.Order) error {
	o.putHeading("Labels of the orders", 12)
	s := textStyle{o.regular, 8, 20}
	g := o.beginGrid(gridColumn{"Order", 30, s, false}, gridColumn{"Printed", 16, s, true}, gridColumn{"= on units", 18, s, true}, gridColumn{"+ destroyed", 19, s, true},
		gridColumn{"+ open", 14, s, true}, gridColumn{"Reprints", 16, s, true}, gridColumn{"Accounted for", 61, s, false})
	var all station.LabelReconciliation
	for _, w := range list {
		a, err := o.snap.Labels(ctx, w.ID)
		if err != nil {
			return err
		}
		accounted := "no"
		if a.Accounted {
			accounted = "yes"
		}
		for _, e := range a.Explained {
			accounted += fmt.Sprintf("; %s (%s, %s, leaf %d)", e.Reason, o.person(e.By), clock(e.At), e.Leaf)
		}
		g.addRow(append(reconciliationCells(w.ID, a.LabelReconciliation), accounted)...)
		all = all.Plus(a.LabelReconciliation)
	}
	if len(list) > 1 {
		g.addRow(append(reconciliationCells("together", all), "")...)
	}
	return nil
}

func reconciliationCells(order string, a station.LabelReconciliation) []string {
	return []string{order, fmt.Sprint(a.Printed), fmt.Sprint(a.Applied), fmt.Sprint(a.Void), fmt.Sprint(a.Open), fmt.Sprint(a.Reprints)}
}

// addSignedLabels adds the account of the labels that stands in the statement of a
// lot release: the account above is as it stands now.
func (o *pdfReport) addSignedLabels(s record.Signature) {
	var statement struct {
		Labels []record.SignedLabels `json:"labels"`
	}
	if json.Unmarshal([]byte(s.Statement), &statement) != nil {
		return // the signature is over a text that is none of ours; its hash is shown
	}
	o.y++
	for _, l := range statement.Labels {
		text := fmt.Sprintf("Signed for order %s: %s printed = %d on units + %d destroyed + %d open", l.Order, station.Counted(l.Printed, "label", "labels"), l.Applied, l.Void, l.Open)
		if l.Explained {
			text += ", as explained"
		}
		o.putParagraph(o.body(), text+".")
	}
}

// addClearances adds each time that a line went over to one of the orders.
func (o *pdfReport) addClearances(ctx context.Context, list []station.Order) error {
	var all []record.Clearance
	for _, w := range list {
		some, err := o.snap.Clearances(ctx, w.ID)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	if len(all) == 0 {
		return nil
	}
	o.putHeading("Line clearances", 12)
	s := textStyle{o.regular, 8, 20}
	g := o.beginGrid(gridColumn{"Station", 26, s, false}, gridColumn{"From order, to order", 46, s, false}, gridColumn{"Labels found", 20, s, true},
		gridColumn{"Counted: when, by", 50, s, false}, gridColumn{"Reason", 32, s, false})
	for _, c := range all {
		before, found, counted := c.Before, "not counted", ""
		if before == "" {
			before, found = "none", "" // the first order of a station has nothing to clear away
		}
		if c.Leftover != nil {
			found, counted = fmt.Sprint(*c.Leftover), joined(clock(c.At), o.person(c.By))
		}
		g.addRow(c.Station, before+" → "+c.After, found, counted, c.Reason)
	}
	return nil
}
