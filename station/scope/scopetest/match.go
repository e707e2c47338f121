// SPDX-License-Identifier: Apache-2.0

// Package scopetest decides in Go alone whether a unit is in a scope. What the
// record finds by SQL is held against it.
package scopetest

import (
	"slices"
	"strings"
	"time"

	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/scope"
)

// UnitFacts is what a scope asks of a unit. What is not known is "".
type UnitFacts struct {
	Serial      string
	IMEIs       []string // one or two
	ICCID       string
	IMSI        string
	EID         string
	Maker       string
	Module      string
	Firmware    string
	REF         string
	GTIN        string
	Lot         string
	Order       string
	Station     string
	Operator    string
	Layout      string
	Dialect     string
	Program     string
	Disposition string
	Flags       []string
	Made        time.Time
}

// Match reports whether a unit is in a scope. Days are those of the zone. A file
// holds for nothing: see [scope.ReadFiles].
func Match(e scope.Expr, u UnitFacts, zone *time.Location) bool {
	switch e := e.(type) {
	case scope.And:
		return !slices.ContainsFunc(e, func(p scope.Expr) bool { return !Match(p, u, zone) })
	case scope.Or:
		return slices.ContainsFunc(e, func(p scope.Expr) bool { return Match(p, u, zone) })
	case scope.Not:
		return !Match(e.Of, u, zone)
	case scope.Is:
		return u.is(e)
	case scope.Range:
		if e.Field == scope.Made {
			return hasTime(e, u.Made, zone)
		}
		return e.HasVersion(u.value(e.Field))
	case scope.SNRs:
		return slices.ContainsFunc(u.IMEIs, func(imei string) bool { return hasSNR(e, imei) })
	case scope.ListExpr:
		return u.among(e)
	}
	return false
}

func hasTime(r scope.Range, t time.Time, zone *time.Location) bool {
	from, before := r.Times(zone)
	return !t.IsZero() && !t.Before(from) && (before.IsZero() || t.Before(before))
}

func hasSNR(s scope.SNRs, imei string) bool {
	i, err := identity.ParseIMEI(imei)
	return err == nil && string(i.TAC()) == s.TAC && i.SNR() >= s.From && i.SNR() <= s.To
}

func (u UnitFacts) is(c scope.Is) bool {
	switch {
	case c.Field == scope.TAC:
		return slices.ContainsFunc(u.IMEIs, func(i string) bool { return strings.HasPrefix(i, c.Value) })
	case c.Field == scope.Issuer:
		return strings.HasPrefix(u.ICCID, c.Value)
	case c.Field == scope.Flag:
		return slices.Contains(u.Flags, c.Value)
	}
	return u.value(c.Field) == c.Value
}

// value is that of a field that has one.
func (u UnitFacts) value(f scope.Field) string {
	return map[scope.Field]string{
		scope.Maker: u.Maker, scope.Module: u.Module, scope.Firmware: u.Firmware, scope.REF: u.REF, scope.Lot: u.Lot, scope.Order: u.Order,
		scope.Station: u.Station, scope.Operator: u.Operator, scope.Layout: u.Layout, scope.Dialect: u.Dialect, scope.Program: u.Program,
		scope.Disposition: u.Disposition,
	}[f]
}

// among reports whether a unit is in a list.
func (u UnitFacts) among(l scope.ListExpr) bool {
	items, err := l.Read()
	return err == nil && slices.ContainsFunc(items, func(i scope.ListItem) bool {
		return slices.ContainsFunc(i.Interpretations, func(r query.Interpretation) bool {
			return slices.ContainsFunc(r.Any, u.meets) && !slices.ContainsFunc(r.All, func(t query.Term) bool { return !u.meets(t) })
		})
	})
}

// meets is false of fields that are of no unit, and of aliases, of which the record alone
// knows the number.
func (u UnitFacts) meets(t query.Term) bool {
	values := map[query.TermField][]string{
		query.SerialField: {u.Serial}, query.IMEIField: u.IMEIs, query.ICCIDField: {u.ICCID}, query.IMSIField: {u.IMSI},
		query.EIDField: {u.EID}, query.LotField: {u.Lot}, query.GTINField: {u.GTIN},
	}
	return slices.ContainsFunc(values[t.Field], func(v string) bool { return v != "" && t.Matches(v) })
}
