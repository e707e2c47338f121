// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/dhr/store"
)

// RebuildIndex makes the index of parts and the columns of scopes anew from the rows, after [verify.Record]
// found it damaged or changed. Only who has [station.MayRebuildIndex] may, with a
// reason: a disk failed, or somebody was at the file. What devices said that were
// refused and what is from before the record enters in one transaction, in which
// nobody else can write; the rest follows behind, and goes on at the next start where
// ctx ends before.
func (d *DHR) RebuildIndex(ctx context.Context, by, reason string) (leaf int64, err error) {
	rebuild := func() (int64, error) {
		return d.write(ctx, auditEntry{what: "rebuild-index", subject: "index:parts", who: by, why: reason}, func(t *tx) error {
			if err := t.checkPermission(by, station.MayRebuildIndex, reason); err != nil {
				return err
			}
			if err := t.RebuildScopes(); err != nil {
				return err
			}
			return t.RebuildParts()
		})
	}
	if leaf, err = rebuild(); store.Damaged(err) {
		if err := d.file.PreparePartsRebuild(ctx); err != nil {
			return 0, store.AsFault(err)
		}
		leaf, err = rebuild()
	}
	if err != nil {
		return 0, err
	}
	return leaf, d.file.CatchUp(ctx)
}
