// SPDX-License-Identifier: Apache-2.0

package printers_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bindery/labels/printers"
	"bindery/labels/printers/zplsim"
	"bindery/station"
)

func TestAPrinterSaysHowItDoes(t *testing.T) {
	for want, c := range map[printers.Condition]zplsim.Config{
		printers.Ready:    {},
		printers.HeadOpen: {State: zplsim.PrinterControls{HeadOpen: true}},
		printers.NoRibbon: {State: zplsim.PrinterControls{RibbonOut: true}},
		printers.Paused:   {State: zplsim.PrinterControls{Paused: true}},
		printers.Offline:  {State: zplsim.PrinterControls{Silent: true}},
	} {
		t.Run(string(want), func(t *testing.T) {
			t.Parallel()
			sim, p := simulated(t, c)
			began := time.Now()
			if got := printers.ReadCondition(t.Context(), p); got != want {
				t.Errorf("got %q", got)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			if sim.Waiting() > 0 || len(sim.Labels()) > 0 {
				t.Error("a look made a label")
			}
		})
	}
}

func TestAPrinterIsReadyAgainWithANewRoll(t *testing.T) {
	sim, p := simulated(t, zplsim.Config{Roll: 1})
	if err := p.Print(t.Context(), "CM-1-1", sampleLabel(t)); err != nil {
		t.Fatal(err)
	}
	if got := printers.ReadCondition(t.Context(), p); got != printers.NoLabels {
		t.Errorf("with an empty roll: %q", got)
	}
	sim.Load(5)
	if got := printers.ReadCondition(t.Context(), p); got != printers.Ready {
		t.Errorf("with a new one: %q", got)
	}
}

func TestAPrinterThatCannotBeReachedIsOffline(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, uri := range []string{"tcp://" + addr, "file:///dev/null", "file://" + filepath.Join(t.TempDir(), "lp0"), "cups:no-such-queue-anywhere"} {
		if got := printers.ReadCondition(t.Context(), open(t, uri)); got != printers.Offline {
			t.Errorf("%s: %q", uri, got)
		}
	}
}

func TestWhatSpeaksButNotZPLIsForeign(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		if c, err := l.Accept(); err == nil {
			_, _ = c.Write([]byte("220 mail ready\r\n\x02hello\x03\x02you\x03\x02there\x03"))
		}
	}()
	if got := printers.ReadCondition(t.Context(), open(t, "tcp://"+l.Addr().String())); got != printers.Foreign {
		t.Errorf("got %q", got)
	}
}

func TestAFolderIsReadyWhereItCanBeWritten(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]printers.Condition{
		dir: printers.Ready, filepath.Join(dir, "new", "labels"): printers.Ready, file: printers.Denied,
	} {
		if got := printers.ReadCondition(t.Context(), open(t, "folder:"+path)); got != want {
			t.Errorf("%s: %q, want %q", filepath.Base(path), got, want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "new")); err == nil {
		t.Error("a look made a folder")
	}
}

// mute is a printer of another make, which has no answer.
type mute struct{ station.Printer }

func TestAPrinterThatCannotBeAskedHasNoCondition(t *testing.T) {
	if got := printers.ReadCondition(t.Context(), mute{}); got != "" {
		t.Errorf("got %q", got)
	}
}
