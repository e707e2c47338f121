// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/screen"
)

// awaySession is the session that the lock of the operator's screen hides.
type awaySession struct {
	screen.LockedSession
	state State // of the operator's screen, where the session is there
}

// Lock hides a session that nobody has touched for long; badge and PIN bring
// it back, on the same order. It reports false while a unit is under way or
// the record is asked, and does nothing where nobody is signed in.
func (o *Model) Lock() bool {
	if o.run != nil || o.looking {
		return false
	}
	o.leaveGate()
	if o.person.ID != "" && o.state != Away {
		o.away = &awaySession{screen.LockedSession{Who: o.person}, o.state}
		o.state = Away
	}
	o.notice = ""
	o.first.forget()
	o.changed()
	return true
}

// Hold locks the session of another screen.
func (o *Model) Hold(a screen.LockedSession) {
	o.away, o.state = &awaySession{LockedSession: a}, Away
	o.changed()
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
		o.signedIn(p)
	case p.ID == a.Who.ID:
		o.person, o.state = p, a.state // their role may be another by now
	case o.order.ID != "" && station.Allow(p, station.MayProvision) == nil:
		o.person, o.state, o.result, o.label = p, Ready, nil, nil
		if clears(a.state) {
			o.state = Clearing
		}
	default:
		o.signOut()
		o.signedIn(p)
	}
}
