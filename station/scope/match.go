// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"fmt"
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

// Interpretations are what the items of a list may be, those only by which a unit is
// known: serials and identities. A unit is in the list that meets one of them,
// by one of its Any and every one of its All. The error is an [Error] about the
// first item that leads nowhere.
func (l ListExpr) Interpretations() ([]query.Interpretation, error) {
	var all []query.Interpretation
	for i, text := range l.Items {
		items := query.Parse(text, query.Known{})
		why := ""
		if len(items) > 1 {
			why = "It holds several texts."
		}
		for _, r := range items[0].Interpretations {
			switch {
			case r.Refused != "" && (len(r.Any) == 0 || r.Refused == query.Zeroed):
				why = r.Why
			case len(r.Any) > 0 && !slices.ContainsFunc(r.Any, notOfUnit):
				all = append(all, r)
			}
		}
		if why != "" {
			return nil, &Error{0, fmt.Sprintf("Item %d of the list (%s) cannot be used. %s", i+1, shown(text), why), "Correct it or take it out: a scope leaves out nothing in silence."}
		}
	}
	return all, nil
}

// notOfUnit reports a term that does not name one unit by a whole value.
func notOfUnit(t query.Term) bool {
	if t.How != query.Exactly && t.How != query.Folded {
		return true
	}
	switch t.Field {
	case query.SerialField, query.IMEIField, query.ICCIDField, query.IMSIField, query.EIDField, query.AliasField:
		return false
	default:
		return true
	}
}

// among reports whether a unit is in a list.
func (u UnitFacts) among(l ListExpr) bool {
	interpretations, err := l.Interpretations()
	return err == nil && slices.ContainsFunc(interpretations, func(r query.Interpretation) bool {
		return slices.ContainsFunc(r.Any, u.meets) && !slices.ContainsFunc(r.All, func(t query.Term) bool { return !u.meets(t) })
	})
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
	default: // of no unit, or with a key only
		return false
	}
}
