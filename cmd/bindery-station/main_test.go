// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"testing"
	"time"
)

func TestTheScreenLocksWhateverTheFlagsSay(t *testing.T) {
	for args, want := range map[string]time.Duration{
		"--volume=0": 15 * time.Minute, "--idle=90s": 90 * time.Second,
		"--idle=0": 0, "--idle=0s": 0, "--idle=-1m": 0, "--idle=never": 0,
	} {
		s, err := settings([]string{args})
		if refused := want == 0; (err != nil) != refused || err == nil && s.Idle != want {
			t.Errorf("%s: %v, %v", args, s.Idle, err)
		}
	}
}

func TestTheVersionIsSaidAndNothingIsStarted(t *testing.T) {
	s, err := settings([]string{"--version"})
	if !errors.Is(err, flag.ErrHelp) {
		t.Errorf("%v, want that there is nothing more to do", err)
	}
	if p := s.Program; p.Name != "bindery-station" || p.Go == "" {
		t.Errorf("%+v", p)
	}
}
