// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestWhatAScannerPutsAroundDataIsTakenOff(t *testing.T) {
	for in, want := range map[string][2]string{
		"CL-0000040":               {"CL-0000040", ""},
		"]C0CL-0000040\r\n":        {"CL-0000040", "]C0"},
		"\x02]d2010952\x03<CR>":    {"010952", "]d2"},
		"<STX>CL-0000040{ENTER}":   {"CL-0000040", ""},
		"]X9CL":                    {"CL", "]X9"},
		"\x02\x02CL-0000040\x03\t": {"CL-0000040", ""},
	} {
		if data, id := station.Unframed(in); [2]string{data, id} != want {
			t.Errorf("%q: %q %q", in, data, id)
		}
	}
	if s := station.Separators(); s[0] != "\x1d" || len(s) < 20 {
		t.Error(s)
	}
	if !station.FixedLength("01") || station.FixedLength("21") || station.FixedLength("1") {
		t.Error("the fixed lengths are others")
	}
}
