// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"

	"bindery/station"
	"bindery/station/record"
)

func (p *exporter) writePDF(ctx context.Context, out *outputFiles) error {
	f, err := newFonts()
	if err != nil {
		return err
	}
	o := &pdfReport{exporter: p, fonts: f, out: out, products: map[string]station.Product{}, layouts: map[string]string{}}
	kept, err := p.snap.Layouts(ctx)
	if err != nil {
		return err
	}
	for _, l := range kept {
		o.layouts[l.Hash] = l.Name
	}
	o.beginVolume()
	if err := o.addContent(ctx); err != nil {
		return err
	}
	return o.closeVolume(ctx, true)
}

func (o *pdfReport) addContent(ctx context.Context) error {
	switch o.Subject.Kind {
	case Audit:
		return o.addAuditTrail(ctx)
	case Allocations:
		return o.addAllocations(ctx)
	case Trace:
		if o.Subject.forward() {
			return o.addForwardTrace(ctx)
		}
		return o.addBackwardTrace(ctx)
	case Units: // one or many
	}
	if o.Subject.Scope.By == record.BySerial {
		return o.addSingle(ctx)
	}
	return o.addBatch(ctx)
}
