// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
)

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
	case a.chosen() > 0 && a.chosen() <= len(a.links):
		w := a.links[a.chosen()-1]
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
	last := len(a.links)
	if a.coming {
		last = linksPage
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
	a.list(max(linksPage, a.chosen()+nearEnd))
	return true
}

// Leave signs out. What is under way is given up.
func (a *Model) Leave() {
	a.listing++
	a.looking++
	a.stopJob()
	a.leave()
}

func (a *Model) enter(p record.Node, title string) {
	a.walk = append(a.walk, crumb{node: p, title: title})
	a.list(linksPage)
}

// list reads where one can go from here, up to n ways, and what there is to
// see at what is chosen.
func (a *Model) list(n int) {
	a.links, a.of, a.nodePage, a.status, a.early = nil, 0, nil, "", nil
	a.looking++ // a late answer is about the place that was left
	a.offPage()
	a.more(n)
}

// more reads up to n ways beyond those that are here.
func (a *Model) more(n int) {
	p, from := a.here().node, len(a.links)
	a.wanted, a.coming = from, from == 0
	type answer struct {
		list []record.Link
		of   int
		took *record.Matches
	}
	screen.Ask(a.ctx, a.s.Post, &a.listing, func(ctx context.Context) (got answer, err error) {
		if got.list, got.of, err = a.a.Links(ctx, p, from, n); err != nil || p.Kind != record.KindSearch {
			return got, err
		}
		page, err := a.a.ReadPage(ctx, p)
		got.took = page.Search
		return got, err
	}, func(got answer, err error) {
		a.coming = false
		if err != nil {
			a.say(screen.FailureText(a.s.Words, err))
			return
		}
		a.links, a.of = append(a.links, got.list...), got.of
		if p.Kind == record.KindSearch {
			a.here().took = got.took
		}
		if from == 0 {
			a.followOnlyResult()
		}
		a.redraw()
	})
	a.redraw()
}

// followOnlyResult goes on where a search found one thing only, and shows what is
// chosen.
func (a *Model) followOnlyResult() {
	here := a.here()
	if here.node.Kind == record.KindSearch && len(a.links) == 1 && here.chosen == 0 {
		*here = crumb{node: a.links[0].To, title: a.links[0].Text, took: here.took}
		a.list(linksPage)
		return
	}
	if here.node.Kind == record.KindSearch && len(a.links) == 0 {
		a.status = a.s.Words.Say("room.nothing", here.title)
	}
	here.chosen = min(here.chosen, len(a.links))
	a.loadPage()
}

// loadPage reads what there is to see at what is chosen. Of a search that is
// nothing but what it found.
func (a *Model) loadPage() {
	p := a.node()
	if p.Kind == record.KindSearch {
		a.looking++
		a.nodePage = &record.Page{Node: p, Title: a.here().title}
		a.redraw()
		return
	}
	screen.Ask(a.ctx, a.s.Post, &a.looking, func(ctx context.Context) (record.Page, error) { return a.a.ReadPage(ctx, p) },
		a.showPage)
}

func (a *Model) showPage(s record.Page, err error) {
	if err != nil {
		a.say(screen.FailureText(a.s.Words, err))
		return
	}
	a.nodePage = &s
	if do := a.early; do != nil {
		a.early = nil
		do()
	}
	a.redraw()
}

func (a *Model) choose(i int) {
	a.offPage()
	if i == a.chosen() {
		a.redraw()
		return
	}
	a.here().chosen, a.status, a.early = i, "", nil
	if a.coming {
		return
	}
	if i > len(a.links)-nearEnd && len(a.links) < a.of && a.wanted < len(a.links) {
		a.more(linksPage)
	}
	a.loadPage()
	a.redraw()
}

// ShowWhole shows the identities of what is chosen whole. The record notes it.
func (a *Model) ShowWhole() {
	if a.awaits(a.ShowWhole) {
		return
	}
	p, by := a.node(), a.person.ID
	if a.nodePage.Units.Kind != record.KindUnit || !masks[p.Kind] {
		a.say(a.s.Words.Say("room.no-unit"))
		return
	}
	screen.Ask(a.ctx, a.s.Post, &a.looking, func(ctx context.Context) (record.Page, error) { return a.a.RevealPage(ctx, by, p) },
		a.showPage)
}
