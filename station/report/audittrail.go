// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"

	"bindery/station"
	"bindery/station/record"
)

// addAuditTrail adds every leaf of the audit trail.
func (o *pdfReport) addAuditTrail(ctx context.Context) error {
	o.putTitle("Every change of the record, in its order", "Audit trail")
	o.putParagraph(o.body(), fmt.Sprintf("%s. Each holds the rows that it wrote, what they were before, and the hash of the leaf "+
		"before it. The whole of each is in the exports as CSV, JSON Lines and bundle.", station.Counted(o.exported.Checkpoint.Size, "leaf", "leaves")))
	o.y += 2
	s := textStyle{o.regular, 7.5, 20}
	columns := []gridColumn{
		{"Leaf", 11, s, true}, {"UTC", 19, s, false}, {"Local time", 23, s, false}, {"Who", 25, s, false}, {"Station", 15, s, false},
		{"What, why", 20, s, false}, {"Of what: was → became", 41, s, false}, {"Hash", 20, textStyle{o.mono, 6.5, 20}, false},
	}
	g := o.beginGrid(columns...)
	return o.snap.Leaves(ctx, o.exported.Checkpoint.Size, func(line record.LeafView) error {
		l, err := decodeLeaf(line)
		if err != nil {
			return err
		}
		if full := len(o.pages) >= mostPages; full {
			if err := o.turnVolume(ctx); err != nil {
				return err
			}
			g = o.beginGrid(columns...)
		}
		o.countOne()
		g.addRow(fmt.Sprint(l.Number), stampShown(l.At), localStamp(l), o.person(l.Who), l.Station, joined(l.What, l.Why),
			joined(l.Subject, describeLeaf(l)), line.Hash[:12]+"…")
		return nil
	})
}

// addAllocations adds the account of the ranges of numbers.
func (o *pdfReport) addAllocations(ctx context.Context) error {
	o.putTitle("Which numbers are ours, and how many are used", "Account of allocated numbers")
	s, n := textStyle{o.regular, 8, 20}, textStyle{o.mono, 8, 20}
	g := o.beginGrid(gridColumn{"TAC", 21, n, false}, gridColumn{"SNR", 30, n, false}, gridColumn{"Product", 27, s, false},
		gridColumn{"Owner, certificate", 44, s, false}, gridColumn{"Station", 16, s, false}, gridColumn{"Used", 18, s, true}, gridColumn{"Free", 18, s, true})
	used, free := 0, 0
	err := o.eachAllocation(ctx, func(a record.AllocationView) error {
		o.countOne()
		used, free = used+a.Used, free+a.Free
		g.addRow(string(a.TAC), fmt.Sprintf("%06d–%06d", a.From, a.To), a.Product,
			joined(joined(a.Owner, a.Cert), a.CertDate), a.Station, fmt.Sprint(a.Used), fmt.Sprint(a.Free))
		return nil
	})
	g.columns = []gridColumn{{"", 138, o.strong(), false}, {"", 18, o.strong(), true}, {"", 18, o.strong(), true}}
	g.addRow("together", fmt.Sprint(used), fmt.Sprint(free))
	return err
}
