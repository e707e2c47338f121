// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"fmt"
	"strconv"

	"bindery/station"
	"bindery/ui/look"
)

// Quality is the view model of the screen for reading: search, results, the
// story of a unit. Nothing can be changed from here.
type Quality struct {
	s      Services
	r      Reader
	ctx    context.Context
	show   func(ShelfView)
	leave  func()
	person station.Person

	units  []FoundUnit
	chosen int
	story  *Story
	status string
	asked  asked
}

// NewQuality starts with nobody signed in. leave is called when the person
// signs out.
func NewQuality(ctx context.Context, s Services, r Reader, show func(ShelfView), leave func()) *Quality {
	return &Quality{s: s, r: r, ctx: ctx, show: show, leave: leave}
}

// SignIn begins with an empty screen for p.
func (q *Quality) SignIn(p station.Person) {
	q.person, q.units, q.story, q.chosen = p, nil, nil, 0
	q.status = q.say("quality.start")
	q.changed()
}

// Enter looks for a text.
func (q *Quality) Enter(text string) {
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

// Refresh has the whole record recomputed.
func (q *Quality) Refresh() {
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

// inquire asks the record and goes on with the answer.
func inquire[T any](q *Quality, ask func(context.Context) (T, error), then func(T)) {
	answered(q.ctx, q.s.Post, &q.asked, ask, func(v T, err error) {
		if err != nil {
			q.status = unable(q.s.Words, err)
		} else {
			then(v)
		}
		q.changed()
	})
}

func (q *Quality) say(key string, fill ...string) string { return q.s.Words.Say(key, fill...) }

func (q *Quality) changed() { q.show(q.view()) }

func (q *Quality) view() ShelfView {
	v := ShelfView{
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
