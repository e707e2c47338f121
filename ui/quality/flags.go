// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/widget"
)

// The reasons that are offered for a flag and for its end, by their words; others
// are typed.
var (
	flagReasons   = []string{"customer", "carrier", "inspection", "field", "theft"}
	unflagReasons = []string{"inspected", "mistake", "closed", "corrected"}
)

// flagActions of a unit are to flag it, and to end a flag that is in force.
func (s *UnitHistory) flagActions(q *Model) []action {
	var list []action
	if q.may(station.MayFlag) {
		list = append(list, q.action("F7", "act.flag", func() { q.flag(s) }))
	}
	if len(s.flagged()) > 0 && q.may(station.MayUnflag) {
		list = append(list, q.action("F10", "act.unflag", func() { q.unflag(s) }))
	}
	return list
}

// flag asks for one of the flags that the unit does not have, and why.
func (q *Model) flag(s *UnitHistory) {
	open := station.FlagsToSet(s.flagged())
	r := record.FlagRequest{Serial: s.Serial}
	e := q.begin("form.flag", s.Serial)
	e.askChoice("flag", q.flagRows(open), func(i int) { r.Flag = open[i] })
	e.askListedReason(station.MayFlag, flagReasons, &r.Reason)
	e.do = func(ctx context.Context) (int64, error) { return q.services.Flag(ctx, q.person.ID, r) }
}

// unflag asks which flag ends, and why.
func (q *Model) unflag(s *UnitHistory) {
	own := s.flagged()
	flag, reason := own[0], ""
	e := q.begin("form.unflag", s.Serial)
	e.askChoice("unflag", q.flagRows(own), func(i int) { flag = own[i] })
	e.askListedReason(station.MayUnflag, unflagReasons, &reason)
	e.do = func(ctx context.Context) (int64, error) {
		return q.services.Unflag(ctx, q.person.ID, s.Serial, flag, reason)
	}
}

func (q *Model) flagRows(flags []station.Flag) []widget.ListRow {
	var rows []widget.ListRow
	for _, f := range flags {
		rows = append(rows, widget.ListRow{Text: q.say("flag." + string(f)), Under: q.say("flag." + string(f) + ".for")})
	}
	return rows
}

// listFlags lists the flags in force, the newest first.
func (q *Model) listFlags() {
	askRecord(q, q.services.Flags, func(list []record.FlagView) {
		l := &listing{name: q.say("act.flags"), heads: q.heads("serial", "flag", "since", "by", "reason"), page: func(int) { q.listFlags() }}
		for _, f := range list {
			name := q.say("flag." + string(f.Flag))
			l.entries = append(l.entries, listEntry{
				cells: []string{f.Serial, name, q.s.When(f.Since), q.called(f.By), f.Reason},
				row:   widget.ListRow{Text: f.Serial, Aside: q.s.Day(f.Since), Under: name},
				open:  func() { q.openUnit(f.Serial) },
			})
		}
		q.listOr(l)
	})
}
