// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
)

// personNames is what people are called who are known by their IDs: by name and ID.
type personNames map[string]string

// namesOf asks for them all at once: a unit names ten people, and asking for each
// would take ten reads.
func namesOf(ctx context.Context, d *dhr.DHR) (personNames, error) { return d.Names(ctx) }

// of is what somebody is called; who is not known is their ID.
func (c personNames) of(id string) string { return station.DisplayName(id, c[id]) }

// local is a time in the zone of this computer, with it.
func local(t time.Time) string { return station.Timestamp(t.In(wire.SystemClock{}.Now().Location())) }

// labelled is a value behind what it is, where there is one, so that a line
// without the value has no name of it either: "IMEI 2" with nothing behind it looks like
// one that was lost.
func labelled(what, value string) string {
	if value == "" {
		return ""
	}
	return what + value
}
