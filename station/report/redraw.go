// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"context"
	"fmt"
	"image/png"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
)

// redraw is the PNG of a print, drawn again; nil where no resolution gives the
// dots that were printed, or while the label of the unit is still to be scanned
// back: then none is to be had but the one on paper.
func (p *exporter) redraw(ctx context.Context, r record.UnitView, print record.PrintView) ([]byte, error) {
	if p.of > mostPictures || r.LabelDue() {
		return nil, nil
	}
	product, err := p.snap.Product(ctx, r.REF, r.Version)
	if err != nil {
		return nil, err
	}
	return Redraw(p.Labels, product, r, print)
}

// Redraw draws a print of a unit again, as PNG, from its layout and the values
// of its binding; nil where none of labels gives the dots that were printed. It
// moves the one that does to the front: the next print is likely of the same
// printer.
func Redraw(labels []station.Labeller, product station.Product, r record.UnitView, print record.PrintView) ([]byte, error) {
	unit, ok := unitOf(r, print)
	if !ok {
		return nil, nil
	}
	for i, l := range labels {
		label, err := l.Label(print.LayoutHash, unit.LabelValues(product))
		if err == nil && label.Hash() == print.Hash {
			labels[0], labels[i] = l, labels[0]
			return label.Encode("png")
		}
	}
	return nil, nil
}

// unitOf is the unit as it was when a label of it was printed: as much of the shown
// record, which has texts, as a label is drawn from, which wants identities.
func unitOf(r record.UnitView, print record.PrintView) (station.Unit, bool) {
	for _, b := range r.Bindings {
		if b.ID == print.Binding && r.Made != nil {
			return station.Unit{
				Serial: r.Serial, Order: r.Order, REF: r.REF, Version: r.Version, Lot: r.Lot, Made: *r.Made, Zone: r.MadeZone,
				Binding: &station.Binding{
					IMEI: identity.IMEI(b.IMEI), IMEI2: identity.IMEI(b.IMEI2), ICCID: identity.ICCID(b.ICCID), EID: identity.EID(b.EID),
				},
			}, true
		}
	}
	return station.Unit{}, false
}

// putDots puts dots on the paper, tall mm high, and returns how wide that is. They
// stand in the page itself (PDF 1.3, 4.8.6): gofpdf would put pictures that are
// equally wide in an order that differs each time.
func (p *pageBuilder) putDots(d labelDots, x, y, tall float64) float64 {
	wide := tall * float64(d.w) / float64(d.h)
	const points = 1 / mmPerPoint
	p.doc.RawWriteStr(fmt.Sprintf("q %.3f 0 0 %.3f %.3f %.3f cm BI /W %d /H %d /BPC 1 /CS /G /D [1 0] /F /AHx ID\n%x>\nEI Q",
		wide*points, tall*points, x*points, (sheetH-y-tall)*points, d.w, d.h, d.rows))
	return wide
}

// labelDots are a label as it is put on a page: rows of whole bytes, the leftmost
// dot in the highest bit, 1 is black.
type labelDots struct {
	w, h int
	rows []byte
}

func decodeDots(picture []byte) (labelDots, error) {
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return labelDots{}, err
	}
	size := img.Bounds().Size()
	stride := (size.X + 7) / 8
	d := labelDots{size.X, size.Y, make([]byte, stride*size.Y)}
	for y := range d.h {
		for x := range d.w {
			if c, _, _, _ := img.At(x, y).RGBA(); c == 0 {
				d.rows[y*stride+x/8] |= 0x80 >> (x % 8)
			}
		}
	}
	return d, nil
}

// mostPictures is up to how many units labels are drawn again: each takes some
// milliseconds. The record has the hash of the dots in any case.
const mostPictures = 1000
