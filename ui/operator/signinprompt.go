// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/ui/screen"
)

// whose finds whose badge was scanned. Of somebody who may not work today the
// screen says why; a text that is no badge goes to unknown.
func (o *Model) whose(text string, known func(station.BadgeHolder), unknown func()) {
	if text == "" {
		return
	}
	was := o.state
	o.hush = true // what comes next may be a PIN
	askRecord(o, func(ctx context.Context) (station.BadgeHolder, error) { return o.bench.BadgeHolder(ctx, text) },
		func(b station.BadgeHolder, err error) {
			o.hush = false
			var no *station.Refusal
			switch {
			case o.state != was: // closed meanwhile
			case err == nil:
				known(b)
			case errors.As(err, &no) && no.Finding.Code == station.PersonUnknown:
				unknown()
			case no != nil:
				o.bar(b, no.Finding)
			default:
				o.refuse(screen.FailureText(o.s.Words, err))
			}
		})
}

// noBadge says that a text is nobody's badge.
func (o *Model) noBadge() {
	what, _ := o.s.Words.Finding(station.NewFinding(station.PersonUnknown, ""))
	o.refuse(what)
}

// ask asks the bearer of a badge for their PIN or password, and goes on with
// then once it was right.
func (o *Model) ask(b station.BadgeHolder, then func(station.Person)) {
	if no := b.CheckHasSecret(string(b.Role)); no != nil {
		o.bar(b, no.Finding)
		return
	}
	o.signIn = &signInPrompt{who: b, back: o.behind(), then: then}
	o.state = Proving
}

// behind is the state behind the sign-in prompt.
func (o *Model) behind() State {
	if o.signIn != nil {
		return o.signIn.back
	}
	return o.state
}

// leaveSignIn goes back to what was before the badge.
func (o *Model) leaveSignIn() {
	if o.signIn != nil {
		o.state, o.signIn = o.signIn.back, nil
	}
}

// cancelSignIn goes back when Escape was pressed.
func (o *Model) cancelSignIn(k Key) {
	if k == KeyCancel {
		o.leaveSignIn()
	}
}

// admit lets somebody in.
func (o *Model) admit(p station.Person) {
	then := o.signIn.then
	o.leaveSignIn()
	then(p)
}
