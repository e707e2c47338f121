// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"bindery/migrations"
	"bindery/station"
	"bindery/station/record"
	"bindery/station/safefile"
)

// migrate brings the file to the newest version, each step in one transaction
// with its version number. An older file that holds something is copied aside
// first, and tell, which may be nil, gets each step as it begins. A step that is
// stopped is undone, and the next start goes on with it.
func migrate(ctx context.Context, db *sql.DB, path string, steps []string, tell func(record.Migration)) error {
	version, err := versionOf(ctx, db)
	if err != nil {
		return err
	}
	if version > len(steps) {
		return station.NewFault(station.RecordNewer, fmt.Sprintf("version %d, this program knows %d", version, len(steps)), nil)
	}
	from := version
	begin := func(step int) {
		if tell != nil && from > 0 && from < len(steps) { // a new record takes no time
			tell(record.Migration{Step: step, Of: len(steps) - from + 1})
		}
	}
	if version > 0 && version < len(steps) {
		begin(1)
		if err := copyAside(ctx, path, version); err != nil {
			return err
		}
	}
	for version < len(steps) {
		begin(version - from + 2) // behind the copy
		if version, err = step(ctx, db, steps); err != nil {
			return err
		}
	}
	return nil
}

// copyAside copies an older record aside before it is changed; a copy that an
// earlier start made is left as it is.
func copyAside(ctx context.Context, path string, version int) error {
	const name = "copy"
	aside := fmt.Sprintf("%s.version-%d", path, version)
	rules := safefile.Rules{Own: true}
	var there *safefile.ConflictError
	if errors.As(rules.Check(aside), &there) {
		return made(there)
	}
	folder, err := safefile.CreateFolder(aside)
	if err != nil {
		return err
	}
	defer folder.Discard()
	if err := VacuumInto(ctx, path, folder.Path(name)); err != nil {
		return err
	}
	err = folder.Publish(name, aside, rules)
	if errors.As(err, &there) { // another process was faster
		return made(there)
	}
	return err
}

// made tells whether what stands where a copy was to go is a copy: without one
// nothing is changed.
func made(there *safefile.ConflictError) error {
	if there.Found == safefile.Record {
		return nil
	}
	return station.NewFault(station.RecordFault, "before it is brought up to date it is copied, and "+there.Error(), there)
}

// step runs the next migration, whichever that is once the write lock is held:
// another process may have been faster.
func step(ctx context.Context, db *sql.DB, steps []string) (version int, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if version, err = versionOf(ctx, tx); err != nil || version >= len(steps) {
		return version, err
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", migrations.ApplicationID, version+1)
	for _, text := range []string{steps[version], mark} {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return version, err
		}
	}
	if version+1 == partsSince {
		if err := carryParts(migrationTx{ctx, tx}); err != nil {
			return version, err
		}
	}
	return version + 1, tx.Commit()
}

type querier interface {
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}

// versionOf is the version of the tables, 0 for an empty file. A file with
// tables that are not ours is refused.
func versionOf(ctx context.Context, db querier) (version int, err error) {
	var id, objects int
	err = db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).Scan(&id, &version, &objects)
	if err == nil && id != migrations.ApplicationID && (id != 0 || objects > 0) {
		return 0, station.NewFault(station.RecordNotOurs, "", nil)
	}
	return version, err
}

// Fresh is a new record in memory, without a row.
func Fresh() (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file::memory:?_dqs=0")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, text := range migrations.All() {
		if _, err := db.Exec(text); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return db, nil
}
