// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// child is what a second process of this test binary is to do.
type child struct {
	Path   string
	Serial string
	Device int
	KillAt string // "step started" or "step ended"; "" lives on
	Starve bool   // lets the disk fail in the middle
	Import bool   // brings a list of units from before in
	Shift  bool   // goes on with the units after Device until it is killed, and tells each that passed
}

const childEnv = "BINDERY_DHR_TEST_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		if err := runChild(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(storetest.Run(m))
}

// runChild provisions one unit and says on stdout how it ended.
func runChild(job string) error {
	var c child
	if err := json.Unmarshal([]byte(job), &c); err != nil {
		return err
	}
	if c.Import {
		return importChild(c)
	}
	clock := stationtest.WallClock{}
	d, err := dhr.Open(context.Background(), c.Path, dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		return err
	}
	b := dhrtest.Bench(d, c.Device)
	b.Clock, b.Printer = clock, paper(filepath.Dir(c.Path))
	if c.Starve {
		return starve(c, d, b)
	}
	for n := c.Device; c.Shift; n++ {
		b.DUT = stationtest.FakeDUT{Reading: stationtest.Reading(n)}
		if r := dhrtest.Provision(context.Background(), b, stationtest.Serial(n)); r.Outcome != station.Pass {
			return fmt.Errorf("unit %d: %s %v", n, r.Outcome, r.Fault)
		}
		fmt.Println(n)
	}
	scan, see := stationtest.Scans()
	r := b.Provision(context.Background(), station.Job{Order: "WO-1", Serial: c.Serial, By: "operator"}, scan, func(e station.Event) {
		see(e)
		at := string(e.Step) + " ended"
		if e.Started {
			at = string(e.Step) + " started"
		}
		if at == c.KillAt {
			syscall.Kill(os.Getpid(), syscall.SIGKILL) // it does not return
		}
	})
	code := ""
	if f := (station.Verdict{Findings: r.Findings}).First(); f != nil {
		code = string(f.Code)
	}
	if r.Fault != nil {
		code = fmt.Sprint(r.Fault.Code, " ", r.Fault.Err)
	}
	fmt.Print(strings.TrimSpace(string(r.Outcome) + " " + code))
	return d.Close()
}

// starve makes writes fail as a broken disk does, for a while, and tells what
// came of a unit then, after it, and once the record was opened again.
func starve(c child, d *dhr.DHR, b *station.Bench) error {
	signal.Ignore(syscall.SIGXFSZ)
	var was, none syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	none.Max = was.Max
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &none); err != nil {
		return err
	}
	tell := func() {
		r := dhrtest.Provision(context.Background(), b, c.Serial)
		fmt.Println(r.Outcome, r.Fault != nil && r.Fault.Code == station.RecordFault)
	}
	tell()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	tell()
	d.Close() // it is broken
	d, err := dhr.Open(context.Background(), c.Path, dhr.Options{Clock: stationtest.WallClock{}, Station: "bench-1"})
	if err != nil {
		return err
	}
	b.Records, b.Binder, b.Prints = d, d, d
	tell()
	return d.Close()
}

// paper is a printer whose labels outlive the process: one file a label.
type paper string

func (p paper) Print(_ context.Context, job string, l station.Label) error {
	f, err := os.CreateTemp(string(p), job+".*.label")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(l.Hash())
	return err
}

func (p paper) Printed(_ context.Context, job string, _ station.Label) (station.Answer, error) {
	if len(p.labels(job)) > 0 {
		return station.Yes, nil
	}
	return station.No, nil
}

func (p paper) labels(job string) []string {
	names, _ := filepath.Glob(filepath.Join(string(p), job+".*.label")) // the pattern is good
	return names
}

func (p paper) Name() string { return "paper:" }

// start starts a child; its end is told by Wait.
func start(t *testing.T, c child) (*exec.Cmd, *strings.Builder) {
	t.Helper()
	job, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(job))
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &out
}

