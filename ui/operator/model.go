// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"image"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/sound"
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
	left    leftLabels
	chosen  int // row of the orders or reasons, by arrow or pointer; screen.NoRow before that

	run    *run            // the unit under way; else nil
	result *station.Result // of the last unit; nil when there is none
	label  image.Image
	recent []record.LastAttempt
	health StationHealth
	notice string
	stray  wrongScan
	shift  station.Performance // of this station
	done   station.Performance // of the order that is complete

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
	o.redraw()
	return o
}

// State is the present state.
func (o *Model) State() State { return o.state }

func (o *Model) redraw() { o.show(o.view()) }

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
	if !o.state.Secret(o) && !o.state.LabelDue() { // a secret may begin like a frame; the label's scan is judged with it
		text, _ = station.Unframed(text)
	}
	o.state.Scan(o, text, keys)
	o.redraw()
}

// drain acts on the scans that were kept.
func (o *Model) drain() {
	for len(o.queue) > 0 && !o.looking && (o.run == nil || !o.run.checking) {
		next := o.queue[0]
		o.queue = o.queue[1:]
		o.Scan(next.text, next.keys)
	}
}

// ReportNoText says that digits were pressed which gave no text. Nothing of what came
// with them was taken.
func (o *Model) ReportNoText() {
	o.refuse(o.say("keys.mute"))
	o.redraw()
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
			o.redraw()
			o.drain()
		})
	}()
}

// Key takes the keys that are no text.
func (o *Model) Key(k Key) {
	if o.looking {
		return
	}
	o.notice = ""
	o.state.Key(o, k)
	o.redraw()
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

// Health takes how the station does.
func (o *Model) Health(h StationHealth) {
	if h != o.health {
		o.health = h
		o.redraw()
	}
}
