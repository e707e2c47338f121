// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/ui/widget"
)

var errUnexpected = errors.New("the shift did not go as it should")

// shift works a whole shift on a hidden screen and leaves pictures, labels,
// the record and a summary in o.dir.
func shift(ctx context.Context, o options) error {
	if err := os.MkdirAll(filepath.Join(o.dir, "screens"), 0o700); err != nil {
		return err
	}
	f, err := newFactory(ctx, o.bin, filepath.Join(o.dir, "factory"))
	if err != nil {
		return err
	}
	s, err := newRig(ctx, o, f)
	if err != nil {
		return err
	}
	defer s.close()
	if s.screen, err = newScreen(ctx, o.width, o.height); err != nil {
		return err
	}
	if err := s.enter(ctx); err != nil {
		return err
	}
	sum := &summary{good: true}
	s.makeUnits(ctx, sum)
	if err := s.verifyRecord(ctx, sum.say); err != nil {
		sum.good = false
		sum.say("%v", err)
	}
	return sum.save(o.dir)
}

// makeUnits makes every unit of the shift, and does at the desk what follows.
func (s *rig) makeUnits(ctx context.Context, sum *summary) {
	units := s.factory.Units
	for _, a := range scenarios(s.factory) {
		err := s.run(ctx, a)
		sum.report(a.name, a.serial, ends(a.want), err)
		if err != nil && s.screenshot(ctx, a.name+"-unexpected") != nil {
			break
		}
	}
	if err := s.visitQualityAndAdmin(ctx, units[6].Serial); err != nil {
		sum.good = false
		sum.say("reading the record: %v", err)
	}
	handed, lone, again := units[6].Serial, units[12], units[0]
	sum.report("handed-over", handed, "the bundle proves itself", s.visitAuditor(ctx, handed))
	sum.report("left-alone", lone.Serial, "locked, then pass by the lead", s.lockAndTakeOver(ctx, lone))
	sum.report("desk", again.Serial, "reworked, made again, released", s.workAsQuality(ctx, again))
	sum.report("first-start", "", "the admin set up and signed in", s.firstStart(ctx))
}

// summary is what a shift says of itself, line by line.
type summary struct {
	lines []string
	good  bool
}

func (s *summary) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	s.lines = append(s.lines, line)
	fmt.Println(line)
}

// report says how one piece of work ended.
func (s *summary) report(name, serial, want string, err error) {
	word := "as expected"
	if err != nil {
		s.good, word = false, "NOT AS EXPECTED: "+err.Error()
	}
	s.say("%-18s %-9s  %-34s %s", name, serial, want, word)
}

// save writes the summary into dir; an error says that something was unexpected.
func (s *summary) save(dir string) error {
	if !s.good {
		s.say("%v: see %s", errUnexpected, filepath.Join(dir, "screens"))
	}
	if err := writeLines(filepath.Join(dir, "summary.txt"), s.lines); err != nil {
		return err
	}
	if !s.good {
		return errUnexpected
	}
	return nil
}

// enter starts the app and takes pictures on the way in.
func (s *rig) enter(ctx context.Context) error {
	if err := s.plug(s.factory.Units[0].device, false); err != nil {
		return err
	}
	if err := s.start(ctx, s.screen.env()); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Calm); err != nil {
		return err
	}
	if err := s.wrongPIN(ctx); err != nil {
		return err
	}
	if err := s.withoutNumLock(ctx); err != nil {
		return err
	}
	if err := s.signIn(ctx); err != nil {
		return err
	}
	return s.screenshot(ctx, "ready")
}

// run plays one unit, takes a picture of how it ended and asks the record.
func (s *rig) run(ctx context.Context, a scenario) error {
	var faults []string
	if a.slow {
		faults = []string{"late-reply=200ms"}
	}
	if err := s.plug(a.device, false, faults...); err != nil {
		return err
	}
	if err := a.play(ctx, s, a); err != nil {
		return err
	}
	if err := s.screenshot(ctx, a.name); err != nil {
		return err
	}
	r, err := s.record.Show(ctx, a.serial)
	if err != nil {
		return err
	}
	return check(r, a)
}

// check compares the record of a unit with what its act must have left.
func check(r record.Unit, a scenario) error {
	var got []end
	for _, t := range r.Attempts {
		got = append(got, end{t.Outcome, t.Code})
	}
	if !slices.Equal(got, a.want) {
		return fmt.Errorf("the record says %s", ends(got))
	}
	pass := a.want[len(a.want)-1] == passed
	switch {
	case !pass && len(r.Bindings) > 0:
		return errors.New("a refused unit has a binding")
	case pass && (len(r.Bindings) != 1 || r.Bindings[0].IMEI != a.device.IMEI || r.Bindings[0].ICCID != a.device.ICCID):
		return errors.New("the unit is not bound to its device")
	case pass && r.Disposition != station.Passed:
		return fmt.Errorf("the unit is %s", r.Disposition)
	case pass && (len(r.Prints) == 0 || r.Prints[len(r.Prints)-1].State != station.PrintVerified):
		return errors.New("its label is not verified")
	}
	return nil
}

func ends(es []end) string {
	var words []string
	for _, e := range es {
		words = append(words, strings.TrimSpace(string(e.outcome)+" "+string(e.code)))
	}
	return strings.Join(words, ", then ")
}

// visitQualityAndAdmin signs quality in and looks a unit up, then an admin and looks at the
// port.
func (s *rig) visitQualityAndAdmin(ctx context.Context, serial string) error {
	scan, key, person := s.screen.scan, s.screen.key, s.badge
	for _, step := range []struct {
		do      func(context.Context, string) error
		what    string
		picture string
	}{
		{scan, s.factory.Badges["operator"], ""}, // signs out
		{person, "quality", ""},
		{scan, serial, "quality"},
		{key, "Escape", ""}, // leaves the unit
		{key, "Escape", ""}, // signs out
		{person, "admin", ""},
		{key, "Down", ""},        // marks the port
		{key, "Return", "setup"}, // tries it
	} {
		if err := s.doAndWait(ctx, func() error { return step.do(ctx, step.what) }); err != nil {
			return err
		}
		if step.picture == "" {
			if err := s.waitStill(ctx); err != nil {
				return err
			}
			continue
		}
		// What is asked for here takes its time; the screen says so at once.
		if err := s.waitStillFor(ctx, 3*time.Second); err != nil {
			return err
		}
		if err := s.screen.save(s.picture(step.picture)); err != nil {
			return err
		}
	}
	return nil
}

// verifyRecord has the whole record recomputed.
func (s *rig) verifyRecord(ctx context.Context, say func(string, ...any)) error {
	v, err := verify.Record(ctx, s.record, nil)
	if err != nil {
		return err
	}
	if !v.OK {
		return errors.New("the record does not verify")
	}
	say("record verified: %d leaves, %s", v.Leaves, s.factory.path(s.factory.DB))
	return nil
}

// screenshot waits until the screen stands still and takes a picture of it.
func (s *rig) screenshot(ctx context.Context, name string) error {
	if err := s.waitStill(ctx); err != nil {
		return err
	}
	return s.screen.save(s.picture(name))
}

func (s *rig) picture(name string) string { return filepath.Join(s.dir, "screens", name+".png") }

func writeLines(name string, lines []string) error {
	return safefile.Write(name, []byte(strings.Join(lines, "\n")+"\n"), overwrite)
}
