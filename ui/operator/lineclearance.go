// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"

	"bindery/ui/screen"
)

// clearLine has the record keep that the line is clear, and goes on.
func (o *Model) clearLine(by string, l leftLabels) {
	id := o.order.ID
	ask := func(ctx context.Context) (struct{}, error) {
		return struct{}{}, o.bench.ClearLine(ctx, id, by, l.n, l.reason)
	}
	askRecord(o, ask, func(_ struct{}, err error) {
		if err != nil {
			o.refuse(screen.FailureText(o.s.Words, err))
			return
		}
		o.left, o.state = leftLabels{}, Ready
	})
}
