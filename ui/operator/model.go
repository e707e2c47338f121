// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"image"
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/sound"
)

// State is what the operator's screen is about.
type State string

// The states, in the order of a shift.
const (
	FirstTime State = "set up the first admin"
	SignIn    State = "sign in"
	Proving   State = "PIN or password"
	Renewing  State = "new PIN or password"
	Barred    State = "not let in"
	Settling  State = "accept the clock"
	Away      State = "locked for idleness"
	Choosing  State = "choose the order"
	Clearing  State = "clear the line"
	Leftover  State = "why labels are left"
	LineLead  State = "lead for labels left"
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

// Model is the view model of the operator's screen. All its methods are
// called on the goroutine of the screen.
type Model struct {
	s     screen.Services
	bench Services
	show  func(View)
	ctx   context.Context

	state   State
	person  station.Person
	orders  []station.Order
	names   map[string]string // product names by order
	order   station.Order
	product station.Product
	before  string // order of which the line is to be cleared
	left    leftover
	chosen  int // row of the orders or reasons, by arrow or pointer; noRow before that

	run    *run            // the unit under way; else nil
	result *station.Result // of the last unit; nil when there is none
	label  image.Image
	recent []Attempt
	health Health
	notice string

	first  firstStart
	signIn *signInPrompt // who is asked for a PIN; else nil
	away   *awaySession  // whose session waits behind the lock; else nil

	looking bool   // an answer of the record is awaited
	hush    bool   // what is typed meanwhile may be a PIN
	queue   []scan // that came meanwhile
	review  func(station.Person)
	closed  func()
}

// NewModel starts at the sign-in. show gets each new view; review is called
// when somebody signs in who reads records instead of making units.
func NewModel(ctx context.Context, s screen.Services, bench Services, show func(View), review func(station.Person)) *Model {
	o := &Model{s: s, bench: bench, show: show, ctx: ctx, state: SignIn, health: AllWell, review: review}
	if bench.Empty {
		o.state = FirstTime
	}
	o.changed()
	return o
}

// State is the present state.
func (o *Model) State() State { return o.state }

func (o *Model) changed() { o.show(o.view()) }

// scan is a text with how it came.
type scan struct {
	text string
	keys station.Keystrokes
}

// Scan takes a scanned or typed text; what it is depends on the state. A scan
// is either acted on, or kept until the record has answered, or refused where
// everybody can see it: none is lost silently.
func (o *Model) Scan(text string, keys station.Keystrokes) {
	if o.looking || (o.run != nil && o.run.checking) {
		o.queue = append(o.queue, scan{text, keys})
		return
	}
	o.notice = ""
	switch o.state {
	case FirstTime:
		o.firstAnswer(text)
	case SignIn:
		o.whose(text, func(b station.BadgeHolder) { o.ask(b, o.signedIn) }, o.noBadge)
	case Away:
		o.whose(text, func(b station.BadgeHolder) { o.ask(b, o.unlock) }, o.noBadge)
	case Proving:
		o.secret(text)
	case Renewing:
		o.renewal(text)
	case Settling:
		o.settles(text)
	case Barred:
		o.leaveGate()
		if text != "" {
			o.Scan(text, keys)
			return
		}
	case Choosing:
		o.pickOrder(text)
	case Clearing:
		o.counted(text)
	case Leftover:
		o.explained(text)
	case LineLead:
		o.agreed(text)
	case Ready, Passed, Failed, Attention, Stopped:
		o.unit(text)
	case Labelling:
		o.labelScan(text, keys)
	case Reasons:
		o.pickReason(text)
	case Locked:
		o.approve(text)
	case Working, Closing:
		if text != "" && text != o.run.serial { // the same twice is only a nervous trigger
			o.refuse(o.s.Words.Say("working.busy", station.Shown(text)))
		}
	}
	o.changed()
}

// drain acts on the scans that were kept.
func (o *Model) drain() {
	for len(o.queue) > 0 && !o.looking && (o.run == nil || !o.run.checking) {
		next := o.queue[0]
		o.queue = o.queue[1:]
		o.Scan(next.text, next.keys)
	}
}

// Mute says that digits were pressed which gave no text. Nothing of what came
// with them was taken.
func (o *Model) Mute() {
	o.refuse(o.say("keys.mute"))
	o.changed()
}

// refuse says in the notice why a scan was not taken.
func (o *Model) refuse(why string) {
	o.notice = why
	o.s.Sound.Play(sound.Repeated)
}

// consult asks the record something and goes on with its answer.
func consult[T any](o *Model, ask func(context.Context) (T, error), then func(T, error)) {
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

// signedIn goes on with somebody who has proven who they are.
func (o *Model) signedIn(p station.Person) {
	switch {
	case station.Allow(p, station.MayProvision) == nil:
		o.person = p
		o.askOrder()
	case o.review != nil:
		o.queue = nil // what was scanned early was for another screen
		o.review(p)
	default:
		o.refuse(o.s.Words.Say("signin.role"))
	}
}

// signOut goes back to the sign-in.
func (o *Model) signOut() {
	o.state, o.person, o.order, o.result, o.recent, o.label = SignIn, station.Person{}, station.Order{}, nil, nil, nil
}

// unit takes a scan between two units: a serial starts the next one, a badge
// or an order changes who works on what.
func (o *Model) unit(text string) {
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
func (o *Model) noSerial(text string) {
	for _, order := range o.orders {
		if order.ID == text {
			o.take(order)
			return
		}
	}
	o.whose(text, o.badge, func() { o.start(text) })
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
		o.signedIn(p)
	})
}

// Key takes the keys that are no text.
func (o *Model) Key(k Key) {
	if o.looking {
		return
	}
	o.notice = ""
	switch o.state {
	case Choosing:
		o.moveChoice(k, len(o.orders))
		switch p := o.person; {
		case k == KeyCancel:
			o.signOut()
		case k == KeyDesk && o.mayReview():
			o.signOut()
			o.review(p)
		}
	case Leftover:
		o.moveChoice(k, len(leftoverReasons))
		if n := k.number(); n > 0 && n <= len(leftoverReasons) {
			o.explained(strconv.Itoa(n))
		}
		if k == KeyCancel {
			o.state = Clearing
		}
	case LineLead:
		if k == KeyCancel {
			o.state = Clearing
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
			o.state, o.chosen = Reasons, screen.NoRow
		}
	case Working:
		if k == KeyCancel {
			o.run.cancel()
		}
	case Clearing, Ready, Passed, Failed, Attention, Stopped:
		if k == KeyCancel {
			o.askOrder()
		}
	case Proving, Renewing, Barred, Settling:
		switch {
		case k == KeyCancel:
			o.leaveGate()
		case k == KeyRenew && o.state == Proving:
			o.signIn.renew = !o.signIn.renew
		}
	case FirstTime:
		if k == KeyCancel {
			o.first.back()
		}
	case SignIn, Away, Closing:
	}
	o.changed()
}

// mayReview reports whether who chooses an order may go to the desk instead: a
// lead makes units and sees to them.
func (o *Model) mayReview() bool {
	return o.review != nil && station.Allow(o.person, station.MayRework) == nil
}

// Pick takes a tap on a row of the field.
func (o *Model) Pick(row int) {
	o.chosen = row
	o.Scan("", station.Keystrokes{})
}

func (o *Model) moveChoice(k Key, n int) {
	switch {
	case k != KeyUp && k != KeyDown || n == 0:
	case o.chosen == screen.NoRow:
		o.chosen = 0
	case k == KeyUp && o.chosen > 0:
		o.chosen--
	case k == KeyDown && o.chosen < n-1:
		o.chosen++
	}
}

// Close ends the screen: a unit under way is given up and its end recorded
// first. done is called when nothing is left to be lost.
func (o *Model) Close(done func()) {
	if o.run == nil {
		done()
		return
	}
	o.closed, o.state, o.signIn = done, Closing, nil
	o.run.cancel()
	o.changed()
}

// Health takes how the station does.
func (o *Model) Health(h Health) {
	if h != o.health {
		o.health = h
		o.changed()
	}
}
