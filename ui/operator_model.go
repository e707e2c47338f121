// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"image"

	"bindery/station"
	"bindery/station/identity"
	"bindery/ui/sound"
)

// State is what the operator's screen is about.
type State string

// The states, in the order of a shift.
const (
	SignIn    State = "sign in"
	Choosing  State = "choose the order"
	Clearing  State = "clear the line"
	Ready     State = "ready"
	Working   State = "working"
	Labelling State = "scan the label"
	Reasons   State = "reason for another label"
	Locked    State = "locked"
	Passed    State = "pass"
	Failed    State = "fail"
	Attention State = "attention"
	Stopped   State = "stopped"
	Closing   State = "closing"
)

// Operator is the view model of the operator's screen. All its methods are
// called on the goroutine of the screen.
type Operator struct {
	s    Services
	show func(View)
	ctx  context.Context

	state   State
	person  station.Person
	orders  []station.Order
	names   map[string]string // product names by order
	order   station.Order
	product station.Product
	before  string // order of which the line is to be cleared
	chosen  int    // row of the orders or reasons

	run    *run            // the unit under way; else nil
	result *station.Result // of the last unit; nil when there is none
	label  image.Image
	recent []Attempt
	health Health
	notice string

	looking bool     // an answer of the record is awaited
	queue   []string // scans that came meanwhile
	review  func(station.Person)
	closed  func()
}

// NewOperator starts at the sign-in. show gets each new view; review is called
// when somebody signs in who reads records instead of making units.
func NewOperator(ctx context.Context, s Services, show func(View), review func(station.Person)) *Operator {
	o := &Operator{s: s, show: show, ctx: ctx, state: SignIn, health: AllWell, review: review}
	o.changed()
	return o
}

// State is the present state.
func (o *Operator) State() State { return o.state }

func (o *Operator) changed() { o.show(o.view()) }

// Scan takes a scanned or typed text; what it is depends on the state. A scan
// is either acted on, or kept until the record has answered, or refused where
// everybody can see it: none is lost silently.
func (o *Operator) Scan(text string) {
	if o.looking || (o.run != nil && o.run.checking) {
		o.queue = append(o.queue, text)
		return
	}
	o.notice = ""
	switch o.state {
	case SignIn:
		o.badge(text)
	case Choosing:
		o.pickOrder(text)
	case Clearing:
		o.counted(text)
	case Ready, Passed, Failed, Attention, Stopped:
		o.unit(text)
	case Labelling:
		o.labelScan(text)
	case Reasons:
		o.pickReason(text)
	case Locked:
		o.approve(text)
	case Working, Closing:
		if text != "" && text != o.run.serial { // the same twice is only a nervous trigger
			o.refuse(o.s.Words.Say("working.busy", shown(text)))
		}
	}
	o.changed()
}

// drain acts on the scans that were kept.
func (o *Operator) drain() {
	for len(o.queue) > 0 && !o.looking && (o.run == nil || !o.run.checking) {
		text := o.queue[0]
		o.queue = o.queue[1:]
		o.Scan(text)
	}
}

// refuse says in the notice why a scan was not taken.
func (o *Operator) refuse(why string) {
	o.notice = why
	o.s.Sound.Play(sound.Repeated)
}

// consult asks the record something and goes on with its answer.
func consult[T any](o *Operator, ask func(context.Context) (T, error), then func(T, error)) {
	o.looking = true
	go func() {
		v, err := ask(o.ctx)
		o.s.Post(func() {
			o.looking = false
			then(v, err)
			o.changed()
			o.drain()
		})
	}()
}

// badge signs somebody in.
func (o *Operator) badge(text string) {
	if text == "" {
		return
	}
	consult(o, func(ctx context.Context) (station.Person, error) { return o.s.Person(ctx, text) },
		func(p station.Person, err error) {
			if err != nil {
				o.refuse(unable(o.s.Words, err))
				return
			}
			o.signedIn(p)
		})
}

func (o *Operator) signedIn(p station.Person) {
	switch {
	case station.Allow(p, station.ActProvision) == nil:
		o.person = p
		o.askOrder()
	case o.review != nil:
		o.review(p)
	default:
		o.refuse(o.s.Words.Say("signin.role"))
	}
}

// signOut goes back to the sign-in.
func (o *Operator) signOut() {
	o.state, o.person, o.order, o.result, o.recent, o.label = SignIn, station.Person{}, station.Order{}, nil, nil, nil
}

// unit takes a scan between two units: a serial starts the next one, a badge
// or an order changes who works on what.
func (o *Operator) unit(text string) {
	switch {
	case text == "":
	case o.result != nil && o.result.Label != nil && o.result.Outcome == station.Pass && station.Matches(o.result.Label, text):
		// The label of the unit just done, scanned twice, is no new unit.
		o.notice = o.s.Words.Say("ready.done", o.result.Serial)
	case o.product.SerialOK(text):
		o.start(text)
	default:
		o.noSerial(text)
	}
}

// noSerial takes what is no serial of this product: a badge, an order, or,
// failing both, a wrong serial, which the station refuses and records.
func (o *Operator) noSerial(text string) {
	for _, order := range o.orders {
		if order.ID == text {
			o.take(order)
			return
		}
	}
	consult(o, func(ctx context.Context) (station.Person, error) { return o.s.Person(ctx, text) },
		func(p station.Person, err error) {
			switch {
			case err != nil:
				o.start(text)
			case p.ID == o.person.ID:
				o.signOut()
			default:
				o.signOut()
				o.signedIn(p)
			}
		})
}

// Key takes the keys that are no text.
func (o *Operator) Key(k Key) {
	if o.looking {
		return
	}
	o.notice = ""
	switch o.state {
	case Choosing:
		o.moveChoice(k, len(o.orders))
		if k == KeyCancel {
			o.signOut()
		}
	case Reasons:
		o.moveChoice(k, len(reasons))
		if n := k.number(); n > 0 && n <= len(reasons) {
			o.reprint(n - 1)
		}
		if k == KeyCancel {
			o.state = Labelling
		}
	case Locked:
		if k == KeyCancel {
			o.state = Labelling
		}
	case Labelling:
		switch k {
		case KeyCancel:
			o.run.giveUp()
		case KeyReprint:
			o.state, o.chosen = Reasons, 0
		}
	case Working:
		if k == KeyCancel {
			o.run.cancel()
		}
	case Clearing, Ready, Passed, Failed, Attention, Stopped:
		if k == KeyCancel {
			o.askOrder()
		}
	case SignIn, Closing:
	}
	o.changed()
}

// Pick takes a tap on a row of the field.
func (o *Operator) Pick(row int) {
	o.chosen = row
	o.Scan("")
}

func (o *Operator) moveChoice(k Key, n int) {
	switch {
	case k == KeyUp && o.chosen > 0:
		o.chosen--
	case k == KeyDown && o.chosen < n-1:
		o.chosen++
	}
}

// Close ends the screen: a unit under way is given up and its end recorded
// first. done is called when nothing is left to be lost.
func (o *Operator) Close(done func()) {
	if o.run == nil {
		done()
		return
	}
	o.closed, o.state = done, Closing
	o.run.cancel()
	o.changed()
}

// shown is a scanned text as a notice may repeat it: an identity is masked.
func shown(text string) string {
	if identity.KindOf(text) != identity.KindUnknown {
		return identity.Mask(text, 0, 4)
	}
	return text
}

// Health takes how the station does.
func (o *Operator) Health(h Health) {
	if h != o.health {
		o.health = h
		o.changed()
	}
}
