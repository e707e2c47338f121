// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"strconv"

	"bindery/station/record"
)

// The schemas of the tables. A column is only ever added at the end; any other
// change makes the next number.
const (
	unitsSchema       = "bindery-units/2"
	auditSchema       = "bindery-audit/2"
	allocationsSchema = "bindery-allocations/2"
)

// tableWriter is where the rows of a table go: the names of the columns first, then
// row by row. The first column of all is the schema.
type tableWriter interface {
	begin(columns ...string) error
	add(values ...string) error
	end() error
}

// writeTable fills one with what the export is about.
func (p *exporter) writeTable(ctx context.Context, t tableWriter) error {
	var err error
	switch p.Subject.Kind {
	case Audit:
		err = p.writeLeaves(ctx, t)
	case Allocations:
		err = p.writeAllocations(ctx, t)
	case Units, Trace:
		err = p.writeUnits(ctx, t)
	}
	if err != nil {
		return err
	}
	return t.end()
}

func (p *exporter) writeUnits(ctx context.Context, t tableWriter) error {
	err := t.begin("schema", "serial", "disposition", "order", "lot", "ref", "version", "product", "gtin", "made",
		"binding", "state", "imei", "imei2", "iccid", "imsi", "eid", "maker", "model", "firmware", "bound_at", "bound_by",
		"bound_by_name", "station", "tac", "snr_from", "snr_to", "certificate", "label", "label_state", "layout_hash",
		"label_hash", "leaf", "made_zone", "made_on", "label_proof", "superseded_at", "superseded_by", "superseded_by_name", "superseded_why",
		"attempts", "not_passed", "passed_with_warnings", "labels_printed", "alarms", "changes_of_disposition",
		"origin", "origin_source", "origin_file", "origin_hash", "origin_row", "origin_bound_at", "origin_given_up_at")
	if err != nil {
		return err
	}
	last := ""
	line := func(l *record.UnitLine) error {
		if l.Serial != last && (l.Origin.Row == 0 || l.Origin.Only) { // else it was counted with its own lines
			last = l.Serial
			p.countOne()
		}
		return t.add(unitsSchema, l.Serial, l.Disposition, l.Order, l.Lot, l.REF, some(l.Version), l.Product, l.GTIN, l.Made,
			some(l.Binding), l.State, l.IMEI, l.IMEI2, l.ICCID, l.IMSI, l.EID, l.Maker, l.Model, l.Firmware, l.BoundAt, l.BoundBy,
			l.ByName, l.Station, l.TAC, snr(l.SNRFrom, l.TAC), snr(l.SNRTo, l.TAC), l.Cert, some(l.Label), l.LabelWas, l.Layout,
			l.Dots, num(l.Leaf), l.MadeZone, l.MadeOn(), l.Proof, l.GivenUpAt, l.GivenUpBy, l.GivenUpName, l.GivenUpWhy,
			num(l.Tries), num(l.Failed), num(l.Warned), num(l.Labels), num(l.Alarms), num(l.Changes),
			l.Origin.Mark(), l.Origin.Source, l.Origin.File, l.Origin.Hash, some(l.Origin.Row), l.Origin.Dated, l.Origin.Undated)
	}
	return p.eachLine(ctx, line)
}

// eachLine calls do for all lines of units: of ours, of what never became one, and of
// what lists of other systems have.
func (p *exporter) eachLine(ctx context.Context, do func(*record.UnitLine) error) error {
	for _, each := range []func(context.Context, record.ExportSubject, func(*record.UnitLine) error) error{
		p.snap.UnitLines, p.snap.NeverMade, p.snap.ImportedLines,
	} {
		if err := each(ctx, p.Subject.Scope, do); err != nil {
			return err
		}
	}
	return nil
}

func (p *exporter) writeLeaves(ctx context.Context, t tableWriter) error {
	err := t.begin("schema", "leaf", "at", "zone", "who", "name", "station", "what", "subject", "why", "changes", "hash")
	if err != nil {
		return err
	}
	return p.snap.Leaves(ctx, p.exported.Checkpoint.Size, func(line record.LeafView) error {
		l, err := decodeLeaf(line)
		if err != nil {
			return err
		}
		p.countOne()
		return t.add(auditSchema, num(l.Number), l.At, l.Zone, l.Who, p.exported.Names[l.Who], l.Station, l.What, l.Subject, l.Why, describeLeaf(l), line.Hash)
	})
}

func (p *exporter) writeAllocations(ctx context.Context, t tableWriter) error {
	err := t.begin("schema", "tac", "snr_from", "snr_to", "product", "owner", "certificate",
		"certificate_date", "station", "note", "used", "free")
	if err != nil {
		return err
	}
	return p.eachAllocation(ctx, func(a record.AllocationView) error {
		p.countOne()
		return t.add(allocationsSchema, string(a.TAC), fmt.Sprintf("%06d", a.From), fmt.Sprintf("%06d", a.To), a.Product,
			a.Owner, a.Cert, a.CertDate, a.Station, a.Note, strconv.Itoa(a.Used), strconv.Itoa(a.Free))
	})
}

func (p *exporter) eachAllocation(ctx context.Context, do func(record.AllocationView) error) error {
	list, err := p.snap.AllocationUsage(ctx)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := do(a); err != nil {
			return err
		}
	}
	return nil
}

func num(n int64) string { return strconv.FormatInt(n, 10) }

// some is a number of something that there may not be.
func some(n int64) string {
	if n == 0 {
		return ""
	}
	return num(n)
}

// snr is one end of a range of serial numbers, where there is a range.
func snr(n int64, tac string) string {
	if tac == "" {
		return ""
	}
	return fmt.Sprintf("%06d", n)
}
