// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"strings"
	"testing"

	"bindery/station"
)

func TestATrialSaysWhatTheLabelCannotCarry(t *testing.T) {
	var device *Layout
	for _, l := range Builtin() {
		if l.Name() == "device-50x25" {
			device = l
		}
	}
	fine := `size = [6.6, 6.6]
[[code]]
kind = "gs1-datamatrix"
at = [0.5, 0.5]
module = 0.3
data = "(01){gtin}(21){serial}"
`
	tight, err := Parse("fine", []byte(fine))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tight.Draw(SampleValues(), 300); err == nil {
		t.Error("there is room at 300 dpi")
	}
	for name, c := range map[string]struct {
		layout string
		change func(*station.LabelValues)
		want   string
	}{
		"sample values":                   {string(device.Text()), func(*station.LabelValues) {}, ""},
		"a blank in a code":               {string(device.Text()), func(v *station.LabelValues) { v.Lot = "26 A" }, "the value of (10) BATCH/LOT holds ' ', which GS1 codes cannot carry (line 40 of the layout)"},
		"a letter that no face has":       {string(device.Text()), func(v *station.LabelValues) { v.Product = "心" }, "the font has no '心' (U+5FC3) (line 11 of the layout)"},
		"an empty field":                  {string(device.Text()), func(v *station.LabelValues) { v.IMEI = "" }, "{imei} is empty for this unit (line 61 of the layout)"},
		"no layout at all":                {"size = 5", func(*station.LabelValues) {}, "of the layout)"},
		"what only 600 dpi have room for": {fine, func(*station.LabelValues) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := Trial{}.SampleValues()
			c.change(&v)
			codes, got := (Trial{}).TryLabel([]byte(c.layout), v)
			if got != c.want && (c.want == "" || !strings.Contains(got, c.want)) || (got == "") != (len(station.Identifying(codes, v)) > 0) {
				t.Errorf("%q, want %q, with %d codes", got, c.want, len(codes))
			}
		})
	}
}
