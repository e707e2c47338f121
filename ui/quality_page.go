// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/ui/look"
)

// instant is how the screens write a time: ISO 8601, the local zone.
const instant = "2006-01-02 15:04:05"

func when(t time.Time) string { return t.Local().Format(instant) }

// page tells the story of a unit as one column: what it is, what it is bound
// to, then its history, the newest first.
func (q *Quality) page(s Story) []look.Para {
	ps := []look.Para{{Kind: look.Title, Name: s.Serial, Text: q.say("unit." + string(s.Disposition))}}
	item := func(key, value string) {
		if value != "" {
			ps = append(ps, look.Para{Kind: look.Item, Name: q.say("story." + key), Text: value})
		}
	}
	item("product", fmt.Sprintf("%s, %s %d", s.REF, q.say("story.version"), s.Version))
	item("order", s.Order+" · "+q.say("lot", s.Lot))
	item("leaf", fmt.Sprintf("%d · %.16s…", s.Leaves, s.Leaf))
	for i := len(s.Bindings) - 1; i >= 0; i-- {
		b := s.Bindings[i]
		name := q.say("story.superseded")
		if b.ID == s.Live {
			name = q.say("story.binding")
		}
		ps = append(ps, look.Para{Kind: look.Heading, Name: name, Text: when(b.At) + " · " + b.By})
		item("imei", b.IMEI.String())
		item("imei2", b.IMEI2.String())
		item("iccid", b.ICCID.String())
		item("eid", b.EID.String())
		item("module", strings.TrimSpace(b.Model+" "+b.Firmware))
	}
	for i := len(s.Attempts) - 1; i >= 0; i-- {
		ps = append(ps, q.attempt(s.Attempts[i])...)
	}
	for i := len(s.Prints) - 1; i >= 0; i-- {
		p := s.Prints[i]
		ps = append(ps, look.Para{Kind: look.Heading, State: printState(p), Name: q.say("story.print", fmt.Sprint(p.N), string(p.State)), Text: when(p.At) + " · " + p.By})
		item("reason", p.Reason)
		item("approver", p.Approver)
		item("dots", p.Hash)
	}
	return ps
}

func printState(p station.Print) look.StepState {
	if p.State == station.PrintVerified {
		return look.StepDone
	}
	return look.StepWarn
}

// attempt tells one try, down to what went over the line.
func (q *Quality) attempt(a StoryAttempt) []look.Para {
	name := q.say("outcome." + string(a.Outcome))
	if a.Code != "" {
		name += " · " + string(a.Code)
	}
	ps := []look.Para{{
		Kind: look.Heading, State: stepState(a.Outcome), Name: name,
		Text: fmt.Sprintf("%s · %.1f s · %s · %s", when(a.Started), a.Took().Seconds(), a.By, a.Station),
	}}
	for _, f := range a.Findings {
		if f.Level != station.LevelPass {
			what, _ := q.s.Words.Finding(f)
			ps = append(ps, look.Para{Kind: look.Plain, Text: what})
		}
	}
	for _, e := range a.Reading.Evidence {
		for line := range strings.FieldsFuncSeq(string(e.Text), func(r rune) bool { return r == '\r' || r == '\n' }) {
			ps = append(ps, look.Para{
				Kind: look.Dialogue, Name: fmt.Sprintf("%6.3f %s", e.T.Seconds(), arrows[e.Dir]), Text: numbers.ReplaceAllStringFunc(line, masked),
			})
		}
	}
	return ps
}

var arrows = map[station.Direction]string{station.Sent: ">", station.Received: "<", station.Note: "#"}

// numbers are identities within a dialogue.
var numbers = regexp.MustCompile(`[0-9]{14,32}`)

func masked(s string) string { return identity.Mask(s, 0, 4) }
