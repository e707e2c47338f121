// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Model is the view model of the audit room: a walk from place to place
// through the record, and two jobs, to verify all of it and to hand some of
// it over.
type Model struct {
	s      screen.Services
	a      Services
	ctx    context.Context
	show   func(View)
	leave  func()
	person station.Person

	walk    []crumb // the places that were entered, the present one last
	ways    []record.Link
	of      int          // ways there are
	wanted  int          // from which way on the last were asked for
	coming  bool         // the first of them
	stop    *record.Page // what there is to see at what is chosen
	status  string
	job     *backgroundJob
	last    *Verification // nil before the first
	listing screen.Asked
	looking screen.Asked
}

// crumb is a place on the walk and what was chosen there: 0 is the place
// itself, 1 the first way.
type crumb struct {
	place  record.Node
	title  string
	chosen int
}

// View is all that the audit room shows.
type View struct {
	Bar    widget.Bar
	Acts   []widget.Act
	Crumbs []string
	Aside  string // beside the crumbs
	Ways   []widget.Row
	Chosen int
	Page   []widget.Para
	Prompt string
}

// waysPage is how many ways are read at a time, and nearEnd how close to the
// last one the next are asked for.
const waysPage, nearEnd = 200, 40

// NewModel starts with nobody signed in. leave is called when the person
// signs out.
func NewModel(ctx context.Context, s screen.Services, rec Services, show func(View), leave func()) *Model {
	return &Model{s: s, a: rec, ctx: ctx, show: show, leave: leave}
}

// SignIn begins a walk for p where all walks begin.
func (a *Model) SignIn(p station.Person) {
	a.person, a.walk, a.job = p, nil, nil
	a.enter(record.Node{Kind: record.KindRecord}, "")
}

// Enter takes what was typed: the answer to what is asked, else a text to look
// for; nothing goes into what is chosen.
func (a *Model) Enter(text string) {
	switch {
	case a.job != nil && a.job.asks:
		a.handOver(text)
	case text != "":
		a.enter(record.Node{Kind: record.KindSearch, Name: text}, station.Shown(text))
	case a.chosen() > 0 && a.chosen() <= len(a.ways):
		w := a.ways[a.chosen()-1]
		if w.To.Name == "" {
			w.Text = "" // is how many there are
		}
		a.enter(w.To, w.Text)
	}
}

// Pick chooses a way; picked again, it is gone.
func (a *Model) Pick(i int) {
	if i == a.chosen() {
		a.Enter("")
		return
	}
	a.choose(i)
}

// Move chooses another way, so many further on. One that is not here yet is
// chosen when it comes.
func (a *Model) Move(by int) {
	last := len(a.ways)
	if a.coming {
		last = waysPage
	}
	a.choose(min(max(0, a.chosen()+by), last))
}

// Back returns to the place before, or from a job to the walk. It reports
// false where there is nothing to go back to.
func (a *Model) Back() bool {
	if a.job != nil && a.job.onPage {
		a.dismiss()
		return true
	}
	return a.BackTo(len(a.walk) - 2)
}

// BackTo returns to a place of the walk.
func (a *Model) BackTo(i int) bool {
	if i < 0 || i >= len(a.walk)-1 {
		return false
	}
	a.walk = a.walk[:i+1]
	a.list(max(waysPage, a.chosen()+nearEnd))
	return true
}

// Leave signs out. What is under way is given up.
func (a *Model) Leave() {
	a.listing++
	a.looking++
	a.stopJob()
	a.leave()
}

func (a *Model) here() *crumb { return &a.walk[len(a.walk)-1] }

func (a *Model) chosen() int { return a.here().chosen }

// place is the place of what is chosen.
func (a *Model) place() record.Node {
	if i := a.chosen(); i > 0 && i <= len(a.ways) {
		return a.ways[i-1].To
	}
	return a.here().place
}

func (a *Model) enter(p record.Node, title string) {
	a.walk = append(a.walk, crumb{place: p, title: title})
	a.list(waysPage)
}

// list reads where one can go from here, up to n ways, and what there is to
// see at what is chosen.
func (a *Model) list(n int) {
	a.ways, a.of, a.stop, a.status = nil, 0, nil, ""
	a.looking++ // a late answer is about the place that was left
	a.offPage()
	a.more(n)
}

// more reads up to n ways beyond those that are here.
func (a *Model) more(n int) {
	p, from := a.here().place, len(a.ways)
	a.wanted, a.coming = from, from == 0
	type answer struct {
		list []record.Link
		of   int
	}
	screen.Ask(a.ctx, a.s.Post, &a.listing, func(ctx context.Context) (answer, error) {
		list, of, err := a.a.Ways(ctx, p, from, n)
		return answer{list, of}, err
	}, func(got answer, err error) {
		a.coming = false
		if err != nil {
			a.say(screen.Unable(a.s.Words, err))
			return
		}
		a.ways, a.of = append(a.ways, got.list...), got.of
		if from == 0 {
			a.arrived()
		}
		a.changed()
	})
	a.changed()
}

// arrived goes on where a search found one thing only, and shows what is
// chosen.
func (a *Model) arrived() {
	here := a.here()
	if here.place.Kind == record.KindSearch && len(a.ways) == 1 && here.chosen == 0 {
		*here = crumb{place: a.ways[0].To, title: a.ways[0].Text}
		a.list(waysPage)
		return
	}
	if here.place.Kind == record.KindSearch && len(a.ways) == 0 {
		a.status = a.s.Words.Say("room.nothing", here.title)
	}
	here.chosen = min(here.chosen, len(a.ways))
	a.look()
}

