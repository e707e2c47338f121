// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"bindery/station/dhr/store"
	"bindery/station/scope"
)

// columnReader makes of the nodes of a scope what tells of a block which units meet
// them; scopetest.Match is what each must say of a unit.
type columnReader struct {
	ctx  context.Context
	from *store.Reader
	zone *time.Location
}

// condition tells which units of a block meet something.
type condition func(block) ([]uint64, error)

// columnOf is the column of a field that has one value, and the condition on a value v
// of it that the value of the field is ?.
var columnOf = map[scope.Field]struct {
	column store.ScopeColumn
	is     string
	value  string // that a range is of
}{
	scope.Maker:       {store.ScopeMaker, "v.value = ?", ""},
	scope.Module:      {store.ScopeModel, "v.value = ?", ""},
	scope.Firmware:    {store.ScopeFirmware, "v.value = ?", "v.value"},
	scope.REF:         {store.ScopeProduct, "v.value IN (SELECT ref || '/' || version FROM products WHERE ref = ?)", ""},
	scope.Lot:         {store.ScopeOrder, "v.value IN (SELECT id FROM orders WHERE lot = ?)", ""},
	scope.Order:       {store.ScopeOrder, "v.value = ?", ""},
	scope.Station:     {store.ScopeStation, "v.value = ?", ""},
	scope.Operator:    {store.ScopeOperator, "v.value = ?", ""},
	scope.Layout:      {store.ScopeProduct, "v.value IN (SELECT ref || '/' || version FROM products WHERE layout = ?)", ""},
	scope.Dialect:     {store.ScopeDialect, "v.value = ?", ""},
	scope.Program:     {store.ScopeProgram, store.VersionFunction + "(v.value) = ?", store.VersionFunction + "(v.value)"},
	scope.Disposition: {store.ScopeDisposition, "v.value = ?", ""},
}

func (c columnReader) condition(e scope.Expr) (condition, error) {
	switch e := e.(type) {
	case scope.And:
		return c.joined(e, func(a, b uint64) uint64 { return a & b })
	case scope.Or:
		return c.joined(e, func(a, b uint64) uint64 { return a | b })
	case scope.Not:
		of, err := c.condition(e.Of)
		return combine(c.within(store.ScopeDisposition, 1, math.MaxInt64), of, func(unit, in uint64) uint64 { return unit &^ in }), err
	case scope.Range:
		return c.ranged(e)
	case scope.SNRs:
		tac := digits(e.TAC)
		return c.ofIMEI(tac*1e7+int64(e.From)*10, tac*1e7+int64(e.To)*10+9), nil
	case scope.Is:
		return c.is(e)
	}
	return c.asked(e)
}

func digits(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64) // the scope was checked
	return n
}

func (c columnReader) joined(parts []scope.Expr, by func(a, b uint64) uint64) (all condition, err error) {
	for _, p := range parts {
		one, err := c.condition(p)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = one
		} else {
			all = combine(all, one, by)
		}
	}
	return all, nil
}

func combine(a, b condition, by func(a, b uint64) uint64) condition {
	return func(at block) ([]uint64, error) {
		x, err := a(at)
		if err != nil {
			return nil, err
		}
		y, err := b(at)
		for i := range y {
			x[i] = by(x[i], y[i])
		}
		return x, err
	}
}

func (c columnReader) is(e scope.Is) (condition, error) {
	if e.Field == scope.TAC {
		tac := digits(e.Value)
		return c.ofIMEI(tac*1e7, tac*1e7+1e7-1), nil
	}
	if e.Field == scope.Issuer && len(e.Value) <= store.SIMDigits {
		rest := store.SIMDigits - len(e.Value)
		from, err := strconv.ParseInt(e.Value+strings.Repeat("0", rest), 16, 64)
		return c.within(store.ScopeSIM, from, from+1<<(4*rest)-1), err
	}
	of, ok := columnOf[e.Field]
	if !ok { // a flag, or most of an ICCID
		return c.asked(e)
	}
	list, err := c.from.ScopeCodes(c.ctx, of.column, of.is, e.Value)
	return c.among(of.column, list), err
}

func (c columnReader) ranged(e scope.Range) (condition, error) {
	if e.Field == scope.Made {
		first, last := int64(1), int64(math.MaxInt64)
		from, before := e.Times(c.zone)
		if !from.IsZero() {
			first = store.MadeValue(from)
		}
		if !before.IsZero() {
			last = store.MadeValue(before) - 1
		}
		return c.within(store.ScopeMade, first, last), nil
	}
	of := columnOf[e.Field]
	list, err := c.from.ScopeCodes(c.ctx, of.column, store.RangeFunction+"("+of.value+", ?, ?, ?, ?)", e.From, e.To, e.OpenFrom, e.OpenTo)
	return c.among(of.column, list), err
}

// ofIMEI is that either IMEI lies from one number to another.
func (c columnReader) ofIMEI(from, to int64) condition {
	return combine(c.within(store.ScopeIMEI, from, to), c.within(store.ScopeIMEI2, from, to), func(a, b uint64) uint64 { return a | b })
}

func (c columnReader) within(column store.ScopeColumn, from, to int64) condition {
	return c.chunks(column, func(p store.Packed, set []uint64) { p.Among(from, to, set) })
}

func (c columnReader) among(column store.ScopeColumn, list []bool) condition {
	return c.chunks(column, func(p store.Packed, set []uint64) { p.In(list, set) })
}

func (c columnReader) chunks(column store.ScopeColumn, do func(p store.Packed, set []uint64)) condition {
	return func(b block) ([]uint64, error) {
		set := b.none()
		err := c.from.ScopeChunks(c.ctx, column, b.from, b.before, func(n int64, p store.Packed) error {
			do(p, set[(n-b.from)*chunkWords:][:chunkWords])
			return nil
		})
		return set, err
	}
}

// asked asks the rows themselves, for what stands in no column and few units meet.
func (c columnReader) asked(e scope.Expr) (condition, error) {
	of := compiler{unitSource: ours, zone: c.zone, aliases: aliasesOf(c.ctx, c.from), had: hadIn(c.ctx, c.from)}
	s, err := of.query(e, "(SELECT min(y.id) FROM bindings y WHERE y.serial = u.serial)")
	if err != nil {
		return nil, err
	}
	var list []int64
	err = c.from.Each(c.ctx, s.text, s.args, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		list = append(list, n)
		return err
	})
	return func(b block) ([]uint64, error) { return b.numbers(list), nil }, store.AsFault(err)
}
