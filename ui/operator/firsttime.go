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

// FirstTime asks who the first admin of an empty record is.
var FirstTime State = firstTime{traits{name: "set up the first admin", prompt: "first.prompt"}}

type firstTime struct{ traits }

// Secret tells that the present question is for the password.
func (firstTime) Secret(o *Model) bool { return o.first.secret() }

func (firstTime) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.first.back()
	}
}

// firstSteps are the questions, as keys of the catalogue.
var firstSteps = []string{"id", "name", "badge", "password", "again"}

func (f *firstStart) secret() bool { return f.step >= 3 }

// back goes back to the question before.
func (f *firstStart) back() {
	f.step, f.password = max(0, f.step-1), ""
}

// forget goes back to before the password, if one was typed.
func (f *firstStart) forget() {
	f.step, f.password = min(f.step, 3), ""
}

// Scan takes the answer to the present question.
func (firstTime) Scan(o *Model, text string, _ station.Keystrokes) {
	f := &o.first
	switch {
	case text == "":
		return
	case f.step == 0:
		f.admin.ID = text
	case f.step == 1:
		f.admin.Name = text
	case f.step == 2:
		f.admin.Badge = text
	case f.step == 3 && !station.Password.CanBe(text):
		o.refuse(o.say("password.form"))
		return
	case f.step == 3:
		f.password = text
	case text != f.password:
		f.forget()
		o.refuse(o.say("renew.unequal"))
		return
	default:
		o.setUp(text)
		return
	}
	f.step++
}

// setUp makes the admin, who then signs in like everybody.
func (o *Model) setUp(password string) {
	admin := o.first.admin
	o.first.forget()
	ask := func(ctx context.Context) (struct{}, error) { return struct{}{}, o.bench.SetUp(ctx, admin, password) }
	askRecord(o, ask, func(_ struct{}, err error) {
		var no *station.Refusal
		switch {
		case err == nil:
			o.state, o.notice = SignIn, o.say("first.done")
		case errors.As(err, &no) && no.Finding.Code == station.PersonNotAllowed: // set up from elsewhere meanwhile
			o.state = SignIn
			o.refuse(screen.FailureText(o.s.Words, err))
		default:
			o.refuse(screen.FailureText(o.s.Words, err))
		}
	})
}

func (firstTime) Face(o *Model) widget.Face {
	q := firstSteps[o.first.step]
	f := widget.Face{
		Tone: widget.Ask, Word: o.say("first." + q), Say: []string{o.say("first." + q + ".say")},
		Keys: o.say("first.keys", strconv.Itoa(o.first.step+1), strconv.Itoa(len(firstSteps))),
	}
	if o.first.step == 0 {
		f.Say = append([]string{o.say("first.say")}, f.Say...)
	}
	return f
}
