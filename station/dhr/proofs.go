// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"
)

// Prove is [store.Reader.Prove].
func (d *DHR) Prove(ctx context.Context, number, size int64) (tlog.RecordProof, error) {
	return d.reads.Prove(ctx, number, size)
}
