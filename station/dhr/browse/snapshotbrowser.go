// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"context"

	"bindery/station/dhr"
)

// snapshotBrowser reads places in one state of the record.
type snapshotBrowser struct {
	*dhr.Snapshot
	ctx   context.Context
	whole bool // identities are not masked
	names map[string]string
}

func browse(ctx context.Context, s *dhr.Snapshot, whole bool) *snapshotBrowser {
	return &snapshotBrowser{Snapshot: s, ctx: ctx, whole: whole, names: map[string]string{}}
}
