// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"

	"bindery/cmd/internal/demo"
	"bindery/station"
	"bindery/ui/widget"
)

// password is that of quality, for signatures. It is set by the shift itself,
// since no record comes with one.
const password = "a lot is released by hand"

// workAsQuality works at the desk of quality with nothing but keys and scans:
// approves the definition, closes the alarm of the shift, quarantines a unit, has
// it reworked with a second person and made again, closes the order and releases
// the lot. After each it asks the record. The order is that of the rules: a lot
// cannot be released before its orders are closed, nor an order with an alarm
// open.
func (s *rig) workAsQuality(ctx context.Context, u demo.PlannedUnit) error {
	for _, do := range []struct {
		what string
		step func(context.Context, demo.PlannedUnit) error
	}{
		{"signing in", s.restartAsQuality},
		{"approving the definition", s.approveDefinition},
		{"closing the alarm", s.closeAlarm},
		{"quarantine", s.quarantine},
		{"rework", s.rework},
		{"making it again", s.makeAgain},
		{"closing the order", s.closeOrder},
		{"releasing the lot", s.releaseLot},
	} {
		if err := do.step(ctx, u); err != nil {
			return fmt.Errorf("%s: %w", do.what, errors.Join(err, s.screenshot(ctx, "desk-unexpected")))
		}
	}
	return nil
}

// input is a key or a scan at the desk, and a picture of what comes of it. A
// picture is taken of what somebody will want to see of it, and not of each.
type input struct{ key, scan, picture string }

// enterAll does one thing after the other, each once the one before was answered.
// To send the next too early would lose it, as a person's would be.
func (s *rig) enterAll(ctx context.Context, steps ...input) error {
	for _, p := range steps {
		do := func() error { return s.screen.key(ctx, p.key) }
		if p.key == "" {
			do = func() error { return s.screen.scan(ctx, p.scan) }
		}
		if err := s.doAndWait(ctx, do); err != nil {
			return err
		}
		if err := s.waitAnswered(ctx); err != nil {
			return err
		}
		if p.picture != "" {
			if err := s.screen.save(s.picture(p.picture)); err != nil {
				return err
			}
		}
	}
	return nil
}

// openRow chooses the n-th row of what waits, from the first on, and opens it and
// then the first row of its list. By keys alone: the desk must be of use to
// somebody who has no mouse.
func (s *rig) openRow(ctx context.Context, n int) error {
	if err := s.screen.key(ctx, "Prior"); err != nil { // to the first row, if it is not there
		return err
	}
	if err := s.waitStill(ctx); err != nil {
		return err
	}
	var steps []input
	for range n {
		steps = append(steps, input{key: "Down"})
	}
	return s.enterAll(ctx, append(steps, input{key: "Return"}, input{key: "Down"}, input{key: "Return"})...)
}

// restartAsQuality starts the app anew, without the short lock, and signs quality
// in, who has a password from now on: only what they approve is made. A release
// takes a password, and the demo gives PINs only.
func (s *rig) restartAsQuality(ctx context.Context, _ demo.PlannedUnit) error {
	p, err := s.record.PersonByBadge(ctx, s.factory.Badges["quality"])
	if err != nil {
		return err
	}
	if err := s.record.SetSecret(ctx, p.ID, p.ID, station.Password, password); err != nil {
		return err
	}
	s.idle = "15m"
	if err := s.closeApp(); err != nil {
		return err
	}
	if err := s.startAndSignIn(ctx); err != nil {
		return err
	}
	return s.changeTo(ctx, "quality")
}

// changeTo signs the operator out and somebody else in.
func (s *rig) changeTo(ctx context.Context, role string) error {
	if err := s.doAndWait(ctx, func() error { return s.screen.scan(ctx, s.factory.Badges["operator"]) }); err != nil {
		return err
	}
	if err := s.waitStill(ctx); err != nil {
		return err
	}
	if err := s.badge(ctx, role); err != nil {
		return err
	}
	return s.waitAnswered(ctx)
}

// waitAnswered waits until the desk shows, has nothing more to wait for, and
// stands still: the brackets of its entry, where the large field has its tone, are
// quiet while it waits. Once is not enough: an answer may ask for the next thing
// by itself, and the field is then quiet again.
func (s *rig) waitAnswered(ctx context.Context) error {
	accent := widget.PaletteNamed(s.theme).Accent
	idle := func() bool { return s.tone() == accent }
	for {
		if err := s.waitUntil(ctx, idle); err != nil {
			return fmt.Errorf("the desk did not answer: %w", err)
		}
		if err := s.waitStill(ctx); err != nil || idle() {
			return err
		}
	}
}

// signatureInputs gives both components anew. A signature that took the sign-in
// for one of them would pass here and fail an audit (21 CFR 11.200).
func (s *rig) signatureInputs(picture string) []input {
	return []input{{key: "F7"}, {scan: s.factory.Badges["quality"], picture: picture}, {scan: password, picture: picture + "-signed"}}
}

