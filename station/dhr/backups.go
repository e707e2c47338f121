// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"path/filepath"

	"bindery/station/dhr/store"
	"bindery/station/record"
)

const selectBackup = `SELECT file, bytes, hash, leaves, code, at, leaf FROM backups `

func intoBackup(b *record.Backup) []any {
	return []any{&b.File, &b.Bytes, &b.Hash, &b.Leaves, &b.Code, (*store.Instant)(&b.At), &b.Leaf}
}

// LastBackup is the newest backup that was made and verified; ErrNotFound when
// there was none.
func (d *DHR) LastBackup(ctx context.Context) (record.Backup, error) {
	var b record.Backup
	err := d.reads.Row(ctx, selectBackup+`WHERE code = '' ORDER BY id DESC LIMIT 1`, nil, intoBackup(&b))
	return b, store.AsRowFault(err)
}

// BackupOf is the backup of a name that was made and verified; ErrNotFound when
// there was none.
func (d *DHR) BackupOf(ctx context.Context, name string) (record.Backup, error) {
	var b record.Backup
	err := d.reads.Row(ctx, selectBackup+`WHERE file = ? AND code = '' ORDER BY id DESC LIMIT 1`, []any{store.Text(name)}, intoBackup(&b))
	return b, store.AsRowFault(err)
}

// RecordBackup writes how a backup went; why says what it takes the place of.
func (d *DHR) RecordBackup(ctx context.Context, made record.Backup, why string) error {
	_, err := d.write(ctx, auditEntry{what: "backup", subject: "backup:" + made.File, who: d.computer, why: why}, func(t *tx) error {
		_, err := t.Insert("backups", store.Values{
			"file": made.File, "bytes": made.Bytes, "hash": made.Hash, "leaves": made.Leaves, "code": string(made.Code),
			"at": store.Stamp(t.Now),
		})
		return err
	})
	return err
}

// RecordRestore writes into a restored record which backup it comes from.
func (d *DHR) RecordRestore(ctx context.Context, backup, by, why string) (leaf int64, err error) {
	return d.write(ctx, auditEntry{what: RestoreAct, subject: "backup:" + filepath.Base(backup), who: by, why: why}, func(*tx) error { return nil })
}

// RecordDrill writes how a restore of a backup was tried out.
func (d *DHR) RecordDrill(ctx context.Context, backup, by, why string) (leaf int64, err error) {
	return d.write(ctx, auditEntry{what: "restore-drill", subject: "backup:" + filepath.Base(backup), who: by, why: why}, func(*tx) error { return nil })
}
