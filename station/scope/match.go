// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"slices"
	"strings"
	"time"

	"bindery/station/identity"
	"bindery/station/query"
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

// Match reports whether a unit is in a scope. Days are those of the zone. A File
// holds for nothing: see [ReadFiles].
func Match(e Expr, u UnitFacts, zone *time.Location) bool {
	switch e := e.(type) {
	case And:
		return !slices.ContainsFunc(e, func(p Expr) bool { return !Match(p, u, zone) })
	case Or:
		return slices.ContainsFunc(e, func(p Expr) bool { return Match(p, u, zone) })
	case Not:
		return !Match(e.Of, u, zone)
	case Is:
		return u.is(e)
	case Range:
		if e.Field == Made {
			return e.HasTime(u.Made, zone)
		}
		return e.HasVersion(u.value(e.Field))
	case SNRs:
		return slices.ContainsFunc(u.IMEIs, e.Has)
	case ListExpr:
		return u.among(e)
	}
	return false
}

// Has reports whether an IMEI is in the range.
func (s SNRs) Has(imei string) bool {
	i, err := identity.ParseIMEI(imei)
	return err == nil && string(i.TAC()) == s.TAC && i.SNR() >= s.From && i.SNR() <= s.To
}

func (u UnitFacts) is(c Is) bool {
	switch c.Field {
	case TAC:
		return slices.ContainsFunc(u.IMEIs, func(i string) bool { return strings.HasPrefix(i, c.Value) })
	case Issuer:
		return strings.HasPrefix(u.ICCID, c.Value)
	case Flag:
		return slices.Contains(u.Flags, c.Value)
	default:
		return u.value(c.Field) == c.Value
	}
}

// value is that of a field that has one.
func (u UnitFacts) value(f Field) string {
	switch f {
	case Maker:
		return u.Maker
	case Module:
		return u.Module
	case Firmware:
		return u.Firmware
	case REF:
		return u.REF
	case Lot:
		return u.Lot
	case Order:
		return u.Order
	case Station:
		return u.Station
	case Operator:
		return u.Operator
	case Layout:
		return u.Layout
	case Dialect:
		return u.Dialect
	case Program:
		return u.Program
	case Disposition:
		return u.Disposition
	default: // has several, or none
		return ""
	}
}

func (u UnitFacts) meets(t query.Term) bool {
	has := func(v string) bool { return v != "" && t.Matches(v) }
	switch t.Field {
	case query.SerialField:
		return has(u.Serial)
	case query.IMEIField:
		return slices.ContainsFunc(u.IMEIs, has)
	case query.ICCIDField:
		return has(u.ICCID)
	case query.IMSIField:
		return has(u.IMSI)
	case query.EIDField:
		return has(u.EID)
	case query.LotField:
		return has(u.Lot)
	case query.GTINField:
		return has(u.GTIN)
	default: // of no unit, or an alias, of which the record alone knows the number
		return false
	}
}
