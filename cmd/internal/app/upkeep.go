// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr"
)

const (
	// every is how long what the record holds may go unsigned.
	every = time.Hour
	// day is how old the last backup may be while the station runs, and shift
	// when it is closed: a bench that is switched off in the evening leaves the
	// day's work in a backup.
	day   = 24 * time.Hour
	shift = 8 * time.Hour
)

// upkeep backs the record up each day and signs it each hour until ctx ends,
// and once more then: the end of the shift. What fails is said and stops
// nobody: the next one has all that it would have had.
func (a *App) upkeep(ctx context.Context) {
	done := context.WithoutCancel(ctx) // what was begun is finished
	a.backUp(done, day)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		oldest := day
		select {
		case <-tick.C:
		case <-ctx.Done():
			oldest = shift
		}
		if _, err := a.dhr.Checkpoint(done, ""); err != nil {
			wire.Log("bindery-station: no checkpoint:", err)
		}
		a.backUp(done, oldest)
		if ctx.Err() != nil {
			return
		}
	}
}

// backUp makes a backup when the last good one is older than so long. Who
// looks at the screen sees by the dot of the record that one failed.
func (a *App) backUp(ctx context.Context, oldest time.Duration) {
	if a.settings.Backups == "" {
		return
	}
	last, err := a.dhr.LastBackup(ctx)
	if err == nil && time.Since(last.At) < oldest {
		return
	}
	if err == nil || errors.Is(err, dhr.ErrUnknown) {
		_, err = a.dhr.BackupInto(ctx, a.settings.Backups, dhr.UsualRetention)
	}
	if errors.Is(err, dhr.ErrUnderWay) {
		return // another station of this record makes it
	}
	if err != nil {
		wire.Log("bindery-station: NO BACKUP:", err)
	}
	a.unsaved.Store(err != nil)
}
