// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"

	"bindery/station/dhr/store"
	"bindery/station/reconcile"
)

// ReconciliationBook is the record as a list of a carrier is held against it, as it stood at
// one moment: a [reconcile.Book].
type ReconciliationBook struct{ snap *Snapshot }

// Book takes the record as it stands now. ctx must live as long as the book is
// used, and the book be closed.
func (d *DHR) Book(ctx context.Context) (*ReconciliationBook, error) {
	s, err := d.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return &ReconciliationBook{s}, nil
}

// Close lets the moment go.
func (b *ReconciliationBook) Close() error { return b.snap.Close() }

// In these statements the list comes first: for each number an index is asked.
// What another origin says stands in a term of its own, for a join with a view
// would read all of it.

// selectCards finds SIMs by ICCID: of bindings of ours, of those of another origin,
// and of swaps in the field. One that was swapped is live no more, though its
// binding is.
var selectCards = `SELECT b.iccid, b.serial, b.superseded = 0 AND NOT ` + store.Swapped + `, iif(b.superseded = 0, '', iif(b.ended = '', l.body ->> 'at', b.ended))
		FROM json_each(?1) j CROSS JOIN bindings b ON b.iccid = j.value AND b.iccid <> '' JOIN leaves l ON l.number = b.leaf
	UNION ALL SELECT b.iccid, b.serial, b.state IN ` + store.LiveBindings + ` AND NOT ` + store.SwappedOld + `, b.ended
		FROM json_each(?1) j CROSS JOIN imported_bindings b ON b.iccid = j.value AND b.iccid <> '' WHERE ` + store.ListCounts + `
	UNION ALL SELECT s.iccid, s.serial, ` + store.SwapHolds + `, s.ended FROM json_each(?1) j CROSS JOIN subscriptions s ON s.iccid = j.value`

// selectHolders tells what units are: their IMEIs, and the flags that are in force.
var selectHolders = `SELECT j.value, b.imei, b.imei2, '[]' FROM json_each(?1) j CROSS JOIN bindings b ON b.serial = j.value AND b.superseded = 0
	UNION ALL SELECT j.value, b.imei, b.imei2, '[]' FROM json_each(?1) j CROSS JOIN imported_bindings b ON b.serial = j.value AND b.state IN ` + store.LiveBindings + ` WHERE ` + store.ListCounts + `
	UNION ALL SELECT f.serial, '', '', json_group_array(f.flag) FROM json_each(?1) j CROSS JOIN flags f ON f.serial = j.value AND f.ended IS NULL GROUP BY f.serial`

// Cards finds SIMs by their ICCID; see [reconcile.Book].
func (b *ReconciliationBook) Cards(ctx context.Context, iccids []string) ([]reconcile.Card, error) {
	list, err := jsonList(iccids)
	if err != nil {
		return nil, err
	}
	var cards []reconcile.Card
	type place struct {
		at    int    // in cards
		ended string // when it was given up
	}
	known := map[string]place{}
	err = b.snap.Each(ctx, selectCards, []any{list}, func(scan func(...any) error) error {
		var c reconcile.Card
		var ended string
		if err := scan(&c.ICCID, &c.Serial, &c.Live, &ended); err != nil {
			return err
		}
		was, twice := known[c.ICCID]
		switch {
		case !twice:
			known[c.ICCID] = place{len(cards), ended}
			cards = append(cards, c)
		case c.Live || !cards[was.at].Live && ended > was.ended:
			cards[was.at], known[c.ICCID] = c, place{was.at, ended}
		}
		return nil
	})
	if err == nil {
		err = b.addHolders(ctx, cards)
	}
	return cards, store.AsFault(err)
}

// addHolders adds to SIMs the IMEIs of their units and the flags of these.
func (b *ReconciliationBook) addHolders(ctx context.Context, cards []reconcile.Card) error {
	serials, of := []string{}, map[string][]int{}
	for i, c := range cards {
		if of[c.Serial] == nil {
			serials = append(serials, c.Serial)
		}
		of[c.Serial] = append(of[c.Serial], i)
	}
	list, err := jsonList(serials)
	if err != nil {
		return err
	}
	return b.snap.Each(ctx, selectHolders, []any{list}, func(scan func(...any) error) error {
		var serial, imei, imei2, text string
		var flags []string
		if err := scan(&serial, &imei, &imei2, &text); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(text), &flags); err != nil {
			return err
		}
		for _, i := range of[serial] {
			c := &cards[i]
			if c.IMEI == "" { // what a station has read goes first
				c.IMEI, c.IMEI2 = imei, imei2
			}
			c.Flags = append(c.Flags, flags...)
		}
		return nil
	})
}

