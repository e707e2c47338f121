// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// mostTexts is how many of several texts the banner tells of: it must leave room
// for what they led to.
const mostTexts = 3

// foundCall says what a text was taken for and why; of a text that nothing can be
// looked for, what is wrong with it and how it is cured.
func (q *Model) foundCall(m record.Matches) widget.Call {
	c := widget.Call{Tone: widget.Calm, Word: q.say("found.as", q.say("took."+string(m.Took)))}
	switch {
	case m.Took == query.Refused:
		c.Shape, c.Word = widget.Square, q.say("took."+string(query.Refused))
	case len(m.Units) == 0:
		c.Shape, c.Word = widget.Square, q.say("found.none", q.say("took."+string(m.Took)))
	case len(m.Texts) > 0:
		c.Word = q.s.Words.Count("found.several", len(m.Texts), strconv.Itoa(len(m.Texts)))
	}
	if len(m.Texts) == 0 {
		c.Say = append(c.Say, screen.Because(q.s.Words, m.Interpreted))
	}
	for i, t := range m.Texts[:min(len(m.Texts), mostTexts)] {
		c.Say = append(c.Say, strconv.Itoa(i+1)+" · "+q.say("took."+string(t.Took))+" · "+q.s.Words.Count("found.units", t.Count, strconv.Itoa(t.Count)))
		if t.Count == 0 {
			why, _, _ := strings.Cut(screen.Because(q.s.Words, t), ". ")
			c.Say[i] += " · " + strings.TrimSuffix(why, ".")
		}
	}
	if more := len(m.Texts) - mostTexts; more > 0 {
		c.Say = append(c.Say, q.s.Words.Count("found.more", more, strconv.Itoa(more)))
	}
	if len(m.Units) == 1 && len(m.Texts) == 0 {
		c.Say = append(c.Say, strings.TrimSpace(m.Units[0].Serial+" · "+q.matched(m.Units[0])))
	}
	return c
}

// matched says which binding of a unit a search led to: a live one, one that was
// given up, or none, where a refused device had the number.
func (q *Model) matched(u record.Match) string {
	switch {
	case u.Attempt != 0 && u.Code != "":
		return q.say("matched.refused", strconv.FormatInt(u.Attempt, 10), string(u.Code))
	case u.Attempt != 0:
		return q.say("matched.attempt", strconv.FormatInt(u.Attempt, 10))
	case u.Live && u.From != nil:
		return q.say("matched.live", q.s.When(*u.From))
	case u.Live:
		return q.say("matched.undated")
	case u.To != nil && u.From != nil:
		return q.say("matched.givenup", q.s.When(*u.From), q.s.When(*u.To))
	case u.To != nil || u.From != nil:
		return q.say("matched.givenup-undated")
	case u.BoundAt != nil: // of a list that no text led to
		return q.say("matched.live", q.s.When(*u.BoundAt))
	}
	return ""
}

// stateOf is the state of a unit and its flags, which come first.
func (q *Model) stateOf(d station.Disposition, flags []station.Flag) string {
	var all []string
	for _, f := range flags {
		all = append(all, strings.ToUpper(q.say("flag."+string(f))))
	}
	return strings.Join(append(all, q.say("unit."+string(d))), " · ")
}
