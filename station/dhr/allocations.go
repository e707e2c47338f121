// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// ImportAllocations adds ranges of SNRs. A range in a test TAC, one that
// overlaps another, and one for a product that is not known are refused.
func (d *DHR) ImportAllocations(ctx context.Context, by string, rows []station.Allocation) (record.Import, error) {
	return importRows(ctx, d, auditEntry{what: "import", subject: "allocations", who: by}, rows, (*tx).importAllocation)
}

func (t *tx) importAllocation(a station.Allocation) (added bool, err error) {
	if err := t.checkAllocation(a); err != nil {
		return false, err
	}
	var had []station.Allocation
	err = t.Each(selectAllocation+` WHERE tac = ? AND snr_from <= ? AND snr_to >= ? ORDER BY snr_from`, []any{string(a.TAC), a.To, a.From},
		func(scan func(...any) error) error {
			var h station.Allocation
			err := scan(intoAllocation(&h)...)
			had = append(had, h)
			return err
		})
	if err != nil {
		return false, err
	}
	if known, wrong := station.CheckRange(a, had); known || wrong != nil {
		return false, asBadRow(wrong)
	}
	_, err = t.Insert("allocations", store.Values{
		"tac": string(a.TAC), "snr_from": int64(a.From), "snr_to": int64(a.To), "product": a.Product, "owner": a.Owner,
		"cert": a.Cert, "cert_date": a.CertDate, "note": a.Note, "station": a.Station,
	})
	return true, err
}

func (t *tx) checkAllocation(a station.Allocation) error {
	if err := asBadRow(station.CheckAllocation(a)); err != nil {
		return err
	}
	var n int
	if err := t.Get("SELECT count(*) FROM products WHERE ref = ?", []any{store.Text(a.Product)}, &n); err != nil {
		return err
	}
	if n == 0 {
		return bad("product", "There is no product %q.", station.Shown(a.Product))
	}
	return nil
}

// Allocations lists every range, by TAC and SNR.
func (d *DHR) Allocations(ctx context.Context) ([]station.Allocation, error) {
	var list []station.Allocation
	err := d.reads.Each(ctx, selectAllocation+` ORDER BY tac, snr_from`, nil, func(scan func(...any) error) error {
		var a station.Allocation
		err := scan(intoAllocation(&a)...)
		list = append(list, a)
		return err
	})
	return list, store.AsFault(err)
}

const selectAllocation = `SELECT id, tac, snr_from, snr_to, product, owner, cert, cert_date, note, station FROM allocations`

func intoAllocation(a *station.Allocation) []any {
	return []any{&a.ID, &a.TAC, &a.From, &a.To, &a.Product, &a.Owner, &a.Cert, &a.CertDate, &a.Note, &a.Station}
}
