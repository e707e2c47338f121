// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"strconv"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
)

// goHome lists what waits, and the searches that the person keeps.
func (q *Model) goHome() {
	if q.away != nil {
		q.away()
		return
	}
	var was listing
	if q.home != nil {
		was = *q.home
	}
	q.list, q.open, q.status = nil, nil, q.say("quality.start")
	q.home = &listing{heads: []string{q.say("quality.waiting"), ""}, byHand: was.byHand, large: true}
	for _, s := range record.WorkLists {
		q.home.entries = append(q.home.entries, listEntry{cells: []string{q.say("scope." + string(s)), ""}, open: func() { q.openScope(s) }})
	}
	for _, s := range q.own.Searches {
		q.home.entries = append(q.home.entries, listEntry{cells: []string{s.Name, s.Text}, open: func() { q.search(s.Text) }})
	}
	q.home.chosen = min(was.chosen, len(q.home.entries)-1)
	q.home.actions = q.homeActions()
	home := q.home
	// What is waited for are numbers only: no key has to wait for them.
	screen.Ask(q.ctx, q.s.Post, &q.counting, q.services.Waiting, func(n map[record.WorkList]int, err error) {
		if err != nil {
			q.refuse(err)
		}
		for i, s := range record.WorkLists {
			if err == nil {
				home.entries[i].cells[1] = strconv.Itoa(n[s])
			}
		}
		q.redraw()
	})
}

// homeActions are what can be done beside what waits.
func (q *Model) homeActions() []action {
	list := []action{q.action("F2", "act.scope", q.openScopeBuilder), q.action("F3", "act.flags", q.listFlags)}
	if q.may(station.MayExport) {
		list = append(list, q.action("F4", "act.compare", q.askList))
	}
	list = append(list, q.action("F6", "act.cases", q.listCases), q.action("F7", "act.history", q.listHistory))
	if q.indexDamaged && q.may(station.MayRebuildIndex) {
		list = append(list, q.action("F9", "act.rebuild", q.rebuildIndex))
	}
	if len(q.own.Searches) > 0 {
		list = append(list, q.action("F11", "act.forget", q.forget))
	}
	return list
}
