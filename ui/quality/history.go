// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/widget"
)

// mostLeftOut is how many rows that were left out are shown one by one; how many there
// are is told.
const mostLeftOut = 100

// historyItem is such a list that lies open: its clashes on the left.
type historyItem struct{ HistoryList }

// listHistory lists the lists of other systems.
func (q *Model) listHistory() {
	askRecord(q, q.services.HistoryFiles, func(list []station.HistoryFile) {
		l := &listing{name: q.say("act.history"), heads: q.heads("name", "source", "state", "since", "by"), page: func(int) { q.listHistory() }}
		if q.may(station.MayImport) {
			l.actions = []action{q.action("F2", "act.bringin", q.bringIn)}
		}
		for _, f := range list {
			state := q.say("is." + string(f.State))
			l.entries = append(l.entries, listEntry{
				cells: []string{f.Name, f.Source, state, q.s.When(f.At), q.called(f.By)},
				row:   widget.ListRow{Text: f.Name, Aside: state, Under: f.Source},
				open:  func() { q.openHistory(f.ID) },
			})
		}
		q.showListing(l)
		if len(list) == 0 {
			q.status = q.say("history.none")
		}
	})
}

// openHistory opens a list by its number.
func (q *Model) openHistory(id int64) {
	askRecord(q, func(ctx context.Context) (HistoryList, error) { return q.services.History(ctx, id) }, func(h HistoryList) {
		q.showHistory(&historyItem{h})
	})
}

func (q *Model) showHistory(h *historyItem) {
	l := &listing{name: h.Name, byHand: true, page: func(int) {}, leave: q.listHistory}
	for _, c := range h.Clashes {
		l.entries = append(l.entries, listEntry{
			row: widget.ListRow{Text: c.Serial, Aside: q.say("history.row", n(int(c.Row))), Under: string(c.Code) + " · " + q.clashesWith(c)}, open: func() {},
		})
	}
	q.list, q.open, q.status = l, h, q.say("compare.start")
}

// clashesWith is what a row is at odds with.
func (q *Model) clashesWith(c record.Clash) string {
	if row, ok := strings.CutPrefix(c.With, "row "); ok {
		return q.say("history.row", row)
	}
	return c.With
}

func (h *historyItem) again(ctx context.Context, q *Model) (item, error) {
	list, err := q.services.History(ctx, h.ID)
	return &historyItem{list}, err
}

func (h *historyItem) name() string { return h.Name }

func (h *historyItem) aside(q *Model) string { return q.say("is." + string(h.State)) }

func (h *historyItem) build(p *paragraphBuilder) {
	p.title(h.Name, h.aside(p.q))
	switch {
	case h.AllowChange() != nil:
	case h.AllowSample() != nil:
		p.band(widget.Caution, widget.StepWarn, p.q.say("history.notwhole"), "")
	case h.Count > 0:
		p.band(widget.Caution, widget.StepWarn, p.q.s.Words.Count("history.clashes", h.Count, strconv.Itoa(h.Count)), p.q.say("history.decide"))
	case h.ComparedBy == "":
		p.band(widget.Caution, widget.StepWarn, p.q.say("history.sample"), "")
	default:
		p.band("", widget.StepDone, p.q.say("history.ready"), "")
	}
	p.item("source", h.Source)
	if h.Rows != nil {
		p.number("rows", int(*h.Rows))
	}
	p.number("leftout", len(h.LeftOut))
	for _, l := range h.LeftOut[:min(len(h.LeftOut), mostLeftOut)] {
		p.paras = append(p.paras, widget.Para{Kind: widget.Item, Name: p.q.say("history.row", n(int(l.Row))), Text: l.Serial + " · " + l.Reason + " · " + p.q.called(l.By)})
	}
	p.people("broughtby", append([]string{h.By}, h.FedBy...)...)
	p.people("comparedby", h.ComparedBy)
	p.item("reason", h.Reason)
	p.item("filehash", h.Hash)
}

func (h *historyItem) actions(q *Model) []action {
	if h.AllowChange() != nil {
		return nil
	}
	var list []action
	if len(h.Clashes) > 0 && q.may(station.MayAcceptHistory) {
		list = append(list, q.action("F2", "act.leaveout", func() { h.leaveOut(q, h.Clashes[q.list.chosen]) }))
	}
	if h.AllowSample() == nil {
		list = append(list, q.action("F3", "act.sample", func() { h.listSample(q) }))
	}
	if h.ComparedBy == "" && h.AllowSample() == nil && station.AllowCompare(q.person, h.HistoryFile) == nil {
		list = append(list, q.action("F4", "act.sampleright", func() {
			e := q.begin("form.sampleright", h.Name)
			e.askChoice("sampleright", []widget.ListRow{{Text: q.say("history.allright")}}, func(int) {})
			e.do = func(ctx context.Context) (int64, error) { return q.services.CompareHistory(ctx, q.person.ID, h.ID) }
		}))
	}
	if q.may(station.MayImport) {
		list = append(list, q.action("F6", "act.withdraw", func() { h.withdraw(q) }))
	}
	if station.AllowHistory(q.person, h.Count, h.HistoryFile) == nil {
		list = append(list, q.action("F7", "act.accept", func() {
			q.sign("form.accept", h.Name, h.Shown, station.MayAcceptHistory, func(ctx context.Context, s record.Signing) (int64, error) {
				return q.services.AcceptHistory(ctx, s, h.ID)
			})
		}))
	}
	return list
}

// withdraw gives the list up, for a reason.
func (h *historyItem) withdraw(q *Model) {
	e, reason := q.begin("form.withdraw", h.Name), ""
	e.askReason(station.MayImport, &reason)
	e.do = func(ctx context.Context) (int64, error) {
		return q.services.WithdrawHistory(ctx, q.person.ID, h.ID, reason)
	}
}

// leaveOut takes a row of the list that is at odds with another, for a reason.
func (h *historyItem) leaveOut(q *Model, c record.Clash) {
	e := q.begin("form.leaveout", q.say("history.row", n(int(c.Row)))+" · "+c.Serial)
	row := record.LeftOutRow{Row: c.Row}
	e.askListedReason(station.MayAcceptHistory, []string{"duplicate", "replaced", "source"}, &row.Reason)
	e.do = func(ctx context.Context) (int64, error) {
		leaf, err := q.services.LeaveOut(ctx, q.person.ID, c.File, row)
		e.finish = func() { q.openHistory(h.ID) }
		return leaf, err
	}
}

// listSample lists the rows that a second person compares with their source.
func (h *historyItem) listSample(q *Model) {
	askRecord(q, func(ctx context.Context) ([]record.SampleRow, error) { return q.services.HistorySample(ctx, h.ID) }, func(rows []record.SampleRow) {
		l := &listing{name: q.say("act.sample"), heads: q.heads("line", "serial", "imei", "iccid", "bound"), leave: func() { q.openHistory(h.ID) }}
		for _, r := range rows {
			l.entries = append(l.entries, listEntry{
				cells: []string{n(int(r.Row)), r.Serial, identity.IMEI(r.Binding.IMEI).String(), identity.ICCID(r.Binding.ICCID).String(), r.Binding.Dated},
				open:  func() {},
			})
		}
		q.showListing(l)
	})
}
