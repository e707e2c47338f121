// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"io/fs"
	"os"
	"syscall"

	"bindery/station"
	"bindery/station/dhr/store"
)

// Recovery lets an admin in again whom no other admin can help.
type Recovery struct {
	By       station.Account
	Admin    station.Person // badge of an admin of the record; or ID, name and badge of a new one
	Password string         // to choose their own with
	PIN      string         // likewise; "" where they have none
	Reason   string
}

// LetAdminIn unlocks the account of an admin and sets secrets with which they
// choose their own, or makes a new admin: all in one leaf, which names the
// account of the computer that did it, with an alarm that quality closes. That
// account must own the file of the record ([station.AllowRecovery]).
func (d *DHR) LetAdminIn(ctx context.Context, r Recovery) (leaf int64, err error) {
	owner, err := ownerOf(d.reads.Path)
	if err != nil {
		return 0, store.AsFault(err)
	}
	given := map[station.Credential]string{station.Password: r.Password}
	if r.PIN != "" {
		given[station.PIN] = r.PIN
	}
	hashes := map[station.Credential][]byte{}
	for kind, secret := range given {
		if hashes[kind], err = hashed(kind, secret); err != nil {
			return 0, err
		}
	}
	id, err := d.adminID(ctx, r.Admin)
	if err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "let-admin-in", subject: "person:" + id, who: r.By.Name, why: r.Reason}, func(t *tx) error {
		admin, err := t.adminToLetIn(r.Admin)
		if err != nil {
			return err
		}
		if err := station.AllowRecovery(r.By, owner, admin, r.Reason); err != nil {
			return err
		}
		for kind, hash := range hashes {
			if err := t.another(admin.ID, kind, given[kind]); err != nil {
				return err
			}
			if err := t.putSecret(admin.ID, kind, hash); err != nil {
				return err
			}
		}
		return t.letIn(r, admin.ID)
	})
}

// adminID is the ID of who is to be let in.
func (d *DHR) adminID(ctx context.Context, p station.Person) (id string, err error) {
	if p.ID != "" {
		return p.ID, nil
	}
	err = d.reads.Row(ctx, `SELECT id FROM people WHERE active = 1 AND badge = ?`, []any{store.Text(p.Badge)}, []any{&id})
	return id, store.AsFault(asUnknownPerson(err))
}

// adminToLetIn is the admin of a badge, or one who is new to the record.
func (t *tx) adminToLetIn(p station.Person) (station.Person, error) {
	if p.ID == "" {
		err := t.Get(selectPerson+` WHERE active = 1 AND badge = ?`, []any{store.Text(p.Badge)}, intoPerson(&p)...)
		if err = asUnknownPerson(err); err != nil {
			return p, err
		}
		return p, station.CheckTraining(p, t.Now)
	}
	p.Role = station.Admin
	added, err := t.importPerson(p)
	if err == nil {
		err = station.CheckNewAdmin(p.ID, !added)
	}
	return p, recordable(err)
}

// letIn unlocks the account and raises the alarm.
func (t *tx) letIn(r Recovery, admin string) error {
	locks, err := t.IDs(`SELECT id FROM alarms WHERE code = ? AND person = ? AND closed IS NULL`, string(station.AccountLocked), store.Text(admin))
	if err != nil {
		return err
	}
	for _, id := range locks {
		if err := t.Update("alarms", []any{id}, store.Values{"closed": store.Stamp(t.Now), "closed_by": r.By.Name, "reason": r.Reason}); err != nil {
			return err
		}
	}
	return t.alarmAbout(admin, station.NewFinding(station.AdminLetIn, admin+", "+r.By.Name))
}

// ownerOf is the account that owns a file.
func ownerOf(path string) (uint32, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, fs.ErrInvalid
	}
	return st.Uid, nil
}
