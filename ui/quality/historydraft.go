// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strconv"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/identity"
	"bindery/ui/widget"
)

// draftItem is a list of units from before that is to be brought in: which column
// is what, beside its first rows.
type draftItem struct {
	HistoryPreview
	givenUp string
	source  string // whose mapping was taken; "" before
}

// bringIn asks for a file, and shows what its columns are taken for.
func (q *Model) bringIn() {
	path := ""
	e := q.begin("form.bringin", "")
	e.askFile("historyfile", q.services.ListFiles, &path)
	e.then = func() {
		askRecord(q, func(ctx context.Context) (HistoryPreview, error) { return q.services.PreviewHistory(ctx, path) }, func(p HistoryPreview) {
			q.openDraft(&draftItem{HistoryPreview: p})
		})
	}
}

// openDraft shows the fields on the left, each with its column.
func (q *Model) openDraft(d *draftItem) {
	l := &listing{name: d.Name, byHand: true, page: func(int) {}, leave: q.listHistory}
	if was := q.list; was != nil && q.open == item(d) {
		l.chosen = was.chosen
	}
	for _, f := range d.Fields {
		column := d.Mapping[f]
		if column == "" {
			column = q.say("compare.nocolumn")
		}
		l.entries = append(l.entries, listEntry{row: widget.ListRow{Text: q.say("historyfield." + f), Under: column}, open: func() {}})
	}
	q.list, q.open, q.status = l, d, q.say("compare.start")
}

func (d *draftItem) again(context.Context, *Model) (item, error) { return d, nil }

func (d *draftItem) name() string { return d.Name }

func (d *draftItem) aside(*Model) string { return "" }

func (d *draftItem) build(p *paragraphBuilder) {
	q := p.q
	p.title(d.Name, "")
	p.plain(q.say("history.check"))
	if d.Mapping["serial"] == "" {
		p.band(widget.Caution, widget.StepWarn, q.say("history.noserial"), "")
	}
	p.item("source", d.source)
	if d.givenUp != "" {
		p.item("givenup", identity.MaskIn(filepath.Base(d.givenUp)))
	}
	field := map[string]string{}
	for f, column := range d.Mapping {
		field[column] = f
	}
	for i, row := range d.First {
		p.heading("", q.say("compare.row", n(i+1)), "")
		for at, cell := range row {
			name := columnName(q, d.Columns[at], at+1)
			if f := field[d.Columns[at]]; f != "" {
				name = q.say("historyfield."+f) + " · " + name
			}
			p.paras = append(p.paras, widget.Para{Kind: widget.Item, Name: name, Text: identity.MaskIn(cell)})
		}
	}
}

func (d *draftItem) actions(q *Model) []action {
	list := []action{
		q.action("F2", "act.column", func() { d.askColumn(q) }),
		q.action("F3", "act.asbefore", func() { d.askMapping(q) }),
		q.action("F4", "act.givenup", func() { d.askGivenUp(q) }),
	}
	if d.Mapping["serial"] != "" {
		list = append(list, q.action("F7", "act.bringin", func() { d.bringIn(q) }))
	}
	return list
}

// askColumn asks which column has the chosen field.
func (d *draftItem) askColumn(q *Model) {
	f := d.Fields[q.list.chosen]
	rows := []widget.ListRow{{Text: q.say("compare.nocolumn")}}
	for at, name := range d.Columns {
		sample := ""
		if len(d.First) > 0 {
			sample = identity.MaskIn(d.First[0][at])
		}
		rows = append(rows, widget.ListRow{Text: columnName(q, name, at+1), Under: sample})
	}
	e := q.begin("form.column", q.say("historyfield."+f))
	e.askChoice("column", rows, func(i int) {
		column := ""
		if i > 0 {
			column = d.Columns[i-1]
		}
		d.Mapping = maps.Clone(d.Mapping)
		maps.DeleteFunc(d.Mapping, func(_, was string) bool { return was == column && column != "" })
		d.Mapping[f] = column
		q.openDraft(d)
	})
}

// askMapping offers what the columns of earlier lists were, by the system that they
// came from.
func (d *draftItem) askMapping(q *Model) {
	askRecord(q, q.services.HistoryFiles, func(list []station.HistoryFile) {
		var rows []widget.ListRow
		var mappings []history.FieldColumns
		for _, f := range list {
			var m history.FieldColumns
			known := slices.ContainsFunc(rows, func(r widget.ListRow) bool { return r.Text == f.Source })
			if f.Kind != station.UnitList || known || json.Unmarshal(f.Mapping, &m) != nil || len(m) == 0 {
				continue
			}
			rows, mappings = append(rows, widget.ListRow{Text: f.Source, Under: f.Name}), append(mappings, m)
		}
		if len(rows) == 0 {
			q.status = q.say("history.nomapping")
			return
		}
		e := q.begin("form.asbefore", d.Name)
		e.askChoice("asbefore", rows, func(i int) {
			d.Mapping, d.source = d.fitting(mappings[i]), rows[i].Text
			q.openDraft(d)
		})
	})
}

// fitting is a mapping without what this list has no column for.
func (d *draftItem) fitting(m history.FieldColumns) history.FieldColumns {
	own := history.FieldColumns{}
	for f, column := range m {
		if column == "" || slices.Contains(d.Columns, column) {
			own[f] = column
		}
	}
	return own
}

// askGivenUp asks for the list of what was given up, which goes with this one.
func (d *draftItem) askGivenUp(q *Model) {
	e := q.begin("form.givenup", d.Name)
	e.askFile("givenupfile", q.services.ListFiles, &d.givenUp)
	e.then = func() { q.openDraft(d) }
}

// bringIn asks for the system that the list comes from, and brings it in; what is
// wrong with its rows is a list.
func (d *draftItem) bringIn(q *Model) {
	job := HistoryImport{By: q.person.ID, Path: d.Path, GivenUp: d.givenUp, Mapping: d.Mapping}
	e := q.begin("form.bringin", d.Name)
	e.askText("source", d.source, func(text string) error { job.Source = text; return nil })
	e.do = func(ctx context.Context) (int64, error) {
		f, err := q.services.ImportHistory(ctx, job, func(done, of int64) { q.s.Post(func() { e.progress(done, of) }) })
		var wrong *history.ListError
		switch {
		case errors.As(err, &wrong):
			e.finish = func() { d.listErrors(q, wrong) }
			return 0, nil
		case err == nil:
			e.finish = func() { q.openHistory(f.ID) }
		}
		return f.Leaf, err
	}
	e.cancellable = true
}

// listErrors lists what is wrong with the rows of a list, of which nothing was
// brought in.
func (d *draftItem) listErrors(q *Model, wrong *history.ListError) {
	l := &listing{name: identity.MaskIn(wrong.Name), heads: q.heads("line", "column", "note"), leave: func() { q.openDraft(d) }}
	for _, r := range wrong.Rows {
		line := ""
		if r.Row > 0 {
			line = n(r.Row)
		}
		why := q.s.Words.Translate(r.Message)
		l.entries = append(l.entries, listEntry{cells: []string{line, r.Column, why}, row: widget.ListRow{Text: line, Under: why}, open: func() {}})
	}
	q.showListing(l)
	total := len(wrong.Rows) + wrong.More
	q.call = widget.Call{Tone: widget.Calm, Shape: widget.Square, Word: q.s.Words.Count("history.errors", total, strconv.Itoa(total)), Say: []string{q.say("history.nothing")}}
}
