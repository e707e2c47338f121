// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

type codes []station.LabelCode

func (codes) Hash() string { return "" }
func (codes) DPI() int     { return 300 }

func (c codes) Codes() []station.LabelCode  { return c }
func (codes) Encode(string) ([]byte, error) { return nil, nil }

func TestMatches(t *testing.T) {
	label := codes{
		{Kind: "code128", Payload: "356938035643809"},
		{Kind: "gs1-datamatrix", Payload: "010950600013435210LOT7\x1d21CL-000142", HRI: "(01)09506000134352(10)LOT7(21)CL-000142"},
	}
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"the IMEI as it is", "356938035643809", true},
		{"with its symbology identifier", "]C0356938035643809", true},
		{"with that of another symbology", "]d2356938035643809", false},
		{"one digit off", "356938035643817", false},
		{"a part of it", "35693803564380", false},
		{"more than it", "3569380356438099", false},
		{"the element string", "010950600013435210LOT7\x1d21CL-000142", true},
		{"the element string after FNC1 shown as GS", "\x1d010950600013435210LOT7\x1d21CL-000142", true},
		{"the element string with its identifier", "]d2010950600013435210LOT7\x1d21CL-000142", true},
		{"the element string, separator swallowed by a keyboard wedge", "010950600013435210LOT721CL-000142", true},
		{"the human-readable form", "(01)09506000134352(10)LOT7(21)CL-000142", true},
		{"the serial alone", "CL-000142", false},
		{"nothing", "", false},
		{"with the scanner's line end", "356938035643809\r\n", true},
	} {
		if got := station.LabelHasCode(label, c.text); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
