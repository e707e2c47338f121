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

// Flag sets a flag of a unit, ours or imported.
func (d *DHR) Flag(ctx context.Context, by string, f record.FlagRequest) (leaf int64, err error) {
	if f.Serial, err = d.spelledAsRecorded(ctx, f.Serial); err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "flag", subject: "unit:" + f.Serial, who: by, why: f.Reason}, func(t *tx) error {
		if err := t.may(by, station.MayFlag); err != nil {
			return err
		}
		return t.flag(by, f, record.SourceFile{})
	})
}

// ImportFlags sets the flags of a list in one commit, all or none of them. One
// that is in force already is left as it is.
func (d *DHR) ImportFlags(ctx context.Context, by string, list record.SourceFile, flags []record.FlagRequest) (record.Import, error) {
	a := auditEntry{what: "flag", who: by, why: list.Name}
	return importUnits(ctx, d, a, station.MayFlag, flags, func(t *tx, f record.FlagRequest) (bool, error) {
		err := t.flag(by, f, list)
		if errors.Is(err, station.ErrFlagInForce) {
			return false, nil
		}
		return err == nil, asRow(err, "flag")
	})
}

// flag writes a flag, once it was asked who may.
func (t *tx) flag(by string, f record.FlagRequest, list record.SourceFile) error {
	serial, err := knownSerial(t, f.Serial)
	if err != nil {
		return err
	}
	inForce, err := flagsOf(t, serial)
	if err != nil {
		return err
	}
	if err := station.CheckFlag(f.Flag, f.Since, t.Now, f.Reason, station.FlagsIn(inForce)); err != nil {
		return err
	}
	t.Leaf.Subject = "unit:" + serial
	if f.Since.IsZero() {
		f.Since = t.Now
	}
	_, err = t.Insert("flags", store.Values{
		"serial": serial, "flag": string(f.Flag), "since": store.Stamp(f.Since), "reason": f.Reason, "said_by": identity.MaskIn(f.SaidBy), "person": by,
		"at": store.Stamp(t.Now), "file": list.Name, "file_hash": list.Hash, "n": f.Row, "ended_by": "", "end_reason": "",
	})
	return err
}

// Unflag ends a flag of a unit, for a reason.
func (d *DHR) Unflag(ctx context.Context, by, serial string, flag station.Flag, reason string) (leaf int64, err error) {
	if serial, err = d.spelledAsRecorded(ctx, serial); err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "unflag", subject: "unit:" + serial, who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayUnflag, reason); err != nil {
			return err
		}
		serial, err := knownSerial(t, serial)
		if err != nil {
			return err
		}
		inForce, err := flagsOf(t, serial)
		if err != nil {
			return err
		}
		if err := station.CheckUnflag(flag, station.FlagsIn(inForce)); err != nil {
			return err
		}
		var id int64
		if err := t.Get(`SELECT id FROM flags WHERE serial = ? AND flag = ? AND ended IS NULL`, []any{serial, string(flag)}, &id); err != nil {
			return err
		}
		return t.Update("flags", []any{id}, store.Values{"ended": store.Stamp(t.Now), "ended_by": by, "end_reason": reason})
	})
}

// knownSerial is the serial of a unit, ours or imported, as the record has it;
// else a *Refusal not-in-record.
func knownSerial(q store.Queryer, serial string) (string, error) {
	var there string
	err := q.Get(`SELECT serial FROM units WHERE serial = ?`, []any{store.Text(serial)}, &there)
	if !errors.Is(err, sql.ErrNoRows) {
		return there, err
	}
	if k, err := importedUnit(q, serial); !errors.Is(err, sql.ErrNoRows) {
		return k.serial, err
	}
	other, err := sameButForCase(q, serial)
	if err == nil && other == "" {
		return "", notRecorded(station.Shown(serial))
	}
	return other, err
}

const selectFlagged = `SELECT serial, flag, since FROM flags WHERE ended IS NULL AND `

func flaggedFrom(list *[]station.Flagged) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var f station.Flagged
		err := scan(&f.Serial, &f.Flag, (*store.Instant)(&f.Since))
		*list = append(*list, f)
		return err
	}
}

