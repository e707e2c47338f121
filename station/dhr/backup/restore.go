// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/record"
	"bindery/station/safefile"
)

// Restore puts a backup in the place of a record that is lost or damaged, and
// writes a leaf that says so, from which leaf the record goes on and what is
// given up. The backup is only read. Its copy is verified first; what stood
// there is set aside, never deleted. No program may have the record open.
//
// It takes a reason and, once an admin of the record has a password
// ([dhr.DHR.HasAdminPassword]), an admin with badge and PIN or password: as the record has
// them that is to be set aside, or, where that is lost, damaged or has none, as
// the backup has them.
//
// What was written after the backup is given up; [Drill] tells before what that
// is. A backup of another record is refused, unless it is asked for. Where
// checkpoints in a second place cover more than the backup has, the
// restored record is not opened with that place until somebody has taken those
// checkpoints away: a restore must not pass for nothing.
func Restore(ctx context.Context, w Restoration, o dhr.Options) (r record.Restored, err error) {
	if err := station.ReasonGiven(station.MayRestore, w.Reason); err != nil {
		return r, err
	}
	o.CheckpointMirror, o.Key = "", o.KeyOf(w.Path)
	w.named = w.Path
	if whole, err := filepath.EvalSymlinks(w.Path); err == nil {
		w.Path = whole // a link to the record stays one
	}
	safefile.Clear(filepath.Dir(w.Path))
	folder, err := safefile.CreateFolder(w.Path)
	if err != nil {
		return r, store.AsFault(err)
	}
	defer folder.Discard()
	partial := folder.Path(filepath.Base(w.Path))
	v, err := tryOut(ctx, w.Backup, partial, o)
	if err != nil {
		return r, err
	} else if !v.OK {
		return r, station.NewFault(station.RecordDamaged, "the backup: "+v.FirstFault, nil)
	}
	by, err := w.authorize(ctx, partial, v.Leaves, o)
	if err != nil {
		return r, err
	}
	if r, err = w.compareWithRecord(ctx, record.LedgerHead{Leaf: v.Leaves, Hash: v.Head}, o); err != nil {
		return r, err
	}
	return w.put(ctx, folder, by, r, o)
}

// authorize is who restores, once it is known that they may and that the backup is
// one of this record.
func (w Restoration) authorize(ctx context.Context, partial string, leaves int64, o dhr.Options) (by string, err error) {
	if by, err = w.authorizePerson(ctx, partial, o); err != nil {
		return "", err
	}
	rel, err := w.relation(ctx, partial, leaves, o)
	if err == nil {
		err = station.AllowRestore(rel, w.Foreign)
	}
	return by, err
}

// put puts the copy of the backup in the place of the record, which says so from
// then on.
func (w Restoration) put(ctx context.Context, folder *safefile.Folder, by string, r record.Restored, o dhr.Options) (record.Restored, error) {
	aside, err := replace(ctx, w.Path, folder, o.Clock.Now())
	if aside != "" {
		r.Aside = &aside
	}
	if err != nil {
		return r, store.AsFault(err)
	}
	restored, err := dhr.Open(ctx, w.Path, o)
	if err != nil {
		return r, err
	}
	r.Leaf, err = restored.RecordRestore(ctx, w.Backup, by, w.Reason+" ("+restoreAccount(r, filepath.Base(w.Backup))+")")
	return r, errors.Join(err, restored.Close())
}

// authorizePerson is who may restore.
func (w Restoration) authorizePerson(ctx context.Context, partial string, o dhr.Options) (by string, err error) {
	w.Ask = once(w.Ask)
	for _, path := range []string{w.Path, partial} {
		hasPassword, err := hasAdminPassword(ctx, path, o)
		if err != nil {
			return "", err
		}
		if !hasPassword {
			continue
		}
		by, err := w.admin(ctx, path, o)
		var broken *station.Fault
		if path == w.Path && errors.As(err, &broken) && broken.Code != station.RecordLocked && ctx.Err() == nil {
			continue // a record into which no sign-in can be written any more
		}
		return by, err
	}
	if w.Badge == "" {
		return w.By, nil
	}
	return w.admin(ctx, partial, o)
}

