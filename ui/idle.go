// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"time"
)

// busyAgain is how long a lock waits that came while something was under way.
const busyAgain = time.Second

// idle locks the station when nobody has touched it for a time.
type idle struct {
	after time.Duration
	timer *time.Timer
}

// newIdle calls lock, by post, each time that nothing was touched for so long.
// lock tells whether it could; if not it is called again shortly.
func newIdle(ctx context.Context, after time.Duration, post func(func()), lock func() bool) *idle {
	i := &idle{after: after}
	i.timer = time.AfterFunc(after, func() {
		post(func() {
			switch {
			case i.timer.Stop(): // a touch has set it anew meanwhile
				i.touch()
			case !lock():
				i.timer.Reset(busyAgain)
			}
		})
	})
	context.AfterFunc(ctx, func() { i.timer.Stop() })
	return i
}

// touch begins the time anew.
func (i *idle) touch() { i.timer.Reset(i.after) }
