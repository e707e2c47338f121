// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"testing"
	"time"

	"bindery/station"
)

func TestStrokesTellAScannerFromAHand(t *testing.T) {
	const ms = time.Millisecond
	for _, c := range []struct {
		name string
		k    station.Keystrokes
		want station.ScanMethod
	}{
		{"a scanner at 1 ms a stroke", station.Keystrokes{Keys: 11, Took: 10 * ms, Longest: ms}, station.ByScanner},
		{"a scanner at 30 ms a stroke", station.Keystrokes{Keys: 11, Took: 300 * ms, Longest: 30 * ms}, station.ByScanner},
		{"all of it in one frame of the screen", station.Keystrokes{Keys: 38}, station.ByScanner},
		{"a scanner whose strokes waited for a slow screen once", station.Keystrokes{Keys: 38, Took: 600 * ms, Longest: 400 * ms}, station.ByScanner},
		{"a person at 100 words a minute", station.Keystrokes{Keys: 11, Took: 1200 * ms, Longest: 200 * ms}, station.ByHand},
		{"the fastest typist", station.Keystrokes{Keys: 38, Took: 37 * 60 * ms, Longest: 90 * ms}, station.ByHand},
		{"most of it by a scanner, the rest by hand", station.Keystrokes{Keys: 11, Took: 700 * ms, Longest: 600 * ms}, station.ByHand},
		{"a long code whose last digits were typed", station.Keystrokes{Keys: 44, Took: 1442 * ms, Longest: 1033 * ms, InTurn: 40 * ms}, station.ByHand},
		{"the last digits typed without a thought", station.Keystrokes{Keys: 44, Took: 900 * ms, Longest: 300 * ms, InTurn: 150 * ms}, station.ByHand},
		{"a slow scanner on a slow screen", station.Keystrokes{Keys: 44, Took: 2100 * ms, Longest: 400 * ms, InTurn: 100 * ms}, station.ByScanner},
		{"a scan that was corrected", station.Keystrokes{Keys: 11, Took: 10 * ms, Longest: ms, Edited: true}, station.ByHand},
		{"three strokes may be anybody's", station.Keystrokes{Keys: 3, Took: 2 * ms, Longest: ms}, station.ByHand},
		{"nothing that was seen", station.Keystrokes{}, station.ByHand},
	} {
		if got := c.k.Proof(); got.Method != c.want || got.Keys != c.k.Keys || got.Took != c.k.Took || got.Longest != c.k.Longest {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestAProductSaysWhatProvesItsLabels(t *testing.T) {
	all := []station.ScanMethod{station.ByScanner, station.ByHand, station.ByArgument, station.ByDrawing, ""}
	for rule, allowed := range map[station.ScanMethod][]bool{
		"":                {true, false, false, false, false},
		station.ByScanner: {true, false, false, false, false},
		station.ByHand:    {true, true, true, false, false},
		station.ByDrawing: {true, true, true, true, false},
	} {
		for i, m := range all {
			err := station.AllowScanBack(station.Product{ScanBack: rule}, station.ScanProof{Method: m})
			var no *station.Refusal
			if (err == nil) != allowed[i] || err != nil && (!errors.As(err, &no) || no.Finding.Code != station.LabelNotScanned) {
				t.Errorf("%q under %q: %v", m, rule, err)
			}
			if verified := (station.ScanProof{Method: m}).State() == station.PrintVerified; verified != (m == station.ByScanner) {
				t.Errorf("%q verifies a print: %v", m, verified)
			}
		}
	}
}
