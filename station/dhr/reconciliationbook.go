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

// selectCards finds bindings by ICCID, with the identities that their unit has
// now. The list comes first: for each number an index is asked.
const selectCards = `SELECT b.iccid, b.serial, b.superseded = 0, b.leaf, coalesce(l.imei, ''), coalesce(l.imei2, '')
	FROM json_each(?1) j CROSS JOIN bindings b ON b.iccid = j.value AND b.iccid <> ''
		LEFT JOIN bindings l ON l.serial = b.serial AND l.superseded = 0`

// Cards finds SIMs by their ICCID; see [reconcile.Book].
func (b *ReconciliationBook) Cards(ctx context.Context, iccids []string) ([]reconcile.Card, error) {
	list, err := jsonList(iccids)
	if err != nil {
		return nil, err
	}
	var cards []reconcile.Card
	type place struct {
		at   int   // in cards
		leaf int64 // that gave it up
	}
	known := map[string]place{}
	err = b.snap.Each(ctx, selectCards, []any{list}, func(scan func(...any) error) error {
		var c reconcile.Card
		var leaf int64
		if err := scan(&c.ICCID, &c.Serial, &c.Live, &leaf, &c.IMEI, &c.IMEI2); err != nil {
			return err
		}
		was, twice := known[c.ICCID]
		switch {
		case !twice:
			known[c.ICCID] = place{len(cards), leaf}
			cards = append(cards, c)
		case c.Live || !cards[was.at].Live && leaf > was.leaf:
			cards[was.at], known[c.ICCID] = c, place{was.at, leaf}
		}
		return nil
	})
	return cards, store.AsFault(err)
}

// selectBoundDevices finds live bindings by the beginning of an IMEI.
const selectBoundDevices = `SELECT b.serial, b.imei, b.imei2 FROM json_each(?1) j
		CROSS JOIN bindings b ON b.imei >= j.value || '0' AND b.imei <= j.value || '9' AND b.superseded = 0
	UNION SELECT b.serial, b.imei, b.imei2 FROM json_each(?1) j
		CROSS JOIN bindings b ON b.imei2 >= j.value || '0' AND b.imei2 <= j.value || '9' AND b.imei2 <> '' AND b.superseded = 0`

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

// selectLive walks the SIMs of an issuer.
const selectLive = `SELECT iccid, serial, imei, imei2 FROM bindings
	WHERE iccid >= ?1 AND iccid < ?1 || 'G' AND iccid <> '' AND superseded = 0 ORDER BY serial`

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
