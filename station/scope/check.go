// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/identity"
)

// deepest is how many brackets may stand inside each other.
const deepest = 100

// fieldNamed is the field of a name.
func fieldNamed(name string, at int) (Field, error) {
	name = strings.ToLower(name)
	if f, ok := others[name]; ok {
		return f, nil
	}
	if slices.Contains(fields, Field(name)) {
		return Field(name), nil
	}
	all := make([]string, len(fields))
	for i, f := range fields {
		all[i] = string(f)
	}
	return "", &ExprError{at, fmt.Sprintf("There is no condition %q.", shown(name)), "Use one of " + strings.Join(all, ", ") + "."}
}

// newIs makes the condition that a field has a value.
func newIs(f Field, value string, at int) (Expr, error) {
	why := station.Unprintable(value)
	if strings.TrimSpace(value) == "" {
		why = cmp.Or(why, "is empty")
	}
	if why != "" {
		return nil, &ExprError{at, fmt.Sprintf("The value of %s %s.", f, why), "Write the value as the record shows it."}
	}
	switch f {
	case TAC:
		if _, err := identity.ParseTAC(value); err != nil {
			return nil, &ExprError{at, fmt.Sprintf("%q is not a TAC.", shown(value)), "Write the first eight digits of the IMEIs."}
		}
	case Issuer:
		if !strings.HasPrefix(value, "89") || strings.Trim(value, "0123456789") != "" || len(value) > 18 {
			return nil, &ExprError{at, fmt.Sprintf("%q is not an issuer of SIMs.", shown(value)), "Write the digits that its ICCIDs begin with; the first are 89."}
		}
	case Made:
		return newRange(f, Range{From: value, To: value}, at)
	case FileField:
		return FileExpr{value}, nil
	case SNR:
		return nil, &ExprError{at, "An SNR alone names no device: it needs its TAC.", snrCure}
	case Flag:
		flag := station.ParseFlag(value)
		return Is{f, string(flag)}, oneOf(f, flag, station.Flags, at)
	case Disposition:
		return Is{f, value}, oneOf(f, station.Disposition(value), station.Dispositions, at)
	case Maker, Module, Firmware, REF, Lot, Order, Station, Operator, Layout, Dialect, Program, ListField: // any text
	}
	return Is{f, value}, nil
}

// oneOf refuses a value that no unit can have: it would find nothing in silence.
func oneOf[T ~string](f Field, value T, known []T, at int) error {
	if slices.Contains(known, value) {
		return nil
	}
	all := make([]string, len(known))
	for i, k := range known {
		all[i] = string(k)
	}
	return &ExprError{at, fmt.Sprintf("There is no %s %q.", f, shown(string(value))), "Use one of " + strings.Join(all, ", ") + "."}
}

// newRange makes the condition that a field lies between bounds. With two
// bounds of which one is open it becomes two conditions.
func newRange(f Field, r Range, at int) (Expr, error) {
	r.Field = f
	switch {
	case !f.Ranged():
		return nil, &ExprError{at, fmt.Sprintf("%s has no order in which one value comes before another.", f), fmt.Sprintf("Write %s:VALUE; only firmware, program, made and snr have ranges.", f)}
	case r.From == "" && r.To == "":
		return nil, &ExprError{at, fmt.Sprintf("The range of %s has no bound.", f), "Write FROM..TO, or >= or <= before one bound."}
	}
	for _, bound := range []string{r.From, r.To} {
		if err := checkBound(f, bound, at); err != nil {
			return nil, err
		}
	}
	if r.From != "" && r.To != "" && !r.OpenFrom && !r.OpenTo && r.backward() {
		return nil, &ExprError{at, fmt.Sprintf("The range of %s ends before it begins.", f), "Exchange the two bounds."}
	}
	if r.From != "" && r.To != "" && (r.OpenFrom || r.OpenTo) {
		return And{Range{Field: f, From: r.From, OpenFrom: r.OpenFrom}, Range{Field: f, To: r.To, OpenTo: r.OpenTo}}, nil
	}
	return r, nil
}

// checkBound refuses a bound that the field cannot have; "" is no bound. Its
// error is an *ExprError.
func checkBound(f Field, bound string, at int) error {
	if why := station.Unprintable(bound); why != "" {
		return &ExprError{at, fmt.Sprintf("A bound of %s %s.", f, why), "Write it as the record shows it."}
	}
	if f != Made || bound == "" {
		return nil
	}
	if _, _, ok := moment(bound, time.UTC); !ok {
		return &ExprError{at, fmt.Sprintf("%q is neither a day nor a time.", shown(bound)), "Write 2026-01-31, or 2026-01-31T08:00:00Z."}
	}
	return nil
}

func (r Range) backward() bool {
	if r.Field == Made {
		from, before := r.Times(time.UTC)
		return !from.Before(before)
	}
	return CompareVersions(r.From, r.To) > 0 && !r.HasVersion(r.From)
}

const snrCure = "Write snr:TAC/FROM..TO, as snr:98000042/22003..22060."

// newSNRs makes the condition of a range of an allocation.
func newSNRs(tac, from, to string, at int) (Expr, error) {
	if _, err := identity.ParseTAC(tac); err != nil {
		return nil, &ExprError{at, fmt.Sprintf("%q is not a TAC.", shown(tac)), snrCure}
	}
	first, ok1 := snr(from)
	last, ok2 := snr(to)
	switch {
	case !ok1 || !ok2:
		return nil, &ExprError{at, "An SNR is a number from 0 to 999999.", snrCure}
	case first > last:
		return nil, &ExprError{at, "The range of SNRs ends before it begins.", "Exchange the two bounds."}
	}
	return SNRs{tac, first, last}, nil
}

func snr(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && strings.Trim(s, "0123456789") == "" && len(s) <= 6
}

// newList makes the condition of a list and refuses one with an item that leads
// nowhere: a scope that leaves units out in silence is worse than none.
func newList(items []string, at int) (Expr, error) {
	if len(items) == 0 {
		return nil, &ExprError{at, "The list is empty.", "Write serials or identities, or in:FILE."}
	}
	l := ListExpr{Items: items}
	if _, err := l.Read(); err != nil {
		err.(*ExprError).At = at //nolint:errorlint // Read gives no other
		return nil, err
	}
	return l, nil
}