// look reads what there is to see at what is chosen. Of a search that is
// nothing but what it found.
func (a *Model) look() {
	p := a.place()
	if p.Kind == record.KindSearch {
		a.looking++
		a.stop = &record.Page{Node: p, Title: a.here().title}
		a.changed()
		return
	}
	screen.Ask(a.ctx, a.s.Post, &a.looking, func(ctx context.Context) (record.Page, error) { return a.a.Stop(ctx, p) },
		a.looked)
}

func (a *Model) looked(s record.Page, err error) {
	if err != nil {
		a.say(screen.Unable(a.s.Words, err))
		return
	}
	a.stop = &s
	a.changed()
}

func (a *Model) choose(i int) {
	a.offPage()
	if i == a.chosen() {
		a.changed()
		return
	}
	a.here().chosen, a.status = i, ""
	if a.coming {
		return
	}
	if i > len(a.ways)-nearEnd && len(a.ways) < a.of && a.wanted < len(a.ways) {
		a.more(waysPage)
	}
	a.look()
	a.changed()
}

// Whole shows the identities of what is chosen whole. The record notes it.
func (a *Model) Whole() {
	p, by := a.place(), a.person.ID
	if a.stop == nil || a.stop.Units.Kind != record.KindUnit || !masks[p.Kind] {
		a.say(a.s.Words.Say("room.no-unit"))
		return
	}
	screen.Ask(a.ctx, a.s.Post, &a.looking, func(ctx context.Context) (record.Page, error) { return a.a.Whole(ctx, by, p) },
		a.looked)
}

// say shows a sentence where the search box is empty.
func (a *Model) say(sentence string) {
	a.status = sentence
	a.changed()
}

func (a *Model) changed() {
	if len(a.walk) > 0 {
		a.show(a.view())
	}
}

func (a *Model) view() View {
	say := a.s.Words.Say
	v := View{
		Bar:    widget.Bar{Who: a.s.Name() + " · " + a.person.Name, Work: say("room.quiet")},
		Acts:   []widget.Act{{Key: "F5", Word: say("room.verify")}, {Key: "F7", Word: say("room.numbers")}, {Key: "F8", Word: say("room.hand-over")}},
		Chosen: min(a.chosen(), len(a.ways)), Prompt: a.prompt(), Page: a.page(), Aside: a.aside(),
	}
	for _, c := range a.walk {
		v.Crumbs = append(v.Crumbs, a.called(c.place.Kind, c.title))
	}
	here := a.here()
	first := widget.Row{Text: a.kind(here.place.Kind), Aside: say("room.here")}
	if here.title != "" {
		first.Text, first.Under = here.title, first.Text
	}
	v.Ways = append(v.Ways, first)
	for _, w := range a.ways {
		v.Ways = append(v.Ways, a.way(w))
	}
	return v
}

// way is a way as the trail draws it. Places without a name are called by what
// they are, and have a number in place of a name.
func (a *Model) way(w record.Link) widget.Row {
	kind := a.kind(w.To.Kind)
	if w.To.Name == "" {
		return widget.Row{Text: kind, Aside: grouped(w.Text), Under: a.s.Words.Say("about." + string(w.To.Kind))}
	}
	text, under := a.entitled(w.To.Kind, station.Shown(w.Text)), []string{kind}
	if strings.HasPrefix(text, kind) {
		under = nil
	}
	if !w.At.IsZero() {
		under = append(under, a.s.Local(w.At).Format("2006-01-02 15:04"))
	}
	if w.By != "" {
		under = append(under, w.By)
	}
	return widget.Row{Text: text, Under: strings.Join(under, " · "), Aside: a.state(w.State)}
}

// entitled is what a place is called by itself: a number alone says little.
func (a *Model) entitled(k record.Kind, title string) string {
	if _, err := strconv.Atoi(title); err == nil || title == "" {
		return a.called(k, title)
	}
	return title
}

func (a *Model) kind(k record.Kind) string { return a.s.Words.Say("place." + string(k)) }

func (a *Model) state(s string) string {
	if s == "" {
		return ""
	}
	return a.s.Words.Say("is." + s)
}

// called is what a place is called on the way that one has come.
func (a *Model) called(k record.Kind, title string) string {
	return strings.TrimSpace(a.kind(k) + " " + title)
}

// aside says where on the list one is, and when all was verified last.
func (a *Model) aside() string {
	last := a.s.Words.Say("room.never")
	if a.last != nil {
		last = a.s.Words.Say(map[bool]string{true: "room.last", false: "room.last-wrong"}[a.last.OK], a.s.When(a.last.At))
	}
	if a.chosen() == 0 {
		return last
	}
	return a.s.Words.Say("room.place", grouped(strconv.Itoa(a.chosen())), grouped(strconv.Itoa(a.of))) + "  ·  " + last
}

func (a *Model) prompt() string {
	switch e := a.job; {
	case a.status != "":
		return a.status
	case e != nil && e.asks:
		return a.s.Words.Say("hand.prompt")
	case e != nil && e.running():
		return e.progress(a.s.Words)
	}
	return a.s.Words.Say("room.search")
}

func orSay(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// grouped writes a number in groups of three.
func grouped(n string) string {
	for i := len(n) - 3; i > 0; i -= 3 {
		n = n[:i] + "\u00a0" + n[i:]
	}
	return n
}
