// SPDX-License-Identifier: Apache-2.0

package setup

import (
	"context"
	"image"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// Diagnostics is what the set-up screen asks of the bench. The functions may block;
// the screen calls them from goroutines of its own.
type Diagnostics struct {
	// Parts lists what the station is made of: ports, printer, layouts.
	Parts func(ctx context.Context) ([]Component, error)
	// Try puts one part to the test, or in order: reads the device on a port,
	// prints a sample label, enrols the key of the station by who asks for it.
	Try func(ctx context.Context, by station.Person, part string) (Component, error)
	// Watch calls changed each time a part has changed by itself, such as a
	// layout whose file was saved, until ctx ends. May be nil.
	Watch func(ctx context.Context, redraw func())
}

// Component is one thing that the station is made of, in plain words.
type Component struct {
	ID    string // for Try
	Name  string
	Kind  string // key of its kind: "port", "printer", "layout", "key"
	State widget.StepState
	Lacks string        // what keeps a printer from printing, a key of the words; "" when nothing is known to
	Note  string        // what else there is to know, a key of the words such as "port.no-serial"; "" for nothing
	Facts []record.Fact // the name of each is a key of the catalogue
	Err   error         // what is wrong, a fault or a refusal; nil for nothing
	Image image.Image

	Mistakes []Mistake // of a layout that somebody is writing
}

// Mistake is one thing wrong with a layout. What and Next are as the drawing of
// labels says them, in English.
type Mistake struct {
	Line    int    // of the layout, from 1; 0 when no line is to blame
	Element string // e.g. "[[code]] 2"; may be ""
	Key     string // e.g. "data"; may be ""
	What    string // without a full stop
	Next    string // one sentence
}

// Model is the view model of the set-up screen.
type Model struct {
	s      screen.Services
	f      Diagnostics
	ctx    context.Context
	show   func(screen.ListDetailView)
	before func(station.Person)
	leave  func()
	person station.Person

	parts  []Component
	chosen int
	byHand bool // see listing
	status string
	asked  screen.AskCounter
	looks  bool               // at all parts, and has not seen them yet
	due    bool               // Enter was pressed meanwhile
	unsee  context.CancelFunc // ends Watch
}

// NewModel starts with nobody signed in. before opens the lists of units from before
// the record, leave is called when the person signs out.
func NewModel(ctx context.Context, s screen.Services, f Diagnostics, show func(screen.ListDetailView), before func(station.Person), leave func()) *Model {
	return &Model{s: s, f: f, ctx: ctx, show: show, before: before, leave: leave, unsee: func() {}}
}

// SignIn begins for p with all parts.
func (u *Model) SignIn(p station.Person) {
	u.person, u.parts, u.chosen, u.byHand, u.due = p, nil, 0, false, false
	if u.f.Watch != nil {
		var ctx context.Context
		ctx, u.unsee = context.WithCancel(u.ctx)
		go u.f.Watch(ctx, func() {
			u.s.Post(func() {
				if ctx.Err() == nil {
					u.Refresh()
				}
			})
		})
	}
	u.Refresh()
}

// Refresh looks at all parts anew.
func (u *Model) Refresh() {
	u.status, u.looks = u.say("setup.looking"), true
	u.redraw()
	screen.Ask(u.ctx, u.s.Post, &u.asked, u.f.Parts, func(parts []Component, err error) {
		u.status = u.say("setup.start")
		if err != nil {
			u.status = screen.FailureText(u.s.Words, err)
		}
		u.parts, u.chosen, u.looks = parts, min(u.chosen, max(0, len(parts)-1)), false
		u.redraw()
		if u.due {
			u.due = false
			u.Enter("")
		}
	})
}

// Enter puts the chosen part to the test, as soon as the parts are there.
func (u *Model) Enter(string) {
	if u.looks {
		u.due = true
		return
	}
	switch {
	case u.chosen >= len(u.parts):
		return
	case !u.byHand:
		u.status = u.say("choose.first")
		u.s.Sound.Play(sound.Repeated)
		u.redraw()
		return
	}
	i, id := u.chosen, u.parts[u.chosen].ID
	u.status = u.say("setup.trying", u.parts[i].Name)
	u.redraw()
	by := u.person
	try := func(ctx context.Context) (Component, error) { return u.f.Try(ctx, by, id) }
	screen.Ask(u.ctx, u.s.Post, &u.asked, try, func(p Component, err error) {
		u.status = u.say("setup.tried", p.Name)
		if err != nil {
			u.status = screen.FailureText(u.s.Words, err)
		} else {
			u.parts[i] = p
		}
		u.redraw()
	})
}

// Pick chooses a part.
func (u *Model) Pick(i int) {
	if i >= 0 && i < len(u.parts) && (i != u.chosen || !u.byHand) {
		u.chosen, u.byHand, u.status = i, true, u.say("setup.start")
		u.redraw()
	}
}

// Move chooses the next part, or the one before.
func (u *Model) Move(by int) {
	if !u.byHand {
		by, u.byHand = 0, u.looks // the first arrow marks the part that is shown, or will be
	}
	u.Pick(u.chosen + by)
}

// historyKey opens the lists of units from before, as at the desk of quality.
const historyKey = "F7"

// Press does the action of a key.
func (u *Model) Press(key string) {
	if key == historyKey && station.Allow(u.person, station.MayImport) == nil {
		u.asked++
		u.unsee()
		u.before(u.person)
	}
}

// Leave signs out.
func (u *Model) Leave() {
	u.asked++
	u.unsee()
	u.leave()
}

func (u *Model) say(key string, fill ...string) string { return u.s.Words.Say(key, fill...) }

func (u *Model) redraw() { u.show(u.view()) }

func (u *Model) view() screen.ListDetailView {
	v := screen.ListDetailView{
		Bar:    widget.Bar{Who: u.s.Name() + " · " + u.person.Name, Work: u.say("setup.keys")},
		Chosen: u.chosen, Status: u.status,
	}
	if !u.byHand {
		v.Chosen = screen.NoRow
	}
	if station.Allow(u.person, station.MayImport) == nil {
		v.Acts = []widget.Action{{Key: historyKey, Word: u.say("act.history")}}
	}
	for _, p := range u.parts {
		v.Rows = append(v.Rows, widget.ListRow{Text: p.Name, Under: u.say("part." + p.Kind), Aside: u.say("state." + string(p.State))})
	}
	if u.chosen < len(u.parts) {
		v.Page = u.page(u.parts[u.chosen])
	}
	return v
}

func (u *Model) page(p Component) []widget.Para {
	ps := []widget.Para{
		{Kind: widget.Heading, Name: p.Name, State: p.State, Text: u.say("part." + p.Kind)},
	}
	if p.Lacks != "" {
		ps = append(ps, widget.Para{Kind: widget.Plain, Text: u.say("printer." + p.Lacks)})
	}
	if p.Note != "" {
		ps = append(ps, widget.Para{Kind: widget.Plain, Text: u.say(p.Note)})
	}
	if p.Err != nil {
		what, next := screen.RefusalText(u.s.Words, p.Err)
		ps = append(ps, widget.Para{Kind: widget.Plain, Text: what + " " + next})
	}
	for _, m := range p.Mistakes {
		ps = append(ps, widget.Para{Kind: widget.Plain, Text: u.mistake(m)})
	}
	if p.Image != nil {
		ps = append(ps, widget.Para{Kind: widget.Picture, Image: p.Image, Large: true})
	}
	for _, f := range p.Facts {
		ps = append(ps, widget.Para{Kind: widget.Item, Name: u.say("fact." + f.Name), Text: f.Value})
	}
	return append(ps, widget.Para{Kind: widget.Plain, Text: u.say("try." + p.Kind)})
}

// mistake says where a layout is wrong, what it is and what to do.
func (u *Model) mistake(m Mistake) string {
	var where []string
	if m.Line > 0 {
		where = append(where, u.say("mistake.line", strconv.Itoa(m.Line)))
	}
	for _, part := range []string{m.Element, m.Key} {
		if part != "" {
			where = append(where, part)
		}
	}
	text := u.s.Words.Translate(m.What) + ". " + u.s.Words.Translate(m.Next)
	if len(where) == 0 {
		return text
	}
	return strings.Join(where, ", ") + ": " + text
}
