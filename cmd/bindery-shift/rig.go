// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/fixtures/dialect"
	"bindery/fixtures/dutsim"
	"bindery/labels"
	"bindery/station/dhr"
	"bindery/ui/widget"
)

// timeout is how long anything may take on a slow machine.
const timeout = 2 * time.Minute

// rig is a station at work: factory, device, app, screen, and the record, read
// from beside. The record is read by this process while the app writes it: that is
// how any other program would.
type rig struct {
	options
	factory *factory
	dialect *dialect.Dialect
	device  *dutsim.SimulatedDevice // plugged in now
	record  *dhr.DHR
	screen  *screen
	app     *exec.Cmd
	db      string     // the record that the app opens
	idle    string     // after which the app locks
	ended   chan error // of the app
}

// newRig sets all up but the device and the app.
func newRig(ctx context.Context, o options, f *factory) (*rig, error) {
	set, err := dialect.Load("")
	if err != nil {
		return nil, err
	}
	s := &rig{options: o, factory: f, db: f.path(f.DB), idle: "15m"}
	if s.dialect, err = set.ByName(f.Dialect); err != nil {
		return nil, err
	}
	s.record, err = dhr.Open(ctx, f.path(f.DB), dhr.Options{Clock: wire.SystemClock{}})
	return s, err
}

// plug puts another device, of this identity and with these faults, into the
// fixture. The link keeps its name, as a port keeps its own when a device is
// changed in the fixture.
func (s *rig) plug(id dutsim.Identity, unpaced bool, faults ...string) error {
	if s.device != nil {
		_ = s.device.Close()
	}
	var err error
	s.device, err = dutsim.Start(dutsim.Config{Identity: id, Dialect: s.dialect, Unpaced: unpaced, Faults: faults})
	if err != nil {
		return err
	}
	return s.device.Link(s.factory.path(s.factory.Port))
}

// The app ends first, so that its last checkpoint finds everything still there.
func (s *rig) close() {
	if s.app != nil {
		_ = s.app.Process.Signal(syscall.SIGTERM)
		<-s.ended
	}
	if s.screen != nil {
		s.screen.close()
	}
	_ = s.record.Close()
	if s.device != nil {
		_ = s.device.Close()
	}
}

// start starts the app; env is its environment.
func (s *rig) start(ctx context.Context, env []string) error {
	f := s.factory
	s.app = exec.CommandContext(ctx, filepath.Join(s.bin, "bindery-station"),
		"--db", s.db, "--port", f.path(f.Port), "--printer", "folder:"+f.path(f.Labels),
		"--idle", s.idle, "--station", "Station 3", "--theme", s.theme, "--lang", s.language, "--volume", "0",
		"--size", fmt.Sprintf("%dx%d", s.width, s.height))
	s.app.Env = env
	// A shift that is killed leaves no app behind, which would hold the record.
	s.app.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	log, err := os.OpenFile(filepath.Join(s.dir, "station.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	s.app.Stdout, s.app.Stderr = log, log
	if err := s.app.Start(); err != nil {
		return err
	}
	s.ended = make(chan error, 1)
	go func() { s.ended <- s.app.Wait() }()
	return nil
}

// startAndSignIn starts the app on the hidden screen, waits until it can be used
// and signs the operator in. So each part of the shift begins where an operator
// does in the morning.
func (s *rig) startAndSignIn(ctx context.Context) error {
	if err := s.start(ctx, s.screen.env()); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Calm); err != nil {
		return err
	}
	return s.signIn(ctx)
}

// signIn signs the operator in and takes the order.
func (s *rig) signIn(ctx context.Context) error {
	if err := s.screen.focus(ctx, "Bindery"); err != nil {
		return err
	}
	if err := s.badge(ctx, "operator"); err != nil {
		return err
	}
	if err := s.screen.scan(ctx, s.factory.Order); err != nil {
		return err
	}
	return s.waitStill(ctx)
}

// closeApp closes the app's window, as a person would, and waits for its end. One
// that does not end is told: a station that cannot be closed will be pulled from
// the wall.
func (s *rig) closeApp() error {
	if err := s.app.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case err := <-s.ended:
		s.app = nil
		return err
	case <-time.After(timeout):
		return errors.New("the app did not end")
	}
}

// tone is the colour of the large field, taken where nothing is written. A dot
// costs nothing, while the whole picture is 8 MB: it is asked for many times a
// second.
func (s *rig) tone() color.NRGBA {
	u := s.unit()
	return s.screen.dot(int(64*u), int(136*u))
}

