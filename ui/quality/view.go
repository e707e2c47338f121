// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"bindery/ui/screen"
	"bindery/ui/widget"
)

func (q *Model) view() screen.ListDetailView {
	v := screen.ListDetailView{
		Bar:    widget.Bar{Who: q.s.Name() + " · " + q.person.Name, Work: q.locationHint()},
		Status: q.status, Call: q.call,
	}
	if q.looks {
		v.Status, v.Busy = q.say("quality.looking"), true
	}
	for _, d := range q.actions() {
		v.Acts = append(v.Acts, d.Action)
	}
	l := q.shown()
	if q.open == nil {
		v.Table = l.sheet()
	} else {
		v.Rows, v.Chosen = l.rows(), l.chosen
		p := &paragraphBuilder{q: q, takes: map[string]func(){}}
		q.open.build(p)
		v.Page, q.takes = p.paras, p.takes
	}
	if q.form != nil {
		q.form.view(&v)
	}
	return v
}

// locationHint says where one is, and how one gets away.
func (q *Model) locationHint() string {
	if q.open == nil && q.list == nil {
		return q.say("quality.home")
	}
	return q.say("quality.keys", q.shown().name)
}
