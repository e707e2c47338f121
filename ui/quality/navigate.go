// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// NewModel starts with nobody signed in. leave is called when the person
// signs out.
func NewModel(ctx context.Context, s screen.Services, desk Services, r RecordReader, show func(screen.ListDetailView), leave func()) *Model {
	return &Model{s: s, services: desk, r: r, ctx: ctx, show: show, leave: leave}
}

// SignIn begins at home for p.
func (q *Model) SignIn(p station.Person) {
	q.begins(p)
	q.away = nil
	var err error
	if q.own, err = q.services.ReadPreferences(p.ID); err != nil {
		q.refuse(err)
	}
	q.goHome()
}

// ShowHistory begins at the lists of units from before, and shows nothing else; back
// is called when p leaves them.
func (q *Model) ShowHistory(p station.Person, back func()) {
	q.begins(p)
	q.away, q.own = back, Preferences{}
	q.home = &listing{}
	q.listHistory()
	q.redraw()
}

// Enter takes a text: the answer to what is asked, or what to look for. Without
// a text it opens what is chosen.
func (q *Model) Enter(text string) {
	switch {
	case q.cancelVerify != nil: // a verification is under way
	case q.form != nil:
		q.form.answer(text)
	case text != "" && q.away != nil:
		q.status = q.say("choose.first") // units are not read from here
	case text != "":
		q.call, q.whole = widget.Call{}, ""
		q.search(text)
	case q.open == nil && q.shown().byHand:
		q.Pick(q.shown().chosen)
	case q.open == nil:
		q.status = q.say("choose.first")
		q.s.Sound.Play(sound.Repeated)
	}
	q.redraw()
}

// shown is the list that one is at.
func (q *Model) shown() *listing {
	if q.list != nil {
		return q.list
	}
	return q.home
}

// Pick opens a row of the list, or takes it as the answer to what is asked.
func (q *Model) Pick(i int) {
	if q.form != nil {
		q.form.choose(i)
		return
	}
	l := q.shown()
	if q.cancelVerify != nil || i < 0 || i >= len(l.entries) {
		return
	}
	l.chosen, l.byHand, q.call = i, true, widget.Call{}
	l.entries[i].open()
	q.redraw()
}

// Move chooses another row; beside what lies open it opens that at once.
func (q *Model) Move(by int) {
	if q.form != nil {
		q.form.move(by)
		q.redraw()
		return
	}
	l := q.shown()
	if !l.byHand && q.open == nil {
		l.byHand = true
		if by*by == 1 { // the first arrow marks the row from which one goes on
			q.redraw()
			return
		}
	}
	if edge := l.chosen == 0 && by < 0 || l.chosen == len(l.entries)-1 && by > 0; edge && l.turn(q, by) {
		return
	}
	to := min(max(0, l.chosen+by), max(0, len(l.entries)-1))
	if to == l.chosen || q.cancelVerify != nil {
		q.redraw()
		return
	}
	l.chosen = to
	if q.open != nil {
		q.Pick(to)
	}
	q.redraw()
}

// Back leaves what is asked, what lies open, the list, and then signs out.
func (q *Model) Back() {
	switch {
	case q.cancelVerify != nil:
		q.cancelVerify()
	case q.form != nil:
		q.form.cancel()
	case q.open != nil:
		q.call, q.open, q.whole = widget.Call{}, nil, ""
		switch l := q.list; {
		case l == nil:
			q.goHome()
		case l.alone() || l.heads == nil:
			l.back(q)
		case l.page != nil: // what was done may show in the list
			l.page(l.skip)
		}
	case q.list != nil:
		q.call = widget.Call{}
		q.list.back(q)
	default:
		q.Leave()
		return
	}
	q.redraw()
}

// Press does the action of a key. Until the record has answered, what is seen is
// not what it would be done with: it waits for that.
func (q *Model) Press(key string) {
	switch {
	case q.form != nil, q.cancelVerify != nil:
		return
	case q.looks:
		q.early = append(q.early, key)
		return
	}
	for _, d := range q.actions() {
		if d.Key == key {
			q.call = widget.Call{}
			d.do()
			q.redraw()
			return
		}
	}
}

// pressEarly does what was pressed while the record was asked, where the answer led
// to another place; else it says that nothing was done, for the same keys may mean
// something else where one still is.
func (q *Model) pressEarly(keys []string, led bool) {
	switch {
	case led:
		for _, key := range keys {
			q.Press(key)
		}
	case len(keys) > 0:
		q.status = q.say("quality.keysdropped", strings.Join(keys, ", "))
		q.s.Sound.Play(sound.Repeated)
	}
}

// Take takes a paragraph of the page: copies its value, or folds it.
func (q *Model) Take(id string) {
	if do := q.takes[id]; do != nil && q.form == nil && q.cancelVerify == nil {
		do()
		q.redraw()
	}
}

// actions are what can be done where one is.
func (q *Model) actions() []action {
	if q.open != nil {
		return q.open.actions(q)
	}
	return q.shown().actions
}

// Refresh has the whole record recomputed, until it is called off.
func (q *Model) Refresh() {
	if q.form != nil || q.cancelVerify != nil {
		return
	}
	type answer struct {
		ok     bool
		report string
	}
	var ctx context.Context
	ctx, q.cancelVerify = context.WithCancel(q.ctx)
	verifying := func(percent string) {
		if q.cancelVerify != nil {
			q.call = widget.Call{Tone: widget.Busy, Word: q.say("quality.verifying", percent), Keys: q.say("quality.calloff")}
			q.redraw()
		}
	}
	askRecord(q, func(context.Context) (answer, error) {
		ok, report, err := q.r.Verify(ctx, func(done, of int64) {
			q.s.Post(func() { verifying(strconv.FormatInt(100*done/max(of, 1), 10)) })
		})
		if ctx.Err() != nil {
			return answer{}, errCalledOff
		}
		return answer{ok, report}, err
	}, func(a answer) {
		q.call = widget.Call{Tone: widget.Calm, Shape: widget.Tick, Word: q.say("quality.verified"), Say: []string{a.report}}
		if !a.ok {
			q.call = widget.Call{Tone: widget.Bad, Shape: widget.Cross, Word: q.say("quality.damaged"), Say: []string{a.report}}
		}
	})
	verifying("0")
}

// errCalledOff says that the person did not want the answer any more.
var errCalledOff = errors.New("called off")

// Leave signs out.
func (q *Model) Leave() {
	if q.form != nil {
		q.form.cancel()
	}
	if q.cancelVerify != nil {
		q.cancelVerify()
	}
	q.asked++
	q.counting++
	q.leave()
}

// askRecord asks the record and goes on with the answer.
func askRecord[T any](q *Model, ask func(context.Context) (T, error), then func(T)) {
	q.looks, q.early = true, nil
	screen.Ask(q.ctx, q.s.Post, &q.asked, ask, func(v T, err error) {
		keys, was, at := q.early, q.open, q.list
		q.looks, q.cancelVerify, q.early = false, nil, nil
		switch {
		case errors.Is(err, errCalledOff):
			q.call = widget.Call{}
		case err != nil:
			q.refuse(err)
		default:
			then(v)
		}
		q.pressEarly(keys, err == nil && (q.open != was || q.list != at))
		q.redraw()
	})
}
