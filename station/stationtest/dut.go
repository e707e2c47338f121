// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/identity"
)

// DUTState is how a device does that [RunDUT] asks for.
type DUTState string

// The states.
const (
	SoundDUT  DUTState = "sound"         // gives its IMEI
	NoIMEI    DUTState = "without IMEI"  // answers, and has no IMEI to give
	BreaksOff DUTState = "that goes"     // is gone after some bytes
	Stalls    DUTState = "that is stuck" // takes the first command and answers after 10 s at the earliest
)

// soon is what a contract of 0.2 s gets on a machine that is busy with other
// tests.
const soon = time.Second

// RunDUT holds the reader of a device to what [station.DUT] states. start is
// called once for each case and starts a device in that state.
func RunDUT(t *testing.T, start func(t *testing.T, s DUTState) station.DUT) {
	t.Helper()
	t.Run("a sound device is read, with the evidence and without hints too", func(t *testing.T) { readsSoundDUT(t, start) })
	t.Run("no IMEI is no error", func(t *testing.T) { readsNoIMEI(t, start) })
	t.Run("an error is a fault and comes with the evidence so far", func(t *testing.T) { faultsWithEvidence(t, start) })
	t.Run("who gives up is not kept waiting", func(t *testing.T) { givesUpAtOnce(t, start) })
}

func readsSoundDUT(t *testing.T, start func(t *testing.T, s DUTState) station.DUT) {
	t.Helper()
	d := start(t, SoundDUT)
	for _, hint := range []func(string){nil, func(s string) { plain(t, s) }} {
		r, err := d.Identify(t.Context(), hint)
		if err != nil {
			t.Fatal(err)
		}
		if got := identity.CheckIMEI(r.IMEI); len(got) > 0 || len(r.Evidence) == 0 {
			t.Errorf("the IMEI is %v, with %d pieces of evidence", got, len(r.Evidence))
		}
		evidenceInOrder(t, r)
	}
}

func readsNoIMEI(t *testing.T, start func(t *testing.T, s DUTState) station.DUT) {
	t.Helper()
	r, err := start(t, NoIMEI).Identify(t.Context(), nil)
	if err != nil || r.IMEI != "" || len(r.Evidence) == 0 {
		t.Errorf("an IMEI: %t, %d pieces of evidence, %v", r.IMEI != "", len(r.Evidence), err)
	}
}

func faultsWithEvidence(t *testing.T, start func(t *testing.T, s DUTState) station.DUT) {
	t.Helper()
	r, err := start(t, BreaksOff).Identify(t.Context(), nil)
	var f *station.Fault
	if !errors.As(err, &f) || f.Message == "" || f.Kept == "" || f.Next == "" {
		t.Errorf("%v is no fault that says what happened, what was kept and what to do", err)
	}
	if len(r.Evidence) == 0 {
		t.Error("the evidence is lost")
	}
	evidenceInOrder(t, r)
}

func givesUpAtOnce(t *testing.T, start func(t *testing.T, s DUTState) station.DUT) {
	t.Helper()
	d := start(t, Stalls)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := d.Identify(ctx, nil)
		done <- err
	}()
	select {
	case err := <-done:
		t.Fatalf("it ended before it was given up: %v", err)
	case <-time.After(100 * time.Millisecond):
	}
	cancel()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a reading that was given up is none")
		}
	case <-time.After(soon):
		t.Errorf("it goes on %v later", soon)
	}
}

// plain fails for a hint that is empty or has an identity in it.
func plain(t *testing.T, hint string) {
	t.Helper()
	if hint == "" || identity.HasIdentity(hint) {
		t.Errorf("hint %q", identity.MaskIn(hint))
	}
}

// evidenceInOrder fails where a piece of evidence is from before the one that
// it follows.
func evidenceInOrder(t *testing.T, r station.Reading) {
	t.Helper()
	for i := 1; i < len(r.Evidence); i++ {
		if r.Evidence[i].T < r.Evidence[i-1].T {
			t.Errorf("evidence %d is from before evidence %d", i, i-1)
		}
	}
}
