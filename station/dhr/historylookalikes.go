// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// eachLookAlike calls do for each row of a list whose serial has characters that are
// not ASCII, and looks like another that is ASCII ([station.LookAlike]).
func eachLookAlike(q store.Queryer, id int64, do func(record.Clash)) error {
	var rows []record.Clash
	err := q.Each(`SELECT file, n, serial FROM imported_units WHERE file = ?1 AND serial GLOB '*[^ -~]*' AND disposition NOT IN `+store.GivenUp, []any{id},
		func(scan func(...any) error) error {
			c := record.Clash{Code: station.SerialInUse}
			err := scan(&c.File, &c.Row, &c.Serial)
			rows = append(rows, c)
			return err
		})
	for _, c := range rows {
		if err != nil {
			break
		}
		outline := station.Outline(c.Serial)
		if outline == station.Fold(c.Serial) {
			continue // it is found by its fold
		}
		err = q.Each(`SELECT iif(b.file = ?1, 'row ' || b.n, 'list ' || b.file || ', row ' || b.n) FROM imported_units b JOIN history_files f ON f.id = b.file
				WHERE b.folded = ?2 AND b.disposition NOT IN `+store.GivenUp+` AND (b.file = ?1 OR f.state IN `+store.CountingLists+`)
			UNION ALL SELECT 'unit ' || serial FROM units WHERE folded = ?2 AND folded <> ''`, []any{id, outline}, func(scan func(...any) error) error {
			err := scan(&c.With)
			do(c)
			return err
		})
	}
	return err
}
