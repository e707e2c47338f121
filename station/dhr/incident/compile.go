// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"fmt"
	"strings"

	"bindery/station/dhr/store"
	"bindery/station/scope"
)

func (c *compiler) expr(e scope.Expr) (sql, error) {
	switch e := e.(type) {
	case scope.And:
		return c.joined(e, " AND ")
	case scope.Or:
		return c.joined(e, " OR ")
	case scope.Not: // what is not known is NULL, and no condition holds for it
		of, err := c.expr(e.Of)
		return sql{"NOT ifnull(" + of.text + ", 0)", of.args}, err
	case scope.Is:
		return c.is(e)
	case scope.Range:
		return c.within(e), nil
	case scope.SNRs:
		const end = ":" // comes after all digits
		return ofIMEI(fmt.Sprintf("%s%06d", e.TAC, e.From), fmt.Sprintf("%s%06d", e.TAC, e.To)+end), nil
	case scope.ListExpr:
		return c.list(e)
	}
	return sql{}, &scope.ExprError{Message: "The list of the scope was not read.", Cure: "Name a file that can be read."}
}

// It stands in brackets, since what binds closer in SQL is not what the expression
// says.
func (c *compiler) joined(parts []scope.Expr, by string) (all sql, err error) {
	texts := make([]string, len(parts))
	for i, p := range parts {
		s, err := c.expr(p)
		if err != nil {
			return sql{}, err
		}
		texts[i] = s.text
		all.args = append(all.args, s.args...)
	}
	all.text = "(" + strings.Join(texts, by) + ")"
	return all, nil
}

// needs notes what the query needs beside units and bindings.
func (c *compiler) needs(f scope.Field) {
	switch f {
	case scope.Layout:
		c.product = true
	case scope.Station, scope.Dialect, scope.Program:
		c.attempt = true
	case scope.TAC, scope.SNR, scope.Maker, scope.Module, scope.Firmware, scope.REF, scope.Lot, scope.Order, scope.Made, scope.Operator, scope.Issuer,
		scope.Disposition, scope.Flag, scope.ListField, scope.FileField: // stand in units, bindings or tables that are asked by themselves
	}
}

func (c *compiler) is(e scope.Is) (sql, error) {
	switch e.Field {
	case scope.TAC:
		return ofIMEI(e.Value, e.Value+":"), nil
	case scope.Issuer:
		const before = "G" // no sign of an ICCID comes after F
		return sql{
			"(b.iccid >= ? AND b.iccid < ? AND b.iccid <> '' AND NOT " + c.swapped + `
				OR u.serial IN (SELECT serial FROM subscriptions s WHERE s.iccid >= ? AND s.iccid < ? AND ` + store.SwapHolds + "))",
			[]any{e.Value, e.Value + before, e.Value, e.Value + before},
		}, nil
	case scope.Flag:
		return sql{"u.serial IN (SELECT serial FROM flags WHERE flag = ? AND ended IS NULL)", []any{e.Value}}, nil
	case scope.Maker, scope.Module, scope.Firmware, scope.REF, scope.Lot, scope.Order, scope.Station, scope.Operator, scope.Layout, scope.Dialect,
		scope.Program, scope.Disposition: // have one value
	case scope.SNR, scope.Made, scope.ListField, scope.FileField: // are conditions of another type
	}
	c.needs(e.Field)
	return sql{c.columns[e.Field] + " = ?", []any{e.Value}}, nil
}

func (c *compiler) within(e scope.Range) sql {
	if e.Field == scope.Made {
		s := sql{text: "(1"}
		from, before := e.Times(c.zone)
		if !from.IsZero() {
			s.text, s.args = s.text+" AND "+c.made+" >= ?", append(s.args, store.Stamp(from))
		}
		if !before.IsZero() {
			s.text, s.args = s.text+" AND "+c.made+" < ?", append(s.args, store.Stamp(before))
		}
		return sql{s.text + ")", s.args}
	}
	c.needs(e.Field)
	return sql{store.RangeFunction + "(" + c.columns[e.Field] + ", ?, ?, ?, ?)", []any{e.From, e.To, e.OpenFrom, e.OpenTo}}
}

// ofIMEI is that either IMEI lies from one text to before another.
func ofIMEI(from, before string) sql {
	return sql{"(b.imei >= ? AND b.imei < ? OR b.imei2 >= ? AND b.imei2 < ? AND b.imei2 <> '')", []any{from, before, from, before}}
}