// flagsOf lists the flags in force of a serial.
func flagsOf(q store.Queryer, serial string) (list []station.Flagged, err error) {
	err = q.Each(selectFlagged+`serial = ? ORDER BY id`, []any{store.Text(serial)}, flaggedFrom(&list))
	return list, err
}

// FlaggedUnits implements [station.Records].
func (d *DHR) FlaggedUnits(ctx context.Context, r station.Reading) ([]station.Flagged, error) {
	iccid, _ := identity.ParseICCID(r.ICCID) // what is no ICCID is held by nobody
	list, err := flaggedBy(readTx{ctx, d}, r.IMEI, r.IMEI2, iccid, r.EID)
	return list, store.AsFault(err)
}

// flaggedBy lists the flags in force of units that hold or held an identity, a SIM by
// any form of its number.
func flaggedBy(q store.Queryer, imei, imei2 string, iccid identity.ICCID, eid string) (list []station.Flagged, err error) {
	sim := [mostForms]string{}
	for i, form := range iccid.Forms() {
		sim[i] = form.Full()
	}
	err = q.Each(selectFlagged+`serial IN (
			SELECT serial FROM bindings WHERE imei IN (?1, ?2)
			UNION ALL SELECT serial FROM bindings WHERE imei2 IN (?1, ?2) AND imei2 <> ''
			UNION ALL SELECT serial FROM bindings WHERE iccid IN (?3, ?5, ?6) AND iccid <> ''
			UNION ALL SELECT serial FROM bindings WHERE eid = ?4 AND eid <> ''
			UNION ALL SELECT serial FROM accepted_bindings WHERE imei IN (?1, ?2) AND imei <> ''
			UNION ALL SELECT serial FROM accepted_bindings WHERE imei2 IN (?1, ?2) AND imei2 <> ''
			UNION ALL SELECT serial FROM accepted_bindings WHERE iccid IN (?3, ?5, ?6) AND iccid <> ''
			UNION ALL SELECT serial FROM accepted_bindings WHERE eid = ?4 AND eid <> ''
			UNION ALL SELECT serial FROM subscriptions WHERE iccid IN (?3, ?5, ?6)
			UNION ALL SELECT serial FROM subscriptions WHERE eid = ?4 AND eid <> '') ORDER BY id`,
		[]any{imei, imei2, sim[0], eid, sim[1], sim[2]}, flaggedFrom(&list))
	return list, err
}

// checkNotFlagged refuses a bind of a unit that was flagged since the run began, or
// of what a flagged unit held.
func (t *tx) checkNotFlagged(b station.Binding) error {
	own, err := flagsOf(t, b.Serial)
	if err != nil {
		return err
	}
	others, err := flaggedBy(t, b.IMEI.Full(), b.IMEI2.Full(), b.ICCID, b.EID.Full())
	if err != nil {
		return err
	}
	return station.CheckNotFlagged(own, others)
}

// showFlags adds the flags of a unit, the oldest first.
func (d *DHR) showFlags(ctx context.Context, r *record.UnitView) (err error) {
	r.Flags, err = d.flags(ctx, `WHERE serial = ? ORDER BY id`, r.Serial)
	return err
}

// Flags lists the flags in force, the newest first.
func (d *DHR) Flags(ctx context.Context) ([]record.FlagView, error) {
	list, err := d.flags(ctx, `WHERE ended IS NULL ORDER BY id DESC`)
	return list, store.AsFault(err)
}

func (d *DHR) flags(ctx context.Context, where string, args ...any) ([]record.FlagView, error) {
	list := []record.FlagView{}
	err := d.reads.Each(ctx, `SELECT id, serial, flag, since, reason, said_by, person, at, file, n, ended, ended_by, end_reason, leaf FROM flags `+where,
		args, func(scan func(...any) error) error {
			var f record.FlagView
			var ended time.Time
			err := scan(&f.ID, &f.Serial, &f.Flag, (*store.Instant)(&f.Since), &f.Reason, &f.SaidBy, &f.By, (*store.Instant)(&f.At), &f.File, &f.Row,
				(*store.Instant)(&ended), &f.EndedBy, &f.EndReason, &f.Leaf)
			f.Ended = known(ended)
			list = append(list, f)
			return err
		})
	return list, err
}
