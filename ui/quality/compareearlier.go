// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// changeKinds are the kinds in the order in which they are counted.
var changeKinds = []reconcile.ChangeKind{reconcile.New, reconcile.Disappeared, reconcile.Moved, reconcile.Changed}

// askMapping offers the columns that were kept under a name with an earlier
// comparison.
func (c *compareItem) askMapping(q *Model) {
	askRecord(q, q.services.Comparisons, func(list []record.Reconciliation) {
		var rows []widget.ListRow
		var mappings []reconcile.Mapping
		for _, r := range list {
			name := r.Mapping.Name
			if name == "" || slices.ContainsFunc(mappings, func(m reconcile.Mapping) bool { return m.Name == name }) {
				continue
			}
			rows, mappings = append(rows, widget.ListRow{Text: name, Under: r.File}), append(mappings, r.Mapping)
		}
		if len(rows) == 0 {
			q.status = q.say("compare.nomapping")
			return
		}
		e := q.begin("form.savedcolumns", c.list.Name)
		e.askChoice("savedcolumns", rows, func(i int) {
			c.list.Mapping = mappings[i]
			q.openList(c)
		})
	})
}

// askName keeps the columns under a name, with the comparison.
func (c *compareItem) askName(q *Model) {
	e := q.begin("form.namecolumns", c.list.Name)
	e.asks = []*ask{{key: "columnsname", usual: c.list.Mapping.Name, take: func(name string) {
		if reconcile.CheckName(name) != nil {
			e.note = q.say("compare.badname")
			q.s.Sound.Play(sound.Repeated)
			return
		}
		c.list.Mapping.Name = name
		e.next()
		q.openList(c)
	}}}
}

// askSince asks since which earlier comparison one wants to know what changed.
func (c *compareItem) askSince(q *Model) {
	askRecord(q, q.services.Comparisons, func(list []record.Reconciliation) {
		list = slices.DeleteFunc(list, func(r record.Reconciliation) bool { return r.Run >= c.done.Run })
		if len(list) == 0 {
			q.status = q.say("compare.noearlier")
			return
		}
		var rows []widget.ListRow
		for _, r := range list {
			rows = append(rows, widget.ListRow{Text: strconv.FormatInt(r.Run, 10) + " · " + q.s.Day(r.At), Aside: n(r.Rows), Under: r.File})
		}
		e := q.begin("form.since", c.list.Name)
		e.askChoice("since", rows, func(i int) {
			since := list[i].Run
			e.then = func() {
				askRecord(q, func(ctx context.Context) (ComparedChanges, error) {
					return q.services.ChangesSince(ctx, c.done.Run, since)
				},
					func(ch ComparedChanges) { c.listChanges(q, since, ch) })
			}
		})
	})
}

// listChanges lists what is new, gone, moved to another device or of another class.
func (c *compareItem) listChanges(q *Model, since int64, ch ComparedChanges) {
	l := &listing{name: q.say("act.since"), heads: q.heads("change", "serial", "iccid", "was", "now"), leave: func() { q.openList(c) }}
	classes := func(list []reconcile.Class) string {
		var names []string
		for _, k := range list {
			names = append(names, q.say("class."+string(k)))
		}
		return strings.Join(names, ", ")
	}
	for _, one := range ch.First {
		kind := q.say("change." + string(one.Kind))
		l.entries = append(l.entries, listEntry{
			cells: []string{kind, one.Serial, one.SIM.String(), classes(one.Before), classes(one.After)},
			row:   widget.ListRow{Text: one.Serial, Aside: kind, Under: one.SIM.String()},
			open: func() {
				if one.Serial != "" {
					q.openUnit(one.Serial)
				}
			},
		})
	}
	l.page = func(int) { q.showListing(l) }
	q.showListing(l)
	var counts []string
	for _, k := range changeKinds {
		counts = append(counts, q.say("change."+string(k))+" "+n(ch.Counts[k]))
	}
	q.call = widget.Call{Tone: widget.Calm, Word: q.say("compare.since", strconv.FormatInt(since, 10)), Say: []string{strings.Join(counts, " · ")}}
}
