// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/sound"
)

// signInPrompt is somebody who has shown a badge and is asked for the second component:
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

// whose finds whose badge was scanned. Of somebody who may not work today the
// screen says why; a text that is no badge goes to unknown.
func (o *Model) whose(text string, known func(station.BadgeHolder), unknown func()) {
	if text == "" {
		return
	}
	was := o.state
	o.hush = true // what comes next may be a PIN
	consult(o, func(ctx context.Context) (station.BadgeHolder, error) { return o.bench.Bearer(ctx, text) },
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
				o.refuse(screen.Unable(o.s.Words, err))
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
	if b.Requires == "" {
		o.bar(b, station.NewFinding(station.SecretMissing, string(b.Role)))
		return
	}
	o.signIn = &signInPrompt{who: b, back: o.behind(), then: then}
	o.state = Proving
}

// bar shows why somebody does not get in.
func (o *Model) bar(b station.BadgeHolder, why station.Finding) {
	o.signIn = &signInPrompt{who: b, back: o.behind(), no: &why}
	o.state = Barred
	o.s.Sound.Play(sound.Repeated)
}

// behind is the state behind the gate.
func (o *Model) behind() State {
	if o.signIn != nil {
		return o.signIn.back
	}
	return o.state
}

// leaveGate goes back to what was before the badge.
func (o *Model) leaveGate() {
	if o.signIn != nil {
		o.state, o.signIn = o.signIn.back, nil
	}
}

// secret takes a text while a PIN or password is asked for. A badge begins its
// bearer's sign-in, and what can't be the secret at all counts as no try.
func (o *Model) secret(text string) {
	g := o.signIn
	if text == "" {
		o.refuse(o.say("secret.none"))
		return
	}
	o.whose(text, func(b station.BadgeHolder) { o.ask(b, g.then) }, func() {
		if !g.who.Requires.CanBe(text) {
			o.refuse(o.say(string(g.who.Requires) + ".form"))
			return
		}
		o.try(text)
	})
}

// try has a PIN or password checked, which takes a moment on purpose.
func (o *Model) try(text string) {
	g := o.signIn
	ask := func(ctx context.Context) (station.Person, error) {
		return o.bench.SignIn(ctx, g.who.Badge, g.who.Requires, text)
	}
	consult(o, ask, func(p station.Person, err error) {
		// A PIN that was typed twice is no scan: a serial would be in the record.
		if len(o.queue) > 0 && o.queue[0].text == text {
			o.queue = o.queue[1:]
		}
		var no *station.Refusal
		switch {
		case o.signIn != g: // closed or locked meanwhile
		case err == nil && g.renew:
			o.state = Renewing
		case errors.As(err, &no) && station.ChooseAnother(no.Finding.Code):
			o.state, g.due = Renewing, &no.Finding
		case err == nil:
			o.admit(p)
		case o.doubtsClock(err, text):
		case no == nil:
			o.refuse(screen.Unable(o.s.Words, err))
		case no.Finding.Code == station.SignInWrong:
			o.refuse(o.say(string(g.who.Requires) + ".wrong"))
		default:
			o.bar(g.who, no.Finding)
		}
	})
}

// admit lets somebody through the gate.
func (o *Model) admit(p station.Person) {
	then := o.signIn.then
	o.leaveGate()
	then(p)
}

// renewal takes a new PIN or password, twice, from somebody who has proven the
// old one.
func (o *Model) renewal(text string) {
	g := o.signIn
	switch {
	case text == "":
		o.refuse(o.say("secret.none"))
	case !g.who.Requires.CanBe(text):
		o.refuse(o.say(string(g.who.Requires) + ".form"))
	case g.fresh == "":
		g.fresh, g.no = text, nil
	case g.fresh != text:
		g.fresh = ""
		o.refuse(o.say("renew.unequal"))
	default:
		g.fresh = ""
		o.renewed(text)
	}
}

func (o *Model) renewed(text string) {
	g := o.signIn
	ask := func(ctx context.Context) (station.Person, error) {
		err := o.bench.SetSecret(ctx, g.who.ID, g.who.Requires, text)
		if err != nil || g.due == nil { // with the old one they were signed in
			return g.who.Person, err
		}
		return o.bench.SignIn(ctx, g.who.Badge, g.who.Requires, text)
	}
	consult(o, ask, func(p station.Person, err error) {
		var no *station.Refusal
		switch {
		case o.signIn != g: // closed or locked meanwhile
		case err == nil:
			o.admit(p)
		case errors.As(err, &no):
			g.no = &no.Finding
			o.s.Sound.Play(sound.Repeated)
		default:
			o.refuse(screen.Unable(o.s.Words, err))
		}
	})
}
