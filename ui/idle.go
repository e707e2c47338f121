// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"time"

	"bindery/station"
)

// busyAgain is how long a lock waits that came while something was under way.
const busyAgain = time.Second

// idle locks the station when nobody has touched it for a time.
type idle struct {
	after time.Duration
	timer *time.Timer
}

// newIdle calls lock, by post, each time that nothing was touched for so long.
// lock tells whether it could; if not it is called again shortly.
func newIdle(ctx context.Context, after time.Duration, post func(func()), lock func() bool) *idle {
	i := &idle{after: after}
	i.timer = time.AfterFunc(after, func() {
		post(func() {
			switch {
			case i.timer.Stop(): // a touch has set it anew meanwhile
				i.touch()
			case !lock():
				i.timer.Reset(busyAgain)
			}
		})
	})
	context.AfterFunc(ctx, func() { i.timer.Stop() })
	return i
}

// touch begins the time anew.
func (i *idle) touch() { i.timer.Reset(i.after) }

// lockedSession is somebody whose session waits behind the lock.
type lockedSession struct {
	who    station.Person
	state  State  // of the operator's screen, where the session is there
	resume func() // shows the other screen again, where it is there; else nil
	leave  func() // ends the session there, when somebody else comes
}

// Lock hides a session that nobody has touched for long; badge and PIN bring
// it back, on the same order. It reports false while a unit is under way or
// the record is asked, and does nothing where nobody is signed in.
func (o *Operator) Lock() bool {
	if o.run != nil || o.looking {
		return false
	}
	o.leaveGate()
	if o.person.ID != "" && o.state != Away {
		o.away = &lockedSession{who: o.person, state: o.state}
		o.state = Away
	}
	o.notice = ""
	o.first.forget()
	o.changed()
	return true
}

// Hold locks the session of another screen.
func (o *Operator) Hold(a lockedSession) {
	o.away, o.state = &a, Away
	o.changed()
}

// unlock takes whoever has proven their badge at the lock: the same person
// goes on where they were, another one takes the bench over, on the same order.
func (o *Operator) unlock(p station.Person) {
	a := o.away
	o.away, o.state = nil, SignIn
	switch {
	case a.resume != nil && p.ID == a.who.ID:
		o.queue = nil // what was scanned early was for the other screen
		a.resume()
	case a.resume != nil:
		a.leave()
		o.signedIn(p)
	case p.ID == a.who.ID:
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
