// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"fmt"
	"slices"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// pageful is how many units one page of a list holds.
const pageful = 100

// alone reports a list that was left out on the way in, having only one row.
func (l *listing) alone() bool { return len(l.entries) == 1 && l.skip == 0 }

// turn reads the page after, or the one before; it reports false when there is
// none.
func (l *listing) turn(q *Model, by int) bool {
	switch {
	case l.page == nil || q.open != nil:
		return false
	case by > 0 && l.units == pageful:
		l.page(l.skip + pageful)
		return true
	case by < 0 && l.skip > 0:
		l.page(max(0, l.skip-pageful))
		return true
	}
	return false
}

// back goes to where the list came from.
func (l *listing) back(q *Model) {
	if l.leave != nil {
		l.leave()
		return
	}
	q.goHome()
}

func (l *listing) sheet() *widget.Sheet {
	s := &widget.Sheet{Heads: l.heads, Chosen: l.marked(), Large: l.large}
	for _, e := range l.entries {
		s.Rows = append(s.Rows, slices.Clone(e.cells)) // the home list counts anew
	}
	if l.units > 0 {
		more := ""
		if l.units == pageful {
			more = "+"
		}
		s.Foot = fmt.Sprintf("%d–%d%s", l.skip+1, l.skip+l.units, more)
	}
	return s
}

// marked is the row that Enter would open.
func (l *listing) marked() int {
	if !l.byHand {
		return screen.NoRow
	}
	return l.chosen
}

func (l *listing) rows() []widget.ListRow {
	var rows []widget.ListRow
	for _, e := range l.entries {
		rows = append(rows, e.row)
	}
	return rows
}

// openScope lists one of the scopes.
func (q *Model) openScope(s record.WorkList) {
	switch s {
	case record.OpenAlarms:
		askRecord(q, q.services.Alarms, func(list []station.Alarm) { q.listScope(s, q.alarmList(list)) })
	case record.OpenOrders:
		askRecord(q, q.services.Orders, func(list []station.OrderCounts) { q.listScope(s, q.orderList(list)) })
	case record.LotsToRelease:
		askRecord(q, q.services.Lots, func(list []string) { q.listScope(s, q.lotList(list)) })
	case record.ToApprove:
		askRecord(q, q.services.Definitions, func(list []station.Product) { q.listScope(s, q.definitionList(list)) })
	case record.Quarantined, record.InProcess, record.Today:
		name := q.say("scope." + string(s))
		l := unitList{name: name, none: q.say("quality.empty", name)}
		l.read = func(ctx context.Context, skip int) (record.Matches, error) {
			units, err := q.services.Units(ctx, s, skip)
			return record.Matches{Units: units}, err
		}
		q.listUnits(l, 0, true)
	}
}

// listScope shows a scope of what is no unit.
func (q *Model) listScope(s record.WorkList, l *listing) {
	l.name, l.page = q.say("scope."+string(s)), func(int) { q.openScope(s) }
	q.listOr(l)
}

// listOr shows a list, or says that nothing is on it.
func (q *Model) listOr(l *listing) {
	if len(l.entries) == 0 {
		q.goHome()
		q.status = q.say("quality.empty", l.name)
		return
	}
	q.showListing(l)
}

func (q *Model) showListing(l *listing) {
	q.list, q.open, q.status = l, nil, q.say("quality.start")
}

// search looks for a text.
func (q *Model) search(text string) {
	keep := q.action("F11", "act.keep", func() { q.keepSearch(text) })
	l := unitList{name: station.Shown(text), none: q.say("quality.nothing", station.Shown(text)), actions: []action{keep}, asked: true}
	l.read = func(ctx context.Context, skip int) (record.Matches, error) { return q.r.Find(ctx, text, skip) }
	q.listUnits(l, 0, true)
}

// wholeOf goes to the order or lot of units that were found by it.
func (q *Model) wholeOf(took query.TextKind, u record.Match) []action {
	if took == query.Order {
		return []action{q.goTo("act.order", orderNamed(u.Order))}
	}
	if took == query.Lot {
		return []action{q.goTo("act.lot", &lotItem{record.LotView{SignedLot: record.SignedLot{Lot: u.Lot}}})}
	}
	return nil
}