// once asks for a secret once, though two records may want it.
func once(ask dhr.Ask) dhr.Ask {
	given := map[station.Credential]string{}
	return func(b station.BadgeHolder) (string, error) {
		if secret, ok := given[b.Requires]; ok {
			return secret, nil
		}
		secret, err := ask(b)
		if err == nil {
			given[b.Requires] = secret
		}
		return secret, err
	}
}

// hasAdminPassword is [dhr.DHR.HasAdminPassword] of a file, which may be lost or damaged.
func hasAdminPassword(ctx context.Context, path string, o dhr.Options) (yes bool, err error) {
	d, err := openReadable(ctx, path, o)
	if d == nil {
		return false, err
	}
	defer d.Close() //nolint:errcheck // it was only read
	if yes, err = d.HasAdminPassword(ctx); err != nil && ctx.Err() == nil {
		return false, nil
	}
	return yes, err
}

// admin lets an admin in, as the record at path has them.
func (w Restoration) admin(ctx context.Context, path string, o dhr.Options) (by string, err error) {
	if w.Badge == "" {
		return "", station.AllowAccount(w.By, station.MayRestore, true)
	}
	d, err := dhr.Open(ctx, path, o)
	if err != nil {
		return "", err
	}
	b, err := d.Admit(ctx, w.Badge, w.Ask)
	if station.ClockDoubt(err) != nil { // the backup is old, or the bench stood still: an admin is here who can say that it is right
		_, err = d.SettleClock(ctx, w.Badge, w.Reason, w.Ask)
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return "", err
	}
	return b.ID, station.Allow(b.Person, station.MayRestore)
}

// compareWithRecord holds the backup against the record that is to be set aside.
func (w Restoration) compareWithRecord(ctx context.Context, from record.LedgerHead, o dhr.Options) (r record.Restored, err error) {
	r = record.Restored{File: w.Path, From: from, Lost: []record.Loss{}}
	if _, err := os.Stat(w.Path); errors.Is(err, os.ErrNotExist) {
		r.Note = "No record stood there."
		return r, nil
	}
	r.Note = "The record that is set aside could not be read."
	d, err := openReadable(ctx, w.Path, o)
	if d == nil {
		return r, err
	}
	defer d.Close() //nolint:errcheck // it was only read
	var was record.LedgerHead
	c := drill{record.DrillReport{OK: true, File: w.Backup, Leaves: from.Leaf, Head: from.Hash}}
	err = d.Reader().Row(ctx, `SELECT number, lower(hex(hash)) FROM leaves ORDER BY number DESC LIMIT 1`, nil, []any{&was.Leaf, &was.Hash})
	if err != nil {
		return r, ctx.Err() // damaged, or without a leaf
	}
	if r.Was = &was; c.compare(ctx, d) != nil {
		return r, ctx.Err()
	}
	if r.Note = c.FirstFault; c.OK {
		r.Behind, r.Lost, r.Units, r.Since = &c.Behind, c.Lost, c.Units, c.Since
	}
	return r, nil
}

// restoreAccount is what the leaf of a restore says beside the reason.
func restoreAccount(r record.Restored, backup string) string {
	s := fmt.Sprintf("from %s, leaf %d %s; ", backup, r.From.Leaf, r.From.Hash)
	if r.Was != nil {
		s += fmt.Sprintf("set aside: leaf %d %s; ", r.Was.Leaf, r.Was.Hash)
	}
	if r.Behind == nil {
		return s + r.Note
	}
	return s + fmt.Sprintf("given up: %s, of %s", station.Counted(*r.Behind, "leaf", "leaves"), station.Counted(r.Units, "unit", "units"))
}
