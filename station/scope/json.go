// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// ParseJSON reads an expression as JSON: an object with one condition, such as
// {"lot": "A260001"}, {"snr": {"tac", "from", "to"}}, {"firmware": {"module",
// "from", "to"}}, {"made": {"from", "to"}}, {"list": [...]},
// {"list": {"items": [...], "comparison", "class"}}, or with {"and":
// [...]}, {"or": [...]}, {"not": {...}}. Bounds belong to their range; after and
// before set bounds that do not. The error is an [ExprError].
func ParseJSON(text []byte) (Expr, error) {
	p := jsonParser{json.NewDecoder(bytes.NewReader(text))}
	p.d.UseNumber()
	e, err := p.node(0)
	if err != nil {
		return nil, err
	}
	if _, err := p.d.Token(); !errors.Is(err, io.EOF) {
		return nil, p.fail("Something stands behind the scope.", "Take it away, or join two scopes by and or or.")
	}
	return e, nil
}

// node reads an object with one condition.
func (p jsonParser) node(depth int) (Expr, error) {
	if depth > deepest {
		return nil, p.fail(fmt.Sprintf("More than %d conditions stand inside each other.", deepest), "Write it with fewer.")
	}
	if err := p.expect('{', "A condition is missing here.", `Write an object, as {"lot": "A260001"}.`); err != nil {
		return nil, err
	}
	t, err := p.token()
	if err != nil {
		return nil, err
	}
	name, ok := t.(string)
	if !ok {
		return nil, p.fail("The condition has no name.", `Write an object, as {"lot": "A260001"}.`)
	}
	e, err := p.parseNamed(name, depth)
	if err != nil {
		return nil, err
	}
	return e, p.expect('}', "An object has one condition.", `Join several by and: {"and": [{"lot": …}, {"module": …}]}.`)
}

func (p jsonParser) parseNamed(name string, depth int) (Expr, error) {
	switch strings.ToLower(name) {
	case "not":
		of, err := p.node(depth + 1)
		return Not{of}, err
	case "and", "or":
		parts, err := p.parts(depth + 1)
		switch {
		case err != nil || len(parts) == 1:
			return first(parts), err
		case strings.EqualFold(name, "or"):
			return Or(parts), nil
		}
		return And(parts), nil
	}
	at := p.at()
	f, err := fieldNamed(name, at)
	if err != nil {
		return nil, err
	}
	return p.condition(f, at)
}

func (p jsonParser) parts(depth int) ([]Expr, error) {
	if err := p.expect('[', "Behind and and or stands a list of conditions.", `Write [{…}, {…}].`); err != nil {
		return nil, err
	}
	var parts []Expr
	for p.d.More() {
		e, err := p.node(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
	}
	if len(parts) == 0 {
		return nil, p.fail("The list of conditions is empty.", "Put one into it, or leave it out.")
	}
	_, err := p.token()
	return parts, err
}

// condition reads the value of a field: a text, a list, or an object of bounds.
func (p jsonParser) condition(f Field, at int) (Expr, error) {
	t, err := p.token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case string:
		if f == SNR || f == ListField {
			return nil, &ExprError{at, fmt.Sprintf("The value of %s is not text.", f), `Write {"snr": {"tac": …, "from": …, "to": …}} or {"list": ["…"]}.`}
		}
		return newIs(f, t, at)
	case json.Delim:
		if t == '[' && f == ListField {
			return p.list(at)
		}
		if t == '{' && f == ListField {
			return p.compared(at)
		}
		if t == '{' && (f == SNR || f.Ranged()) {
			return p.bounds(f, at)
		}
	}
	return nil, &ExprError{at, fmt.Sprintf("The value of %s has a wrong form.", f), "Write it as text, in quotes, so that no digit is lost."}
}

// keysOf are the names that the bounds of a field may have.
func keysOf(f Field) []string {
	switch f {
	case SNR:
		return []string{"tac", "from", "to"}
	case Firmware:
		return []string{"module", "from", "to", "after", "before"}
	case TAC, Maker, Module, REF, Lot, Order, Made, Station, Operator, Issuer, Layout, Dialect, Program, Disposition, Flag, ListField, FileField:
	}
	return []string{"from", "to", "after", "before"}
}

func (p jsonParser) bounds(f Field, at int) (Expr, error) {
	got := map[string]string{}
	for p.d.More() {
		k, err := p.token()
		if err != nil {
			return nil, err
		}
		key, _ := k.(string)
		if _, twice := got[key]; twice || !slices.Contains(keysOf(f), key) {
			return nil, p.fail(fmt.Sprintf("%s has no bound %q, or has it twice.", f, shown(key)), "Use "+strings.Join(keysOf(f), ", ")+", each once.")
		}
		v, err := p.token()
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case string:
			got[key] = v
		case json.Number:
			got[key] = v.String()
		default:
			return nil, p.fail(fmt.Sprintf("The bound %s of %s has a wrong form.", key, f), "Write it as text, in quotes.")
		}
	}
	if _, err := p.token(); err != nil {
		return nil, err
	}
	return bounded(f, got, at)
}

func bounded(f Field, got map[string]string, at int) (Expr, error) {
	if f == SNR {
		return newSNRs(got["tac"], got["from"], got["to"], at)
	}
	if got["from"] != "" && got["after"] != "" || got["to"] != "" && got["before"] != "" {
		return nil, &ExprError{at, fmt.Sprintf("%s has two bounds on one side.", f), "Leave out one of from and after, or of to and before."}
	}
	r := Range{From: got["from"] + got["after"], To: got["to"] + got["before"], OpenFrom: got["after"] != "", OpenTo: got["before"] != ""}
	e, err := newRange(f, r, at)
	module, ok := got["module"]
	if err != nil || !ok {
		return e, err
	}
	is, err := newIs(Module, module, at)
	if err != nil {
		return nil, err
	}
	return And{is, e}, nil
}

// JSON writes an expression as [ParseJSON] reads it.
func JSON(e Expr) []byte {
	text, _ := json.Marshal(value(e)) // texts and numbers alone
	return text
}

func value(e Expr) any {
	switch e := e.(type) {
	case And:
		return map[string]any{"and": values(e)}
	case Or:
		return map[string]any{"or": values(e)}
	case Not:
		return map[string]any{"not": value(e.Of)}
	case Is:
		return map[Field]any{e.Field: e.Value}
	case Range:
		return map[Field]any{e.Field: e.bounds()}
	case SNRs:
		return map[Field]any{SNR: struct {
			TAC  string `json:"tac"`
			From int    `json:"from"`
			To   int    `json:"to"`
		}(e)}
	case ListExpr:
		if e.Comparison != 0 {
			return map[Field]any{ListField: map[string]any{"items": e.Items, "comparison": e.Comparison, "class": e.Class}}
		}
		return map[Field]any{ListField: e.Items}
	case FileExpr:
		return map[Field]any{FileField: e.Name}
	}
	return nil
}

func values(parts []Expr) []any {
	all := make([]any, len(parts))
	for i, p := range parts {
		all[i] = value(p)
	}
	return all
}

func (r Range) bounds() map[string]string {
	from, to := "from", "to"
	if r.OpenFrom {
		from = "after"
	}
	if r.OpenTo {
		to = "before"
	}
	b := map[string]string{}
	if r.From != "" {
		b[from] = r.From
	}
	if r.To != "" {
		b[to] = r.To
	}
	return b
}
