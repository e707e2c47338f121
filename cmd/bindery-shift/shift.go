// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bindery/station/dhr/verify"
	"bindery/station/safefile"
	"bindery/ui/widget"
)

// shift works a whole shift on a hidden screen and leaves pictures, labels, the
// record and a summary in o.dir. The summary is written in any case: where a unit
// went wrong its pictures and the record of the others are what somebody looks at
// first.
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

// makeUnits makes every unit of the shift, and does at the desk what follows. A
// unit that ends otherwise does not end the shift: the next ones show whether the
// station has recovered. Only a screen that cannot be pictured does, for then
// nothing can be seen any more.
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
	// Each takes a unit that the scenarios before have left as it needs it: one
	// that passed after it was unplugged, one that nobody has touched, and the
	// first that passed.
	handed, lone, again := units[6].Serial, units[12], units[0]
	sum.report("handed-over", handed, "the bundle proves itself", s.visitAuditor(ctx, handed))
	sum.report("left-alone", lone.Serial, "locked, then pass by the lead", s.lockAndTakeOver(ctx, lone))
	sum.report("desk", again.Serial, "reworked, made again, released", s.workAsQuality(ctx, again))
	sum.report("first-start", "", "the admin set up and signed in", s.firstStart(ctx))
}

// summary is what a shift says of itself, line by line. What it says is printed as
// it comes, for a shift takes minutes, and kept for who was not there.
type summary struct {
	lines []string
	good  bool
}

func (s *summary) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	s.lines = append(s.lines, line)
	fmt.Println(line)
}

// report says how one piece of work ended. The wanted end stands beside what came:
// a line is read alone, in the log of CI.
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

// enter starts the app and takes pictures on the way in. Each wrong turn is taken
// before the right one: a sign-in that works tells nothing of what it refuses.
func (s *rig) enter(ctx context.Context) error {
	if err := s.plug(s.factory.Units[0].Identity, false); err != nil {
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

// run plays one unit, takes a picture of how it ended and asks the record. The
// picture comes before the record is asked: on a screen that waits for nobody the
// end of a unit gives way to the next scan.
func (s *rig) run(ctx context.Context, a scenario) error {
	var faults []string
	// 200 ms for each answer is slow enough to act in between and stays far below
	// what a fixture gives up at.
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

// visitQualityAndAdmin signs quality in and looks a unit up, then an admin and
// looks at the port. Both are signed in at the same screen, one after the other,
// as in a factory with one computer.
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

// verifyRecord has the whole record recomputed. It is the last word: each unit may
// look right while a leaf is wrong.
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

// writeLines replaces the summary of an earlier shift whole, or leaves it.
func writeLines(name string, lines []string) error {
	return safefile.Write(name, []byte(strings.Join(lines, "\n")+"\n"), overwrite)
}
