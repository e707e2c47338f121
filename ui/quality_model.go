// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"bindery/station"
	"bindery/ui/look"
)

// QualityView is all that the screen for reading shows.
type QualityView struct {
	Bar    look.Bar
	Rows   []look.Row
	Chosen int
	Page   []look.Para
	Status string // how the search or the verification went
}

// Quality is the view model of the screen for reading: search, results, the
// story of a unit. Nothing can be changed from here.
type Quality struct {
	s      Services
	r      Reader
	ctx    context.Context
	show   func(QualityView)
	leave  func()
	person station.Person

	units  []FoundUnit
	chosen int
	story  *Story
	status string
	asked  int // counts the questions, so that a late answer to an old one is dropped
}

// NewQuality starts with nobody signed in. leave is called when the person
// signs out.
func NewQuality(ctx context.Context, s Services, r Reader, show func(QualityView), leave func()) *Quality {
	return &Quality{s: s, r: r, ctx: ctx, show: show, leave: leave}
}

// Enter signs somebody in and shows the newest units.
func (q *Quality) Enter(p station.Person) {
	q.person, q.units, q.story, q.chosen = p, nil, nil, 0
	q.status = q.say("quality.start")
	q.changed()
}

// Search looks for a text.
func (q *Quality) Search(text string) {
	if text == "" {
		return
	}
	type answer struct {
		took  string
		units []FoundUnit
	}
	inquire(q, func(ctx context.Context) (answer, error) {
		took, units, err := q.r.Find(ctx, text)
		return answer{took, units}, err
	}, func(a answer) {
		q.units, q.chosen, q.story = a.units, 0, nil
		q.status = q.say("quality.nothing", shown(text))
		if len(a.units) > 0 {
			q.status = q.say("quality.found", strconv.Itoa(len(a.units)), a.took)
			q.open()
		}
	})
}

// Pick opens the story of one of the units found.
func (q *Quality) Pick(i int) {
	if i >= 0 && i < len(q.units) && i != q.chosen {
		q.chosen = i
		q.open()
		q.changed()
	}
}

// Move picks the next unit, or the one before.
func (q *Quality) Move(by int) { q.Pick(q.chosen + by) }

func (q *Quality) open() {
	serial := q.units[q.chosen].Serial
	inquire(q, func(ctx context.Context) (Story, error) { return q.r.Story(ctx, serial) },
		func(s Story) { q.story = &s })
}

// Verify has the whole record recomputed.
func (q *Quality) Verify() {
	type answer struct {
		ok     bool
		report string
	}
	q.status = q.say("quality.verifying", "0")
	q.changed()
	inquire(q, func(ctx context.Context) (answer, error) {
		ok, report, err := q.r.Verify(ctx, func(done, of int64) {
			q.s.Post(func() {
				q.status = q.say("quality.verifying", strconv.FormatInt(100*done/max(of, 1), 10))
				q.changed()
			})
		})
		return answer{ok, report}, err
	}, func(a answer) {
		q.status = q.say("quality.verified", a.report)
		if !a.ok {
			q.status = q.say("quality.damaged", a.report)
		}
	})
}

// Leave signs out.
func (q *Quality) Leave() {
	q.asked++
	q.leave()
}

// inquire asks the record and goes on with the answer, unless something else
// was asked meanwhile.
func inquire[T any](q *Quality, ask func(context.Context) (T, error), then func(T)) {
	q.asked++
	mine := q.asked
	go func() {
		v, err := ask(q.ctx)
		q.s.Post(func() {
			if q.asked != mine {
				return
			}
			if err != nil {
				q.status = q.unable(err)
			} else {
				then(v)
			}
			q.changed()
		})
	}()
}

func (q *Quality) unable(err error) string {
	var fault *station.Fault
	if !errors.As(err, &fault) {
		fault = station.NewFault(station.RecordFault, "no code", err)
	}
	what, _ := q.s.Words.Fault(fault)
	return what
}

func (q *Quality) say(key string, fill ...string) string { return q.s.Words.Say(key, fill...) }

func (q *Quality) changed() { q.show(q.view()) }

func (q *Quality) view() QualityView {
	v := QualityView{
		Bar:    look.Bar{Who: q.s.Station + " · " + q.person.Name, Work: q.say("quality.keys")},
		Chosen: q.chosen, Status: q.status,
	}
	for _, u := range q.units {
		v.Rows = append(v.Rows, look.Row{
			Text: u.Serial, Aside: q.say("unit." + string(u.Disposition)),
			Under: fmt.Sprintf("%s · %s · %s", u.IMEI, u.Order, u.Lot),
		})
	}
	if q.story != nil {
		v.Page = q.page(*q.story)
	}
	return v
}
