// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"time"

	"bindery/fixtures/dutsim"
	"bindery/station"
	"bindery/ui/widget"
)

// Symbology identifiers of the codes on the label (ISO/IEC 15424).
const (
	code128    = "]C0"
	datamatrix = "]d2"
)

// scenario is one unit of the shift.
//
// A scenario is added here, with the way that it plays and the attempts that it
// must leave: nothing else has to know of it.
type scenario struct {
	name   string
	serial string
	device dutsim.Identity
	slow   bool // the device takes its time, so that something can happen meanwhile
	play   func(ctx context.Context, s *rig, a scenario) error
	want   []end // the attempts of the serial, the oldest first
}

// end is how an attempt must stand in the record. The code of a fail is part of
// it: a unit that is refused for another reason has not been refused as it should.
type end struct {
	outcome station.Outcome
	code    station.Code
}

var (
	passed  = end{outcome: station.Pass}
	stopped = end{outcome: station.Aborted}
)

// failed is the end of a refused unit, with why.
func failed(code station.Code) end { return end{station.Fail, code} }

// scenarios is the shift. Each has a serial of its own, so that what one leaves
// does not explain the end of another. The order is theirs, too: the first must
// pass before its identity can be in use.
func scenarios(f *factory) []scenario {
	u := f.Units
	return []scenario{
		{"pass", u[0].Serial, u[0].Identity, false, makeUnit, []end{passed}},
		{"check-digit", u[1].Serial, f.Bad["check-digit"], false, beRefused, []end{failed("imei-check-digit")}},
		{"all-zeros", u[2].Serial, f.Bad["all-zeros"], false, beRefused, []end{failed("imei-repeated-digit")}},
		{"tac-not-allocated", u[3].Serial, f.Bad["tac-not-allocated"], false, beRefused, []end{failed("tac-not-allocated")}},
		{"imei-in-use", u[4].Serial, u[0].Identity, false, beRefused, []end{failed("imei-in-use")}},
		{"wrong-label", u[5].Serial, u[5].Identity, false, scanWrongLabel(u[0].Serial), []end{passed}},
		{"unplugged", u[6].Serial, u[6].Identity, true, unplugMidway, []end{{station.Errored, "dut-unplugged"}, passed}},
		{"scan-while-busy", u[7].Serial, u[7].Identity, true, scanWhileBusy(u[8].Serial), []end{passed}},
		{"new-labels", u[9].Serial, u[9].Identity, false, reprintTwice, []end{passed}},
		{"given-up", u[10].Serial, u[10].Identity, false, stopAndRepeat, []end{stopped, passed}},
		{"window-closed", u[11].Serial, u[11].Identity, false, closeMidway, []end{stopped, passed}},
	}
}

// begin scans the serial and waits until the label is asked for. From then on the
// unit is bound: what comes between here and the scan is what a stop or a crash
// must survive.
func begin(ctx context.Context, s *rig, a scenario) error {
	if err := s.screen.scan(ctx, a.serial); err != nil {
		return err
	}
	return s.waitTone(ctx, widget.Ask)
}

// finish scans a code of the label and waits for PASS. The text is taken from the
// printed picture and not from what the station meant to print: a label that
// cannot be read back fails here as on the line.
func finish(ctx context.Context, s *rig, a scenario, kind string) error {
	text, err := s.label(a.serial, kind)
	if err != nil {
		return err
	}
	if err := s.screen.scan(ctx, text); err != nil {
		return err
	}
	return s.waitTone(ctx, widget.Good)
}

// makeUnit is a unit with which nothing goes wrong.
func makeUnit(ctx context.Context, s *rig, a scenario) error {
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	if err := s.screenshot(ctx, "scan-the-label"); err != nil {
		return err
	}
	return finish(ctx, s, a, datamatrix)
}

// beRefused waits for the red screen.
func beRefused(ctx context.Context, s *rig, a scenario) error {
	before := s.attempts(ctx)
	if err := s.screen.scan(ctx, a.serial); err != nil {
		return err
	}
	// The screen may be red from the unit before: the record tells when this
	// makeOne has ended.
	if err := s.waitUntil(ctx, func() bool { return s.attempts(ctx) > before }); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Bad); err != nil {
		return err
	}
	return s.waitStillFor(ctx, 1500*time.Millisecond) // a busy machine may still show the unit before
}

// scanWrongLabel scans the label of another unit first. The unit must wait for its
// own one afterwards and not be failed: the label is wrong, not the unit.
func scanWrongLabel(other string) func(context.Context, *rig, scenario) error {
	return func(ctx context.Context, s *rig, a scenario) error {
		if err := begin(ctx, s, a); err != nil {
			return err
		}
		text, err := s.label(other, code128)
		if err != nil {
			return err
		}
		if err := s.screen.scan(ctx, text); err != nil {
			return err
		}
		if err := s.waitTone(ctx, widget.Bad); err != nil {
			return err
		}
		if err := s.screenshot(ctx, "wrong-label-seen"); err != nil {
			return err
		}
		return finish(ctx, s, a, datamatrix)
	}
}

