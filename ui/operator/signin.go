// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/widget"
)

// SignIn waits for somebody's badge.
var SignIn State = signIn{traits{name: "sign in", prompt: "signin.prompt"}}

type signIn struct{ traits }

func (signIn) Scan(o *Model, text string, _ station.Keystrokes) {
	o.whose(text, func(b station.BadgeHolder) { o.ask(b, o.continueAs) }, o.noBadge)
}

func (signIn) Face(o *Model) widget.Face {
	return widget.Face{Tone: widget.Calm, Shape: widget.Badge, Word: o.say("signin.word")}
}

// continueAs goes on with somebody who has proven who they are.
func (o *Model) continueAs(p station.Person) {
	switch {
	case station.Allow(p, station.MayProvision) == nil:
		o.person = p
		o.askOrder()
	case o.review != nil:
		o.queue = nil // what was scanned early was for another screen
		o.review(p)
	default:
		o.refuse(o.say("signin.role"))
	}
}

// signOut goes back to the sign-in.
func (o *Model) signOut() {
	o.state, o.person, o.order, o.result, o.recent, o.label = SignIn, station.Person{}, station.Order{}, nil, nil, nil
}
