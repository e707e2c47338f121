// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"bindery/cmd/internal/demo"
	"bindery/ui/widget"
)

// wrongPIN scans the operator's badge and types the lead's PIN, which signs nobody
// in. The lead's is a right one, of somebody else: a screen that compared it with
// all of them would let it pass.
func (s *rig) wrongPIN(ctx context.Context) error {
	if err := s.screen.focus(ctx, "Bindery"); err != nil {
		return err
	}
	if err := s.doAndWait(ctx, func() error { return s.screen.scan(ctx, s.factory.Badges["operator"]) }); err != nil {
		return err
	}
	if err := s.screenshot(ctx, "pin"); err != nil {
		return err
	}
	if err := s.scanRefused(ctx, s.factory.PINs["lead"], "wrong-pin", noticeAlone); err != nil {
		return err
	}
	return s.doAndWait(ctx, func() error { return s.screen.key(ctx, "Escape") })
}

// withoutNumLock signs the operator in, marks the order, and types one on a keypad
// that sends no digits: the screen must say so and take neither. Many keypads
// start so, and an operator who sees nothing happen types it again and again.
func (s *rig) withoutNumLock(ctx context.Context) error {
	if err := s.badge(ctx, "operator"); err != nil {
		return err
	}
	if err := s.doAndWait(ctx, func() error { return s.screen.key(ctx, "Down") }); err != nil {
		return err
	}
	if err := s.screen.keypad(ctx, "330033"); err != nil {
		return err
	}
	if err := s.waitNotice(ctx, noticeAlone); err != nil {
		return fmt.Errorf("a keypad without NumLock was not told of: %w", err)
	}
	if err := s.screenshot(ctx, "keypad-without-numlock"); err != nil {
		return err
	}
	return s.doAndWait(ctx, func() error { return s.screen.key(ctx, "Escape") })
}

// waitNotice waits until the calm field has a notice, so far above its foot.
func (s *rig) waitNotice(ctx context.Context, above float64) error {
	ink := widget.PaletteNamed(s.theme).Tones[widget.Calm].Ink
	return s.waitUntil(ctx, func() bool { return s.notice(above) == ink })
}

// scanRefused scans what the screen must refuse where everybody can see it,
// and takes a picture of that.
func (s *rig) scanRefused(ctx context.Context, text, picture string, above float64) error {
	if err := s.screen.scan(ctx, text); err != nil {
		return err
	}
	if err := s.waitNotice(ctx, above); err != nil {
		return fmt.Errorf("%s was not refused: %w", picture, err)
	}
	return s.screenshot(ctx, picture)
}

// lockAndTakeOver starts the app anew, so that it locks after a few seconds, signs
// the operator in and does nothing. Then a serial must not do; the lead's badge
// and PIN must, and the unit is made on the same order, by the lead. The lead
// makes it in their own name: what is done at a screen that somebody has left is
// never theirs.
func (s *rig) lockAndTakeOver(ctx context.Context, u demo.PlannedUnit) error {
	if err := s.closeApp(); err != nil {
		return err
	}
	s.idle = "8s"
	if err := s.plug(u.Identity, false); err != nil {
		return err
	}
	if err := s.startAndSignIn(ctx); err != nil {
		return err
	}
	if err := s.waitStillFor(ctx, 10*time.Second); err != nil { // it locks in that time
		return err
	}
	before := s.attempts(ctx)
	if err := s.scanRefused(ctx, u.Serial, "left-alone", noticeOverPanels); err != nil {
		return err
	}
	if n := s.attempts(ctx); n != before {
		return fmt.Errorf("a locked screen made %d attempts", n-before)
	}
	if err := s.badge(ctx, "lead"); err != nil {
		return err
	}
	return s.makeAs(ctx, u, "lead")
}

// makeAs makes a unit and asks the record whose it is.
func (s *rig) makeAs(ctx context.Context, u demo.PlannedUnit, role string) error {
	a := scenario{serial: u.Serial, device: u.Identity, want: []end{passed}}
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	if err := finish(ctx, s, a, datamatrix); err != nil {
		return err
	}
	p, err := s.record.PersonByBadge(ctx, s.factory.Badges[role])
	if err != nil {
		return err
	}
	r, err := s.record.Show(ctx, a.serial)
	if err != nil {
		return err
	}
	if by := r.Attempts[0].By; by != p.ID || r.Order != s.factory.Order {
		return fmt.Errorf("the unit is %s's, on order %s", by, r.Order)
	}
	return check(r, a)
}

// firstStart starts the app on a record in which nobody is, answers what it asks,
// and signs the new admin in after a wrong password. No terminal is needed for it,
// which is what the screen promises to who has none.
func (s *rig) firstStart(ctx context.Context) error {
	if err := s.closeApp(); err != nil {
		return err
	}
	s.db, s.idle = s.factory.path("first.db"), "15m"
	if err := s.start(ctx, s.screen.env()); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Ask); err != nil {
		return err
	}
	if err := s.screen.focus(ctx, "Bindery"); err != nil {
		return err
	}
	if err := s.screenshot(ctx, "first-start"); err != nil {
		return err
	}
	const badge, password = "AD-1", "a first password"
	for _, answer := range []string{"p-1", "Ann Admin", badge, password, password} {
		if err := s.doAndWait(ctx, func() error { return s.screen.scan(ctx, answer) }); err != nil {
			return err
		}
		if err := s.waitStill(ctx); err != nil {
			return err
		}
	}
	message := s.notice(noticeAlone) // of the set-up; it goes with the next scan
	if err := s.screen.scan(ctx, badge); err != nil {
		return err
	}
	if err := s.waitUntil(ctx, func() bool { return s.notice(noticeAlone) != message }); err != nil {
		return err
	}
	if err := s.waitStill(ctx); err != nil {
		return err
	}
	if err := s.scanRefused(ctx, "no such password", "first-password-wrong", noticeAlone); err != nil {
		return err
	}
	if err := s.doAndWait(ctx, func() error { return s.screen.scan(ctx, password) }); err != nil {
		return err
	}
	return s.screenshot(ctx, "first-admin")
}
