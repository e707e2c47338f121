// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
)

// LastHistoryRow is the last row of a list that is in the record; 0 for none.
func (d *DHR) LastHistoryRow(ctx context.Context, id int64) (n int64, err error) {
	err = d.reads.Row(ctx, `SELECT coalesce(max(n), 0) FROM imported_bindings WHERE file = ?`, []any{id}, []any{&n})
	return n, store.AsFault(err)
}

// AddImportedUnits adds rows of a list of units that is not whole yet, in one
// transaction.
func (d *DHR) AddImportedUnits(ctx context.Context, by string, id int64, units []station.ImportedUnit) error {
	return d.addToHistory(ctx, "add-units", by, id, len(units), func(t *tx, i int) error {
		u, made := units[i], ""
		if !u.Binding.Since.IsZero() {
			made = store.Stamp(u.Binding.Since)
		}
		_, err := t.Insert("imported_units", store.Values{
			"file": id, "n": int64(u.Row), "serial": u.Serial, "folded": station.Fold(store.Text(u.Serial)), "ref": u.REF, "lot": u.Lot,
			"work_order": u.Order, "station": u.Station, "operator": u.Operator, "was": u.Was, "dated": u.Binding.Dated, "made": made,
			"disposition": string(station.Imported), "reason": "", "person": "", "approver": "",
		})
		if err != nil {
			return err
		}
		return t.insertImported(id, u.Binding, station.BindingLive)
	})
}

// AddGivenUp adds rows of a list of given-up bindings, as [DHR.AddImportedUnits]
// does.
func (d *DHR) AddGivenUp(ctx context.Context, by string, id int64, given []station.ImportedBinding) error {
	return d.addToHistory(ctx, "add-given-up", by, id, len(given), func(t *tx, i int) error {
		return t.insertImported(id, given[i], station.BindingEnded)
	})
}

func (t *tx) insertImported(file int64, b station.ImportedBinding, state station.ImportedBindingState) error {
	since, ended := "", ""
	if !b.Since.IsZero() {
		since = store.Stamp(b.Since)
	}
	if !b.Ended.IsZero() {
		ended = store.Stamp(b.Ended)
	}
	_, err := t.Insert("imported_bindings", store.Values{
		"file": file, "n": int64(b.Row), "serial": b.Serial, "state": string(state), "imei": b.IMEI.Full(), "imei2": b.IMEI2.Full(),
		"iccid": b.ICCID.Full(), "imsi": b.IMSI.Full(), "eid": b.EID.Full(), "maker": b.Maker, "model": b.Module, "firmware": b.Firmware,
		"since": since, "ended": ended, "dated": b.Dated, "undated": b.Undated, "person": identity.MaskIn(b.By), "reason": identity.MaskIn(b.Reason),
	})
	return err
}

// importedKey is where an accepted unit stands.
type importedKey struct {
	file, n int64
	serial  string
	origin  station.Origin
}

// importedUnit is the accepted unit of a serial; sql.ErrNoRows when there is
// none. One that was not superseded goes first.
func importedUnit(q store.Queryer, serial string) (k importedKey, err error) {
	err = q.Get(`SELECT file, n, serial, source, disposition FROM accepted_units WHERE folded = ?1 AND (serial = ?2 OR disposition NOT IN `+store.GivenUp+`)
		ORDER BY disposition IN `+store.GivenUp+`, file DESC LIMIT 1`, []any{station.Fold(store.Text(serial)), store.Text(serial)},
		&k.file, &k.n, &k.serial, &k.origin.Source, &k.origin.Disposition)
	return k, err
}

// originOf is what a list says of a serial; nil when none does.
func originOf(q store.Queryer, serial string) (*station.Origin, error) {
	k, err := importedUnit(q, serial)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &k.origin, err
}

// moveImported changes the disposition of an imported unit by the rules of
// [station.ImportedTransitions]; moved is false where the serial is of none.
func (t *tx) moveImported(m record.MoveRequest) (moved bool, err error) {
	k, err := importedUnit(t, m.Serial)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	rule, err := station.AllowImportedTransition(k.origin.Disposition, m.To)
	if err != nil {
		return true, err
	}
	if err := t.mayBy(rule, m); err != nil {
		return true, err
	}
	err = t.updateImported(k.file, k.n, store.Values{
		"disposition": string(m.To), "reason": m.Reason, "person": m.By, "approver": m.Second, "changed": store.Stamp(t.Now),
	})
	if err != nil || !rule.GivesUp {
		return true, err
	}
	return true, t.Update("imported_bindings", []any{k.file, k.n}, store.Values{"state": string(station.BindingEnded), "ended": store.Stamp(t.Now)})
}

// showImported adds what accepted lists say of a unit.
func (d *DHR) showImported(ctx context.Context, r *record.UnitView) error {
	err := d.reads.Each(ctx, `SELECT source, file_name, file_hash, n, ref, lot, work_order, station, operator, was, dated, disposition, reason,
		person, approver, changed, leaf FROM accepted_units WHERE serial = ? ORDER BY file, n`, []any{r.Serial}, func(scan func(...any) error) error {
		u := record.ImportedUnitView{Origin: record.NotObserved, Bindings: []record.ImportedBindingView{}}
		var changed time.Time
		err := scan(&u.Source, &u.File, &u.FileHash, &u.Row, &u.REF, &u.Lot, &u.Order, &u.Station, &u.Operator, &u.Was, &u.BoundAt, &u.Disposition,
			&u.Reason, &u.By, &u.Second, (*store.Instant)(&changed), &u.Leaf)
		u.Changed = known(changed)
		r.Imported = &u // the newest
		return err
	})
	if err != nil || r.Imported == nil {
		return err
	}
	r.Imported.Bindings, err = d.importedBindings(ctx, r.Serial)
	return err
}

var selectImportedBinding = `SELECT b.serial, f.source, f.name, f.hash, b.n, b.state IN ` + store.LiveBindings + `, b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.maker,
	b.model, b.firmware, b.since, b.ended, b.dated, b.undated, b.person, b.reason, b.leaf
	FROM imported_bindings b JOIN history_files f ON f.id = b.file`

func intoImportedBinding(b *record.ImportedBindingView, since, ended *time.Time) []any {
	return []any{
		&b.Source, &b.File, &b.FileHash, &b.Row, &b.Live, &b.IMEI, &b.IMEI2, &b.ICCID, &b.IMSI, &b.EID, &b.Maker, &b.Model, &b.Firmware,
		(*store.Instant)(since), (*store.Instant)(ended), &b.Dated, &b.Undated, &b.By, &b.Reason, &b.Leaf,
	}
}

// importedBindings lists what accepted lists bound a serial to, the oldest
// first; those without a date go before.
func (d *DHR) importedBindings(ctx context.Context, serial string) ([]record.ImportedBindingView, error) {
	list := []record.ImportedBindingView{}
	err := d.reads.Each(ctx, selectImportedBinding+` WHERE b.serial = ? AND `+store.ListCounts+` ORDER BY b.since, b.file, b.n`,
		[]any{store.Text(serial)}, func(scan func(...any) error) error {
			var b record.ImportedBindingView
			var since, ended time.Time
			var of string
			err := scan(append([]any{&of}, intoImportedBinding(&b, &since, &ended)...)...)
			b.Since, b.Ended = known(since), known(ended)
			list = append(list, b)
			return err
		})
	return list, store.AsFault(err)
}
