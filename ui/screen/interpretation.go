// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"strconv"
	"strings"

	"bindery/station/query"
	"bindery/station/record"
	"bindery/ui/i18n"
)

// mostTexts is how many of several texts are told of: what they led to needs the
// room.
const mostTexts = 3

// Interpretation says in a few words what a text was taken for, and in lines why; of
// a text that nothing can be looked for, what is wrong with it and how it is cured.
func Interpretation(w i18n.Catalogue, m record.Matches) (head string, lines []string) {
	head = w.Say("found.as", w.Say("took."+string(m.Took)))
	switch {
	case m.Took == query.Refused:
		head = w.Say("took." + string(query.Refused))
	case m.Count == 0 && len(m.Units) == 0:
		head = w.Say("found.none", w.Say("took."+string(m.Took)))
	case len(m.Texts) > 0:
		head = w.Count("found.several", len(m.Texts), strconv.Itoa(len(m.Texts)))
	}
	if len(m.Texts) == 0 {
		return head, []string{ReasonText(w, m.Interpreted)}
	}
	for i, t := range m.Texts[:min(len(m.Texts), mostTexts)] {
		lines = append(lines, strconv.Itoa(i+1)+" · "+w.Say("took."+string(t.Took))+" · "+w.Count("found.units", t.Count, strconv.Itoa(t.Count)))
		if t.Count == 0 {
			why, _, _ := strings.Cut(ReasonText(w, t), ". ")
			lines[i] += " · " + strings.TrimSuffix(why, ".")
		}
	}
	if more := len(m.Texts) - mostTexts; more > 0 {
		lines = append(lines, w.Count("found.more", more, strconv.Itoa(more)))
	}
	return head, lines
}
