// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"path"
	"regexp"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// view turns the present state into what is shown.
func (o *Model) view() View {
	v := View{State: o.state, Bar: o.header(), Face: o.state.Face(o), Chips: o.chips(), Label: o.label, Prompt: o.state.Prompt(o)}
	v.Face.Notice = o.notice
	for _, a := range o.recent {
		v.Lines = append(v.Lines, o.line(a))
	}
	v.Alone = o.order.ID == ""
	if !v.Alone {
		v.Shift = o.shiftStrip()
	}
	v.Secret = o.hush || o.state.Secret(o)
	if o.state == Away {
		v.Label = nil // it may have an identity on it
	}
	// Until the unit has passed its label is still to be scanned, now or when its
	// serial comes again.
	v.Striped = v.Label != nil && o.behind() != Passed
	v.Caption = o.say("preview.none")
	if v.Label != nil {
		v.Caption = o.say("preview.label")
	}
	if v.Striped && o.behind().LabelDue() {
		v.Caption = o.say("preview.scan")
	}
	return v
}

func (o *Model) header() widget.Bar {
	b := widget.Bar{Who: o.s.Name(), Passed: o.order.Passed, Planned: o.order.Planned}
	if o.person.ID != "" {
		b.Who += " · " + o.person.Name
	}
	if o.order.ID != "" {
		b.Work = o.say("order.line", o.order.ID, o.product.Name, o.order.Lot)
	}
	h := o.health
	clock := "clock"
	if h.Clock && h.Unsynchronised {
		clock = "unsynchronised"
	}
	for _, d := range []struct {
		well bool
		name string
	}{{h.Port, "port"}, {h.Printer, "printer"}, {h.Record, "record"}, {h.Clock && !h.Unsynchronised, clock}} {
		word := o.say("dot." + d.name)
		if d.name == "printer" && h.Lacks != "" {
			word = o.say("printer." + h.Lacks)
		}
		b.Dots = append(b.Dots, widget.Dot{Well: d.well, Word: word})
	}
	return b
}

// chips are the steps of the unit under way or just done.
func (o *Model) chips() []widget.Chip {
	var now station.Step
	done := map[station.Step]station.StepResult{}
	switch {
	case o.run != nil:
		now, done = o.run.now, o.run.steps
	case o.result != nil:
		for _, s := range o.result.Steps {
			done[s.Step] = s
		}
	}
	var chips []widget.Chip
	for _, s := range station.Steps {
		c := widget.Chip{Name: o.say("step." + string(s))}
		if res, ended := done[s]; ended {
			c.State, c.Found = screen.StepState(res.Outcome), o.found(res)
		} else if s == now {
			c.State = widget.StepNow
		}
		chips = append(chips, c)
	}
	return chips
}

// found is what a step found, short enough for its chip.
func (o *Model) found(r station.StepResult) string {
	if key := "found." + r.Found; o.say(key) != key {
		return o.say(key)
	}
	if r.Step == station.StepPrint {
		return path.Base(r.Found) // of the printer's URI
	}
	return hidden.ReplaceAllString(r.Found, "••••")
}

// hidden is the long masked part of a number, of which a chip shows less.
var hidden = regexp.MustCompile("•{5,}")

func (o *Model) line(a record.LastAttempt) widget.RecentUnit {
	l := widget.RecentUnit{Serial: station.Shown(a.Serial), State: screen.StepState(a.Outcome), Aside: o.seconds(a.Took)}
	if step := station.NewFinding(a.Code, "").Step(); step != "" {
		l.Code = o.say("step." + string(step)) // at which step, in words: a code is for the lead's page
	}
	if a.Outcome == station.Aborted {
		l.Code = strings.ToLower(o.say("stopped.word"))
	}
	return l
}
