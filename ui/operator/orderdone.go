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

// OrderDone says that the order takes no more units, what became of it, and which
// order is next.
var OrderDone State = orderDone{between("order complete")}

type orderDone struct{ betweenUnits }

func (orderDone) Face(o *Model) widget.Face {
	w, p := o.order, o.done
	account := []string{o.say("done.passed", strconv.Itoa(w.Passed), strconv.Itoa(w.Planned))}
	account = append(account, o.performance(p)...)
	var open []string
	if n := p.NotPassed(); n > 0 {
		open = append(open, o.say("done.shelf", strconv.Itoa(n)))
	}
	if n := w.Taken - w.Passed; n > 0 {
		open = append(open, o.say("done.begun", strconv.Itoa(n)))
	}
	say := []string{strings.Join(account, " · ")}
	if len(open) > 0 {
		say = append(say, strings.Join(open, " · "))
	}
	next := o.say("done.orders")
	if id := o.nextOrder(); id != "" {
		next = o.say("done.next", id)
	}
	return widget.Face{Tone: widget.Calm, Shape: widget.Stack, Word: o.orderDoneWord(), Say: append(say, next)}
}

// finishOrder shows what became of an order that takes no more units.
func (o *Model) finishOrder() {
	id := o.order.ID
	askRecord(o, func(ctx context.Context) (station.Performance, error) { return o.bench.OrderPerformance(ctx, id) },
		func(p station.Performance, err error) {
			if err != nil {
				o.refuse(screen.FailureText(o.s.Words, err))
				return
			}
			o.done, o.result, o.label, o.state = p, nil, nil, OrderDone
		})
}

// orderDoneWord tells an order whose units have all passed from one of which some are
// still to be finished.
func (o *Model) orderDoneWord() string {
	if o.order.Passed < o.order.Planned {
		return o.say("done.full")
	}
	return o.say("done.word")
}

// nextOrder is the first of the other orders that takes a unit; "" for none.
func (o *Model) nextOrder() string {
	for _, w := range o.orders {
		if w.ID != o.order.ID && !w.Closed && !w.Full() {
			return w.ID
		}
	}
	return ""
}

// performance is the yield and the speed of units in words; less where none was judged.
func (o *Model) performance(p station.Performance) []string {
	var words []string
	if y, known := p.FirstPassYield(); known {
		words = append(words, o.yield(y))
	}
	if p.Median > 0 {
		words = append(words, o.unitTime(p))
	}
	return words
}

func (o *Model) yield(percent float64) string {
	return o.say("shift.yield", fmt.Sprintf("%.0f", percent))
}

func (o *Model) unitTime(p station.Performance) string {
	return o.say("shift.unit", fmt.Sprintf("%.1f", p.Median.Seconds()))
}

// shiftStrip is how the shift goes.
func (o *Model) shiftStrip() widget.Shift {
	p := o.shift
	s := widget.Shift{Bars: p.Hour[:], Words: [4]string{o.say("shift.passed", strconv.Itoa(p.Passed))}}
	if p.Median > 0 {
		s.Words[1] = o.unitTime(p)
	}
	if y, known := p.FirstPassYield(); known {
		s.Words[2] = o.yield(y)
	}
	if left, known := p.TimeLeft(o.order.Planned - o.order.Passed); known {
		s.Words[3] = o.say("shift.left", fmt.Sprintf("%d:%02d", int(left.Hours()), int(left.Minutes())%60))
	}
	return s
}
