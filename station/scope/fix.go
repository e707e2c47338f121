// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"time"

	"bindery/station"
	"bindery/station/identity"
)

// Fix puts a moment in the place of every day, as the zone has it, so that an
// expression means the same wherever and whenever it is read again.
func Fix(e Expr, zone *time.Location) Expr {
	switch e := e.(type) {
	case And:
		return And(fixAll(e, zone))
	case Or:
		return Or(fixAll(e, zone))
	case Not:
		return Not{Fix(e.Of, zone)}
	case Range:
		if e.Field == Made {
			return fixed(e, zone)
		}
	}
	return e
}

func fixAll(parts []Expr, zone *time.Location) []Expr {
	all := make([]Expr, len(parts))
	for i, p := range parts {
		all[i] = Fix(p, zone)
	}
	return all
}

func fixed(r Range, zone *time.Location) Expr {
	from, before := r.Times(zone)
	first := Range{Field: Made, From: from.Format(time.RFC3339Nano)}
	last := Range{Field: Made, To: before.Format(time.RFC3339Nano), OpenTo: true}
	switch {
	case before.IsZero():
		return first
	case from.IsZero():
		return last
	}
	return And{first, last}
}

// mostShown is how many items of a list are shown.
const mostShown = 5

// Shown writes an expression for people: identities are masked, and a long list
// is told by how many items it has. It is not to be read back.
func Shown(e Expr) string { return identity.MaskIn(Text(shorten(e))) }

func shorten(e Expr) Expr {
	switch e := e.(type) {
	case And:
		return And(shortenAll(e))
	case Or:
		return Or(shortenAll(e))
	case Not:
		return Not{shorten(e.Of)}
	case ListExpr:
		if len(e.Items) > mostShown {
			return ListExpr{Items: []string{station.Counted(len(e.Items), "item", "items")}}
		}
	}
	return e
}

func shortenAll(parts []Expr) []Expr {
	all := make([]Expr, len(parts))
	for i, p := range parts {
		all[i] = shorten(p)
	}
	return all
}
