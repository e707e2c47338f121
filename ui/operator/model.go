// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"fmt"
	"image"
	"time"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/sound"
	"bindery/ui/widget"
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

// askRecord asks the record something and goes on with its answer.
func askRecord[T any](o *Model, ask func(context.Context) (T, error), then func(T, error)) {
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

// awaySession is the session that the lock of the operator's screen hides.
type awaySession struct {
	screen.LockedSession
	state State // of the operator's screen, where the session is there
}

// run is one unit under way. Its goroutine is in [station.Bench.Provision];
// what it says comes back through Post.
type run struct {
	serial   string
	cancel   context.CancelFunc
	answers  chan *station.ScanAnswer // nil: no scan will come
	steps    map[station.Step]station.StepResult
	now      station.Step
	hint     string
	wrong    *station.Finding // of the last label scan
	checking bool             // an answer was given and is not yet resolved
	reprint  string           // the reason that waits for a lead
}

// leftLabels is what was found of the order before when the line was cleared.
type leftLabels struct {
	n      int
	reason string // why they are there, and what becomes of them
}

// firstStart asks, one after the other, for what the first admin of an empty
// record is made of. There is no way around it and no default password.
type firstStart struct {
	step     int // in firstSteps
	admin    station.Person
	password string
}

// signInPrompt is somebody who has shown a badge and is asked for the second factor:
// their PIN, or their password where they have no PIN. A badge alone opens
// nothing.
type signInPrompt struct {
	who   station.BadgeHolder
	back  State                // where Escape leads, and where who gets in goes on
	then  func(station.Person) // who got in
	no    *station.Finding     // why not, of Barred; what was wrong with the new secret, of Renewing
	renew bool                 // they want to choose a new secret
	due   *station.Finding     // why they have to
	fresh string               // the new secret, typed once
	clock *station.Fault       // what is wrong with the clock, of Settling
	given string               // the secret that was given, of Settling
}

// View is all that the operator's screen shows.
type View struct {
	State   State
	Bar     widget.Bar
	Face    widget.Face
	Chips   []widget.Chip
	Lines   []widget.RecentUnit
	Shift   widget.Shift
	Label   image.Image
	Striped bool   // the label must not be readable for a scanner
	Caption string // of the label
	Prompt  string // of the scan field
	Alone   bool   // nobody works on an order: the field stands without the panels of one
	Secret  bool   // what is typed there must not be seen
}

func (o *Model) say(key string, fill ...string) string { return o.s.Words.Say(key, fill...) }

func (o *Model) seconds(d time.Duration) string {
	return o.say("seconds", fmt.Sprintf("%.1f", d.Seconds()))
}

// lastUnits is how many lines the list of last units is asked for.
const lastUnits = 12

// wrongScan is what the state [StrayScan] tells of.
type wrongScan struct {
	finding station.Finding
	times   int // that it came one after the other
}
