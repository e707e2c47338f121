// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"encoding/json"
	"slices"

	"bindery/station/dhr/store"
	"bindery/station/identity"
)

// selectIMSIs finds what the record knows of SIMs, in a unit or not.
var selectIMSIs = `SELECT b.iccid, b.imsi FROM json_each(?1) j CROSS JOIN bindings b ON b.iccid = j.value AND b.iccid <> '' WHERE b.imsi <> ''
	UNION ALL SELECT b.iccid, b.imsi FROM json_each(?1) j CROSS JOIN imported_bindings b ON b.iccid = j.value AND b.iccid <> '' WHERE b.imsi <> '' AND ` + store.ListCounts + `
	UNION ALL SELECT s.iccid, s.imsi FROM json_each(?1) j CROSS JOIN subscriptions s ON s.iccid = j.value WHERE s.imsi <> ''`

// IMSIs are those of SIMs, as far as the record has them.
func IMSIs(ctx context.Context, from *store.Reader, of []identity.ICCID) (map[identity.ICCID]identity.IMSI, error) {
	found := map[identity.ICCID]identity.IMSI{}
	for some := range slices.Chunk(of, atOnce) {
		numbers := make([]string, len(some))
		for i, n := range some {
			numbers[i] = n.Full()
		}
		list, err := json.Marshal(numbers)
		if err != nil {
			return nil, err
		}
		err = from.Each(ctx, selectIMSIs, []any{string(list)}, func(scan func(...any) error) error {
			var iccid, imsi string
			err := scan(&iccid, &imsi)
			found[identity.ICCID(iccid)] = identity.IMSI(imsi)
			return err
		})
		if err != nil {
			return nil, store.AsFault(err)
		}
	}
	return found, nil
}

// selectSwapped finds units that were bound anew, or whose SIM was said to be another,
// in a leaf after ?2.
const selectSwapped = `SELECT j.value FROM json_each(?1) j WHERE EXISTS (SELECT 1 FROM subscriptions s WHERE s.serial = j.value AND s.leaf > ?2)
	OR EXISTS (SELECT 1 FROM bindings b WHERE b.serial = j.value AND b.leaf > ?2) ORDER BY j.key`

// Swapped are the units whose SIM was changed since a leaf: what a case says of their
// SIM may be true no more.
func Swapped(ctx context.Context, from *store.Reader, serials []string, since int64) ([]string, error) {
	var changed []string
	for some := range slices.Chunk(serials, atOnce) {
		list, err := json.Marshal(some)
		if err != nil {
			return nil, err
		}
		err = from.Each(ctx, selectSwapped, []any{string(list), since}, func(scan func(...any) error) error {
			var serial string
			err := scan(&serial)
			changed = append(changed, serial)
			return err
		})
		if err != nil {
			return nil, store.AsFault(err)
		}
	}
	return changed, nil
}
