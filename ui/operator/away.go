// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Away hides a session that nobody has touched for long.
var Away State = away{traits{name: "locked for idleness", prompt: "signin.prompt"}}

type away struct{ traits }

func (away) Scan(o *Model, text string, _ station.Keystrokes) {
	o.whose(text, func(b station.BadgeHolder) { o.ask(b, o.unlock) }, o.noBadge)
}

func (away) Face(o *Model) widget.Face {
	f := widget.Face{Tone: widget.Calm, Shape: widget.Padlock, Word: o.say("away.word"), Say: []string{o.say("away.say")}}
	if o.order.ID != "" {
		f.Say = append(f.Say, o.say("away.order", o.order.ID))
	}
	return f
}

// Lock hides a session that nobody has touched for long; badge and PIN bring
// it back, on the same order. It reports false while a unit is under way or
// the record is asked, and does nothing where nobody is signed in.
func (o *Model) Lock() bool {
	if o.run != nil || o.looking {
		return false
	}
	o.leaveSignIn()
	if o.person.ID != "" && o.state != Away {
		o.away = &awaySession{screen.LockedSession{Who: o.person}, o.state}
		o.state = Away
	}
	o.notice = ""
	o.first.forget()
	o.redraw()
	return true
}

// Hold locks the session of another screen.
func (o *Model) Hold(a screen.LockedSession) {
	o.away, o.state = &awaySession{LockedSession: a}, Away
	o.redraw()
}

// unlock takes whoever has proven their badge at the lock: the same person
// goes on where they were, another one takes the bench over, on the same order.
func (o *Model) unlock(p station.Person) {
	a := o.away
	o.away, o.state = nil, SignIn
	switch {
	case a.Resume != nil && p.ID == a.Who.ID:
		o.queue = nil // what was scanned early was for the other screen
		a.Resume()
	case a.Resume != nil:
		a.Leave()
		o.continueAs(p)
	case p.ID == a.Who.ID:
		o.person, o.state = p, a.state // their role may be another by now
	case o.order.ID != "" && station.Allow(p, station.MayProvision) == nil:
		o.person, o.state, o.result, o.label = p, Ready, nil, nil
		if a.state.ClearsLine() {
			o.state = Clearing
		}
	default:
		o.signOut()
		o.continueAs(p)
	}
}
