// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/dhr/store"
)

// raise opens the alarm that an attempt asks for, unless the same one is open
// already.
func (t *tx) raise(a station.Attempt) error {
	var open int
	err := t.Get(`SELECT count(*) FROM alarms WHERE serial = ? AND code = ? AND closed IS NULL`,
		[]any{store.Text(a.Serial), string(a.Alarm.Code)}, &open)
	if err != nil || open > 0 {
		return err
	}
	_, err = t.Insert("alarms", store.Values{
		"code": string(a.Alarm.Code), "serial": a.Serial, "text": a.Alarm.Message, "at": store.Stamp(t.Now), "person": a.By,
		"closed_by": "", "reason": "",
	})
	return err
}

// CloseAlarm ends an alarm with a reason: one about a unit by somebody with the
// quality role, one about an account by an admin, and never one's own.
func (d *DHR) CloseAlarm(ctx context.Context, id int64, by, reason string) (leaf int64, err error) {
	var serial string // which never changes
	if err := d.reads.Row(ctx, `SELECT serial FROM alarms WHERE id = ?`, []any{id}, []any{&serial}); err != nil {
		return 0, store.AsRowFault(err)
	}
	return d.write(ctx, auditEntry{what: "close-alarm", subject: subjectOf(serial), who: by, why: reason}, func(t *tx) error {
		var a station.Alarm
		if err := t.Get(selectAlarm+` WHERE id = ? AND closed IS NULL`, []any{id}, intoAlarm(&a)...); err != nil {
			return store.AsRowFault(err)
		}
		p, err := t.person(by)
		if err != nil {
			return err
		}
		if err := a.MayClose(p); err != nil {
			return err
		}
		if err := station.ReasonGiven(station.MayCloseAlarm, reason); err != nil {
			return err
		}
		return t.Update("alarms", []any{id}, store.Values{"closed": store.Stamp(t.Now), "closed_by": by, "reason": reason})
	})
}

func subjectOf(serial string) string {
	if serial == "" {
		return ""
	}
	return "unit:" + serial
}

// OpenAlarms lists the alarms of a serial that nobody has closed yet, the
// oldest first.
func (d *DHR) OpenAlarms(ctx context.Context, serial string) ([]station.Alarm, error) {
	return d.alarms(ctx, selectAlarm+` WHERE serial = ? AND closed IS NULL ORDER BY id`, store.Text(serial))
}

// Alarms lists every alarm, the newest first.
func (d *DHR) Alarms(ctx context.Context) ([]station.Alarm, error) {
	return d.alarms(ctx, selectAlarm+` ORDER BY id DESC`)
}

const selectAlarm = `SELECT id, code, serial, text, at, person, closed, closed_by, reason FROM alarms`

func intoAlarm(a *station.Alarm) []any {
	return []any{&a.ID, &a.Code, &a.Serial, &a.Text, (*store.Instant)(&a.At), &a.By, (*store.Instant)(&a.Closed), &a.ClosedBy, &a.Reason}
}

func (d *DHR) alarms(ctx context.Context, query string, args ...any) ([]station.Alarm, error) {
	var list []station.Alarm
	err := d.reads.Each(ctx, query, args, func(scan func(...any) error) error {
		var a station.Alarm
		err := scan(intoAlarm(&a)...)
		list = append(list, a)
		return err
	})
	return list, store.AsFault(err)
}

// alarmAbout raises an alarm about the account of a person.
func (t *tx) alarmAbout(person string, f station.Finding) error {
	_, err := t.Insert("alarms", store.Values{
		"code": string(f.Code), "serial": "", "text": f.Message, "at": store.Stamp(t.Now), "person": person, "closed_by": "", "reason": "",
	})
	return err
}
