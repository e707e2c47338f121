// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/ui/widget"
)

// caseItem is a case that lies open.
type caseItem struct{ CaseView }

// caseNamed is a case of which only the name is known yet.
func caseNamed(name string) *caseItem {
	return &caseItem{CaseView{Case: record.Case{Name: name, Saved: []record.CaseList{{}}}}}
}

// listCases lists the cases, the newest first.
func (q *Model) listCases() {
	askRecord(q, q.services.Cases, func(list []record.Case) { q.listOr(q.caseList(list)) })
}

func (q *Model) caseList(list []record.Case) *listing {
	l := &listing{name: q.say("act.cases"), heads: q.heads("name", "units", "since", "by", "reason", "state"), page: func(int) { q.listCases() }}
	for _, c := range list {
		saved := c.Saved[0]
		l.entries = append(l.entries, listEntry{
			cells: []string{c.Name, n(saved.Count), q.s.When(c.At), q.called(c.By), c.Reason, q.caseState(c)},
			row:   widget.ListRow{Text: c.Name, Aside: n(saved.Count), Under: c.Reason},
			open:  func() { q.openCase(c.Name) },
		})
	}
	return l
}

// openCase opens the case of a name.
func (q *Model) openCase(name string) { openItem(q, caseNamed(name)) }

func (q *Model) caseState(c record.Case) string {
	if c.Closed != nil {
		return q.say("page.isclosed")
	}
	return q.say("page.open")
}

func (c *caseItem) again(ctx context.Context, q *Model) (item, error) {
	v, err := q.services.Case(ctx, c.Name)
	return &caseItem{v}, err
}

func (c *caseItem) name() string { return c.Name }

func (c *caseItem) aside(*Model) string { return n(c.Saved[0].Count) }

// build tells what is the matter, how many units it is about then and now, which
// came and went and why, and who got what of them.
func (c *caseItem) build(p *paragraphBuilder) {
	q, last := p.q, c.Saved[0]
	p.title(c.Name, q.caseState(c.Case))
	counts := q.s.Words.Count("case.then", c.Changes.Then, n(c.Changes.Then), n(c.Changes.Now))
	if len(c.Changes.Added)+len(c.Changes.Gone) > 0 {
		p.band(widget.Caution, widget.StepWarn, counts, q.say("case.changed"))
	} else {
		p.band("", widget.StepDone, counts, q.say("case.same"))
	}
	p.item("reason", c.Reason)
	p.item("since", q.s.When(c.At)+" · "+q.called(c.By))
	p.people("followers", c.People...)
	if c.Closed != nil {
		p.item("closed", q.s.When(*c.Closed)+" · "+q.called(c.ClosedBy))
		p.item("reason", c.CloseReason)
	}
	p.item("expression", last.Scope)
	c.changes(p, "case.added", c.Changes.Added)
	c.changes(p, "case.gone", c.Changes.Gone)
	for _, e := range c.Exports {
		p.handedOver(e)
	}
	for _, a := range c.Answers {
		p.answers(a)
	}
	for _, l := range c.Saved {
		p.heading("", q.say("case.saved", strconv.FormatInt(l.N, 10)), q.s.When(l.At)+" · "+q.called(l.By))
		p.number("units", l.Count)
		p.item("reason", l.Reason)
		p.item("listhash", l.Hash)
	}
}

// mostChanges is how many units are told that came, or went; their number is told
// of all.
const mostChanges = 100

// changes tells which units came or went, with the newest entry about each: mostly
// why.
func (c *caseItem) changes(p *paragraphBuilder, word string, list []record.UnitChange) {
	if len(list) == 0 {
		return
	}
	q := p.q
	p.heading("", q.s.Words.Count(word, len(list), n(len(list))), "")
	for _, u := range list[:min(len(list), mostChanges)] {
		why := q.say("case.nothing")
		if u.At != nil {
			why = strings.Join(given(q.s.Words.Entry(u.What), u.Why, q.s.When(*u.At), q.called(u.By), q.say("page.atleaf", strconv.FormatInt(u.Leaf, 10))), " · ")
		}
		p.value(u.Serial, why, func() { q.copyValue(q.say("page.serial"), u.Serial) })
	}
	if more := len(list) - mostChanges; more > 0 {
		p.plain(q.s.Words.Count("found.more", more, n(more)))
	}
}