// unplugMidway pulls the cable while the device is asked, and plugs it in again.
// The first attempt must end as a fault of the bench: a cable condemns no unit.
func unplugMidway(ctx context.Context, s *rig, a scenario) error {
	if err := scanUntilAsked(ctx, s, a); err != nil {
		return err
	}
	s.device.Unplug()
	if err := s.waitTone(ctx, widget.Caution); err != nil {
		return err
	}
	if err := s.screenshot(ctx, "unplugged-seen"); err != nil {
		return err
	}
	if err := s.plug(a.device, false); err != nil {
		return err
	}
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	return finish(ctx, s, a, datamatrix)
}

// scanUntilAsked scans the serial and waits until the device is being asked. It
// waits for more commands than a probe would send, so that the dialogue is surely
// under way.
func scanUntilAsked(ctx context.Context, s *rig, a scenario) error {
	heard := len(s.device.ReceivedCommands())
	if err := s.screen.scan(ctx, a.serial); err != nil {
		return err
	}
	return s.waitUntil(ctx, func() bool { return len(s.device.ReceivedCommands()) > heard+2 })
}

// scanWhileBusy scans the next serial too early, which must be refused and not
// lost silently. A scanner is faster than a device: whoever scans ahead must learn
// it at once, for else the serial is thought to be taken.
func scanWhileBusy(early string) func(context.Context, *rig, scenario) error {
	return func(ctx context.Context, s *rig, a scenario) error {
		if err := scanUntilAsked(ctx, s, a); err != nil {
			return err
		}
		if err := s.screen.scan(ctx, early); err != nil {
			return err
		}
		// The notice on a busy screen is written in the ink of that tone.
		message := widget.PaletteNamed(s.theme).Tones[widget.Busy].Ink
		if err := s.waitUntil(ctx, func() bool { return s.notice(noticeOverPanels) == message }); err != nil {
			return fmt.Errorf("the early scan was not refused: %w", err)
		}
		if err := s.screen.save(s.picture("scan-while-busy-seen")); err != nil {
			return err
		}
		if err := s.waitTone(ctx, widget.Ask); err != nil {
			return err
		}
		if lines, err := s.record.Show(ctx, early); err == nil {
			return fmt.Errorf("the early scan of %s has %d attempts", early, len(lines.Attempts))
		}
		return finish(ctx, s, a, datamatrix)
	}
}

// reprintTwice asks for another label twice; the second needs a lead. The rule for
// the second is [station] and the same at the command line; what is seen here is
// that the screen asks for it.
func reprintTwice(ctx context.Context, s *rig, a scenario) error {
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	if err := s.askLabel(ctx, "another-label"); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Ask); err != nil {
		return err
	}
	if err := s.askLabel(ctx, ""); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Lock); err != nil {
		return err
	}
	if err := s.screenshot(ctx, "locked"); err != nil {
		return err
	}
	if err := s.badge(ctx, "lead"); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Ask); err != nil {
		return err
	}
	return finish(ctx, s, a, datamatrix)
}

// askLabel presses the keys for another label and takes a picture of the
// question.
func (s *rig) askLabel(ctx context.Context, picture string) error {
	if err := s.doAndWait(ctx, func() error { return s.screen.key(ctx, "F9") }); err != nil {
		return err
	}
	if picture != "" {
		if err := s.screenshot(ctx, picture); err != nil {
			return err
		}
	}
	if err := s.doAndWait(ctx, func() error { return s.screen.key(ctx, "F1") }); err != nil {
		return err
	}
	return s.waitStill(ctx)
}

// stopAndRepeat stops a unit with Escape. The attempt ends as aborted and not as
// failed, and the same serial goes on where it was.
func stopAndRepeat(ctx context.Context, s *rig, a scenario) error {
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	if err := s.screen.key(ctx, "Escape"); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Busy); err != nil {
		return err
	}
	if err := s.screenshot(ctx, "stopped"); err != nil {
		return err
	}
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	return finish(ctx, s, a, datamatrix)
}

// closeMidway closes the app in the middle of a unit and starts it again. What was
// bound must be found again, with no second binding and no second label.
func closeMidway(ctx context.Context, s *rig, a scenario) error {
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	if err := s.closeApp(); err != nil {
		return err
	}
	if err := s.startAndSignIn(ctx); err != nil {
		return err
	}
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	return finish(ctx, s, a, datamatrix)
}
