// SPDX-License-Identifier: Apache-2.0

//go:build linux

package printers_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/labels/printers"
	"bindery/labels/printers/zplsim"
	"bindery/station"
)

// cupsd starts a print service of this test's own, with one raw queue to an
// address, and points the programs of CUPS at it. more are lines of its
// settings.
func cupsd(t *testing.T, printer string, more ...string) {
	t.Helper()
	needsCUPS(t)
	addr := freeAddress(t)
	conf, files := cupsSettings(t, addr, more)
	service := exec.Command("cupsd", "-f", "-c", conf, "-s", files)
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = service.Process.Kill()
		_ = service.Wait()
	})
	t.Setenv("CUPS_SERVER", addr)
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if err := exec.Command("lpstat", "-r").Run(); err == nil && answers(addr) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("cupsd does not start")
		}
	}
	run(t, "lpadmin", "-p", "zraw", "-E", "-v", "socket://"+printer, "-m", "raw")
}

// needsCUPS skips a test where the print service cannot be started.
func needsCUPS(t *testing.T) {
	t.Helper()
	for _, name := range []string{"cupsd", "lp", "lpstat", "lpadmin", "cancel", "cupsdisable"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed; on Debian: apt-get install --no-install-recommends cups", name)
		}
	}
	if os.Getuid() != 0 {
		t.Skip("cupsd can only be started as root")
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

// cupsSettings writes the settings of a print service that listens at addr, and
// makes the folders that it needs.
func cupsSettings(t *testing.T, addr string, more []string) (conf, files string) {
	t.Helper()
	// Not t.TempDir: the service runs as another user, who must reach it.
	dir, err := os.MkdirTemp("", "cups")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	conf, files = filepath.Join(dir, "cupsd.conf"), filepath.Join(dir, "cups-files.conf")
	const allow = "Order allow,deny\nAllow all\n"
	write(t, conf, "Listen "+addr+"\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n"+strings.Join(append(more, ""), "\n")+"<Location />\n"+allow+"</Location>\n<Location /admin>\n"+allow+"</Location>\n<Policy default>\n<Limit All>\n"+allow+"</Limit>\n</Policy>\n")
	var b strings.Builder
	for _, key := range []string{"ServerRoot", "RequestRoot", "CacheDir", "StateDir", "TempDir"} {
		sub := filepath.Join(dir, key)
		if err := os.Mkdir(sub, 0o755); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %s\n", key, sub)
	}
	write(t, files, b.String()+"User lp\nGroup lp\nErrorLog "+dir+"/error_log\nAccessLog "+dir+"/access_log\nPageLog "+dir+"/page_log\n")
	return conf, files
}

// run runs a program that must succeed.
func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// cameOut waits until so many labels have come out of a printer, and fails for
// any other number.
func cameOut(t *testing.T, sim *zplsim.SimulatedPrinter, want int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); len(sim.Labels()) < want && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if n := len(sim.Labels()); n != want {
		t.Errorf("%d labels came out", n)
	}
}

func answers(addr string) bool {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return false
	}
	return c.Close() == nil
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAQueueOfThePrintService(t *testing.T) {
	sim, _ := simulated(t, zplsim.Config{})
	cupsd(t, sim.Addr())
	p, l := open(t, "cups:zraw"), sampleLabel(t)
	if err := p.Print(t.Context(), "CM-1-1", l); err != nil {
		t.Fatal(err)
	}
	cameOut(t, sim, 1)
	if got := printers.ReadCondition(t.Context(), p); got != printers.Ready {
		t.Errorf("the queue is %q", got)
	}
	if got := printers.ReadCondition(t.Context(), open(t, "cups:nowhere")); got != printers.Offline {
		t.Errorf("a queue that is not there is %q", got)
	}
	var f *station.Fault
	if err := open(t, "cups:nowhere").Print(t.Context(), "CM-2-1", l); !errors.As(err, &f) || f.Sent || !strings.Contains(f.Message, "no queue nowhere") {
		t.Errorf("a queue that is not there: %v", err)
	}
	run(t, "cupsdisable", "zraw")
	if err := p.Print(t.Context(), "CM-2-1", l); !errors.As(err, &f) || f.Sent || !strings.Contains(f.Message, "stopped") {
		t.Errorf("a queue that is stopped: %v", err)
	}
	if got := printers.ReadCondition(t.Context(), p); got != printers.Stopped {
		t.Errorf("a queue that is stopped is %q", got)
	}
}