func TestAKillAtAnyStepGoesOnWhereItStopped(t *testing.T) {
	for _, step := range station.Steps {
		for _, when := range []string{"started", "ended"} {
			at := string(step) + " " + when
			t.Run(at, func(t *testing.T) {
				t.Parallel()
				path := dhrtest.Written(t, stationtest.WallClock{})
				c := child{Path: path, Serial: stationtest.Serial(1), Device: 1, KillAt: at}
				cmd, _ := start(t, c)
				var exit *exec.ExitError
				if err := cmd.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL { // Linux
					t.Fatalf("the process was to be killed, not: %v", err)
				}
				c.KillAt = ""
				cmd, out := start(t, c)
				if err := cmd.Wait(); err != nil || out.String() != "pass" {
					t.Fatalf("the next scan of the serial gave %q, %v", out, err)
				}
				d := dhrtest.Open(t, path, stationtest.WallClock{})
				rec, err := d.Show(t.Context(), c.Serial)
				if err != nil {
					t.Fatal(err)
				}
				checkResumed(t, rec, at)
				if n := len(paper(filepath.Dir(path)).labels("*")); n != 1 {
					t.Errorf("%d labels came out", n)
				}
				dhrtest.Sound(t, d)
			})
		}
	}
}

// checkResumed checks the record of a unit that was killed once and scanned
// again.
func checkResumed(t *testing.T, rec record.UnitView, at string) {
	t.Helper()
	if len(rec.Bindings) != 1 || rec.Disposition != station.Passed {
		t.Errorf("%d bindings, %s", len(rec.Bindings), rec.Disposition)
	}
	var passed int
	for _, a := range rec.Attempts {
		if a.Outcome == "" {
			t.Errorf("attempt %d is still open", a.ID)
		}
		if a.Outcome == station.Pass {
			passed++
		}
	}
	// Killed when all was on disk, the next scan only says so: a second pass.
	want := 1
	if at == "complete ended" {
		want = 2
	}
	if passed != want {
		t.Errorf("%d attempts passed, want %d", passed, want)
	}
	if !slices.ContainsFunc(rec.Prints, func(p record.PrintView) bool { return p.State == station.PrintVerified }) || len(rec.Prints) != 1 {
		t.Errorf("prints %+v", rec.Prints)
	}
}

func TestOneIMEIUnderTwoSerialsInTwoProcessesIsBoundOnce(t *testing.T) {
	for round := range 8 {
		path := dhrtest.Written(t, stationtest.WallClock{})
		a, outA := start(t, child{Path: path, Serial: stationtest.Serial(1), Device: 7})
		b, outB := start(t, child{Path: path, Serial: stationtest.Serial(2), Device: 7})
		for _, cmd := range []*exec.Cmd{a, b} {
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
		}
		got := []string{outA.String(), outB.String()}
		slices.Sort(got)
		if want := []string{"fail imei-in-use", "pass"}; !slices.Equal(got, want) {
			t.Errorf("round %d: %q, want %q", round, got, want)
		}
		d := dhrtest.Open(t, path, stationtest.WallClock{})
		f, err := d.Find(t.Context(), stationtest.IMEI(7))
		if err != nil || len(f.Units) != 1 {
			t.Errorf("round %d: %d units hold the IMEI, %v", round, len(f.Units), err)
		}
		dhrtest.Sound(t, d)
	}
}

func TestManyProcessesWorkOnOneNewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dhr.db")
	dhrtest.AddFactory(t, dhrtest.Open(t, path, stationtest.WallClock{}))
	const stations = 6
	var cmds [stations]*exec.Cmd
	var outs [stations]*strings.Builder
	for i := range stations {
		cmds[i], outs[i] = start(t, child{Path: path, Serial: stationtest.Serial(i), Device: i})
	}
	for i := range stations {
		if err := cmds[i].Wait(); err != nil || outs[i].String() != "pass" {
			t.Errorf("station %d: %q, %v", i, outs[i], err)
		}
	}
	d := dhrtest.Open(t, path, stationtest.WallClock{})
	if o, err := d.Order(t.Context(), "WO-1"); err != nil || o.Passed != stations {
		t.Errorf("%d passed, %v", o.Passed, err)
	}
	dhrtest.Sound(t, d)
}