// selectBoundDevices finds live bindings by the beginning of an IMEI.
var selectBoundDevices = `SELECT b.serial, b.imei, b.imei2 FROM json_each(?1) j
		CROSS JOIN bindings b ON b.imei >= j.value || '0' AND b.imei <= j.value || '9' AND b.superseded = 0
	UNION SELECT b.serial, b.imei, b.imei2 FROM json_each(?1) j
		CROSS JOIN bindings b ON b.imei2 >= j.value || '0' AND b.imei2 <= j.value || '9' AND b.imei2 <> '' AND b.superseded = 0
	UNION SELECT b.serial, b.imei, b.imei2 FROM json_each(?1) j
		CROSS JOIN imported_bindings b ON b.imei >= j.value || '0' AND b.imei <= j.value || '9' AND b.imei <> '' AND b.state IN ` + store.LiveBindings + ` WHERE ` + store.ListCounts + `
	UNION SELECT b.serial, b.imei, b.imei2 FROM json_each(?1) j
		CROSS JOIN imported_bindings b ON b.imei2 >= j.value || '0' AND b.imei2 <= j.value || '9' AND b.imei2 <> '' AND b.state IN ` + store.LiveBindings + ` WHERE ` + store.ListCounts

// Devices finds units by 14 digits of an IMEI; see [reconcile.Book].
func (b *ReconciliationBook) Devices(ctx context.Context, bodies []string) ([]reconcile.RecordedDevice, error) {
	list, err := jsonList(bodies)
	if err != nil {
		return nil, err
	}
	var devices []reconcile.RecordedDevice
	err = b.snap.Each(ctx, selectBoundDevices, []any{list}, func(scan func(...any) error) error {
		var d reconcile.RecordedDevice
		err := scan(&d.Serial, &d.IMEI, &d.IMEI2)
		devices = append(devices, d)
		return err
	})
	return devices, store.AsFault(err)
}

// selectLive walks the SIMs of an issuer that are in a unit.
var selectLive = `SELECT iccid, serial, imei, imei2 FROM bindings b
		WHERE iccid >= ?1 AND iccid < ?1 || 'G' AND iccid <> '' AND superseded = 0 AND NOT ` + store.Swapped + `
	UNION ALL SELECT iccid, serial, imei, imei2 FROM imported_bindings b
		WHERE iccid >= ?1 AND iccid < ?1 || 'G' AND iccid <> '' AND state IN ` + store.LiveBindings + ` AND ` + store.ListCounts + ` AND NOT ` + store.SwappedOld + `
	UNION ALL SELECT s.iccid, s.serial, coalesce(b.imei, i.imei, ''), coalesce(b.imei2, i.imei2, '') FROM subscriptions s
		LEFT JOIN bindings b ON b.serial = s.serial AND b.superseded = 0
		LEFT JOIN imported_bindings i ON i.serial = s.serial AND i.state IN ` + store.LiveBindings + ` AND (SELECT state FROM history_files WHERE id = i.file) IN ` + store.CountingLists + `
		WHERE s.iccid >= ?1 AND s.iccid < ?1 || 'G' AND ` + store.SwapHolds + ` ORDER BY 2`

// Live calls each for every live SIM of an issuer; see [reconcile.Book].
func (b *ReconciliationBook) Live(ctx context.Context, prefix string, each func(reconcile.Card) error) error {
	var ended error // by each: no fault of the record
	err := b.snap.Each(ctx, selectLive, []any{store.Text(prefix)}, func(scan func(...any) error) error {
		c := reconcile.Card{Live: true}
		if err := scan(&c.ICCID, &c.Serial, &c.IMEI, &c.IMEI2); err != nil {
			return err
		}
		ended = each(c)
		return ended
	})
	if ended != nil {
		return ended
	}
	return store.AsFault(err)
}

// jsonList is a list as a statement takes it.
func jsonList(numbers []string) (string, error) {
	text, err := json.Marshal(numbers)
	return string(text), err
}
