// SPDX-License-Identifier: Apache-2.0

package report

import (
	"strings"
	"testing"

	"bindery/station"
)

// FuzzCell: whatever the text, one apostrophe taken away gives it back as it can
// be seen, and no cell begins as a formula does or acts on a terminal.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"", "'", "''", "=1", "358123091000016", "1E5", "MAR1", "\xff=1", "＝1", "\u202e=1", "\x1b[2J"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := cell(s)
		if strings.TrimPrefix(got, "'") != station.Visible(s, "\r\n\t") {
			t.Errorf("%q becomes %q", s, got)
		}
		if got != "" && strings.IndexByte("=+-@\t\r\n", got[0]) >= 0 {
			t.Errorf("%q is run", got)
		}
		if strings.ContainsAny(got, "\x1b\x00\u009b\u202e\u2066\u200b") {
			t.Errorf("%q acts on a terminal", got)
		}
	})
}

func TestNoCellIsAFormulaOrLosesWhatItWas(t *testing.T) {
	for _, c := range []struct {
		text   string
		marked bool
	}{
		{"", false}, {"CL-000101", false}, {"passed", false}, {"42", false}, {"35812309", false}, {"WO-118204", false},
		{"2026-03-02T07:00:00.000Z", false}, {"EG91EFBR06A05M4G", false}, {"Maja Kos", false}, {"L2603", false},
		{"9611f323b17d91d338ec26c89272f337", false},
		{"=1+1", true}, {"+1", true}, {"-1", true}, {"@SUM(A1)", true}, {"\t=1", true}, {"\r=1", true}, {"\n=1", true}, {" =1", true},
		{"＝1", true}, {"|calc", true}, {"'quoted", true},
		{"358123091000016", true}, {"8988239000020000015", true}, {"89049032123451234512345678901235", true}, {"001010000000001", true},
		{"123456789012", true}, {"007", true}, {"1E5", true}, {"2603E1", true}, {"89445016E112", true}, {"1.5", true}, {"1,5", true},
		{"1-2", true}, {"3/4", true}, {"12:30", true}, {"2026-03-02", true}, {"MAR1", true}, {"1-Mar", true}, {"sept2", true}, {"TRUE", true},
	} {
		got := cell(c.text)
		if marked := got == "'"+c.text; marked != c.marked || !marked && got != c.text {
			t.Errorf("%q becomes %q", c.text, got)
		}
	}
}
