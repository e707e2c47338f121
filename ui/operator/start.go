// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"

	"bindery/station"
	"bindery/ui/screen"
)

// NewModel starts at the sign-in. show gets each new view; review is called
// when somebody signs in who reads records instead of making units.
func NewModel(ctx context.Context, s screen.Services, bench Services, show func(View), review func(station.Person)) *Model {
	o := &Model{s: s, bench: bench, show: show, ctx: ctx, state: SignIn, health: AllWell, review: review}
	if bench.Empty {
		o.state = FirstTime
	}
	o.redraw()
	return o
}

// Key takes the keys that are no text.
func (o *Model) Key(k Key) {
	if o.looking {
		return
	}
	o.notice = ""
	o.state.Key(o, k)
	o.redraw()
}

// Pick takes a tap on a row of the field.
func (o *Model) Pick(row int) {
	o.chosen = row
	o.Scan("", station.Keystrokes{})
}

// Health takes how the station does.
func (o *Model) Health(h StationHealth) {
	if h != o.health {
		o.health = h
		o.redraw()
	}
}
