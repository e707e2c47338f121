// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"context"
	"image"
	"image/png"

	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/ui/quality"
)

// recordReader is the record as the screen for reading sees it.
func (a *App) recordReader() quality.RecordReader {
	return quality.RecordReader{Find: a.dhr.FindMore, UnitHistory: a.unitHistory, Verify: a.verify}
}

// verify says in one sentence what was found, and what is still to be trusted.
func (a *App) verify(ctx context.Context, progress func(done, of int64)) (bool, string, error) {
	v, err := verify.Record(ctx, a.dhr, progress)
	if err != nil || !v.OK {
		return false, v.FirstFault + " " + v.Trusted, err
	}
	return true, v.Trusted, nil
}

// unitHistory is all that is known of a unit, its proof and its label with it. The
// proof is made anew at each look: that the unit was sound an hour ago says
// nothing of now.
func (a *App) unitHistory(ctx context.Context, serial string) (quality.UnitHistory, error) {
	if err := a.learnNames(ctx); err != nil {
		return quality.UnitHistory{}, err
	}
	r, err := a.dhr.Show(ctx, serial)
	if err != nil {
		return quality.UnitHistory{}, notRecorded(serial, err)
	}
	s := quality.UnitHistory{UnitView: r}
	if s.Proof, err = verify.Unit(ctx, a.dhr.Reader(), r.Serial); err != nil {
		return s, err
	}
	s.Label, err = a.lastLabel(ctx, r)
	return s, err
}

// lastLabel is a picture of the unit's newest label, drawn again; nil where that
// gave other dots than were printed. No picture is better than another one: what
// is shown is what is on the unit, dot for dot.
func (a *App) lastLabel(ctx context.Context, r record.UnitView) (image.Image, error) {
	if len(r.Prints) == 0 {
		return nil, nil
	}
	product, err := a.dhr.Product(ctx, r.REF, r.Version)
	if err != nil {
		return nil, err
	}
	labels, err := a.relabellers(ctx)
	if err != nil {
		return nil, err
	}
	picture, err := report.Redraw(labels, product, r, r.Prints[len(r.Prints)-1])
	if err != nil || picture == nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(picture))
}
