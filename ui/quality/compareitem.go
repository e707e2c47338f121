// SPDX-License-Identifier: Apache-2.0

package quality

// compareItem is the list of a carrier that lies open: before it is compared, which
// column is what beside its first rows; then the classes of its rows.
type compareItem struct {
	list   CarrierList
	issuer string
	done   *Comparison // nil before
}

// openList shows the columns of a list, or what it came to, on the left.
func (q *Model) openList(c *compareItem) {
	l := &listing{name: c.list.Name, byHand: true, page: func(int) {}, leave: q.goHome}
	if was := q.list; was != nil && q.open == item(c) {
		l.chosen = was.chosen
	}
	for _, r := range c.rows(q) {
		l.entries = append(l.entries, listEntry{row: r, open: func() {}})
	}
	l.chosen = min(l.chosen, len(l.entries)-1)
	q.list, q.open, q.status = l, c, q.say("compare.start")
}
