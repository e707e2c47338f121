// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
)

// atOnce is how many units are read by one query.
const atOnce = 500

// Facts calls do with what there is to say of each unit, in the order of the
// serials; one that the record does not have is passed over.
func Facts(ctx context.Context, from *store.Reader, serials []string, do func(station.ExportedUnit) error) error {
	for some := range slices.Chunk(serials, atOnce) {
		list, err := json.Marshal(some)
		if err != nil {
			return err
		}
		units := map[string]*station.ExportedUnit{}
		for _, query := range []string{
			factsQuery(ours, "o.lot", "u.made_zone", "(SELECT gtin FROM products WHERE ref = u.ref AND version = u.version)"),
			factsQuery(before, "u.lot", "''", "(SELECT gtin FROM products WHERE ref = u.ref ORDER BY version DESC LIMIT 1)"),
		} {
			if err := readFacts(ctx, from, query, string(list), units); err != nil {
				return store.AsFault(err)
			}
		}
		err = from.Each(ctx, `SELECT f.serial, f.flag FROM json_each(?1) j CROSS JOIN flags f ON f.serial = j.value AND f.ended IS NULL ORDER BY f.id`,
			[]any{string(list)}, func(scan func(...any) error) error {
				var serial, flag string
				if err := scan(&serial, &flag); err != nil {
					return err
				}
				if u := units[serial]; u != nil {
					u.Flags = append(u.Flags, flag)
				}
				return nil
			})
		if err != nil {
			return store.AsFault(err)
		}
		for _, s := range some {
			if units[s] == nil {
				continue
			}
			if err := do(*units[s]); err != nil {
				return err
			}
		}
	}
	return nil
}

// factsQuery reads units of an origin, with the SIM that is in each now.
func factsQuery(of unitSource, lot, zone, gtin string) string {
	return `SELECT u.serial, coalesce(` + gtin + `, ''), ` + lot + `, u.disposition, ` + of.made + `, ` + zone + `, coalesce(b.firmware, ''),
			coalesce(b.imei, ''), coalesce(b.imei2, ''), coalesce(s.iccid, iif(` + of.swapped + `, '', b.iccid), ''),
			coalesce(s.imsi, iif(` + of.swapped + `, '', b.imsi), '')
		FROM json_each(?1) j CROSS JOIN ` + of.rows + ` LEFT JOIN subscriptions s ON s.serial = u.serial AND ` + store.SwapHolds + `
		WHERE ` + of.where + `u.serial = j.value`
}

func readFacts(ctx context.Context, from *store.Reader, query, list string, units map[string]*station.ExportedUnit) error {
	return from.Each(ctx, query, []any{list}, func(scan func(...any) error) error {
		var u station.ExportedUnit
		var made time.Time
		var zone string
		err := scan(&u.Serial, &u.GTIN, &u.Lot, &u.State, (*store.Instant)(&made), &zone, &u.Firmware, &u.IMEI, &u.IMEI2, &u.ICCID, &u.IMSI)
		if err == nil && !made.IsZero() {
			u.Made = string(station.DayIn(made, zone))
		}
		units[u.Serial] = &u
		return err
	})
}
