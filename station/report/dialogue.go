// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"strings"

	"bindery/station"
	"bindery/station/record"
)

// addDialogue adds every byte that went over the line in an attempt. What came one
// way in several pieces stands together, with the time of the first; the record
// has the time of each.
func (o *pdfReport) addDialogue(attempt int, list []record.ExchangeView) {
	if len(list) == 0 {
		return
	}
	o.putHeading(fmt.Sprintf("Dialogue of attempt %d, byte for byte", attempt), 16)
	s := textStyle{o.mono, 7, 40}
	g := o.beginGrid(gridColumn{"Time, s", 18, s, true}, gridColumn{"Way", 12, s, false}, gridColumn{"Bytes", 144, s, false})
	ways := map[station.Direction]string{station.Sent: "sent", station.Received: "got", station.Note: "note"}
	for i := 0; i < len(list); {
		from, text := list[i], ""
		for ; i < len(list) && list[i].Dir == from.Dir && (text == "" || from.Dir != station.Note); i++ {
			text += visible(list[i].Text)
		}
		g.addRow(fmt.Sprintf("%.3f", float64(from.Us)/1e6), ways[from.Dir], text)
	}
}

// visible writes bytes that are no print as escapes.
func visible(text station.WireBytes) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ' || r > '~':
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteByte(r)
		}
	}
	return b.String()
}
