// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"fmt"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/widget"
)

// alarmItem is an alarm that lies open.
type alarmItem struct{ station.Alarm }

func (q *Model) alarmList(list []station.Alarm) *listing {
	l := &listing{heads: []string{q.say("column.about"), q.say("column.alarm"), q.say("column.since")}}
	for _, a := range list {
		about := a.Serial
		if about == "" {
			about = q.called(a.By)
		}
		l.entries = append(l.entries, listEntry{
			cells: []string{about, string(a.Code), q.s.When(a.At)},
			row:   widget.ListRow{Text: about, Aside: q.s.Day(a.At), Under: string(a.Code)},
			open:  func() { q.open = &alarmItem{a} },
		})
	}
	return l
}

func (a *alarmItem) again(ctx context.Context, q *Model) (item, error) {
	list, err := q.services.Alarms(ctx)
	for _, b := range list {
		if b.ID == a.ID {
			return &alarmItem{b}, err
		}
	}
	return nil, err // it is closed
}

func (a *alarmItem) name() string {
	if a.Serial == "" {
		return a.By
	}
	return a.Serial
}

func (a *alarmItem) aside(q *Model) string {
	return q.s.Day(a.At)
}

func (a *alarmItem) build(p *paragraphBuilder) {
	p.title(string(a.Code), p.q.say("page.open"))
	p.plain(a.Text)
	p.item("serial", a.Serial)
	p.item("since", p.q.s.When(a.At))
	p.people("by", a.By)
}

// orderItem is an order that lies open.
type orderItem struct{ record.OrderView }

// orderNamed is an order of which only the name is known yet.
func orderNamed(id string) *orderItem {
	return &orderItem{record.OrderView{OrderCounts: station.OrderCounts{Order: id}}}
}

func (q *Model) orderList(list []station.OrderCounts) *listing {
	l := &listing{heads: q.heads("order", "lot", "planned", "built", "passed", "inprocess", "quarantined", "scrapped", "released", "alarms")}
	for _, o := range list {
		l.entries = append(l.entries, listEntry{
			cells: []string{o.Order, o.Lot, n(o.Planned), n(o.Built), n(o.Passed), n(o.InProcess + o.Reworked), n(o.Quarantined), n(o.Scrapped), n(o.Released), n(o.Alarms)},
			row:   widget.ListRow{Text: o.Order, Aside: fmt.Sprintf("%d / %d", o.Complete(), o.Planned), Under: q.say("lot", o.Lot)},
			open:  func() { openItem(q, orderNamed(o.Order)) },
		})
	}
	return l
}

func (q *Model) heads(columns ...string) []string {
	var heads []string
	for _, c := range columns {
		heads = append(heads, q.say("column."+c))
	}
	return heads
}

// openItem reads what is to lie open; what is not there any more goes back to
// the list.
func openItem(q *Model, m item) {
	askRecord(q, func(ctx context.Context) (item, error) { return m.again(ctx, q) }, func(m item) {
		q.open = m
		switch l := q.list; {
		case l == nil:
		case m == nil:
			l.page(l.skip)
		case len(l.entries) > 0:
			if row := &l.entries[l.chosen].row; row.Text == m.name() {
				row.Aside = m.aside(q)
			}
		}
	})
}

func (o *orderItem) again(ctx context.Context, q *Model) (item, error) {
	s, err := q.services.Order(ctx, o.Order)
	return &orderItem{s}, err
}

func (o *orderItem) name() string { return o.Order }

func (o *orderItem) aside(_ *Model) string {
	return fmt.Sprintf("%d / %d", o.Complete(), o.Planned)
}

func (o *orderItem) build(p *paragraphBuilder) {
	state := "page.open"
	if o.Closed {
		state = "page.isclosed"
	}
	p.title(o.Order, p.q.say(state))
	p.blockers(o.Left, o.Closed, "order.ready", "order.blocked")
	p.item("lot", o.Lot)
	for _, c := range counted(o.OrderCounts, o.Labels) {
		p.number(c.key, c.n)
	}
	p.heading("", p.q.say("page.labels"), "")
	p.number("printed", o.Labels.Printed)
	p.number("applied", o.Labels.Applied)
	p.number("void", o.Labels.Void)
	p.number("reprints", o.Labels.Reprints)
}

// count is one number of an order, under the end of its word's key.
type count struct {
	key string
	n   int
}

// counted is what became of the units of an order, and its open labels.
func counted(o station.OrderCounts, labels station.LabelReconciliation) []count {
	return []count{
		{"planned", o.Planned}, {"built", o.Built}, {"passed", o.Passed}, {"inprocess", o.InProcess}, {"reworked", o.Reworked},
		{"quarantined", o.Quarantined}, {"scrapped", o.Scrapped}, {"released", o.Released}, {"alarms", o.Alarms}, {"openlabels", labels.Open},
	}
}

