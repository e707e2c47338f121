// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"context"

	"github.com/jung-kurt/gofpdf"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
)

// drawn is the PNG of a print, drawn again from its layout and the values of
// its binding; nil where no resolution gives the dots that were printed.
func (p *press) drawn(ctx context.Context, r dhr.Record, print dhr.PrintLine) ([]byte, error) {
	unit, ok := unitOf(r, print)
	if !ok || p.of > mostPictures {
		return nil, nil
	}
	product, err := p.snap.Product(ctx, r.REF, r.Version)
	if err != nil {
		return nil, err
	}
	for i, l := range p.Labels {
		label, err := l.Label(print.LayoutHash, unit.LabelValues(product))
		if err == nil && label.Hash() == print.Hash {
			p.Labels[0], p.Labels[i] = l, p.Labels[0] // the next print is likely of the same printer
			return label.Encode("png")
		}
	}
	return nil, nil
}

// unitOf is the unit as it was when a label of it was printed.
func unitOf(r dhr.Record, print dhr.PrintLine) (station.Unit, bool) {
	for _, b := range r.Bindings {
		if b.ID == print.Binding && r.Made != nil {
			return station.Unit{
				Serial: r.Serial, Order: r.Order, REF: r.REF, Version: r.Version, Lot: r.Lot, Made: *r.Made,
				Binding: &station.Binding{
					IMEI: identity.IMEI(b.IMEI), IMEI2: identity.IMEI(b.IMEI2), ICCID: identity.ICCID(b.ICCID), EID: identity.EID(b.EID),
				},
			}, true
		}
	}
	return station.Unit{}, false
}

// image puts a PNG on the paper, tall mm high, and returns how wide it is.
func (p *paper) image(name string, png []byte, x, y, tall float64) float64 {
	o := gofpdf.ImageOptions{ImageType: "PNG"}
	info := p.doc.RegisterImageOptionsReader(name, o, bytes.NewReader(png))
	if p.doc.Err() {
		return 0
	}
	w := tall * info.Width() / info.Height()
	p.doc.ImageOptions(name, x, y, w, tall, false, o, 0, "")
	return w
}
