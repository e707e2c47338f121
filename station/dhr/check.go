// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
	"bindery/station/safefile"
)

// Check looks at the file itself: its pages, its references and the space that
// is left. Package verify looks at what it says.
func (d *DHR) Check(ctx context.Context) (record.Health, error) {
	h := record.Health{Checked: []station.DeviceKind{}, Clock: d.ClockState()}
	pages, err := store.CheckPages(ctx, d.reads)
	if err != nil {
		return h, store.AsFault(err)
	}
	h.Integrity, h.Parts = pages.Record, pages.Parts
	for _, q := range []struct {
		text string
		into any
	}{
		{"SELECT count(*) FROM pragma_foreign_key_check", &h.ForeignKeys},
		{"SELECT coalesce(max(number), 0) FROM leaves", &h.Leaves},
		{"SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", &h.Bytes},
	} {
		if err := d.reads.Row(ctx, q.text, nil, []any{q.into}); err != nil {
			return h, store.AsFault(err)
		}
	}
	devices, err := d.Devices(ctx)
	if err != nil {
		return h, err
	}
	for _, v := range devices {
		if !slices.Contains(h.Checked, v.Kind) {
			h.Checked = append(h.Checked, v.Kind)
		}
	}
	switch last, err := d.LastBackup(ctx); {
	case err == nil:
		h.Backup = &last
	case !errors.Is(err, store.ErrNotFound):
		return h, err
	}
	free, err := safefile.FreeSpace(filepath.Dir(d.reads.Path))
	h.FreeBytes = free
	h.OK = err == nil && h.Integrity == "ok" && h.Parts == "ok" && h.ForeignKeys == 0 && station.RecordSpace.LeftBy(0, free)
	return h, store.AsFault(err)
}
