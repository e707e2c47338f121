// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/report/bundle"
)

// exportSchema names the form of the JSON Lines. A member is only ever added;
// any other change makes the next number.
const exportSchema = "bindery-export/1"

// firstLine is the first line: what follows, and the state of the record that it
// shows. It is a form that readers know, held by exportSchema.
type firstLine struct {
	Schema  string `json:"schema"`
	Subject string `json:"subject"`
	At      string `json:"at"`
	By      string `json:"by"`
	ByName  string `json:"by_name"`
	bundle.ExportOrigin
	Size       int64  `json:"size"` // leaves that the checkpoint covers
	Root       string `json:"root"` // base64, as in the checkpoint
	Checkpoint string `json:"checkpoint"`
	Key        string `json:"key"`

	Orders []orderLine `json:"orders"` // that the export is about
}

// orderLine is an order as it stood.
type orderLine struct {
	station.OrderCounts
	Closing *record.Closing `json:"closing"` // null where nobody here closed it
}

// lastLine is the last line: without it the file is not whole.
type lastLine struct {
	End int64 `json:"end"` // lines between the first and this one
}

func (p *exporter) firstLine(ctx context.Context) (firstLine, error) {
	orders, err := p.orderLines(ctx)
	return firstLine{
		exportSchema, p.exported.Subject, p.exported.At.UTC().Format(ledger.Stamp), p.exported.By, p.exported.Names[p.exported.By], p.exported.ExportOrigin,
		p.exported.Checkpoint.Size, p.exported.Checkpoint.Root.String(), string(p.exported.Note), p.exported.Key, orders,
	}, err
}

func (p *exporter) orderLines(ctx context.Context) ([]orderLine, error) {
	list, err := p.orders(ctx)
	lines := make([]orderLine, len(list))
	for i, w := range list {
		var of, why error
		lines[i].OrderCounts, of = p.snap.Counts(ctx, w.ID)
		lines[i].Closing, why = p.snap.Closing(ctx, w.ID)
		err = errors.Join(err, of, why)
	}
	return lines, err
}

func (p *exporter) writeJSON(ctx context.Context, w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	head, err := p.firstLine(ctx)
	if err != nil {
		return err
	}
	if err := enc.Encode(head); err != nil {
		return err
	}
	lines := int64(0)
	err = p.eachJSON(ctx, func(v any) error {
		lines++
		p.countOne()
		return enc.Encode(v)
	})
	if err != nil {
		return err
	}
	return enc.Encode(lastLine{lines})
}

func (p *exporter) eachJSON(ctx context.Context, put func(any) error) error {
	switch p.Subject.Kind {
	case Audit:
		return p.snap.Leaves(ctx, p.exported.Checkpoint.Size, func(l record.LeafView) error {
			return put(struct {
				Leaf record.LeafView `json:"leaf"`
			}{l})
		})
	case Allocations:
		return p.eachAllocation(ctx, func(a record.AllocationView) error {
			return put(struct {
				Allocation record.AllocationView `json:"allocation"`
			}{a})
		})
	case Units, Trace: // a line for each unit
	}
	return p.snap.Serials(ctx, p.Subject.Scope, func(serial string) error {
		r, err := p.snap.Show(ctx, serial)
		if err != nil {
			return err
		}
		return put(struct {
			Unit record.UnitView `json:"unit"`
		}{r})
	})
}
