// SPDX-License-Identifier: Apache-2.0

package store

import (
	"strconv"
	"time"
)

// scopeRows reads what the columns of scopes have of units: their numbers, and the
// columns in their order. That a SIM was swapped in the field is told as [Swapped] and
// [SwapHolds] do; the newest attempt that began before a unit was bound is the one that
// bound it.
var scopeRows = `SELECT f.id, u.disposition, u.work_order, u.ref || '/' || u.version, b.maker, b.model, b.firmware, b.person, a.station, a.program,
		e.reading ->> '$.dialect', u.made, b.imei, b.imei2,
		coalesce((SELECT s.iccid FROM subscriptions s WHERE s.serial = u.serial AND ` + SwapHolds + `), iif(` + Swapped + `, '', b.iccid))
	FROM bindings f CROSS JOIN units u ON u.serial = f.serial LEFT JOIN bindings b ON b.serial = f.serial AND b.superseded = 0
	LEFT JOIN attempts a ON a.id = (SELECT max(x.id) FROM attempts x WHERE x.serial = u.serial AND x.started <= b.at)
	LEFT JOIN evidence e ON e.attempt = a.id
	WHERE NOT EXISTS (SELECT 1 FROM bindings y WHERE y.serial = f.serial AND y.id < f.id)`

// ScopeRowsAfter reads units after the number ?1 up to ?2.
var ScopeRowsAfter = scopeRows + ` AND f.id > ?1 AND f.id <= ?2 ORDER BY f.id`

// scopeRowsOf reads the units of a JSON array of serials ?1, up to the number ?2.
var scopeRowsOf = scopeRows + ` AND f.serial IN (SELECT value FROM json_each(?1)) AND f.id <= ?2 ORDER BY f.id`

// ScopeTouched reads the serials of units of which a leaf after ?1 tells. Those of
// lists of other systems are about no unit of ours.
const ScopeTouched = `SELECT DISTINCT r.value ->> '$.row.serial' AS serial FROM leaves l, json_each(l.body, '$.rows') r
	WHERE l.number > ?1 AND l.subject NOT GLOB 'history:*' AND r.value ->> '$.table' IN ('units', 'bindings', 'attempts', 'subscriptions', 'imported_bindings')`

// ScopeUnit is what the columns have of a unit. A text that is not known is nil.
type ScopeUnit struct {
	Number  int64
	Texts   [texts]*string
	Numbers [int(scopeColumnsEnd) - 1 - texts]int64
}

// ReadScopeUnit reads one of the rows.
func ReadScopeUnit(scan func(...any) error) (u ScopeUnit, err error) {
	var made string
	var imei, imei2, sim *string
	into := []any{&u.Number}
	for i := range u.Texts {
		into = append(into, &u.Texts[i])
	}
	err = scan(append(into, &made, &imei, &imei2, &sim)...)
	if at, err := time.Parse(time.RFC3339, made); err == nil {
		u.Numbers[0] = MadeValue(at)
	}
	u.Numbers[1], u.Numbers[2], u.Numbers[3] = number(imei, 10), number(imei2, 10), 0
	if sim != nil && len(*sim) >= SIMDigits {
		first := (*sim)[:SIMDigits]
		u.Numbers[3] = number(&first, 16)
	}
	return u, err
}

// number is a text as a number; 0 where it is none.
func number(text *string, base int) int64 {
	if text == nil {
		return 0
	}
	n, err := strconv.ParseInt(*text, base, 64)
	if err != nil {
		return 0
	}
	return n
}

// Value is what a column holds; code gives the number of a text.
func (u ScopeUnit) Value(c ScopeColumn, code func(ScopeColumn, string) (int64, error)) (int64, error) {
	i := int(c) - 1
	if i >= texts {
		return u.Numbers[i-texts], nil
	}
	if u.Texts[i] == nil {
		return 0, nil
	}
	return code(c, *u.Texts[i])
}
