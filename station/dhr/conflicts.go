// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"fmt"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
)

// holder is a table whose rows hold numbers that no other unit may have.
type holder struct {
	table   string
	live    string // whether a row b of it holds them now
	numbers []station.Number
}

var (
	allNumbers = []station.Number{station.NumberIMEI, station.NumberIMEI2, station.NumberICCID, station.NumberEID}

	ourBindings    = holder{"bindings", `b.superseded = 0`, allNumbers}
	listedBindings = holder{"accepted_bindings", `b.state IN ` + store.LiveBindings, allNumbers}
	swappedSIMs    = holder{"subscriptions", `b.ended = ''`, []station.Number{station.NumberICCID, station.NumberEID}}
)

// has reports whether rows of h have a number.
func (h holder) has(n station.Number) bool { return slices.Contains(h.numbers, n) }

// mostForms is how many forms a number has: see [station.Binding.Forms].
const mostForms = 3

// holding is the query for columns of the rows b of h that hold a number now which
// [station.Exclusions] keep from a binding: its numbers, as [numbersOf] has them.
func (h holder) holding(columns string) string {
	var of []string
	for _, n := range h.numbers {
		var own []string
		for _, e := range station.Exclusions {
			for form := 0; e.Others == n && form < formsOf(e.Own); form++ {
				own = append(own, fmt.Sprintf("?%d", slices.Index(allNumbers, e.Own)*mostForms+form+1))
			}
		}
		theirs := "b." + string(n)
		of = append(of, `SELECT `+columns+` FROM `+h.table+` b WHERE `+theirs+` IN (`+strings.Join(own, ", ")+`) AND `+theirs+` <> '' AND `+h.live)
	}
	return strings.Join(of, ` UNION `)
}

// formsOf is how many forms a number may have.
func formsOf(n station.Number) int {
	if n == station.NumberICCID {
		return mostForms
	}
	return 1
}

// numbersOf are the arguments of [holder.holding]: of each number as many forms as
// one may have, "" where there are fewer.
func numbersOf(b station.Binding) []any {
	var list []any
	for _, n := range allNumbers {
		forms := b.Forms(n)
		for i := range mostForms {
			form := ""
			if i < len(forms) {
				form = forms[i]
			}
			list = append(list, form)
		}
	}
	return list
}

// conflictsWithOurs lists the live bindings that hold a number which b must not have.
func conflictsWithOurs(q store.Queryer, b station.Binding) ([]station.Binding, error) {
	return bindingsBy(q, ourBindings.holding(bindingColumns), numbersOf(b)...)
}

// conflicts lists what of h, which is of another origin, holds a number that b must
// not have, as bindings without an ID.
func (h holder) conflicts(q store.Queryer, b station.Binding) (list []station.Binding, err error) {
	columns := []string{"b.serial"}
	for _, n := range allNumbers {
		if h.has(n) {
			columns = append(columns, "b."+string(n))
		} else {
			columns = append(columns, "''")
		}
	}
	err = q.Each(h.holding(strings.Join(columns, ", ")), numbersOf(b), func(scan func(...any) error) error {
		var of station.Binding
		err := scan(&of.Serial, &of.IMEI, &of.IMEI2, &of.ICCID, &of.EID)
		list = append(list, of)
		return err
	})
	return list, err
}

// allowElsewhere refuses numbers that a unit of another origin holds: by a list that
// was accepted, or by a swap of its SIM.
func allowElsewhere(q store.Queryer, b station.Binding) error {
	for _, h := range []holder{listedBindings, swappedSIMs} {
		live, err := h.conflicts(q, b)
		if err != nil {
			return err
		}
		if err := station.AllowNumbers(b, live); err != nil {
			return err
		}
	}
	return nil
}
