// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// Renewing takes a new PIN or password, twice, from somebody who has proven the
// old one.
var Renewing State = renewing{traits{name: "new PIN or password", secret: true}}

type renewing struct{ traits }

func (renewing) Prompt(o *Model) string { return Proving.Prompt(o) }

func (renewing) Scan(o *Model, text string, _ station.Keystrokes) {
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
		o.renew(text)
	}
}

func (renewing) Key(o *Model, k Key) { o.cancelSignIn(k) }

func (renewing) Face(o *Model) widget.Face {
	g, kind := o.signIn, string(o.signIn.who.Requires)
	f := widget.Face{Tone: widget.Calm, Shape: widget.Padlock, Word: o.say(kind + ".new"), Keys: o.say("renew.keys")}
	if g.fresh != "" {
		f.Word = o.say(kind + ".again")
	}
	switch {
	case g.no != nil:
		what, next := o.s.Words.Finding(*g.no)
		f.Say = []string{what, next}
	case g.due != nil:
		what, _ := o.s.Words.Finding(*g.due)
		f.Say = []string{what, o.say(kind + ".form")}
	default:
		f.Say = []string{o.say(kind + ".form")}
	}
	return f
}

// renew has the record keep the new secret, and lets its owner in.
func (o *Model) renew(text string) {
	g := o.signIn
	ask := func(ctx context.Context) (station.Person, error) {
		err := o.bench.SetSecret(ctx, g.who.ID, g.who.Requires, text)
		if err != nil || g.due == nil { // with the old one they were signed in
			return g.who.Person, err
		}
		return o.bench.SignIn(ctx, g.who.Badge, g.who.Requires, text)
	}
	askRecord(o, ask, func(p station.Person, err error) {
		var no *station.Refusal
		switch {
		case o.signIn != g: // closed or locked meanwhile
		case err == nil:
			o.admit(p)
		case errors.As(err, &no) && no.Finding.Code == station.SecretUnconfirmed: // it was taken, and does nothing yet
			o.bar(g.who, no.Finding)
		case no != nil:
			g.no = &no.Finding
			o.s.Sound.Play(sound.Repeated)
		default:
			o.refuse(screen.FailureText(o.s.Words, err))
		}
	})
}
