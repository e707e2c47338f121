// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/scope"
	"bindery/ui/widget"
)

// askList asks which file is to be compared.
func (q *Model) askList() {
	e := q.begin("form.compare", "")
	path := ""
	e.askFile("listfile", q.services.ListFiles, &path)
	e.then = func() {
		askRecord(q, func(ctx context.Context) (CarrierList, error) { return q.services.Preview(ctx, path) }, func(l CarrierList) {
			q.openList(&compareItem{list: l})
		})
	}
}

func (c *compareItem) rows(q *Model) (rows []widget.ListRow) {
	if c.done == nil {
		for _, r := range reconcile.Roles() {
			rows = append(rows, widget.ListRow{Text: q.say("role-of-column." + string(r)), Under: c.columnOf(q, r)})
		}
		return rows
	}
	for _, k := range classesShown() {
		rows = append(rows, widget.ListRow{Text: q.say("class." + string(k)), Aside: n(c.count(k))})
	}
	return rows
}

// classesShown are the classes in the order of what needs a person first.
func classesShown() []reconcile.Class { return append(reconcile.Findings(), reconcile.Match) }

func (c *compareItem) count(k reconcile.Class) int {
	if k == reconcile.Missing {
		return c.done.Sum.Missing
	}
	return c.done.Sum.Counts[k]
}

func (c *compareItem) again(context.Context, *Model) (item, error) { return c, nil }

func (c *compareItem) name() string { return c.list.Name }

func (c *compareItem) aside(*Model) string { return "" }

func (c *compareItem) build(p *paragraphBuilder) {
	if c.done != nil {
		c.buildResult(p)
		return
	}
	p.title(station.Shown(c.list.Name), "")
	for _, d := range c.list.Mapping.Doubts {
		p.band(widget.Caution, widget.StepWarn, p.q.say("role-of-column."+string(d.Role)), p.q.say("compare.doubted", c.columnNames(p.q, d.Columns)))
	}
	p.plain(p.q.say("compare.check"))
	if beside := c.list.Mapping.Beside; len(beside) > 0 {
		p.plain(p.q.say("compare.beside", c.columnNames(p.q, beside)))
	}
	p.item("shape", c.list.Mapping.Shape)
	p.item("columnsname", c.list.Mapping.Name)
	issuer := c.issuer
	if issuer == "" {
		issuer = p.q.say("compare.anyissuer")
	}
	p.item("issuer", issuer)
	for i, row := range c.list.First[:min(len(c.list.First), 4)] {
		p.heading("", p.q.say("compare.row", n(i+1)), "")
		for at, cell := range row {
			p.paras = append(p.paras, widget.Para{Kind: widget.Item, Name: c.headed(p.q, at), Text: identity.MaskIn(cell)})
		}
	}
}

func (c *compareItem) buildResult(p *paragraphBuilder) {
	s := c.done.Sum
	p.title(p.q.s.Words.Count("compare.rows", s.Rows, strconv.Itoa(s.Rows)), p.q.say("compare.run", strconv.FormatInt(c.done.Run, 10)))
	k := c.chosen(p.q)
	p.heading("", p.q.say("class."+string(k)), n(c.count(k)))
	p.plain(p.q.say("class." + string(k) + ".is"))
	p.item("issuer", strings.Join(s.Issuers, ", "))
	if s.Unread > 0 {
		p.plain(p.q.s.Words.Count("compare.unread", s.Unread, strconv.Itoa(s.Unread)))
	}
	for _, f := range c.done.Files {
		p.item("report", f)
	}
	p.item("leaf1", strconv.FormatInt(c.done.Leaf, 10))
}

func (c *compareItem) chosen(q *Model) reconcile.Class { return classesShown()[q.list.chosen] }

func (c *compareItem) actions(q *Model) []action {
	if c.done == nil {
		return []action{
			q.action("F2", "act.column", func() { c.askColumn(q, reconcile.Roles()[q.list.chosen]) }),
			q.action("F3", "act.issuer", func() { c.askIssuer(q) }),
			q.action("F4", "act.savedcolumns", func() { c.askMapping(q) }),
			q.action("F6", "act.namecolumns", func() { c.askName(q) }),
			q.action("F7", "act.run", func() { c.askRun(q) }),
		}
	}
	var list []action
	k := c.chosen(q)
	list = append(list, q.action("F2", "act.since", func() { c.askSince(q) }))
	if len(c.done.Rows[k]) > 0 {
		list = append(list, q.action("F8", "act.classrows", func() { c.listRows(q, k) }))
	}
	if units := c.done.Units[k]; len(units) > 0 && q.may(station.MayKeepCase) {
		list = append(list, q.action("F10", "act.classcase", func() {
			name := q.say("compare.casename", strconv.FormatInt(c.done.Run, 10), string(k))
			serials := slices.Compact(slices.Sorted(slices.Values(units)))
			q.keepCase(name, name, scope.ListExpr{Items: serials, Comparison: c.done.Run, Class: string(k)})
		}))
	}
	return list
}

// askIssuer asks how the SIMs begin that the list should have.
func (c *compareItem) askIssuer(q *Model) {
	e := q.begin("form.issuer", "")
	e.askValue(scope.Issuer, "", func(value string) error {
		if _, err := scope.ParseJSON([]byte(`{"issuer": ` + strconv.Quote(value) + `}`)); err != nil {
			return err
		}
		c.issuer = value
		return nil
	})
}

// reportForms are those in which a report is written, the first being none.
var reportForms = []string{"", "pdf", "xlsx", "csv"}

// askRun asks for the report, and compares: but first for each column that is in
// doubt, for the wrong one would hide every clone.
func (c *compareItem) askRun(q *Model) {
	if d := c.list.Mapping.Doubts; len(d) > 0 {
		c.askColumn(q, d[0].Role)
		return
	}
	job := CompareJob{By: q.person.ID, Path: c.list.Path, Mapping: c.list.Mapping, Issuer: c.issuer}
	e := q.begin("form.run", c.list.Name)
	var rows []widget.ListRow
	for _, f := range reportForms {
		rows = append(rows, widget.ListRow{Text: q.say("report." + f)})
	}
	e.askChoice("report", rows, func(i int) {
		job.Form = reportForms[i]
		e.asks = e.asks[:1]
		if i > 0 {
			e.askText("folder", q.services.Folder, func(text string) error { job.Folder = text; return nil })
		}
	})
	e.do = func(ctx context.Context) (int64, error) {
		done, err := q.services.Compare(ctx, job, func(done, of int64) { q.s.Post(func() { e.progress(done, of) }) })
		if err == nil {
			e.finish = func() { c.done, q.list = &done, nil; q.openList(c) }
		}
		return done.Leaf, err
	}
	e.cancellable = true
}

// listRows lists the rows of a class.
func (c *compareItem) listRows(q *Model, k reconcile.Class) {
	l := &listing{name: q.say("class." + string(k)), heads: q.heads("line", "serial", "iccid", "note"), leave: func() { q.openList(c) }}
	for _, r := range c.done.Rows[k] {
		line := ""
		if r.Line > 0 {
			line = n(r.Line)
		}
		note := ""
		if r.Note != "" {
			note = q.say("damage." + r.Note)
		}
		l.entries = append(l.entries, listEntry{
			cells: []string{line, r.Serial, r.SIM, note}, row: widget.ListRow{Text: r.Serial, Aside: line, Under: r.SIM},
			open: func() {
				if r.Serial != "" {
					q.openUnit(r.Serial)
				}
			},
		})
	}
	l.page = func(int) { q.showListing(l) }
	q.showListing(l)
}