// handedOver tells of a file that somebody got.
func (p *paragraphBuilder) handedOver(e record.IncidentExport) {
	q := p.q
	p.heading("", q.say("case.file", q.say("audience."+string(e.Audience))), q.s.When(e.At)+" · "+q.called(e.By)+" · "+q.say("page.atleaf", strconv.FormatInt(e.Leaf, 10)))
	p.item("to", e.Recipient)
	p.item("reason", e.Reason)
	p.number("units", e.Units)
	if e.Audience.TakesIdentities() {
		word := "whole.no"
		if e.Whole {
			word = "whole.yes"
		}
		p.item("numbers", q.say(word))
	}
	p.item("filehash", e.Hash)
}

func (p *paragraphBuilder) answers(a record.Answers) {
	q := p.q
	p.heading("", q.say("case.answers", n(a.Answered), n(a.Units)), q.s.When(a.At)+" · "+q.called(a.By)+" · "+q.say("page.atleaf", strconv.FormatInt(a.Leaf, 10)))
	p.item("list", a.File)
	if a.Foreign > 0 {
		p.number("foreign", a.Foreign)
	}
	p.item("filehash", a.Hash)
}

func (c *caseItem) actions(q *Model) []action {
	list := []action{q.action("F2", "act.scopeunits", func() { c.units(q) })}
	if station.CheckCaseOpen(c.Closed != nil) == nil && q.may(station.MayKeepCase) {
		list = append(list,
			q.action("F4", "act.listagain", func() { c.listAgain(q) }),
			q.action("F6", "act.answers", func() { c.count(q) }),
			q.action("F7", "act.closecase", func() { c.close(q) }))
	}
	if q.may(station.MayExport) {
		list = append(list, q.action("F9", "act.handover", func() { c.handOver(q) }))
	}
	return list
}

// units lists the units as they were saved last.
func (c *caseItem) units(q *Model) {
	l := unitList{name: c.Name, none: q.say("scopes.nounits"), leave: q.listCases}
	l.read = func(ctx context.Context, skip int) (record.Matches, error) {
		units, err := q.services.CaseUnits(ctx, c.ID, c.Saved[0].N, skip)
		return record.Matches{Units: units}, err
	}
	q.listUnits(l, 0, false)
}

// listAgain saves the units once more, as the scope has them now.
func (c *caseItem) listAgain(q *Model) {
	l := record.NewCaseList{Name: c.Name}
	e := q.begin("form.listagain", c.Name)
	e.askReason(station.MayKeepCase, &l.Reason)
	e.do = func(ctx context.Context) (int64, error) { return q.services.UpdateCase(ctx, q.person.ID, l) }
}

func (c *caseItem) close(q *Model) {
	e, reason := q.begin("form.closecase", c.Name), ""
	e.askReason(station.MayKeepCase, &reason)
	e.do = func(ctx context.Context) (int64, error) {
		return q.services.CloseCase(ctx, q.person.ID, c.Name, reason)
	}
}

// count counts the answers of a field action that came back.
func (c *caseItem) count(q *Model) {
	path := ""
	e := q.begin("form.answers", c.Name)
	e.askFile("repliesfile", q.services.ListFiles, &path)
	e.do = func(ctx context.Context) (int64, error) {
		a, err := q.services.CountAnswers(ctx, q.person.ID, c.Name, path)
		return a.Leaf, err
	}
}

// keepCase keeps the units of a scope as a case, under a name and for a reason.
func (q *Model) keepCase(name, reason string, of scope.Expr) {
	c := record.NewCaseList{People: []string{q.person.ID}, Expr: of}
	e := q.begin("form.case", "")
	e.askText("casename", name, func(text string) error {
		c.Name = text
		return station.CheckCaseName(text)
	})
	e.askText("casereason", reason, func(text string) error {
		c.Reason = text
		return station.ReasonGiven(station.MayKeepCase, text)
	})
	e.do = func(ctx context.Context) (int64, error) { return q.services.OpenCase(ctx, q.person.ID, c) }
}
