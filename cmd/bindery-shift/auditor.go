// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// visitAuditor signs the auditor in, walks from the lot to the leaf behind a
// binding, verifies everything and hands the unit over; then it checks the bundle
// as whoever gets it would. It goes by keys and scans from a lot down to the leaf,
// the way that an auditor asks: what was released, of what, and who says so.
func (s *rig) visitAuditor(ctx context.Context, serial string) error {
	if err := s.doAndRead(ctx, func() error { return s.screen.key(ctx, "Escape") }, ""); err != nil { // signs the admin out
		return err
	}
	if err := s.badge(ctx, "auditor"); err != nil {
		return err
	}
	for _, step := range []struct {
		do      func(context.Context, string) error
		what    string
		picture string
	}{
		{s.screen.key, "Down", "auditor"}, // the lots
		{s.screen.key, "Return", ""},
		{s.screen.key, "Down", ""}, // the lot
		{s.screen.key, "Return", "auditor-lot"},
		{s.screen.scan, serial, ""},
		{s.screen.key, "Down", ""},                // its order
		{s.screen.key, "Down", "auditor-binding"}, // its binding
		{s.screen.key, "Next", "auditor-proof"},
		{s.screen.key, "F5", "auditor-verified"},
		{s.screen.key, "Escape", ""},
		{s.screen.key, "F8", "auditor-hand-over"},
		{s.screen.key, "Return", "auditor-handed"},
	} {
		if err := s.doAndRead(ctx, func() error { return step.do(ctx, step.what) }, step.picture); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return s.checkBundle(ctx, serial)
}

// doAndRead does something in the audit room, and waits until it is answered.
func (s *rig) doAndRead(ctx context.Context, do func() error, picture string) error {
	if err := s.doAndWait(ctx, do); err != nil {
		return err
	}
	// What takes its time says so at once; a key that comes before the answer
	// to the one before would go nowhere.
	if err := s.waitStillFor(ctx, 1500*time.Millisecond); err != nil || picture == "" {
		return err
	}
	return s.screen.save(s.picture(picture))
}

// checkBundle checks the bundle that was handed over: with the program, which has
// no record at hand, and where there is Python, without it. Two programs that
// share no line agree or do not; the second is what an auditor may write
// themselves.
func (s *rig) checkBundle(ctx context.Context, serial string) error {
	made, err := filepath.Glob(s.factory.path(filepath.Join("exports", "unit-"+serial+"-*.zip")))
	if err != nil || len(made) != 1 {
		return fmt.Errorf("%d bundles of %s were handed over", len(made), serial)
	}
	keys, err := s.record.Keys(ctx)
	if err != nil || len(keys) == 0 {
		return errors.Join(errors.New("no key has signed"), err)
	}
	key := keys[len(keys)-1]
	checks := []*exec.Cmd{exec.CommandContext(ctx, filepath.Join(s.bin, "bindery"), "verify", made[0], "--key", key)}
	const other = "docs/verify_bundle.py" // from the folder of the sources only
	if _, err := os.Stat(other); err == nil {
		checks = append(checks, exec.CommandContext(ctx, "python3", other, made[0], key))
	}
	for _, check := range checks {
		if out, err := check.CombinedOutput(); err != nil {
			return fmt.Errorf("the bundle does not prove itself: %w: %s", err, out)
		}
	}
	return nil
}
