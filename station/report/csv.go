// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"bindery/station/dhr"
)

// The schemas of the CSV files. A column is only ever added at the end; any
// other change makes the next number.
const (
	unitsSchema       = "bindery-units/1"
	auditSchema       = "bindery-audit/1"
	allocationsSchema = "bindery-allocations/1"
)

// table writes the rows of a CSV file (RFC 4180): UTF-8, CRLF, the schema in
// the first column.
type table struct {
	w      *csv.Writer
	values []string // of the last row
	row    []string // its cells, the schema before them
}

func newTable(w io.Writer, schema string, columns ...string) (*table, error) {
	t := &table{w: csv.NewWriter(w), values: make([]string, len(columns)), row: make([]string, 1+len(columns))}
	t.row[0], t.w.UseCRLF = schema, true
	return t, t.w.Write(append([]string{"schema"}, columns...))
}

// add writes a row. Most values are those of the row before.
func (t *table) add(values ...string) error {
	for i, v := range values {
		if v != t.values[i] {
			t.values[i], t.row[1+i] = v, cell(v)
		}
	}
	return t.w.Write(t.row)
}

func (t *table) end() error {
	t.w.Flush()
	return t.w.Error()
}

func (p *press) csv(ctx context.Context, w io.Writer) error {
	switch p.Subject.Kind {
	case Audit:
		return p.auditCSV(ctx, w)
	case Allocations:
		return p.allocationsCSV(ctx, w)
	}
	return p.unitsCSV(ctx, w)
}

func (p *press) unitsCSV(ctx context.Context, w io.Writer) error {
	t, err := newTable(w, unitsSchema, "serial", "disposition", "order", "lot", "ref", "version", "product", "gtin", "made",
		"binding", "state", "imei", "imei2", "iccid", "imsi", "eid", "maker", "model", "firmware", "bound_at", "bound_by",
		"bound_by_name", "station", "tac", "snr_from", "snr_to", "certificate", "label", "label_state", "layout_hash",
		"label_hash", "leaf", "made_zone", "made_on", "label_proof")
	if err != nil {
		return err
	}
	last := ""
	err = p.snap.UnitLines(ctx, p.Subject.Scope, func(l *dhr.UnitLine) error {
		if l.Serial != last {
			last = l.Serial
			p.step()
		}
		return t.add(l.Serial, l.Disposition, l.Order, l.Lot, l.REF, num(l.Version), l.Product, l.GTIN, l.Made,
			some(l.Binding), l.State, l.IMEI, l.IMEI2, l.ICCID, l.IMSI, l.EID, l.Maker, l.Model, l.Firmware, l.BoundAt, l.BoundBy,
			l.ByName, l.Station, l.TAC, snr(l.SNRFrom, l.TAC), snr(l.SNRTo, l.TAC), l.Cert, some(l.Label), l.LabelWas, l.Layout,
			l.Dots, num(l.Leaf), l.MadeZone, l.MadeOn(), l.Proof)
	})
	if err != nil {
		return err
	}
	return t.end()
}

func (p *press) auditCSV(ctx context.Context, w io.Writer) error {
	t, err := newTable(w, auditSchema, "leaf", "at", "zone", "who", "name", "station", "what", "subject", "why", "changes", "hash")
	if err != nil {
		return err
	}
	err = p.snap.Leaves(ctx, p.checkpoint.Size, func(line dhr.LeafLine) error {
		l, err := leafOf(line)
		if err != nil {
			return err
		}
		p.step()
		return t.add(num(l.Number), l.At, l.Zone, l.Who, p.people[l.Who].Name, l.Station, l.What, l.Subject, l.Why, written(l), line.Hash)
	})
	if err != nil {
		return err
	}
	return t.end()
}

func (p *press) allocationsCSV(ctx context.Context, w io.Writer) error {
	t, err := newTable(w, allocationsSchema, "tac", "snr_from", "snr_to", "product", "owner", "certificate",
		"certificate_date", "station", "note", "used", "free")
	if err != nil {
		return err
	}
	err = p.eachAccount(ctx, func(a account) error {
		p.step()
		return t.add(string(a.Range.TAC), fmt.Sprintf("%06d", a.Range.From), fmt.Sprintf("%06d", a.Range.To), a.Range.Product,
			a.Range.Owner, a.Range.Cert, a.Range.CertDate, a.Range.Station, a.Range.Note, strconv.Itoa(a.Used), strconv.Itoa(a.Free))
	})
	if err != nil {
		return err
	}
	return t.end()
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
