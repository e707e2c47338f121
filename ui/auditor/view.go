// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/widget"
)

func (a *Model) view() View {
	say := a.s.Words.Say
	v := View{
		Bar:    widget.Bar{Who: a.s.Name() + " · " + a.person.Name, Work: say("room.quiet")},
		Chosen: min(a.chosen(), len(a.links)), Prompt: a.prompt(), Page: a.page(), Aside: a.aside(),
	}
	for _, d := range a.actions() {
		v.Acts = append(v.Acts, d.Action)
	}
	for _, c := range a.walk {
		v.Crumbs = append(v.Crumbs, a.called(c.node.Kind, c.title))
	}
	here := a.here()
	first := widget.ListRow{Text: a.kind(here.node.Kind), Aside: say("room.here")}
	if here.title != "" {
		first.Text, first.Under = here.title, first.Text
	}
	v.Links = append(v.Links, first)
	for _, w := range a.links {
		v.Links = append(v.Links, a.linkRow(w))
	}
	return v
}

// linkRow is a way as the trail draws it. Places without a name are called by what
// they are, and have a number in place of a name.
func (a *Model) linkRow(w record.Link) widget.ListRow {
	kind := a.kind(w.To.Kind)
	if w.To.Name == "" {
		return widget.ListRow{Text: kind, Aside: grouped(w.Text), Under: a.s.Words.Say("about." + string(w.To.Kind))}
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
	return widget.ListRow{Text: text, Under: strings.Join(under, " · "), Aside: a.state(w.State)}
}

// entitled is what a place is called by itself: a number alone says little.
func (a *Model) entitled(k record.NodeKind, title string) string {
	if _, err := strconv.Atoi(title); err == nil || title == "" {
		return a.called(k, title)
	}
	return title
}

func (a *Model) kind(k record.NodeKind) string { return a.s.Words.Say("place." + string(k)) }

func (a *Model) state(s string) string {
	if s == "" {
		return ""
	}
	return a.s.Words.Say("is." + s)
}

// called is what a place is called on the way that one has come.
func (a *Model) called(k record.NodeKind, title string) string {
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

func (a *Model) redraw() {
	if len(a.walk) > 0 {
		a.show(a.view())
	}
}

// say shows a sentence where the search box is empty.
func (a *Model) say(sentence string) {
	a.status = sentence
	a.redraw()
}
