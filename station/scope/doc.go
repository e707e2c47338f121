// SPDX-License-Identifier: Apache-2.0

// Package scope says which units an incident is about, as an expression of
// conditions joined by and, or and not. An expression is written as text,
//
//	tac:98000042 and not (lot:A260001 or disposition:scrapped)
//	snr:98000042/22003..22060 and firmware>=BG95M3LAR02A04 and made:2026-01-01..2026-02-01
//	in:leaked.csv and flag:stolen
//
// or as JSON, {"and": [{"tac": "98000042"}, {"not": {"lot": "A260001"}}]}. Both
// are parsed to the same nodes and printed from them. The package knows no
// record: whoever has one makes a query of the nodes. The tests hold such a query
// against scopetest, which says of one unit whether it is in the scope.
//
// A condition is about what a unit is bound to now. not lets through every unit
// that the condition does not hold for, also one of which nothing is known.
package scope
