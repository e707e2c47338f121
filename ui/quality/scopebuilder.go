// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// openScopeBuilder goes on with the scope that the person has begun.
func (q *Model) openScopeBuilder() {
	if q.built == nil {
		q.built = &scopeItem{q: q, whole: &scopeNode{}}
	}
	q.built.showLines(q.built.whole)
}

// showLines shows the lines with one of them chosen, and counts anew.
func (s *scopeItem) showLines(chosen *scopeNode) {
	q := s.q
	l := &listing{name: q.say("act.scope"), byHand: true, page: func(int) {}, leave: q.goHome}
	s.lines = s.lines[:0]
	s.whole.walk(0, func(t *scopeNode, depth int) {
		if t == chosen {
			l.chosen = len(s.lines)
		}
		s.lines = append(s.lines, t)
		l.entries = append(l.entries, listEntry{row: s.row(t, depth), open: func() {}})
	})
	q.list, q.open, q.status = l, s, q.say("scopes.start")
	s.recount()
}

// recount counts the units; a count that is still under way is given up.
func (s *scopeItem) recount() {
	q, e := s.q, s.whole.expr()
	if s.stop != nil {
		s.stop()
		s.stop = nil
	}
	s.asked++
	s.count, s.wrong = 0, nil
	if e == nil {
		return
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(q.ctx)
	screen.Ask(ctx, q.s.Post, &s.asked, func(ctx context.Context) (int, error) { return q.services.ScopeCount(ctx, e) }, func(n int, err error) {
		s.stop()
		s.stop, s.count, s.wrong = nil, n, err
		if q.open == item(s) {
			q.redraw()
		}
	})
}

// row is a line as it stands on the left.
func (s *scopeItem) row(t *scopeNode, depth int) widget.ListRow {
	indent, not := strings.Repeat("  ", depth), ""
	if t.not {
		not = s.q.say("scopes.not") + " "
	}
	if t.group() {
		word := "scopes.all"
		if t.any {
			word = "scopes.any"
		}
		return widget.ListRow{Text: indent + not + s.q.say(word), Under: indent + s.q.s.Words.Count("scopes.lines", len(t.parts), strconv.Itoa(len(t.parts)))}
	}
	field, value := s.q.condition(t.is)
	return widget.ListRow{Text: indent + not + field, Under: indent + value}
}

// condition is a condition in words: its field and how it is compared, and with what.
func (q *Model) condition(e scope.Expr) (field, value string) {
	name := func(f scope.Field) string { return q.say("field." + string(f)) }
	switch e := e.(type) {
	case scope.Is:
		return name(e.Field), q.valueWord(e.Field, e.Value)
	case scope.FileExpr:
		return name(scope.FileField), identity.MaskIn(e.Name)
	case scope.SNRs:
		return name(scope.SNR), e.TAC + " / " + strconv.Itoa(e.From) + " – " + strconv.Itoa(e.To)
	case scope.Range:
		switch {
		case e.From != "" && e.To != "":
			return name(e.Field), e.From + " – " + e.To
		case e.From != "" && e.OpenFrom:
			return name(e.Field), "> " + e.From
		case e.From != "":
			return name(e.Field), "≥ " + e.From
		case e.OpenTo:
			return name(e.Field), "< " + e.To
		}
		return name(e.Field), "≤ " + e.To
	}
	return "", identity.MaskIn(scope.Text(e))
}

// valueWord is a value of a field for people.
func (q *Model) valueWord(f scope.Field, value string) string {
	switch f {
	case scope.Disposition:
		return q.say("unit." + value)
	case scope.Flag:
		return q.say("flag." + value)
	case scope.Operator:
		return q.called(value)
	case scope.TAC, scope.SNR, scope.Maker, scope.Module, scope.Firmware, scope.REF, scope.Lot, scope.Order, scope.Made, scope.Station, scope.Issuer,
		scope.Layout, scope.Dialect, scope.Program, scope.ListField, scope.FileField: // as the record has it
	}
	return identity.MaskIn(value)
}

func (s *scopeItem) again(context.Context, *Model) (item, error) { return s, nil }

func (s *scopeItem) name() string { return s.q.say("act.scope") }

func (s *scopeItem) aside(*Model) string { return "" }

// build tells how many units are in the scope, and what it says.
func (s *scopeItem) build(p *paragraphBuilder) {
	e := s.whole.expr()
	switch {
	case e == nil:
		p.title(p.q.say("scopes.empty"), "")
		p.plain(p.q.say("scopes.how"))
		return
	case s.stop != nil:
		p.title(p.q.say("scopes.counting"), "")
	case s.wrong != nil:
		p.title("–", "")
		what, next := screen.RefusalText(p.q.s.Words, s.wrong)
		p.band(widget.Caution, widget.StepWarn, what, next)
	default:
		p.title(p.q.s.Words.Count("found.units", s.count, strconv.Itoa(s.count)), "")
	}
	if t := s.lines[s.q.list.chosen]; !t.group() {
		field, value := s.q.condition(t.is)
		p.item("chosen", field+": "+value)
	}
	p.item("expression", identity.MaskIn(scope.Text(e)))
	p.plain(p.q.say("scopes.now"))
}

// actions change the chosen line, and list the units.
func (s *scopeItem) actions(q *Model) []action {
	t := s.lines[q.list.chosen]
	change := func(do func() *scopeNode) func() { return func() { s.showLines(do()) } }
	list := []action{q.action("F2", "act.condition", func() { s.ask(t) })}
	if t.group() {
		list = append(list, q.action("F3", "act.anyall", change(func() *scopeNode { t.any = !t.any; return t })))
	}
	if len(s.whole.parts) > 0 {
		list = append(list,
			q.action("F4", "act.not", change(func() *scopeNode { t.not = !t.not; return t })),
			q.action("F6", "act.brackets", change(t.enclose)),
			q.action("F7", "act.remove", change(func() *scopeNode { t.remove(); return s.whole })))
	}
	if s.whole.expr() != nil && s.wrong == nil {
		list = append(list, q.action("F8", "act.scopeunits", func() { s.units() }))
	}
	if s.whole.expr() != nil && q.may(station.MayKeepCase) {
		list = append(list, q.action("F9", "act.case", func() { q.keepCase("", "", s.whole.expr()) }))
	}
	return list
}

// units lists the units of the scope.
func (s *scopeItem) units() {
	q, e := s.q, s.whole.expr()
	l := unitList{name: q.say("scopes.units"), none: q.say("scopes.nounits"), leave: q.openScopeBuilder}
	l.read = func(ctx context.Context, skip int) (record.Matches, error) {
		units, err := q.services.ScopeUnits(ctx, e, skip)
		return record.Matches{Units: units}, err
	}
	q.listUnits(l, 0, false)
}
