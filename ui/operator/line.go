// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// leftover is what was found of the order before when the line was cleared.
type leftover struct {
	labels int
	reason string // why they are there, and what becomes of them
}

// leftoverReasons are the usual reasons, as the record keeps them. Any other is typed.
var leftoverReasons = []string{"destroyed", "back in the store", "stuck on rejected units"}

// counted takes the number of labels left of the order before. None clears the
// line at once; more have to be explained, and a lead has to agree.
func (o *Model) counted(text string) {
	n, err := strconv.Atoi(text)
	switch {
	case text == "":
	case err != nil || n < 0 || len(text) > 4:
		o.refuse(o.say("clear.number", station.Shown(text)))
	case n == 0:
		o.clearLine(o.person.ID, leftover{})
	default:
		o.left, o.state, o.chosen = leftover{labels: n}, Leftover, screen.NoRow
	}
}

// explained takes the reason for labels that were left: the number of a usual
// one, Enter on the chosen one, or some words. One word alone is a scan that
// went astray.
func (o *Model) explained(text string) {
	row := o.chosen
	if text != "" {
		n, err := strconv.Atoi(text)
		switch {
		case err == nil && n >= 1 && n <= len(leftoverReasons):
			row = n - 1
		case err != nil && len(strings.Fields(text)) > 1:
			o.left.reason, o.state = text, LineLead
			return
		default:
			o.refuse(o.say("left.form", station.Shown(text)))
			return
		}
	}
	if row == screen.NoRow {
		o.refuse(o.say("choose.first"))
		return
	}
	o.left.reason, o.state = leftoverReasons[row], LineLead
}

// agreed takes the badge and the PIN of who answers for the labels left. Who
// may not is told before the PIN.
func (o *Model) agreed(badge string) {
	o.whose(badge, func(b station.BadgeHolder) {
		if err := station.Allow(b.Person, station.MayExplainLabels); err != nil {
			o.refuse(screen.Unable(o.s.Words, err))
			return
		}
		o.ask(b, func(p station.Person) { o.clearLine(p.ID, o.left) })
	}, o.noBadge)
}

// clearLine has the record keep that the line is clear, and goes on.
func (o *Model) clearLine(by string, l leftover) {
	id := o.order.ID
	ask := func(ctx context.Context) (struct{}, error) {
		return struct{}{}, o.bench.ClearLine(ctx, id, by, l.labels, l.reason)
	}
	consult(o, ask, func(_ struct{}, err error) {
		if err != nil {
			o.refuse(screen.Unable(o.s.Words, err))
			return
		}
		o.left, o.state = leftover{}, Ready
	})
}

// clears reports whether s is a state on the way to a clear line.
func clears(s State) bool { return s == Clearing || s == Leftover || s == LineLead }

func (o *Model) clearFace() widget.Face {
	return widget.Face{
		Tone: widget.Ask, Word: o.say("clear.word"), Keys: o.say("clear.keys"),
		Say: []string{o.say("clear.what", o.before), o.say("clear.next")},
	}
}

func (o *Model) leftFace() widget.Face {
	f := widget.Face{
		Tone: widget.Ask, Word: o.say("left.word", strconv.Itoa(o.left.labels)), Keys: o.say("left.keys"), Chosen: o.chosen,
		Say: []string{o.say("left.say")},
	}
	for i, r := range leftoverReasons {
		f.Choices = append(f.Choices, widget.Choice{Key: fmt.Sprintf("F%d", i+1), Text: o.say("left." + r)})
	}
	return f
}

func (o *Model) lineLeadFace() widget.Face {
	reason := o.left.reason
	if key := "left." + reason; o.say(key) != key {
		reason = o.say(key)
	}
	return widget.Face{
		Tone: widget.Lock, Shape: widget.Padlock, Word: o.say("locked.word"), Keys: o.say("lead.keys"),
		Say: []string{o.say("lead.why", strconv.Itoa(o.left.labels), o.before, reason), o.say("lead.ask")},
	}
}
