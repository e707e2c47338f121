// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
)

// upkeep backs the record up each day and signs it each hour until ctx ends,
// and once more then: the end of the shift. What fails is said and stops
// nobody: the next one has all that it would have had.
//
// When each is due is station's ([station.CheckpointEvery], [station.BackupDue]).
// It runs beside the units and takes no part of the line down with it: a full disk
// of backups is no reason to send people home.
func (a *App) upkeep(ctx context.Context) {
	// A backup that is cut short leaves a file that nobody can use.
	done := context.WithoutCancel(ctx) // what was begun is finished
	a.backUp(done, false)
	tick := time.NewTicker(station.CheckpointEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		ends := ctx.Err() != nil
		if _, err := a.dhr.Checkpoint(done, ""); err != nil {
			wire.Log("bindery-station: no checkpoint:", err)
		}
		a.backUp(done, ends)
		if ends {
			return
		}
	}
}

// backUp makes a backup when one is due. Who looks at the screen sees by the dot
// of the record that one failed. Where none was made yet, one
// is due.
func (a *App) backUp(ctx context.Context, ends bool) {
	if a.settings.Backups == "" {
		return
	}
	last, err := a.dhr.LastBackup(ctx)
	if err == nil && !station.BackupDue(last.At, wire.SystemClock{}.Now(), ends) {
		return
	}
	if err == nil || errors.Is(err, dhr.ErrNotFound) {
		_, err = backup.Into(ctx, a.dhr, a.settings.Backups, backup.UsualRetention)
	}
	if errors.Is(err, backup.ErrUnderWay) {
		return // another station of this record makes it
	}
	if err != nil {
		wire.Log("bindery-station: NO BACKUP:", err)
	}
	a.unsaved.Store(err != nil)
}
