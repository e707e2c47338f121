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
	next := s.next(ctx)
	if err := s.plug(f.Units[next].device, false); err != nil {
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
			s.device.SetIdentity(f.Units[s.next(ctx)].simulated())
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