func TestAQueueWhosePrinterIsOffKeepsNoLabel(t *testing.T) {
	sim, err := zplsim.Listen("127.0.0.1:0", zplsim.Config{})
	if err != nil {
		t.Fatal(err)
	}
	addr := sim.Addr()
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	cupsd(t, addr)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	var f *station.Fault
	if err := open(t, "cups:zraw").Print(ctx, "CM-1-1", sampleLabel(t)); !errors.As(err, &f) || !f.Sent || !strings.Contains(f.Message, "could not hand the label over") {
		t.Errorf("got %v", err)
	}
	if out, err := exec.Command("lpstat", "-o", "zraw").Output(); err != nil || len(out) > 0 {
		t.Errorf("the queue still holds %s (%v)", out, err)
	}
}

func TestAPrintServiceThatKeepsNoHistoryHandsALabelOver(t *testing.T) {
	for _, setting := range []string{"PreserveJobHistory No", "PreserveJobHistory Yes"} {
		t.Run(setting, func(t *testing.T) {
			sim, _ := simulated(t, zplsim.Config{})
			cupsd(t, sim.Addr(), setting)
			p, began := open(t, "cups:zraw"), time.Now()
			for n := range 2 {
				if err := p.Print(t.Context(), fmt.Sprintf("CM-1-%d", n+1), sampleLabel(t)); err != nil {
					t.Fatal(err)
				}
			}
			if took := time.Since(began); took > longestSeconds*time.Second {
				t.Errorf("it took %v", took)
			}
			cameOut(t, sim, 2)
		})
	}
}

// longestSeconds is far more than a print service takes for two labels, and
// less than the half minute after which one label is given up.
const longestSeconds = 20

func TestAQueueThatHoldsItsLabelsSaysSoAndPrintsNoneLater(t *testing.T) {
	sim, _ := simulated(t, zplsim.Config{})
	cupsd(t, sim.Addr())
	p, l := open(t, "cups:zraw"), sampleLabel(t)
	run(t, "lpadmin", "-p", "zraw", "-o", "job-hold-until-default=indefinite")
	began := time.Now()
	var f *station.Fault
	if err := p.Print(t.Context(), "CM-1-1", l); !errors.As(err, &f) || !f.Sent || !strings.Contains(f.Message, "held the label back") || !strings.Contains(f.Next, "set the queue zraw to print at once") {
		t.Errorf("a job that is held: %v", err)
	}
	if took := time.Since(began); took > longestSeconds*time.Second {
		t.Errorf("it took %v", took)
	}
	if out, err := exec.Command("lpstat", "-o", "zraw").Output(); err != nil || len(out) > 0 {
		t.Errorf("the queue still holds %s (%v)", out, err)
	}
	run(t, "lpadmin", "-p", "zraw", "-o", "job-hold-until-default=no-hold")
	run(t, "cupsdisable", "--hold", "zraw")
	if err := p.Print(t.Context(), "CM-1-1", l); !errors.As(err, &f) || f.Sent || !strings.Contains(f.Message, "holds new labels back") {
		t.Errorf("a queue that holds new jobs: %v", err)
	}
	run(t, "cupsenable", "--release", "zraw")
	if err := p.Print(t.Context(), "CM-1-2", l); err != nil {
		t.Fatal(err)
	}
	cameOut(t, sim, 1)
}
