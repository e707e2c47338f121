// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bindery/station"
)

// play starts the station on the display for a person. The simulated device
// becomes the next unit's as soon as one has passed.
//
// It keeps what was made before: somebody who closes the window and comes back
// goes on with the next unit.
func play(ctx context.Context, o options) error {
	f, err := openFactory(ctx, o.bin, filepath.Join(o.dir, "factory"))
	if err != nil {
		return err
	}
	s, err := newRig(ctx, o, f)
	if err != nil {
		return err
	}
	defer s.close()
	// Found out from the record and not counted: the window may have been closed
	// in the middle of a unit.
	next := s.next(ctx)
	if err := s.plug(f.Units[next].Identity, false); err != nil {
		return err
	}
	if err := s.start(ctx, os.Environ()); err != nil {
		return err
	}
	fmt.Printf(`The station is open. Type as a scanner would, Enter after each:
  %-10s the operator's badge
  %-10s the operator's PIN
  %-10s the order
  %-10s the serial of the next unit, and the same again for its label
Quality reads with the badge %s and the PIN %s, the set-up is the admin's: %s, %s.
Close the window to end.
`, f.Badges["operator"], f.PINs["operator"], f.Order, f.Units[next].Serial,
		f.Badges["quality"], f.PINs["quality"], f.Badges["admin"], f.PINs["admin"])
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-s.ended:
			s.app = nil
			return err
		case <-ctx.Done():
			return nil
		case <-tick.C:
			// Between two units only: while one is made, the next that has not
			// passed is that one, and the identity stays.
			s.device.SetIdentity(f.Units[s.next(ctx)].Identity)
		}
	}
}

// next is the first unit that has not passed, or the first when all have.
func (s *rig) next(ctx context.Context) int {
	for i, u := range s.factory.Units {
		r, err := s.record.Show(ctx, u.Serial)
		if err != nil || r.Disposition != station.Passed {
			return i
		}
	}
	return 0
}
