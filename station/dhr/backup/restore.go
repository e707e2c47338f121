// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/safefile"
)

// Restoration is a backup to be put in the place of a record: by whom, and why.
type Restoration struct {
	Backup string // only read
	Path   string // of the record
	Reason string
	Badge  string  // of an admin; "" where none is asked for
	Ask    dhr.Ask // for their PIN or password
	By     string  // who does it without a badge: an account of the computer

	// Foreign allows a backup that is not one of this record: see
	// [station.MayRestore].
	Foreign bool

	named string // the record as the stations name it; Path is where it lies
}

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

// openReadable looks at a record; nil when none is there that can be read.
func openReadable(ctx context.Context, path string, o dhr.Options) (*dhr.DHR, error) {
	d, err := dhr.OpenReadOnly(ctx, path, o)
	var f *station.Fault
	if ctx.Err() != nil || errors.As(err, &f) && f.Code == station.RecordLocked {
		return nil, err
	}
	return d, nil
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

// tryOut copies a backup to a file and does with the copy what a restore must
// be able to: open it, bring it up to date, verify the whole of it.
func tryOut(ctx context.Context, backup, to string, o dhr.Options) (r record.VerifyReport, err error) {
	for _, tail := range []string{"", "-wal"} { // a plain copy of a record may have its log beside it
		err := copyFile(backup+tail, to+tail)
		var f *station.Fault
		if errors.As(err, &f) {
			return r, err
		}
		if err != nil && (tail == "" || !errors.Is(err, os.ErrNotExist)) {
			return r, station.NewFault(station.RecordFault, "the copy of the backup", err)
		}
	}
	d, err := dhr.Open(ctx, to, o)
	if err != nil {
		return r, err
	}
	r, err = verify.Record(ctx, d, nil)
	return r, errors.Join(err, d.Close()) // closing it folds its log into the file
}

// copyFile writes a durable copy that only its owner can read, where there is
// room for it.
func copyFile(from, to string) error {
	src, size, err := safefile.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	free, err := safefile.FreeSpace(filepath.Dir(to))
	if err != nil {
		return station.NewFault(station.RecordFault, "the free space on its disk is not known", err)
	}
	if !station.BackupSpace.LeftBy(size, free) {
		return station.NewFault(station.RecordFull, "", nil)
	}
	dst, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, io.LimitReader(src, size))
	return errors.Join(err, dst.Sync(), dst.Close())
}

// setAside moves a record with its write-ahead log, which may hold commits
// that the file itself does not have yet. A log goes also where its file is
// lost: SQLite would write it over the one that is put there. It gets a name
// that nothing has.
func setAside(path string, now time.Time) (aside string, err error) {
	tails := []string{"", "-wal", "-shm", "-journal"}
	to := path + ".replaced-" + now.UTC().Format(backupStamp)
	for n := 2; slices.ContainsFunc(tails, func(tail string) bool { return there(to + tail) }); n++ {
		to = fmt.Sprintf("%s.replaced-%s-%d", path, now.UTC().Format(backupStamp), n)
	}
	for _, tail := range tails {
		switch err := safefile.Rename(path+tail, to+tail, safefile.Rules{Own: true}); {
		case err == nil:
			aside = to
		case !errors.Is(err, os.ErrNotExist):
			return aside, err
		}
	}
	return aside, nil
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// replace puts a file that was made in a folder of its own in the place of the
// record, which is set aside while nobody has it open.
func replace(ctx context.Context, path string, from *safefile.Folder, now time.Time) (aside string, err error) {
	release, err := store.LockExclusive(ctx, path)
	if err != nil {
		return "", err
	}
	defer release()
	if aside, err = setAside(path, now); err != nil {
		return aside, err
	}
	return aside, from.Publish(filepath.Base(path), path, safefile.Rules{Own: true})
}
