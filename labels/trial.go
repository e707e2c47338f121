// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"bindery/station"
)

// Trial draws labels of what comes in. It implements [station.LabelTrial].
type Trial struct{}

// SampleValues are the values of [SampleValues].
func (Trial) SampleValues() station.LabelValues { return SampleValues() }

// TryLabel draws at each of [Resolutions], the usual one first. A layout that
// only a finer printer can draw has no problem.
func (Trial) TryLabel(layout []byte, v station.LabelValues) (codes []station.LabelCode, problem string) {
	l, err := Parse("", layout)
	if err != nil {
		return nil, problemOf(err)
	}
	usualFirst := slices.DeleteFunc(slices.Clone(Resolutions), func(dpi int) bool { return dpi == UsualResolution })
	for _, dpi := range slices.Insert(usualFirst, 0, UsualResolution) {
		label, err := l.Draw(v, dpi)
		if err == nil {
			return label.Codes(), ""
		}
		if problem == "" {
			problem = problemOf(err)
		}
	}
	return nil, problem
}

// problemOf is the first thing wrong, without its cure, which is for the one
// who draws the layout.
func problemOf(err error) string {
	if ms := MistakesOf(err); len(ms) > 0 {
		return fmt.Sprintf("%s (line %d of the layout)", ms[0].Message, ms[0].Line)
	}
	var fault *station.Fault
	if errors.As(err, &fault) {
		return strings.TrimSuffix(fault.Message, ".")
	}
	return err.Error()
}
