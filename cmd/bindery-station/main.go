// SPDX-License-Identifier: Apache-2.0

// Command bindery-station is the desktop app at the bench.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	_ "bindery/cmd/bindery-station/lean"
	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/ui"
	"bindery/ui/look"
	"bindery/ui/sound"
	"bindery/ui/words"
)

func main() {
	s := settings(os.Args[1:])
	// A station runs for weeks on a small machine and is idle most of the time:
	// memory matters more than the collector's work.
	debug.SetGCPercent(40)
	a := app.NewWithID("bindery.station")
	a.Settings().SetTheme(&look.Theme{Palette: look.PaletteNamed(s.theme)})
	w := a.NewWindow("Bindery")
	w.SetPadded(false)
	w.Resize(fyne.NewSize(s.width, s.height))
	if err := run(s, a, w); err != nil {
		explain(s, a, w, err)
		os.Exit(3)
	}
}

// run shows the station until its window is closed. An error is from before
// the window was shown.
func run(s setup, a fyne.App, w fyne.Window) error {
	stop, err := keepCrash(s)
	if err != nil {
		return station.NewFault(station.RecordReadOnly, filepath.Dir(wire.Record(s.db)), err)
	}
	defer stop()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	st, err := open(ctx, s)
	if err != nil {
		return err
	}
	defer st.Close()
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		st.upkeep(ctx)
	}()
	defer func() {
		cancel()
		<-kept
	}()

	services := st.services()
	services.Post = fyne.Do
	services.Words = words.For(s.language)
	services.Sound = sound.Find(s.volume)
	screens := ui.NewStation(ctx, w, look.PaletteNamed(s.theme), services, st.reader(), st.fitter())

	// The window closes when the unit under way has its end in the record.
	leave := func() { screens.Close(a.Quit) }
	w.SetCloseIntercept(leave)
	whenAsked(leave)
	a.Lifecycle().SetOnEnteredForeground(screens.Focus)
	a.Lifecycle().SetOnStarted(func() { fmt.Fprintln(os.Stderr, "bindery-station: ready") })
	w.ShowAndRun()
	return nil
}

// explain says what keeps the station from starting, on stderr and, since
// whoever stands at the bench sees no terminal, in the window, until somebody
// has read it.
func explain(s setup, a fyne.App, w fyne.Window, err error) {
	c := words.For(s.language)
	what, next := ui.Hurdle(c, err)
	fmt.Fprintln(os.Stderr, "bindery-station:", what, next)
	if os.Getenv("DISPLAY") == "" {
		return
	}
	ui.ShowHurdle(w, look.PaletteNamed(s.theme), c, err, a.Quit)
	whenAsked(a.Quit)
	w.ShowAndRun()
}

// whenAsked calls leave when the system asks the program to end.
func whenAsked(leave func()) {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-quit
		fyne.Do(leave)
	}()
}

// settings reads the flags.
func settings(args []string) setup {
	var s setup
	f := flag.NewFlagSet("bindery-station", flag.ExitOnError)
	f.StringVar(&s.db, "db", "", "the record (default $BINDERY_DB, else in the user's data folder)")
	f.StringVar(&s.port, "port", "", "serial port of the fixture")
	f.IntVar(&s.baud, "baud", 0, "line rate; 0 tries what the dialect names")
	f.StringVar(&s.dialect, "dialect", "", "what the module speaks (default: as the product says)")
	f.StringVar(&s.printer, "printer", "", "printer, such as tcp://host:9100 (default: the folder labels beside the record)")
	f.StringVar(&s.drafted, "layouts", "", "folder of layouts that are being written, for the set-up screen")
	f.IntVar(&s.dpi, "dpi", 300, "resolution of the printer, dots per inch")
	f.StringVar(&s.station, "station", "", "name of this station in the record (default: the host's name)")
	f.StringVar(&s.backups, "backups", os.Getenv("BINDERY_BACKUPS"), "folder for backups, best on another machine, or off (default $BINDERY_BACKUPS, else backups beside the record)")
	f.IntVar(&s.secrets.FD, wire.SecretFD, -1, wire.SecretFDHelp)
	f.StringVar(&s.language, "lang", os.Getenv("LANG"), "language of the screen: de, en, es")
	f.StringVar(&s.theme, "theme", "dark", "dark, light or contrast")
	f.Float64Var(&s.volume, "volume", 0.5, "of the tones, 0 to 1")
	f.DurationVar(&s.idle, "idle", 15*time.Minute, "lock the screen when nobody has touched it for so long; more than 0")
	size := f.String("size", "1280x720", "of the window, pixels; the screen grows and shrinks with it")
	_ = f.Parse(args) // exits on an error
	if _, err := fmt.Sscanf(*size, "%fx%f", &s.width, &s.height); err != nil {
		fmt.Fprintln(os.Stderr, "bindery-station: a size is written 1280x800")
		os.Exit(2)
	}
	if s.idle <= 0 {
		fmt.Fprintln(os.Stderr, "bindery-station: --idle is a time such as 15m: a screen that never locks is not to be had")
		os.Exit(2)
	}
	return s
}
