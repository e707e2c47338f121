// SPDX-License-Identifier: Apache-2.0

// Package backup copies a record while the line runs, keeps the copies for as
// long as a policy says, tries out what a restore would do, and does it. It
// stands on station/dhr, which knows nothing of it but what the record tells of
// backups.
package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/safefile"
)

// Make copies the record to a file while the line runs, verifies the copy
// and only then gives it its name. A file that is there already is not
// replaced, and a disk never filled. The record holds how it went.
func Make(ctx context.Context, d *dhr.DHR, to string) error {
	return backUp(ctx, d, to, "")
}

// backUp is [Make] with what the rotation is about to take away for it.
func backUp(ctx context.Context, d *dhr.DHR, to, why string) error {
	if err := d.CheckClock(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	made, failed := copyTo(ctx, d, to)
	var f *station.Fault
	switch {
	case errors.As(failed, &f):
		made.Code = f.Code
	case failed != nil:
		made.Code = station.BackupFault
	}
	made.File = filepath.Base(to)
	err := d.RecordBackup(context.WithoutCancel(ctx), made, why)
	if failed != nil {
		return failed
	}
	return err
}

// copyTo makes a verified copy of the record. One that does not verify is set
// aside under another ending, for whoever must find out why.
func copyTo(ctx context.Context, d *dhr.DHR, to string) (made record.Backup, err error) {
	rules := safefile.Rules{Record: d.Path()}
	if err := rules.Check(to); err != nil {
		return made, asPublishFault(err)
	}
	if err := roomIn(ctx, d, filepath.Dir(to)); err != nil {
		return made, err
	}
	folder, err := safefile.CreateFolder(to)
	if err != nil {
		return made, asBackupFault(err)
	}
	defer folder.Discard()
	const name = "copy"
	if err := store.VacuumInto(ctx, d.Path(), folder.Path(name)); store.Damaged(err) {
		return made, store.AsFault(err)
	} else if err != nil {
		return made, asBackupFault(err)
	}
	if made.Bytes, made.Hash, err = sumFile(folder.Path(name)); err != nil {
		return made, asBackupFault(err)
	}
	r, err := verify.RecordAgainst(ctx, &store.Reader{Path: folder.Path(name), Tables: d.Reader().Tables}, record.Against{}, nil)
	if err != nil {
		return made, err
	}
	if made.Leaves = r.Leaves; !r.OK {
		return made, errors.Join(station.NewFault(station.BackupUnsound, r.FirstFault, nil), folder.Publish(name, to+".unsound", rules))
	}
	return made, asPublishFault(folder.Publish(name, to, rules))
}

// asPublishFault is the fault of a backup whose name is taken, or that could not be
// written; nil for nil.
func asPublishFault(err error) error {
	var conflict *safefile.ConflictError
	if errors.As(err, &conflict) {
		return station.NewFault(station.BackupFault, conflict.Error()+".", err)
	}
	return asBackupFault(err)
}

// asBackupFault is the fault of a backup that could not be written; nil for nil.
func asBackupFault(err error) error {
	if err == nil {
		return nil
	}
	return station.NewFault(station.BackupFault, "its file could not be written.", err)
}

// roomIn refuses a backup for which the disk of a folder has not enough room.
func roomIn(ctx context.Context, d *dhr.DHR, folder string) error {
	var size int64
	if err := d.Reader().Row(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", nil, []any{&size}); err != nil {
		return store.AsFault(err)
	}
	free, err := safefile.FreeSpace(folder)
	if err != nil {
		return asBackupFault(err)
	}
	if !station.BackupSpace.LeftBy(size, free) {
		return station.NewFault(station.BackupFault, fmt.Sprintf("%d MB are free there, and %d MB are needed.", free>>20, (size+int64(station.BackupSpace))>>20), nil)
	}
	return nil
}

// sumFile gives the length of a file and its SHA-256, hex.
func sumFile(path string) (n int64, hash string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	sum := sha256.New()
	n, err = io.Copy(sum, f)
	return n, hex.EncodeToString(sum.Sum(nil)), err
}
