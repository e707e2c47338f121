// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/stationtest"
)

// paper is a label on which so many characters have room, blanks excepted.
type paper struct {
	room  int
	takes func(station.LabelValues) string // what stands on it
	drawn int
	bare  int // of the codes, that of the serial last, so many are left out
}

func (p *paper) SampleValues() station.LabelValues {
	return station.LabelValues{Serial: "S-1", IMEI: "1", IMEI2: "2", ICCID: "3", EID: "4", REF: "R", Product: "N", Maker: "M", GTIN: "G", Lot: "L", Order: "O", Sample: true}
}

func (p *paper) TryLabel(layout []byte, v station.LabelValues) ([]station.LabelCode, string) {
	p.drawn++
	s := p.takes(v)
	switch {
	case string(layout) != stationtest.Layout:
		return nil, "another layout"
	case v.Sample:
		return nil, "drawn as a sample"
	case strings.Contains(s, " "):
		return nil, "it holds a blank"
	case len(s) > p.room:
		return nil, "it is too long"
	}
	codes := []station.LabelCode{{Kind: "code128", Payload: v.IMEI.Full()}, {Kind: "code128", Payload: v.Serial}}
	return codes[:len(codes)-p.bare], ""
}

func fields(list []station.FieldError) (names []string) {
	for _, e := range list {
		names = append(names, e.Field)
	}
	return names
}

func lotAndSerial(v station.LabelValues) string { return v.Lot + v.Serial }

// labelTrials are labels that cannot carry all, and the values that are named for it.
var labelTrials = map[string]struct {
	paper   paper
	product func(*station.Product)
	order   func(*station.Order) // nil tries the product alone
	want    []string
	says    string
}{
	"all has room":                        {paper{room: 99, takes: lotAndSerial}, nil, func(*station.Order) {}, nil, ""},
	"a lot with a blank":                  {paper{room: 99, takes: lotAndSerial}, nil, func(o *station.Order) { o.Lot = "L 1" }, []string{"lot"}, `product CL-100 cannot carry the lot "L 1": it holds a blank. Whoever made the order changes it, or the owner of the layout device changes that.`},
	"a lot that no label names":           {paper{room: 99, takes: func(v station.LabelValues) string { return v.REF }}, nil, func(o *station.Order) { o.Lot = "L 1" }, nil, ""},
	"a lot and a number with blanks":      {paper{room: 99, takes: func(v station.LabelValues) string { return v.Lot + v.Order }}, nil, func(o *station.Order) { o.Lot, o.ID = "L 1", "W 1" }, []string{"lot", "id"}, ""},
	"a lot too long beside the serial":    {paper{room: 12, takes: lotAndSerial}, nil, func(o *station.Order) { o.Lot = "L23456" }, []string{"lot"}, "it is too long"},
	"a lot and a number only together":    {paper{room: 8, takes: func(v station.LabelValues) string { return v.Lot + v.Order }}, nil, func(o *station.Order) { o.Lot, o.ID = "L1234", "W1234" }, []string{"ref"}, "The owner of the layout device mends it"},
	"an order of a product without room":  {paper{room: 5, takes: lotAndSerial}, nil, func(*station.Order) {}, []string{"ref"}, "product CL-100 cannot be drawn"},
	"a name with a blank":                 {paper{room: 99, takes: func(v station.LabelValues) string { return v.Product }}, func(p *station.Product) { p.Name = "A B" }, nil, []string{"name"}, "Quality changes it, or the owner of the layout device"},
	"a REF and a maker with blanks":       {paper{room: 99, takes: func(v station.LabelValues) string { return v.REF + v.Maker }}, func(p *station.Product) { p.REF, p.Maker = "A B", "C D" }, nil, []string{"ref", "maker"}, ""},
	"serials with a blank":                {paper{room: 99, takes: func(v station.LabelValues) string { return v.Serial }}, func(p *station.Product) { p.SerialPattern = `S \d+` }, nil, []string{"serial"}, `"S 0"`},
	"a layout that takes nothing":         {paper{room: 0, takes: func(v station.LabelValues) string { return v.IMEI.Full() }}, nil, nil, []string{"layout"}, "cannot be drawn: it is too long. The owner of the layout device mends it."},
	"a name too long, and the sample too": {paper{room: 1, takes: func(v station.LabelValues) string { return v.Product + v.Maker }}, func(p *station.Product) { p.Name, p.Maker = "ABC", "" }, nil, []string{"name"}, "it is too long"},
	"one IMEI":                            {paper{room: 99, takes: func(v station.LabelValues) string { return strings.Repeat(" ", len(v.IMEI2.Full())) }}, nil, nil, nil, ""},
	"two IMEIs":                           {paper{room: 99, takes: func(v station.LabelValues) string { return strings.Repeat(" ", len(v.IMEI2.Full())) }}, func(p *station.Product) { p.IMEIs = 2 }, nil, []string{"layout"}, ""},
	"no code with the serial":             {paper{room: 99, takes: lotAndSerial, bare: 1}, nil, nil, []string{"layout"}, "No code of the label of product CL-100 carries the serial, so that a scan does not tell whose label it is. The owner of the layout device puts the serial into a code."},
	"no code at all":                      {paper{room: 99, takes: lotAndSerial, bare: 2}, nil, nil, []string{"layout"}, "No code"},
	"no code with it, and typed will do":  {paper{room: 99, takes: lotAndSerial, bare: 1}, func(p *station.Product) { p.ScanBack = station.ByHand }, nil, nil, ""},
	"no SIM":                              {paper{room: 99, takes: func(v station.LabelValues) string { return strings.Repeat(" ", len(v.ICCID.Full()+v.EID.Full())) }}, func(p *station.Product) { p.SIM = station.SIMNone }, nil, nil, ""},
}

func TestTheValueThatALabelCannotCarryIsFoundByDrawing(t *testing.T) {
	for name, c := range labelTrials {
		t.Run(name, func(t *testing.T) {
			label, p, o := c.paper, stationtest.Product(), stationtest.Order()
			if c.product != nil {
				c.product(&p)
			}
			var got []station.FieldError
			if c.order == nil {
				got = station.TryProduct(&label, []byte(stationtest.Layout), p)
			} else {
				c.order(&o)
				got = station.TryOrder(&label, []byte(stationtest.Layout), p, o)
			}
			if diff := cmp.Diff(c.want, fields(got)); diff != "" || len(got) > 0 && !strings.Contains(got[0].Message, c.says) {
				t.Errorf("%+v\n%s", got, diff)
			}
			if len(c.want) == 0 && label.drawn != 1 {
				t.Errorf("drawn %d times", label.drawn)
			}
		})
	}
}

func TestASerialIsMadeUpThatThePatternTakes(t *testing.T) {
	for pattern, want := range map[string]string{
		`CL-\d{6}`: "CL-000000", `(?i)cx-\d{2,}`: "CX-00", `[A-Z]{2}[0-9]+`: "AA0", `(SN|S)-(a|bc)?[[:xdigit:]]{3}`: "S-000", `^X.\S$`: "X00",
		`[^0-9]Z`: "AZ", `\d*`: "S-1", `S-\d`: "S-0", `[€-₿]`: "€", `\bX\b`: "X", `X\BY`: "XY",
	} {
		var got string
		paper := &paper{room: 99, takes: func(v station.LabelValues) string { got = v.Serial; return "" }}
		p := stationtest.Product()
		p.SerialPattern = pattern
		station.TryProduct(paper, []byte(stationtest.Layout), p)
		if got != want || want != "S-1" && !p.SerialOK(got) {
			t.Errorf("%s: %q, want %q", pattern, got, want)
		}
	}
}
