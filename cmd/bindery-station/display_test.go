// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"bindery/station"
)

// builtApp is the app as it is installed; `make test` builds it first and names
// it, for no other build has the graphics libraries.
func builtApp(t *testing.T) string {
	t.Helper()
	app := os.Getenv("BINDERY_STATION")
	if app == "" {
		t.Skip("BINDERY_STATION names no built app: make test does")
	}
	return app
}

// xServer starts an X server of its own and gives the name of its display.
func xServer(t *testing.T, args ...string) (display string, server *os.Process) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.CommandContext(t.Context(), "Xvfb", append([]string{"-displayfd", "3", "-nolisten", "tcp", "-noreset"}, args...)...)
	cmd.ExtraFiles = []*os.File{w}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal("package xvfb: ", err)
	}
	w.Close()
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal("the X server did not start: ", err)
	}
	return ":" + strings.TrimSpace(number), cmd.Process
}

// startedApp is a station that was started.
type startedApp struct {
	cmd    *exec.Cmd
	stderr bytes.Buffer
	ready  chan struct{} // closed when it says so
	over   chan error
}

// start starts the app on a display, "" for none, with a record of its own.
func start(t *testing.T, display string, env ...string) *startedApp {
	t.Helper()
	return startOn(t, display, filepath.Join(t.TempDir(), "bindery.db"), nil, env...)
}

// startOn starts the app on a record.
func startOn(t *testing.T, display, record string, args []string, env ...string) *startedApp {
	t.Helper()
	app := builtApp(t)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	s := &startedApp{ready: make(chan struct{}), over: make(chan error, 1)}
	s.cmd = exec.CommandContext(ctx, app, append([]string{"-db", record, "-backups", "off", "-lang", "en"}, args...)...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DISPLAY=") {
			s.cmd.Env = append(s.cmd.Env, v)
		}
	}
	s.cmd.Env = append(append(s.cmd.Env, "LIBGL_ALWAYS_SOFTWARE=1"), env...)
	if display != "" {
		s.cmd.Env = append(s.cmd.Env, "DISPLAY="+display)
	}
	out, err := s.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			s.stderr.WriteString(lines.Text() + "\n")
			if lines.Text() == "bindery-station: ready" {
				close(s.ready)
			}
		}
		s.over <- s.cmd.Wait()
	}()
	return s
}

// ends waits for the end of the app, which must be with exit code 3 and one
// line that says why; what was said before it is passed over.
func (s *startedApp) ends(t *testing.T, why string, before string) {
	t.Helper()
	var exit *exec.ExitError
	if err := <-s.over; !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Errorf("it ended with %v, want exit code 3", err)
	}
	f := station.NewFault(station.DisplayFault, why, nil).Finding()
	said := strings.TrimPrefix(s.stderr.String(), before)
	if want := "bindery-station: " + f.Message + " " + f.Next + "\n"; said != want {
		t.Errorf("it said\n%s\nwant\n%s", said, want)
	}
}

func (s *startedApp) isReady(t *testing.T) {
	t.Helper()
	select {
	case <-s.ready:
	case err := <-s.over:
		t.Fatalf("it ended with %v\n%s", err, s.stderr.String())
	}
}

func TestAStationThatCannotShowItselfSaysSoAndEnds(t *testing.T) {
	t.Run("no display is named", func(t *testing.T) {
		start(t, "").ends(t, "no display is named (DISPLAY is not set).", "")
	})
	t.Run("a display that is not there", func(t *testing.T) {
		start(t, ":4711").ends(t, "there is no display :4711.", "")
	})
	t.Run("a display that takes the connection and does not answer", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		display := fmt.Sprintf("127.0.0.1:%d", l.Addr().(*net.TCPAddr).Port-6000) // as X numbers its ports
		start(t, display).ends(t, "the display "+display+" does not answer.", "")
	})
	t.Run("a display without OpenGL", func(t *testing.T) {
		display, _ := xServer(t, "-screen", "0", "1280x800x24", "-extension", "GLX")
		start(t, display).ends(t, "the display "+display+" has no OpenGL (GLX).", "")
	})
	t.Run("an OpenGL that is too old", func(t *testing.T) {
		display, _ := xServer(t, "-screen", "0", "1280x800x24")
		start(t, display, "MESA_GL_VERSION_OVERRIDE=1.0").ends(t, "no window with OpenGL can be made on it.", "")
	})
	t.Run("a window manager that has ended", func(t *testing.T) {
		display, _ := xServer(t, "-screen", "0", "1280x800x24")
		windowManager(t, display).Close()
		start(t, display).ends(t, "the window manager of the display "+display+" has ended.", "")
	})
}

func TestAStationWhoseDisplayGoesAwaySaysSoAndEnds(t *testing.T) {
	display, server := xServer(t, "-screen", "0", "1280x800x24")
	manager := windowManager(t, display)
	s := start(t, display)
	s.isReady(t)
	manager.Close() // that alone is nothing to end for
	select {
	case err := <-s.over:
		t.Fatalf("it ended with its window manager: %v\n%s", err, s.stderr.String())
	case <-time.After(2 * time.Second):
	}
	before := s.stderr.String() // the toolkit may log that the desktop has no settings to watch
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	s.ends(t, "the connection to it was lost.", before)
}

// windowManager stands on a display as a window manager does: with a window that
// the root names (EWMH 1.5). Closed, it leaves that name behind.
func windowManager(t *testing.T, display string) *xgb.Conn {
	t.Helper()
	xgb.Logger.SetOutput(io.Discard) // it has no authority to show, and none is asked for
	c, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	root := xproto.Setup(c).DefaultScreen(c).Root
	window, err := xproto.NewWindowId(c)
	if err != nil {
		t.Fatal(err)
	}
	const name = "_NET_SUPPORTING_WM_CHECK"
	atom, err := xproto.InternAtom(c, false, uint16(len(name)), name).Reply()
	if err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateWindowChecked(c, 0, window, root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
	value := make([]byte, 4)
	xgb.Put32(value, uint32(window))
	for _, on := range []xproto.Window{root, window} {
		if err := xproto.ChangePropertyChecked(c, xproto.PropModeReplace, on, atom.Atom, xproto.AtomWindow, 32, 1, value).Check(); err != nil {
			t.Fatal(err)
		}
	}
	return c
}