// How far above the foot of the window the field has its notice: over the panels of an
// order, and where it stands alone.
const (
	noticeOverPanels = 380
	noticeAlone      = 180
)

// notice is the colour where the field shows its notice when it has one.
func (s *rig) notice(above float64) color.NRGBA {
	u := s.unit()
	return s.screen.dot(int(56*u), s.height-int(above*u))
}

// unit is a pixel of the design, in which positions are given for 1920 by 1080.
func (s *rig) unit() float64 { return min(float64(s.width)/1920, float64(s.height)/1080) }

// waitTone waits until the large field has the colour of a tone and stands still.
func (s *rig) waitTone(ctx context.Context, t widget.ColourRole) error {
	want := widget.PaletteNamed(s.theme).Tones[t].Fill
	if err := s.waitUntil(ctx, func() bool { return s.tone() == want }); err != nil {
		return fmt.Errorf("the screen never became %s: %w", t, err)
	}
	return nil
}

// waitStill waits until the screen has not changed for a moment.
func (s *rig) waitStill(ctx context.Context) error { return s.waitStillFor(ctx, 500*time.Millisecond) }

// waitStillFor is for what loads: a screen may stand still for a moment before the
// answer comes.
func (s *rig) waitStillFor(ctx context.Context, long time.Duration) error {
	var last []byte
	since := time.Now()
	return s.waitUntil(ctx, func() bool {
		p, err := s.screen.look()
		if err != nil {
			return false
		}
		if !bytes.Equal(p.raw, last) {
			last, since = p.raw, time.Now()
		}
		return time.Since(since) > long
	})
}

// doAndWait does something and waits until the screen has become another.
func (s *rig) doAndWait(ctx context.Context, do func() error) error {
	before, err := s.screen.look()
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return s.waitUntil(ctx, func() bool {
		now, err := s.screen.look()
		return err == nil && !bytes.Equal(now.raw, before.raw)
	})
}

// waitUntil asks again and again, until the answer is yes. It ends as soon as the
// app does: a crash shall not be waited for two minutes.
func (s *rig) waitUntil(ctx context.Context, yes func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	tick := time.NewTicker(40 * time.Millisecond)
	defer tick.Stop()
	for !yes() {
		select {
		case err := <-s.ended:
			// Put back, for who closes the rig waits for it too.
			s.ended <- err
			return fmt.Errorf("the app has ended: %w", err)
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// attempts is how many attempts the record holds that have ended.
func (s *rig) attempts(ctx context.Context) int {
	lines, err := s.record.Recent(ctx, "", 1<<20)
	if err != nil {
		return 0
	}
	n := 0
	for _, l := range lines {
		if l.Outcome != "" {
			n++
		}
	}
	return n
}

// label reads what a scanner sends for the last label of a serial: the code whose
// symbology identifier is kind. Of several labels the last is the one on the unit;
// the others are void.
func (s *rig) label(serial, kind string) (string, error) {
	names, err := filepath.Glob(s.factory.path(filepath.Join(s.factory.Labels, serial+"-*.png")))
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("no label of %s was printed", serial)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) }) // 10 after 9
	picture, err := os.ReadFile(names[len(names)-1])
	if err != nil {
		return "", err
	}
	codes, err := labels.Decode(picture)
	if err != nil {
		return "", err
	}
	for _, c := range codes {
		if len(c) > 3 && c[:3] == kind {
			return c, nil
		}
	}
	return "", fmt.Errorf("the label of %s has no code %s", serial, kind)
}

// badge scans somebody's badge and types their PIN. The waits are long and fixed:
// nothing on the screen tells that a PIN has been checked, but that something else
// comes.
func (s *rig) badge(ctx context.Context, role string) error {
	for _, text := range []string{s.factory.Badges[role], s.factory.PINs[role]} {
		if err := s.doAndWait(ctx, func() error { return s.screen.scan(ctx, text) }); err != nil {
			return err
		}
		// A PIN is checked slowly on purpose, and what comes next loads.
		if err := s.waitStillFor(ctx, 1500*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// options are the flags.
type options struct {
	dir      string // where all goes
	bin      string // where bindery and bindery-station are
	width    int
	height   int
	theme    string
	language string
}

// screenshot waits until the screen stands still and takes a picture of it.
func (s *rig) screenshot(ctx context.Context, name string) error {
	if err := s.waitStill(ctx); err != nil {
		return err
	}
	return s.screen.save(s.picture(name))
}

// picture is the file of a picture, by the name of what it shows.
func (s *rig) picture(name string) string { return filepath.Join(s.dir, "screens", name+".png") }
