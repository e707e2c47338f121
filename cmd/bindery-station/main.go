// SPDX-License-Identifier: Apache-2.0

// Command bindery-station is the desktop app at the bench. It has the flags and a
// start; what it is put together of, and why in that order, is in
// cmd/internal/app, where tests can reach it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"bindery/cmd/internal/app"
	"bindery/cmd/internal/wire"
	"bindery/labels"
)

// --help and --version are done with status 0; flags that are wrong were told by
// the flags themselves, and 2 is what docs/command-line.md has for wrong use.
func main() {
	s, err := settings(os.Args[1:])
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil: // said by the flags themselves
		os.Exit(2)
	default:
		os.Exit(app.Run(s))
	}
}

// settings reads the flags; of an error the person has been told. The environment
// gives what a service has in its unit file; what is specific to one bench is a
// flag, so that two stations on one computer are two lines.
func settings(args []string) (app.Settings, error) {
	s := app.Settings{Program: wire.Program("bindery-station"), Idle: 15 * time.Minute, Width: 1280, Height: 720}
	f := flag.NewFlagSet(s.Program.Name, flag.ContinueOnError)
	f.StringVar(&s.DB, "db", "", "the record (default $BINDERY_DB, else in the user's data folder)")
	f.StringVar(&s.Port, "port", "", "serial port of the fixture")
	f.IntVar(&s.Baud, "baud", 0, "line rate; 0 tries what the dialect names")
	f.StringVar(&s.Dialect, "dialect", "", "dialect of the module (default: as the product says)")
	f.StringVar(&s.Printer, "printer", "", "printer, such as tcp://host:9100 (default: the folder labels beside the record)")
	f.StringVar(&s.Drafts, "layouts", "", "folder with drafts of layouts, for the set-up screen")
	f.IntVar(&s.DPI, "dpi", labels.UsualResolution, "resolution of the printer, dots per inch")
	f.StringVar(&s.Station, "station", "", wire.StationHelp)
	f.StringVar(&s.Key, wire.StationKey, os.Getenv("BINDERY_KEY"), wire.StationKeyHelp)
	version := f.Bool("version", false, "show which build this is, and exit")
	f.StringVar(&s.Backups, "backups", os.Getenv("BINDERY_BACKUPS"), "folder for backups, best on another machine, or off (default $BINDERY_BACKUPS, else backups beside the record)")
	f.IntVar(&s.Secrets.FD, wire.SecretFD, -1, wire.SecretFDHelp)
	f.StringVar(&s.Language, "lang", os.Getenv("LANG"), "language of the screen: de, en, es")
	f.StringVar(&s.Theme, "theme", "dark", "colours: dark, light or contrast")
	f.Float64Var(&s.Volume, "volume", 0.5, "volume of the sounds, 0 to 1")
	f.Func("idle", "lock the screen after so long without a touch or key, more than 0 (default 15m)", func(text string) (err error) {
		s.Idle, err = idle(text)
		return err
	})
	f.Func("size", "size of the window in pixels; the screen scales with it (default 1280x720)", func(text string) (err error) {
		s.Width, s.Height, err = size(text)
		return err
	})
	err := f.Parse(args)
	if err == nil && *version {
		fmt.Println(s.Program)
		err = flag.ErrHelp // there is nothing more to do
	}
	return s, err
}

// idle reads how long the screen may be left alone. A screen that never locks
// leaves a name signed in for whoever comes next: see 21 CFR
// 11.10(d).
func idle(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err == nil && d <= 0 {
		err = errors.New("the screen must lock: give more than 0")
	}
	return d, err
}

// size reads the width and the height of a window. Pixels and not a scale: the
// screen grows and shrinks with the window by itself.
func size(text string) (width, height float32, err error) {
	if _, err := fmt.Sscanf(text, "%fx%f", &width, &height); err != nil {
		return 0, 0, errors.New("a size is written 1280x800")
	}
	return width, height, nil
}
