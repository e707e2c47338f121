// SPDX-License-Identifier: Apache-2.0

package operator

import "bindery/station"

// betweenUnits is what all states between two units do: a serial starts the
// next unit, a badge or an order changes who works on what.
type betweenUnits struct{ traits }

func between(name string) betweenUnits {
	return betweenUnits{traits{name: name, prompt: "ready.prompt"}}
}

// Scan takes the next serial.
func (betweenUnits) Scan(o *Model, text string, _ station.Keystrokes) {
	switch {
	case text == "" && o.order.Full():
		o.finishOrder()
	case text == "":
	case o.result != nil && o.result.Label != nil && o.result.Outcome == station.Pass && station.LabelHasCode(o.result.Label, text):
		// The label of the unit just done, scanned twice, is no new unit.
		o.notice = o.say("ready.done", o.result.Serial)
	case o.product.SerialOK(text) && !o.order.Full():
		o.start(text)
	default:
		o.noSerial(text)
	}
}

// Key goes back to the orders.
func (betweenUnits) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.askOrder()
	}
}

// noSerial takes what can be no serial of the next unit: a badge, an order, or,
// failing both, a stray scan, which is named and kept.
func (o *Model) noSerial(text string) {
	if w, found := o.orderNumbered(text); found {
		o.take(w)
		return
	}
	o.whose(text, o.badge, func() { o.nameScan(text) })
}

// badge takes a badge that is scanned while somebody is signed in: their own
// signs them out, another one asks for its bearer's PIN and changes over.
func (o *Model) badge(b station.BadgeHolder) {
	if b.ID == o.person.ID {
		o.signOut()
		return
	}
	o.ask(b, func(p station.Person) {
		o.signOut()
		o.continueAs(p)
	})
}
