// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Settling asks an admin whether the clock is right.
//
// A clock that went back, or far ahead, lets nobody sign in: nothing is written
// before an admin has said that it is right. Who has given an admin's badge and
// secret is asked for that, and no other screen has to be found.
var Settling State = settling{traits{name: "accept the clock", prompt: "settle.prompt"}}

type settling struct{ traits }

// doubtsClock asks an admin whose sign-in could not be written whether the clock
// is right, and tells everybody else whom to call; it reports false for what
// else can be wrong.
func (o *Model) doubtsClock(err error, secret string) bool {
	f := station.ClockDoubt(err)
	if f == nil {
		return false
	}
	if station.Allow(o.signIn.who.Person, station.MaySettleClock) == nil {
		o.signIn.clock, o.signIn.given, o.state = f, secret, Settling
		o.queue = nil // an Enter that came before the question is no answer
		return true
	}
	why := f.Finding()
	why.Value = f.Detail
	o.bar(o.signIn.who, why)
	return true
}

// Scan takes the answer: Enter alone accepts the clock.
func (settling) Scan(o *Model, text string, _ station.Keystrokes) {
	if text != "" {
		o.refuse(o.say("settle.enter"))
		return
	}
	g := o.signIn
	ask := func(ctx context.Context) (struct{}, error) {
		return struct{}{}, o.bench.SettleClock(ctx, g.who.Badge, g.given)
	}
	askRecord(o, ask, func(_ struct{}, err error) {
		var no *station.Refusal
		switch {
		case o.signIn != g: // closed or locked meanwhile
		case err == nil:
			o.admit(g.who.Person)
		case errors.As(err, &no):
			o.bar(g.who, no.Finding)
		default:
			o.refuse(screen.FailureText(o.s.Words, err))
		}
	})
}

func (settling) Key(o *Model, k Key) { o.cancelSignIn(k) }

// Face shows by how much the clock is off, and what accepts it.
func (settling) Face(o *Model) widget.Face {
	what, _ := o.s.Words.Fault(o.signIn.clock)
	return widget.Face{
		Tone: widget.Caution, Shape: widget.Triangle, Word: o.say("settle.word"), Say: []string{what, o.say("settle.say")},
		Keys: o.say("settle.keys"), Code: string(o.signIn.clock.Code),
	}
}
