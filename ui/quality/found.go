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

// foundCall says what a text was taken for and why, and of a single unit which of
// its bindings it led to.
func (q *Model) foundCall(m record.Matches) widget.Call {
	c := widget.Call{Tone: widget.Calm}
	c.Word, c.Say = screen.Interpretation(q.s.Words, m)
	if m.Took == query.Refused || len(m.Units) == 0 {
		c.Shape = widget.Square
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
	case u.GivenUp && u.To != nil && u.From != nil:
		return q.say("matched.givenup", q.s.When(*u.From), q.s.When(*u.To))
	case u.GivenUp:
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