// approveDefinition signs the definition that the demo has brought in, and asks
// the record: the screen may say signed while nothing was.
func (s *rig) approveDefinition(ctx context.Context, u demo.PlannedUnit) error {
	if err := s.screen.save(s.picture("desk")); err != nil {
		return err
	}
	if err := s.openRow(ctx, 5); err != nil {
		return err
	}
	if err := s.enterAll(ctx, append(s.signatureInputs("desk-approval"), input{key: "Escape"})...); err != nil {
		return err
	}
	r, err := s.record.Show(ctx, u.Serial)
	if err != nil {
		return err
	}
	if ok, err := s.record.Approved(ctx, r.REF, r.Version); err != nil || !ok {
		return errors.Join(errors.New("the definition is not approved"), err)
	}
	return nil
}

// closeAlarm closes the one that imei-in-use has left; an order does not close
// over it.
func (s *rig) closeAlarm(ctx context.Context, _ demo.PlannedUnit) error {
	if err := s.openRow(ctx, 2); err != nil {
		return err
	}
	if err := s.enterAll(ctx, input{key: "F7"}, input{scan: "the device of another unit was plugged in"}); err != nil {
		return err
	}
	open, err := s.record.UnclosedAlarms(ctx)
	if err == nil && len(open) > 0 {
		err = fmt.Errorf("%d alarms are open", len(open))
	}
	return err
}

// quarantine takes a unit that has passed aside.
func (s *rig) quarantine(ctx context.Context, u demo.PlannedUnit) error {
	if err := s.enterAll(ctx, input{scan: u.Serial, picture: "desk-unit"}, input{key: "F2", picture: "desk-reason"},
		input{scan: "dropped on the floor", picture: "desk-quarantined"}); err != nil {
		return err
	}
	return s.checkMove(ctx, u, station.Quarantined, "")
}

// rework gives its binding up, which takes two: who asks and who agrees, each with
// their own PIN.
func (s *rig) rework(ctx context.Context, u demo.PlannedUnit) error {
	if err := s.enterAll(ctx, input{key: "F4"}, input{scan: "antenna replaced"}, input{scan: s.factory.Badges["lead"], picture: "desk-second"},
		input{scan: s.factory.PINs["lead"], picture: "desk-reworked"}); err != nil {
		return err
	}
	return s.checkMove(ctx, u, station.Reworked, "lead")
}

// checkMove asks the record for the last move of a unit, and who agreed to it. The
// second person is part of it: a move that lacks them is one that nobody agreed
// to.
func (s *rig) checkMove(ctx context.Context, u demo.PlannedUnit, want station.Disposition, second string) error {
	r, err := s.record.Show(ctx, u.Serial)
	if err != nil {
		return err
	}
	id := ""
	if second != "" {
		p, err := s.record.PersonByBadge(ctx, s.factory.Badges[second])
		if err != nil {
			return err
		}
		id = p.ID
	}
	if len(r.Moves) == 0 || r.Disposition != want || r.Moves[len(r.Moves)-1].Second != id {
		return fmt.Errorf("the unit is %s, moves %+v", r.Disposition, r.Moves)
	}
	return nil
}

// makeAgain has the operator make a unit that was reworked. It must go the whole
// way again, with the same device, whose identity was free from the rework on.
func (s *rig) makeAgain(ctx context.Context, u demo.PlannedUnit) error {
	if err := s.plug(u.Identity, false); err != nil {
		return err
	}
	if err := s.enterAll(ctx, input{key: "Escape"}); err != nil { // leaves the unit
		return err
	}
	if err := s.doAndWait(ctx, func() error { return s.screen.key(ctx, "Escape") }); err != nil { // signs out
		return err
	}
	if err := s.waitTone(ctx, widget.Calm); err != nil {
		return err
	}
	if err := s.signIn(ctx); err != nil {
		return err
	}
	a := scenario{serial: u.Serial}
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	if err := finish(ctx, s, a, datamatrix); err != nil {
		return err
	}
	return s.changeTo(ctx, "quality")
}

// closeOrder closes it with a reason, for fewer units were made than were planned.
func (s *rig) closeOrder(ctx context.Context, _ demo.PlannedUnit) error {
	if err := s.openRow(ctx, 3); err != nil {
		return err
	}
	if err := s.enterAll(ctx, input{key: "F7", picture: "desk-order"}, input{scan: "the shift is over"}, input{key: "Escape"}); err != nil {
		return err
	}
	o, err := s.record.Order(ctx, s.factory.Order)
	if err == nil && !o.Closed {
		err = errors.New("the order is open")
	}
	return err
}

// releaseLot signs the lot; all that have passed are released, and none waits.
func (s *rig) releaseLot(ctx context.Context, _ demo.PlannedUnit) error {
	if err := s.openRow(ctx, 4); err != nil {
		return err
	}
	if err := s.enterAll(ctx, s.signatureInputs("desk-lot")...); err != nil {
		return err
	}
	c, err := s.record.Counts(ctx, s.factory.Order)
	if err == nil && (c.Passed != 0 || c.Released == 0) {
		err = fmt.Errorf("%d units are released, %d wait", c.Released, c.Passed)
	}
	return err
}
