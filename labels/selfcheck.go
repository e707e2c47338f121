// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"image"

	"bindery/station"
)

// selfCheck reads each code from the finished dots and compares it with what it
// was to say. The words of the fault hold nothing of either: a code may carry
// an identity.
func (l *Label) selfCheck() error {
	for _, c := range l.drawing.codes {
		q := c.quiet
		got, err := l.dots.read(image.Rect(int(q.x0), int(q.y0), int(q.x1), int(q.y1)), c.Kind)
		if err == nil && got == symbologies[c.Kind].id+c.Payload {
			continue
		}
		what := "reads as something else"
		if err != nil {
			what = "cannot be read"
		}
		m := c.spot.mistake("data", fmt.Sprintf("the %s %s", c.Kind, what), "Give it a larger module.")
		return station.NewFault(station.LabelSelfcheck, m.String(), err)
	}
	return nil
}
