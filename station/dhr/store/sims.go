// SPDX-License-Identifier: Apache-2.0

package store

// Terms in SQL that say which SIM is in a unit now, as [station.SIMPeriods] does.
var (
	// Swapped is that the SIM of a binding b of ours was swapped in the field.
	Swapped = `EXISTS (SELECT 1 FROM subscriptions x WHERE x.serial = b.serial AND x.since >= b.at)`

	// SwappedOld is the same of a binding b of a list of another system.
	SwappedOld = `EXISTS (SELECT 1 FROM subscriptions x WHERE x.serial = b.serial AND x.since >= b.since)`

	// ListCounts is that a row b of imported_bindings counts: it is of a list that was
	// accepted, and was not left out.
	ListCounts = `(b.state IN ` + CountingBindings + ` AND (SELECT state FROM history_files WHERE id = b.file) IN ` + CountingLists + `)`

	// SwapHolds is that the SIM of a subscription s is in its unit still: it has no
	// end, and nobody has bound the unit since.
	SwapHolds = `(s.ended = '' AND NOT EXISTS (SELECT 1 FROM bindings x WHERE x.serial = s.serial AND x.superseded = 0 AND x.at > s.since)
		AND NOT EXISTS (SELECT 1 FROM imported_bindings x WHERE x.serial = s.serial AND x.state IN ` + LiveBindings + ` AND x.since > s.since
			AND (SELECT state FROM history_files WHERE id = x.file) IN ` + CountingLists + `))`
)
