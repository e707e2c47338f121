// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/record"
	"bindery/station/safefile"
)

// Drill restores a backup to a temporary folder beside the record at path,
// verifies the whole of it there, tells what a restore would lose, and removes
// it again. The record itself is not touched, but for the leaf that says that
// the drill was held, and how it went; other programs may go on with it. by is
// who holds it. The report is the answer also when it is not OK.
func Drill(ctx context.Context, backup, path, by string, o dhr.Options) (record.DrillReport, error) {
	r := drill{record.DrillReport{File: backup, Lost: []record.Loss{}}}
	err := r.run(ctx, path, by, o)
	return r.DrillReport, err
}

// drill is one run of Drill.
type drill struct{ record.DrillReport }

func (r *drill) run(ctx context.Context, path, by string, o dhr.Options) error {
	if err := r.tryRestore(ctx, path, o); err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	d, err := dhr.Open(ctx, path, o)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // what was committed is on disk
	if err := r.compare(ctx, d); err != nil {
		return store.AsFault(err)
	}
	why := r.FirstFault
	if r.OK {
		why = fmt.Sprintf("sound, %s behind", station.Counted(r.Behind, "leaf", "leaves"))
	}
	r.Leaf, err = d.RecordDrill(ctx, r.File, by, why)
	return err
}

// tryRestore does what a restore would do, in a folder that is then removed. It
// lies beside the record: that disk is the one that must have the room.
func (r *drill) tryRestore(ctx context.Context, path string, o dhr.Options) error {
	safefile.Clear(filepath.Dir(path))
	folder, err := safefile.CreateFolder(path)
	if err != nil {
		return store.AsFault(err)
	}
	defer folder.Discard()
	o.CheckpointMirror = "" // what it covers beyond the backup is what the drill is to tell
	v, err := tryOut(ctx, r.File, folder.Path(filepath.Base(path)), o)
	if err != nil {
		return err
	}
	// Of the backup. What compare finds of the record itself is put over some of it.
	r.OK, r.Leaves, r.Head, r.FirstFault = v.OK, v.Leaves, v.Head, v.FirstFault
	return nil
}

// compare holds the backup against the record.
func (r *drill) compare(ctx context.Context, d *dhr.DHR) error {
	r.Compared = true
	if err := r.checkRecorded(ctx, d); err != nil {
		return err
	}
	var last int64
	var head string
	if err := d.Reader().Row(ctx, `SELECT coalesce(max(number), 0), coalesce((SELECT lower(hex(hash)) FROM leaves WHERE number = ?), '')
		FROM leaves`, []any{r.Leaves}, []any{&last, &head}); err != nil {
		return err
	}
	switch {
	case !r.OK:
		return nil // the fault of the backup itself tells more
	case r.Leaves > last:
		r.wrong("The backup has %s more than the record: the record was set back, or it is another one.", station.Counted(r.Leaves-last, "leaf", "leaves"))
	case r.Leaves > 0 && head != r.Head:
		r.wrong("Leaf %d of the record is not that of the backup: one of them is of another record, or was rewritten.", r.Leaves)
	default:
		r.Behind = last - r.Leaves
		return r.listLost(ctx, d)
	}
	return nil
}

func (r *drill) wrong(format string, args ...any) {
	r.OK, r.FirstFault = false, fmt.Sprintf(format, args...)
}

// checkRecorded looks the file up by its name, and holds its bytes against what was
// made then.
func (r *drill) checkRecorded(ctx context.Context, d *dhr.DHR) error {
	b, err := d.BackupOf(ctx, filepath.Base(r.File))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	r.Recorded = &b
	_, hash, err := sumFile(r.File)
	if err == nil && r.OK && hash != b.Hash {
		r.wrong("The file is not the one that was made as %s: its hash is another.", b.File)
	}
	return err
}

// listLost tells of the leaves that the backup does not have.
func (r *drill) listLost(ctx context.Context, d *dhr.DHR) error {
	err := d.Reader().Each(ctx, `SELECT json_extract(body, '$.what') AS what, count(*) FROM leaves WHERE number > ?
		GROUP BY what ORDER BY count(*) DESC, what`, []any{r.Leaves}, func(scan func(...any) error) error {
		var l record.Loss
		err := scan(&l.What, &l.N)
		r.Lost = append(r.Lost, l)
		return err
	})
	if err != nil || r.Behind == 0 {
		return err
	}
	var since time.Time
	err = d.Reader().Row(ctx, `SELECT count(DISTINCT subject) FILTER (WHERE subject GLOB 'unit:*'), min(json_extract(body, '$.at'))
		FROM leaves WHERE number > ?`, []any{r.Leaves}, []any{&r.Units, (*store.Instant)(&since)})
	r.Since = &since
	return err
}