// lotItem is a lot that lies open.
type lotItem struct{ record.LotView }

func (q *Model) lotList(list []string) *listing {
	l := &listing{heads: q.heads("lot")}
	for _, lot := range list {
		l.entries = append(l.entries, listEntry{
			cells: []string{lot}, row: widget.ListRow{Text: lot},
			open: func() { openItem(q, &lotItem{record.LotView{SignedLot: record.SignedLot{Lot: lot}}}) },
		})
	}
	return l
}

func (l *lotItem) again(ctx context.Context, q *Model) (item, error) {
	s, err := q.services.Lot(ctx, l.Lot)
	return &lotItem{s}, err
}

func (l *lotItem) name() string { return l.Lot }

func (l *lotItem) aside(q *Model) string {
	if l.Released() {
		return q.say("unit.released")
	}
	return ""
}

func (l *lotItem) build(p *paragraphBuilder) {
	p.title(l.Lot, l.aside(p.q))
	p.signatures(l.Signatures)
	p.blockers(l.Left, l.Released(), "lot.ready", "lot.blocked")
	for i, o := range l.Orders {
		labels := l.Labels[i].LabelReconciliation
		closed := "page.open"
		if o.Closed {
			closed = "page.isclosed"
		}
		p.heading("", p.q.say("page.oforder", o.Order), p.q.say(closed))
		var all []string
		more := []count{{"printed", labels.Printed}, {"applied", labels.Applied}, {"void", labels.Void}}
		for _, c := range append(counted(o, labels), more...) {
			all = append(all, p.q.say("page."+c.key)+" "+n(c.n))
		}
		p.plain(strings.Join(all, " · "))
	}
	p.item("shown", l.Shown)
}

// definitionItem is a version of a product definition that lies open.
type definitionItem struct{ DefinitionView }

func (q *Model) definitionList(list []station.Product) *listing {
	l := &listing{heads: q.heads("ref", "version", "name")}
	for _, d := range list {
		l.entries = append(l.entries, listEntry{
			cells: []string{d.REF, n(d.Version), d.Name}, row: widget.ListRow{Text: d.REF, Aside: n(d.Version), Under: d.Name},
			open: func() {
				openItem(q, &definitionItem{DefinitionView{ProductView: record.ProductView{Product: d}}})
			},
		})
	}
	return l
}

func (d *definitionItem) again(ctx context.Context, q *Model) (item, error) {
	s, err := q.services.Definition(ctx, d.REF, d.Version)
	return &definitionItem{s}, err
}

func (d *definitionItem) name() string { return d.REF }

func (d *definitionItem) aside(q *Model) string {
	if approved(d.Signatures) {
		return q.say("definition.approved")
	}
	return n(d.Version)
}

func (d *definitionItem) build(p *paragraphBuilder) {
	state := "definition.waiting"
	if approved(d.Signatures) {
		state = "definition.approved"
	}
	p.title(d.REF+" / "+n(d.Version), p.q.say(state))
	p.signatures(d.Signatures)
	if !approved(d.Signatures) {
		p.item("shown", d.Hash)
	}
	p.people("author", d.Author)
	p.item("name", d.Name)
	p.item("gtin", string(d.GTIN))
	p.item("maker", d.Maker)
	p.item("pattern", d.SerialPattern)
	p.item("modules", orAny(p.q, d.Modules))
	p.item("firmware", orAny(p.q, d.Firmware))
	p.item("sim", string(d.SIM))
	p.number("imeis", d.IMEIs)
	p.item("dialect", d.Dialect)
	p.item("dialecthash", d.DialectHash)
	p.item("market", d.Market)
	p.number("warnfree", d.WarnFree)
	p.item("scanback", p.q.say("proof."+string(d.ScanBackRule())))
	p.item("layout", d.Layout)
	p.item("layouthash", d.LayoutHash)
	for _, own := range d.Own {
		p.heading("", p.q.say("page.owndialect", own.Name), "")
		p.item("dialecthash", own.Hash)
		for _, cmd := range own.Unlisted {
			p.item("unlisted", cmd)
		}
		for line := range strings.Lines(string(own.Text)) {
			p.paras = append(p.paras, widget.Para{Kind: widget.Dialogue, Text: strings.TrimRight(line, "\r\n")})
		}
	}
	if d.Sample != nil {
		p.heading("", p.q.say("page.sample"), "")
		p.paras = append(p.paras, widget.Para{Kind: widget.Picture, Image: d.Sample})
	}
}

func orAny(q *Model, list []string) string {
	if len(list) == 0 {
		return q.say("page.any")
	}
	return strings.Join(list, ", ")
}
