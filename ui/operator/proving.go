// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"errors"
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Proving asks who has shown a badge for their PIN or password.
var Proving State = proving{traits{name: "PIN or password", secret: true}}

type proving struct{ traits }

func (proving) Prompt(o *Model) string { return o.say(string(o.signIn.who.Requires) + ".prompt") }

// Scan takes a text while a PIN or password is asked for. A badge begins its
// bearer's sign-in, and what can't be the secret at all counts as no try.
func (proving) Scan(o *Model, text string, _ station.Keystrokes) {
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

func (proving) Key(o *Model, k Key) {
	if k == KeyRenew {
		o.signIn.renew = !o.signIn.renew
	}
	o.cancelSignIn(k)
}

// Face asks for a PIN or password, and tells its owner quietly what ends soon.
func (proving) Face(o *Model) widget.Face {
	g, kind := o.signIn, string(o.signIn.who.Requires)
	f := widget.Face{Tone: widget.Calm, Shape: widget.Padlock, Word: o.say(kind + ".word"), Say: []string{g.who.Name}, Keys: o.say(kind + ".keys")}
	if g.renew {
		f.Say = append(f.Say, o.say(kind+".renew"))
	}
	for _, e := range g.who.Expiries {
		f.Say = append(f.Say, o.s.Words.Count("ends."+e.What, e.Days, strconv.Itoa(e.Days)))
	}
	return f
}

// try has a PIN or password checked, which takes a moment on purpose.
func (o *Model) try(text string) {
	g := o.signIn
	ask := func(ctx context.Context) (station.Person, error) {
		return o.bench.SignIn(ctx, g.who.Badge, g.who.Requires, text)
	}
	askRecord(o, ask, func(p station.Person, err error) {
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
			o.refuse(screen.FailureText(o.s.Words, err))
		case no.Finding.Code == station.SignInWrong:
			o.refuse(o.say(string(g.who.Requires) + ".wrong"))
		default:
			o.bar(g.who, no.Finding)
		}
	})
}
