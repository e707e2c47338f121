// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"encoding/json"
	"slices"

	"bindery/station/scope"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// comparisons are those of a field with an order, as JSON names their bounds; ""
// is the value itself.
var comparisons = [][]string{{""}, {"from"}, {"to"}, {"after"}, {"before"}, {"from", "to"}}

// ask asks for a condition: its field, how it is compared, and a value, chosen of
// those that the record has or typed. It is put behind a line, or into a group.
func (s *scopeItem) ask(t *scopeNode) {
	q := s.q
	e := q.begin("form.condition", "")
	fields := slices.DeleteFunc(scope.Fields(), func(f scope.Field) bool { return f == scope.ListField })
	var rows []widget.ListRow
	for _, f := range fields {
		rows = append(rows, widget.ListRow{Text: q.say("field." + string(f)), Under: q.say("field." + string(f) + ".for")})
	}
	take := func(text []byte) error {
		is, err := scope.ParseJSON(text)
		if err == nil {
			s.showLines(t.add(is))
		}
		return err
	}
	e.askChoice("field", rows, func(i int) {
		e.asks = e.asks[:1]
		switch f := fields[i]; {
		case f == scope.SNR:
			e.askBounds(f, []string{"tac", "from", "to"}, take)
		case f.Ranged():
			e.askComparison(f, take)
		default:
			e.askBounds(f, []string{""}, take)
		}
	})
}

// askComparison asks how a field is compared.
func (e *form) askComparison(f scope.Field, take func(text []byte) error) {
	at := len(e.asks)
	var rows []widget.ListRow
	for _, c := range comparisons {
		key := "comparison"
		for _, bound := range c {
			key += "." + bound
		}
		rows = append(rows, widget.ListRow{Text: e.q.say(key)})
	}
	e.askChoice("comparison", rows, func(i int) {
		e.asks = e.asks[:at+1]
		e.askBounds(f, comparisons[i], take)
	})
}

// askBounds asks for a value, or for each of several bounds; take gets them as the
// JSON of a condition.
func (e *form) askBounds(f scope.Field, names []string, take func(text []byte) error) {
	bounds := map[string]string{}
	for i, name := range names {
		last := i == len(names)-1
		e.askValue(f, name, func(value string) error {
			bounds[name] = value
			if !last {
				return nil
			}
			var of any = bounds
			if name == "" {
				of = value
			}
			text, err := json.Marshal(map[scope.Field]any{f: of})
			if err != nil {
				return err
			}
			return take(text)
		})
	}
}

// askValue asks for a value of a field: those that the record has are listed as
// soon as it has told them.
func (e *form) askValue(f scope.Field, name string, take func(value string) error) {
	q, key := e.q, "value"
	if name != "" {
		key += "." + name
	}
	a := &ask{key: key}
	a.take = func(text string) {
		if err := take(text); err != nil {
			e.refuse(err)
			return
		}
		e.next()
	}
	e.asks = append(e.asks, a)
	if f == scope.SNR && name != "tac" || f == scope.Made || f == scope.FileField {
		a.key += "." + string(f)
		return
	}
	var asked screen.AskCounter
	screen.Ask(q.ctx, q.s.Post, &asked, func(ctx context.Context) ([]string, error) { return q.services.ScopeValues(ctx, f) }, func(values []string, err error) {
		if q.form != e || err != nil || len(values) == 0 {
			return // it can be typed
		}
		var rows []widget.ListRow
		for _, v := range values {
			rows = append(rows, widget.ListRow{Text: q.valueWord(f, v)})
		}
		a.rows = func() []widget.ListRow { return rows }
		a.pick = func(i int) { a.take(values[i]) }
		q.redraw()
	})
}
