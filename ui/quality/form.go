// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"errors"
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// begin starts an form about something that has a name.
func (q *Model) begin(word, name string) *form {
	q.form = &form{q: q, word: q.say(word, name)}
	return q.form
}

// answer takes what was typed.
func (e *form) answer(text string) {
	switch {
	case e.cancelAction != nil:
		return
	case e.hush:
		e.early = append(e.early, text)
		return
	}
	a := e.asks[e.at]
	if a.rows != nil && (text == "" || a.take == nil) {
		switch {
		case text == "" && a.byHand:
			e.choose(a.chosen)
		case text == "":
			e.note = e.q.say("choose.first")
			e.q.s.Sound.Play(sound.Repeated)
		}
		return
	}
	if text == "" {
		text = a.usual
	}
	if text == "" {
		if a.secret != "" {
			e.note = e.q.say("secret.none")
			e.q.s.Sound.Play(sound.Repeated)
		}
		return
	}
	e.note = ""
	a.take(text)
}

// resume goes on with what was typed while a badge was looked up.
func (e *form) resume() {
	early := e.early
	e.hush, e.early = false, nil
	for _, text := range early {
		if e.q.form == e {
			e.answer(text)
		}
	}
}

// choose takes one of the rows.
func (e *form) choose(i int) {
	if a := e.asks[e.at]; e.cancelAction == nil && a.rows != nil && i >= 0 && i < len(a.rows()) {
		a.chosen, a.byHand, e.note = i, true, ""
		a.pick(i)
		e.q.redraw()
	}
}

func (e *form) move(by int) {
	a := e.asks[e.at]
	switch {
	case a.rows == nil:
	case !a.byHand:
		a.byHand = true
	default:
		a.chosen = min(max(0, a.chosen+by), len(a.rows())-1)
	}
}

// next asks the next thing, or does the action.
func (e *form) next() {
	if e.at+1 < len(e.asks) {
		e.at++
		return
	}
	if e.do == nil {
		e.q.form = nil
		if e.then != nil {
			e.then()
		}
		return
	}
	var ctx context.Context
	ctx, e.cancelAction = context.WithCancel(e.q.ctx)
	screen.Ask(ctx, e.q.s.Post, &e.q.asked, func(ctx context.Context) (int64, error) {
		if e.prove != nil {
			if err := e.prove(ctx); err != nil {
				return 0, err
			}
		}
		return e.do(ctx)
	}, func(leaf int64, err error) {
		e.cancelAction()
		e.cancelAction, e.share = nil, ""
		if err != nil {
			e.showFailure(err)
		} else {
			e.showDone(leaf)
		}
		e.q.redraw()
	})
}

// showFailure says why it was not done. A wrong PIN or password is asked for again,
// and for one that only serves to choose another, that one.
func (e *form) showFailure(err error) {
	var no *station.Refusal
	if errors.As(err, &no) && no.Finding.Code == station.SignInWrong && e.asks[e.at].secret != "" {
		e.refuse(err)
		return
	}
	if no != nil && e.proof != nil && station.ChooseAnother(no.Finding.Code) {
		e.renew(no.Finding)
		return
	}
	e.q.form = nil
	e.q.refuse(err)
}

// showDone says what has come of it, and reads what lies open anew.
func (e *form) showDone(leaf int64) {
	e.q.form = nil
	e.q.call = widget.Call{Tone: widget.Calm, Shape: widget.Tick, Word: e.q.say("quality.done", e.word), Say: []string{e.q.say("quality.leaf", strconv.FormatInt(leaf, 10))}}
	if e.files != nil {
		e.q.call.Say = append(e.q.call.Say, e.files()...)
	}
	switch {
	case e.finish != nil:
		e.finish()
	case e.q.open != nil:
		openItem(e.q, e.q.open)
	}
}

// refuse says why an answer was not taken; it is asked for again.
func (e *form) refuse(err error) {
	what, next := screen.RefusalText(e.q.s.Words, err)
	e.note = what + " " + next
	e.q.s.Sound.Play(sound.Repeated)
}

// cancel leaves all as it was.
func (e *form) cancel() {
	switch {
	case e.cancelAction != nil && e.cancellable:
		e.cancelAction()
		return
	case e.cancelAction != nil:
		return // a commit is under way
	}
	e.q.form = nil
	if e.left != nil {
		e.left()
		return
	}
	e.q.call = widget.Call{Tone: widget.Calm, Shape: widget.Square, Word: e.q.say("quality.unchanged"), Say: []string{e.word}}
}

func (e *form) progress(done, of int64) {
	if e.q.form == e {
		e.share = strconv.FormatInt(100*done/max(of, 1), 10)
		e.q.redraw()
	}
}

// view puts the question over what lies there.
func (e *form) view(v *screen.ListDetailView) {
	v.Acts, v.Asks, v.Busy = nil, true, e.cancelAction != nil || v.Busy
	if e.cancelAction != nil {
		v.Call = widget.Call{Tone: widget.Busy, Word: e.word, Say: []string{e.q.say("quality.busy")}}
		if e.share != "" {
			v.Call.Say[0] = e.q.say("quality.working", e.share)
		}
		if e.cancellable {
			v.Call.Keys = e.q.say("quality.calloff")
		}
		return
	}
	a := e.asks[e.at]
	v.Call = widget.Call{Tone: widget.Ask, Word: e.word, Keys: e.q.say("quality.cancel")}
	if a.says != nil {
		v.Call.Say = a.says()
	}
	v.Call.Say = append(v.Call.Say, e.q.say("ask."+a.key))
	if e.note != "" {
		v.Call.Shape, v.Call.Say = widget.Triangle, append([]string{e.note}, v.Call.Say...)
	}
	v.Secret, v.Status = a.secret != "" || e.hush, e.q.say("prompt."+a.key, a.usual)
	if e.left != nil {
		v.Call.Keys = e.q.say("quality.finish")
	}
	if a.rows == nil {
		return
	}
	v.Rows, v.Chosen = a.rows(), a.chosen
	if !a.byHand {
		v.Chosen = screen.NoRow
	}
	if v.Table != nil {
		v.Table = &widget.Sheet{Heads: []string{"", ""}, Chosen: v.Chosen}
		for _, r := range v.Rows {
			v.Table.Rows = append(v.Table.Rows, []string{r.Text, r.Aside})
		}
	}
}
