// SPDX-License-Identifier: Apache-2.0

// Package app is the desktop app: it introduces the record, the fixture, the
// printer and the screens to each other. What has no need of a window, and the
// command line shares, is in package wire.
package app

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"bindery/cmd/internal/app/display"
	_ "bindery/cmd/internal/app/fynecache"
	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/ui"
	"bindery/ui/i18n"
	"bindery/ui/widget"
)

// Run shows the station until its window is closed, and ends the process then.
// A station that cannot start says why, on stderr and in the window, and gives
// the exit code.
//
// The display is asked about before Fyne is, which ends the process without a word
// where it finds none.
func Run(s Settings) int {
	display.OnLost(func() {
		say(s, display.Lost())
		os.Exit(exitFault)
	})
	if err := display.Check(); err != nil {
		say(s, err)
		return exitFault
	}
	// A station runs for weeks on a small machine and is idle most of the time:
	// memory matters more than the collector's work.
	debug.SetGCPercent(40)
	a := app.NewWithID("bindery.station")
	// The palette is set before the window is made, else it would flash in another.
	a.Settings().SetTheme(&widget.Theme{Palette: widget.PaletteNamed(s.Theme)})
	w := a.NewWindow("Bindery")
	w.SetPadded(false)
	w.Resize(fyne.NewSize(s.Width, s.Height))
	if err := run(s, a, w); err != nil {
		explain(s, a, w, err)
		return exitFault
	}
	return 0
}

// exitFault is the exit code of a station that something keeps from working;
// docs/command-line.md has them all.
const exitFault = 3

// run shows the station until its window is closed, and ends the process then.
// An error is from before the window was shown.
//
// What it starts it ends in the opposite order: the unit under way, then the last
// backup and checkpoint, then the record, and the crash report last of all.
func run(s Settings, a fyne.App, w fyne.Window) error {
	stop, err := keepCrashReport(s)
	if err != nil {
		return station.NewFault(station.RecordReadOnly, filepath.Dir(wire.Record(s.DB)), err)
	}
	defer stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	st, err := open(ctx, s)
	if err != nil {
		return err
	}
	// Closed when upkeep has made the last checkpoint: before that the record must
	// stay open.
	kept := make(chan struct{})
	end := exitAfter(func() {
		cancel()
		<-kept
		st.Close()
		stop()
	})
	screens := ui.NewStation(ctx, w, widget.PaletteNamed(s.Theme), st.services(), st.recordReader(), st.diagnostics())

	// The window closes when the unit under way has its end in the record.
	leave := func() {
		screens.Close(func() {
			w.Hide()
			go end(0)
		})
	}
	onLifecycle(a, w, screens.Focus, leave)
	if err := display.Show(w); err != nil {
		st.Close()
		return err
	}
	go func() {
		defer close(kept)
		st.upkeep(ctx)
	}()
	display.OnLost(func() {
		say(s, display.Lost())
		end(exitFault)
	})
	a.Run()
	end(0) // Fyne has ended by itself
	return nil
}

// onLifecycle leaves when the window is closed or the system ends the program,
// and gives the scan field the keys when the window comes to the front.
func onLifecycle(a fyne.App, w fyne.Window, focus, leave func()) {
	w.SetCloseIntercept(leave)
	a.Lifecycle().SetOnEnteredForeground(focus)
	a.Lifecycle().SetOnStarted(func() {
		onSignal(leave)
		wire.Log("bindery-station: ready")
	})
}

// exitAfter ends the process, once, when the shift has ended. It does not wait
// for Fyne's loop: its way out can panic on a busy machine (v2.8.1, "send on
// closed channel") while the shift is still to end.
func exitAfter(endShift func()) func(code int) {
	var once sync.Once
	return func(code int) {
		once.Do(func() {
			endShift()
			os.Exit(code)
		})
	}
}

// explain says what keeps the station from starting, on stderr and, since
// whoever stands at the bench sees no terminal, in the window, until somebody
// has read it.
func explain(s Settings, a fyne.App, w fyne.Window, err error) {
	say(s, err)
	var fault *station.Fault
	if errors.As(err, &fault) && fault.Code == station.DisplayFault {
		return // there is no window to show it in
	}
	ui.ShowStartupError(w, widget.PaletteNamed(s.Theme), i18n.For(s.Language), err, a.Quit)
	a.Lifecycle().SetOnStarted(func() { onSignal(a.Quit) })
	if err := display.Show(w); err != nil {
		say(s, err)
		return
	}
	a.Run()
}

// say says on stderr what is wrong, and what to do.
func say(s Settings, err error) {
	what, next := ui.StartupError(i18n.For(s.Language), err)
	wire.Log("bindery-station:", what, next)
}

// onSignal calls leave when the system asks the program to end, and nothing
// else does: Fyne, which has begun to listen too, would end it at once, in the
// middle of a unit.
func onSignal(leave func()) {
	quit := make(chan os.Signal, 1)
	alone := func() {
		signal.Reset(os.Interrupt, syscall.SIGTERM)
		signal.Notify(quit, os.Interrupt, syscall.SIGTERM)
	}
	alone()
	time.AfterFunc(time.Second, alone) // on a busy machine Fyne begins a moment later
	go func() {
		<-quit
		fyne.Do(leave)
	}()
}
