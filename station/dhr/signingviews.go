// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"
	"slices"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// LotView gives a lot as it is shown to who signs its release; ErrNotFound when there is no such lot.
func (d *DHR) LotView(ctx context.Context, lot string) (s record.LotView, err error) {
	err = d.read(ctx, func(m readTx) error {
		statement, left, err := lotOf(m, store.Text(lot))
		if err != nil {
			return err
		}
		s = record.LotView{SignedLot: statement.SignedLot, Left: left}
		s.Signatures, err = m.view.Signatures(ctx, "lot:"+lot)
		return err
	})
	return s, err
}

// OrderView gives an order as it is shown to who closes it; ErrNotFound when there is none.
func (d *DHR) OrderView(ctx context.Context, order string) (s record.OrderView, err error) {
	err = d.read(ctx, func(m readTx) error {
		if err := m.Get(selectCounts+`WHERE o.id = ?`, []any{store.Text(order)}, intoCounts(&s.OrderCounts)...); err != nil {
			return store.AsRowFault(err)
		}
		labels, err := countLabels(m, order)
		s.Labels, s.Explained, s.Left = labels.LabelReconciliation, labels.Explained, orderState(s.OrderCounts, labels).Blockers()
		return err
	})
	return s, err
}

// ProductView gives one version as it is shown to who approves it; ErrNotFound when
// there is none.
func (d *DHR) ProductView(ctx context.Context, ref string, version int) (s record.ProductView, err error) {
	err = d.read(ctx, func(m readTx) error {
		if s.Product, err = m.view.Product(ctx, ref, version); err != nil {
			return err
		}
		statement, author, err := definition(m, d.reads.Tables["products"], s.REF, s.Version)
		if err != nil {
			return err
		}
		s.Author = author
		if s.Hash, err = hashOf(statement); err != nil {
			return err
		}
		if s.Dialects, err = m.view.DialectsOf(ctx, s.Product); err != nil {
			return err
		}
		s.Signatures, err = m.view.Signatures(ctx, productSubject(s.REF, s.Version))
		return err
	})
	return s, err
}

// OpenLots lists the lots with units that wait for release.
func (d *DHR) OpenLots(ctx context.Context) (list []string, err error) {
	err = d.reads.Each(ctx, `SELECT DISTINCT o.lot FROM orders o WHERE EXISTS
		(SELECT 1 FROM units u WHERE u.work_order = o.id AND u.disposition IN `+store.AwaitRelease+`) ORDER BY o.lot`, nil,
		func(scan func(...any) error) error {
			var lot string
			err := scan(&lot)
			list = append(list, lot)
			return err
		})
	return list, store.AsFault(err)
}

// selectVersions are all versions with what they are there for, and what was signed of
// them.
const selectVersions = `SELECT ` + productColumns + `, version = (SELECT max(version) FROM products WHERE ref = p.ref),
	EXISTS (SELECT 1 FROM orders o WHERE o.ref = p.ref AND o.version = p.version AND o.closed = 0),
	(SELECT json_group_array(meaning) FROM signatures WHERE subject = 'product:' || p.ref || '/' || p.version)
	FROM products p ORDER BY ref, version`

// Unapproved lists the product versions that wait for approval
// ([station.VersionUse]).
func (d *DHR) Unapproved(ctx context.Context) (list []station.Product, err error) {
	err = d.reads.Each(ctx, selectVersions, nil, func(scan func(...any) error) error {
		var use station.VersionUse
		var signed []byte
		var meanings []station.Meaning
		p, err := productFrom(func(into []any) error { return scan(append(into, &use.Newest, &use.Built, &signed)...) })
		if err == nil {
			err = json.Unmarshal(signed, &meanings)
		}
		if err == nil && use.AwaitsApproval(meanings) {
			list = append(list, p)
		}
		return err
	})
	return list, store.AsFault(err)
}

// OpenOrders lists the accounts of the orders that are not closed.
func (d *DHR) OpenOrders(ctx context.Context) (list []station.OrderCounts, err error) {
	err = d.reads.Each(ctx, selectCounts+`WHERE o.closed = 0 ORDER BY o.id`, nil, func(scan func(...any) error) error {
		var c station.OrderCounts
		err := scan(intoCounts(&c)...)
		list = append(list, c)
		return err
	})
	return list, store.AsFault(err)
}

// UnclosedAlarms lists every alarm that nobody has closed yet, the newest
// first.
func (d *DHR) UnclosedAlarms(ctx context.Context) ([]station.Alarm, error) {
	list, err := d.alarms(ctx, selectAlarm+` WHERE closed IS NULL ORDER BY serial, id`)
	slices.SortFunc(list, func(a, b station.Alarm) int { return int(b.ID - a.ID) })
	return list, err
}
