// SPDX-License-Identifier: Apache-2.0

package record

import (
	"strings"
	"time"

	"bindery/station"
)

// ExchangeView is one piece of evidence: bytes that went over the line.
type ExchangeView struct {
	Us   int64             `json:"us"` // microseconds since the dialogue began
	Dir  station.Direction `json:"dir"`
	Text station.WireBytes `json:"text"`
}

// DialogueLine is a line of a dialogue as people see it.
type DialogueLine struct {
	T    time.Duration // since the dialogue began
	Dir  station.Direction
	Text string // one character a byte, but for what is masked
}

// DialogueLines are the lines of a dialogue, with the identities in them masked by
// mask. Lines that are empty are left out.
func DialogueLines(list []ExchangeView, mask func(string) string) []DialogueLine {
	var lines []DialogueLine
	for _, x := range list {
		for text := range strings.FieldsFuncSeq(mask(x.Text.String()), func(r rune) bool { return r == '\r' || r == '\n' }) {
			lines = append(lines, DialogueLine{T: time.Duration(x.Us) * time.Microsecond, Dir: x.Dir, Text: text})
		}
	}
	return lines
}
