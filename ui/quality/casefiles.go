// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/widget"
)

// caseFiles are the forms of such a file.
var caseFiles = []string{"csv", "xlsx", "json"}

// fileItem is a file of the units of a case before it is written: on the left for
// whom, on the right its columns with the first rows, masked.
type fileItem struct {
	of *caseItem
	to station.Audience
	FilePreview
}

// handOver shows what each audience would get.
func (c *caseItem) handOver(q *Model) {
	l := &listing{name: c.Name, byHand: true, page: func(int) {}, leave: func() { c.reopen(q) }}
	for _, a := range station.Audiences() {
		l.entries = append(l.entries, listEntry{
			row:  widget.ListRow{Text: q.say("audience." + string(a)), Under: q.say("audience." + string(a) + ".for")},
			open: func() { openItem(q, &fileItem{of: c, to: a}) },
		})
	}
	q.showListing(l)
	l.entries[0].open()
}

// reopen goes back to the case, beside the list of cases.
func (c *caseItem) reopen(q *Model) {
	askRecord(q, q.services.Cases, func(list []record.Case) {
		l := q.caseList(list)
		for i, e := range l.entries {
			if e.row.Text == c.Name {
				l.chosen, l.byHand = i, true
			}
		}
		q.showListing(l)
		openItem(q, c)
	})
}

func (f *fileItem) again(ctx context.Context, q *Model) (item, error) {
	begun, err := q.services.PreviewFile(ctx, f.of.Name, f.to)
	return &fileItem{f.of, f.to, begun}, err
}

func (f *fileItem) name() string { return f.of.Name }

func (f *fileItem) aside(*Model) string { return "" }

func (f *fileItem) build(p *paragraphBuilder) {
	q := p.q
	p.title(q.say("audience."+string(f.to)), f.of.Name)
	p.plain(q.say("case.preview"))
	if len(f.Rows) == 0 {
		p.band(widget.Caution, widget.StepWarn, q.say("case.norows"), "")
	}
	if f.Swapped != "" {
		p.band(widget.Caution, widget.StepWarn, q.say("case.swapped"), f.Swapped)
	}
	for i, row := range f.Rows {
		p.heading("", q.say("case.row", n(i+1)), "")
		for at, column := range f.to.Columns() {
			value := row[at]
			if value == "" {
				value = q.say("case.blank." + blankOf(column))
			}
			p.paras = append(p.paras, widget.Para{Kind: widget.Item, Name: column, Text: value})
		}
	}
}

// blankOf says what an empty cell of a column means.
func blankOf(column string) string {
	switch column {
	case station.ReplyColumn, "alias":
		return column
	}
	return "none"
}

func (f *fileItem) actions(q *Model) []action {
	if len(f.Rows) == 0 {
		return nil
	}
	return []action{q.action("F7", "act.writefile", func() { f.write(q) })}
}

// write asks to whom the file goes, why, and how, and writes it.
func (f *fileItem) write(q *Model) {
	job := CaseFile{Case: f.of.Name, Export: record.IncidentExport{Audience: f.to, By: q.person.ID}}
	e := q.begin("form.handover", q.say("audience."+string(f.to)))
	e.askText("to", "", func(text string) error {
		job.Export.Recipient = text
		return nil
	})
	e.askReason(station.MayExport, &job.Export.Reason)
	if f.to.TakesIdentities() && q.may(station.MayReveal) {
		rows := []widget.ListRow{{Text: q.say("whole.no"), Under: q.say("whole.no.for")}, {Text: q.say("whole.yes"), Under: q.say("whole.yes.for")}}
		e.askChoice("whole", rows, func(i int) { job.Export.Whole = i == 1 })
	}
	var forms []widget.ListRow
	for _, form := range caseFiles {
		forms = append(forms, widget.ListRow{Text: q.say("file." + form), Under: q.say("file." + form + ".for")})
	}
	e.askChoice("form", forms, func(i int) { job.Form = caseFiles[i] })
	e.askText("folder", q.services.Folder, func(text string) error { job.Folder = text; return nil })
	var files []string
	e.do = func(ctx context.Context) (leaf int64, err error) {
		leaf, files, err = q.services.WriteFile(ctx, job, func(done, of int64) { q.s.Post(func() { e.progress(done, of) }) })
		return leaf, err
	}
	e.cancellable = true
	e.files = func() []string { return files }
	e.finish = func() { f.of.reopen(q) }
}
