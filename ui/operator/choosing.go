// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fmt"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Choosing asks for the order that is worked on.
var Choosing State = choosing{traits{name: "choose the order", prompt: "order.prompt"}}

type choosing struct{ traits }

// Scan takes an order's number, somebody's badge, or Enter on the row that was
// chosen by hand.
func (choosing) Scan(o *Model, text string, _ station.Keystrokes) {
	switch {
	case text != "":
	case o.chosen >= 0 && o.chosen < len(o.orders):
		o.take(o.orders[o.chosen])
		return
	default:
		o.refuse(o.say("choose.first"))
		return
	}
	if w, found := o.orderNumbered(text); found {
		o.take(w)
		return
	}
	o.whose(text, o.badge, func() { o.refuse(o.say("order.unknown")) })
}

func (choosing) Key(o *Model, k Key) {
	o.moveChoice(k, len(o.orders))
	switch p := o.person; {
	case k == KeyCancel:
		o.signOut()
	case k == KeyDesk && o.mayReview():
		o.signOut()
		o.review(p)
	}
}

func (choosing) Face(o *Model) widget.Face {
	f := widget.Face{Tone: widget.Calm, Word: o.say("order.word"), Chosen: o.chosen}
	if len(o.orders) == 0 {
		f.Say = []string{o.say("order.none")}
	} else {
		f.Keys = o.say("order.choose")
		if o.chosen != screen.NoRow {
			f.Keys = o.say("order.keys", strconv.Itoa(o.chosen+1), strconv.Itoa(len(o.orders)))
		}
	}
	if o.mayReview() {
		f.Keys = strings.TrimPrefix(f.Keys+" · "+o.say("order.desk"), " · ")
	}
	for _, w := range o.orders {
		aside := fmt.Sprintf("%d / %d", w.Passed, w.Planned)
		if w.Passed >= w.Planned {
			aside = o.say("order.complete", aside)
		}
		if w.Closed {
			aside = o.say("order.rework", strconv.Itoa(w.Reworked))
		}
		f.Choices = append(f.Choices, widget.Choice{Key: w.ID, Text: o.names[w.ID] + " · " + o.say("lot", w.Lot), Aside: aside})
	}
	return f
}

// mayReview reports whether who chooses an order may go to the desk instead: a
// lead makes units and sees to them.
func (o *Model) mayReview() bool {
	return o.review != nil && station.Allow(o.person, station.MayRework) == nil
}
