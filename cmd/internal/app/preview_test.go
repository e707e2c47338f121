// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	"bindery/labels"
	"bindery/station"
	"bindery/ui/widget"
)

// While the paper label is asked for, a scanner must not be able to read the
// label off the screen.
func TestStripedPreviewCannotBeScanned(t *testing.T) {
	for _, layout := range labels.Builtin() {
		t.Run(layout.Name(), func(t *testing.T) {
			label, err := labels.NewLayoutSet(300, layout).Label(layout.Hash(), station.LabelValues{
				Serial: "CL-000101", IMEI: "980000420001012", ICCID: "8999900000000001012", REF: "CL-4G-01", Product: "CardioLink 4G",
				Maker: "Example Cardiac Ltd", GTIN: "09521234543213", Lot: "2607A", Order: "WO-118204",
				Made: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), Quantity: 1,
			})
			if err != nil {
				t.Skip(err) // a layout for other values
			}
			picture, err := label.Encode("png")
			if err != nil {
				t.Fatal(err)
			}
			if codes, err := labels.Decode(picture); err != nil || len(codes) == 0 {
				t.Fatalf("the label itself reads as %q, %v", codes, err)
			}
			img, err := png.Decode(bytes.NewReader(picture))
			if err != nil {
				t.Fatal(err)
			}
			var striped bytes.Buffer
			if err := png.Encode(&striped, widget.Stripe(img)); err != nil {
				t.Fatal(err)
			}
			if codes, err := labels.Decode(striped.Bytes()); err != nil || len(codes) > 0 {
				t.Errorf("the striped label reads as %q, %v", codes, err)
			}
		})
	}
}
