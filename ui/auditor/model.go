// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/i18n"
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

	walk     []crumb // the places that were entered, the present one last
	links    []record.Link
	of       int          // ways there are
	wanted   int          // from which way on the last were asked for
	coming   bool         // the first of them
	nodePage *record.Page // what there is to see at what is chosen
	status   string
	job      *backgroundJob
	last     *Verification // nil before the first
	listing  screen.AskCounter
	looking  screen.AskCounter
	early    func() // a key that was pressed before there was the page that it is for; nil for none
}

// crumb is a place on the walk and what was chosen there: 0 is the place
// itself, 1 the first way.
type crumb struct {
	node   record.Node
	title  string
	chosen int
	took   *record.Matches // what the text was taken for by which one came here; nil where by none
}

// View is all that the audit room shows.
type View struct {
	Bar    widget.Bar
	Acts   []widget.Action
	Crumbs []string
	Aside  string // beside the crumbs
	Links  []widget.ListRow
	Chosen int
	Page   []widget.Para
	Prompt string
}

// linksPage is how many ways are read at a time, and nearEnd how close to the
// last one the next are asked for.
const linksPage, nearEnd = 200, 40

// NewModel starts with nobody signed in. leave is called when the person
// signs out.
func NewModel(ctx context.Context, s screen.Services, rec Services, show func(View), leave func()) *Model {
	return &Model{s: s, a: rec, ctx: ctx, show: show, leave: leave}
}

func (a *Model) here() *crumb { return &a.walk[len(a.walk)-1] }

func (a *Model) chosen() int { return a.here().chosen }

// node is the place of what is chosen.
func (a *Model) node() record.Node {
	if i := a.chosen(); i > 0 && i <= len(a.links) {
		return a.links[i-1].To
	}
	return a.here().node
}

// backgroundJob is something that takes its time: to verify everything, or to hand
// units over. The person can read on meanwhile.
type backgroundJob struct {
	does   string // "verify" or "hand"
	onPage bool   // shown in place of what is chosen
	asks   bool   // for the folder
	units  record.Node
	done   int64
	of     int64
	cancel context.CancelFunc // nil when it does not run
	given  bool               // up
	ended  []widget.Para      // what came of it
}

func (e *backgroundJob) running() bool { return e.cancel != nil }

func (e *backgroundJob) progress(w i18n.Catalogue) string {
	return w.Count(e.does+".progress", int(e.of), groupedInt(e.done), groupedInt(e.of))
}