// unitList is where a list of units comes from.
type unitList struct {
	name    string
	none    string // said when there are none
	actions []action
	asked   bool   // by a text: it is said what that was taken for
	leave   func() // see listing
	read    func(ctx context.Context, skip int) (record.Matches, error)
}

// listUnits reads a page of units and lists them; opens says that a single one
// is opened at once.
func (q *Model) listUnits(from unitList, skip int, opens bool) {
	by, whole := q.person.ID, slices.Contains(q.columns(), wholeIMEI)
	askRecord(q, func(ctx context.Context) (record.Matches, error) {
		found, err := from.read(ctx, skip)
		if err != nil || len(found.Units) == 0 || !whole {
			return found, err
		}
		var serials []string
		for _, u := range found.Units {
			serials = append(serials, u.Serial)
		}
		_, err = q.services.Reveal(ctx, by, "show-identity", serials, "imei")
		return found, err
	}, func(found record.Matches) {
		if from.asked && skip == 0 {
			q.call = q.foundCall(found)
		}
		if len(found.Units) > 0 {
			q.showListing(q.unitPage(from, skip, found.Units))
			q.list.actions = append(q.list.actions, q.wholeOf(found.Took, found.Units[0])...)
			if opens && q.list.alone() {
				q.list.entries[0].open()
			}
			return
		}
		if skip > 0 {
			return // the page before was the last
		}
		if q.list != nil && q.open == nil {
			q.list.back(q)
		}
		q.status = from.none
	})
}

// unitPage is a page of a list of units.
func (q *Model) unitPage(from unitList, skip int, units []record.Match) *listing {
	l := &listing{
		name: from.name, heads: q.unitHeads(), entries: q.unitEntries(units), units: len(units), skip: skip,
		page: func(skip int) { q.listUnits(from, skip, false) }, leave: from.leave,
		actions: append([]action{q.action("F10", "act.columns", q.chooseColumns)}, from.actions...),
	}
	if was := q.list; was != nil && was.name == l.name {
		l.byHand = was.byHand
		if was.skip == skip {
			l.chosen = min(was.chosen, len(units)-1)
		}
	}
	return l
}

// wholeIMEI is the column that shows what the column "imei" has the last four
// digits of; it is there for whoever may see that.
const wholeIMEI = "imei-whole"

// The columns of units, by the end of their words.
var (
	allColumns   = []string{"serial", "imei", wholeIMEI, "iccid", "disposition", "matched", "order", "lot", "bound"}
	usualColumns = []string{"serial", "imei", "iccid", "disposition", "matched", "order", "lot"}
)

// allowed are the columns that the person may choose.
func (q *Model) allowed() []string {
	return slices.DeleteFunc(slices.Clone(allColumns), func(c string) bool { return c == wholeIMEI && !q.may(station.MayReveal) })
}

// columns are those that the person has chosen; the serial is always one.
func (q *Model) columns() []string {
	if len(q.own.Columns) == 0 {
		return usualColumns
	}
	return slices.DeleteFunc(q.allowed(), func(c string) bool { return c != "serial" && !slices.Contains(q.own.Columns, c) })
}

func (q *Model) unitHeads() []string {
	var heads []string
	for _, c := range q.columns() {
		heads = append(heads, q.say("column."+c))
	}
	return heads
}

func (q *Model) unitEntries(units []record.Match) []listEntry {
	var entries []listEntry
	for _, u := range units {
		disposition := q.stateOf(u.Disposition, u.Flags)
		e := listEntry{
			row:  widget.ListRow{Text: u.Serial, Aside: disposition, Under: u.Order + " · " + u.Lot},
			open: func() { q.openUnit(u.Serial) },
		}
		all := map[string]string{
			"serial": u.Serial, "imei": lastFour(u.IMEI), wholeIMEI: u.IMEI, "iccid": lastFour(u.ICCID),
			"order": u.Order, "lot": u.Lot, "disposition": disposition, "matched": q.matched(u),
		}
		if u.BoundAt != nil {
			all["bound"] = q.s.When(*u.BoundAt)
		}
		for _, c := range q.columns() {
			e.cells = append(e.cells, all[c])
		}
		entries = append(entries, e)
	}
	return entries
}

// lastFour is a number of which only its end is shown.
func lastFour(s string) string {
	if s == "" {
		return ""
	}
	m := []rune(identity.Last4(s))
	return "…" + string(m[len(m)-4:])
}
