// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// every is how long what the record holds may go unsigned.
const every = time.Hour

// checkpoints signs the record each hour until ctx ends, and once more then:
// the end of the shift. One that fails is said, and stops nobody: the next has
// all that it would have had.
func (b *bench) checkpoints(ctx context.Context) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		if _, err := b.dhr.Checkpoint(context.WithoutCancel(ctx), ""); err != nil {
			fmt.Fprintln(os.Stderr, "bindery-station: no checkpoint:", err)
		}
	}
}
