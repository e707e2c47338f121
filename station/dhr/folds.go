// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bindery/station"
	"bindery/station/dhr/store"
)

var (
	personIDs = keyColumn{"people", "id"}
	badges    = keyColumn{"people", "badge"}
	orderIDs  = keyColumn{"orders", "id"}
	lots      = keyColumn{"orders", "lot"}
	refs      = keyColumn{"products", "ref"}
)

// alike are the keys of a column that fold as key does, itself among them. A
// column is read once a transaction, for an import asks for each of its rows.
func (t *tx) alike(c keyColumn, key string) ([]string, error) {
	if t.folded[c] == nil {
		keys := map[string][]string{}
		err := t.Each("SELECT DISTINCT "+c.name+" FROM "+c.table, nil, func(scan func(...any) error) error {
			var k string
			err := scan(&k)
			keys[station.Fold(k)] = append(keys[station.Fold(k)], k)
			return err
		})
		if err != nil {
			return nil, err
		}
		if t.folded == nil {
			t.folded = map[keyColumn]map[string][]string{}
		}
		t.folded[c] = keys
	}
	return t.folded[c][station.Fold(key)], nil
}

// note adds a key that is new, so that the rows that follow are held to it.
func (t *tx) note(c keyColumn, key string) {
	fold := station.Fold(store.Text(key))
	t.folded[c][fold] = append(t.folded[c][fold], store.Text(key))
}

// clashes refuses a key where another is in the column that people, or a scanner
// with Caps Lock on, take for it. It takes note of one that is new.
func (t *tx) clashes(c keyColumn, field, key string) error {
	keys, err := t.alike(c, store.Text(key))
	if err != nil {
		return err
	}
	if err := asBadRow(station.CheckAlike(field, store.Text(key), keys)); err != nil {
		return err
	}
	if len(keys) == 0 {
		t.note(c, key)
	}
	return nil
}

// orderClashes refuses a new order that is taken for another, or for a badge.
func (t *tx) orderClashes(o station.Order) error {
	if err := t.clashes(orderIDs, "id", o.ID); err != nil {
		return err
	}
	if err := t.clashes(lots, "lot", o.Lot); err != nil {
		return err
	}
	keys, err := t.alike(badges, store.Text(o.ID))
	if err != nil {
		return err
	}
	return asBadRow(station.CheckOrderIsNoBadge(o.ID, keys))
}

// badgeClashes refuses a badge that is somebody else's, one that a scanner
// may send in the place of somebody else's, and one that reads as an order: a
// scan must say one thing.
func (t *tx) badgeClashes(p station.Person) error {
	keys, err := t.alike(badges, store.Text(p.Badge))
	if err != nil {
		return err
	}
	alike := make([]station.Person, len(keys))
	for i, badge := range keys {
		alike[i].Badge = badge
		if err := t.Get("SELECT id FROM people WHERE badge = ?", []any{badge}, &alike[i].ID); err != nil {
			return err
		}
	}
	seen, err := t.badgesToCompare(p.Badge)
	if err != nil {
		return err
	}
	if err := asBadRow(station.CheckBadge(p, append(alike, seen...))); err != nil {
		return err
	}
	t.note(badges, p.Badge)
	keys, err = t.alike(orderIDs, store.Text(p.Badge))
	if err != nil {
		return err
	}
	return asBadRow(station.CheckBadgeIsNoOrder(p, keys))
}

// badgesToCompare are the badges that people may take for one, with their owners. Of two
// that look alike and do not fold alike one has a character that is not ASCII.
func (t *tx) badgesToCompare(badge string) (list []station.Person, err error) {
	const notASCII = `GLOB '*[^ -~]*'`
	err = t.Each(`SELECT id, badge FROM people WHERE badge `+notASCII+` OR ?1 `+notASCII, []any{store.Text(badge)}, func(scan func(...any) error) error {
		var p station.Person
		err := scan(&p.ID, &p.Badge)
		list = append(list, p)
		return err
	})
	return list, err
}
