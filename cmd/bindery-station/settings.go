// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station"
)

// program is this build, as records and exports name it.
func program() station.Program { return wire.Program("bindery-station") }

// settings reads the flags; of an error the person has been told.
func settings(args []string) (setup, error) {
	s := setup{idle: 15 * time.Minute, width: 1280, height: 720}
	f := flag.NewFlagSet("bindery-station", flag.ContinueOnError)
	f.StringVar(&s.db, "db", "", "the record (default $BINDERY_DB, else in the user's data folder)")
	f.StringVar(&s.port, "port", "", "serial port of the fixture")
	f.IntVar(&s.baud, "baud", 0, "line rate; 0 tries what the dialect names")
	f.StringVar(&s.dialect, "dialect", "", "what the module speaks (default: as the product says)")
	f.StringVar(&s.printer, "printer", "", "printer, such as tcp://host:9100 (default: the folder labels beside the record)")
	f.StringVar(&s.drafted, "layouts", "", "folder of layouts that are being written, for the set-up screen")
	f.IntVar(&s.dpi, "dpi", 300, "resolution of the printer, dots per inch")
	f.StringVar(&s.station, "station", "", wire.StationHelp)
	f.StringVar(&s.key, wire.StationKey, os.Getenv("BINDERY_KEY"), wire.StationKeyHelp)
	version := f.Bool("version", false, "say which build this is, and end")
	f.StringVar(&s.backups, "backups", os.Getenv("BINDERY_BACKUPS"), "folder for backups, best on another machine, or off (default $BINDERY_BACKUPS, else backups beside the record)")
	f.IntVar(&s.secrets.FD, wire.SecretFD, -1, wire.SecretFDHelp)
	f.StringVar(&s.language, "lang", os.Getenv("LANG"), "language of the screen: de, en, es")
	f.StringVar(&s.theme, "theme", "dark", "dark, light or contrast")
	f.Float64Var(&s.volume, "volume", 0.5, "of the tones, 0 to 1")
	f.Func("idle", "lock the screen when nobody has touched it for so long, more than 0 (default 15m)", s.setIdle)
	f.Func("size", "of the window, pixels; the screen grows and shrinks with it (default 1280x720)", s.setSize)
	err := f.Parse(args)
	if err == nil && *version {
		fmt.Println(program())
		err = flag.ErrHelp // there is nothing more to do
	}
	return s, err
}

func (s *setup) setIdle(text string) (err error) {
	if s.idle, err = time.ParseDuration(text); err == nil && s.idle <= 0 {
		err = errors.New("a screen that never locks is not to be had")
	}
	return err
}

func (s *setup) setSize(text string) error {
	if _, err := fmt.Sscanf(text, "%fx%f", &s.width, &s.height); err != nil {
		return errors.New("a size is written 1280x800")
	}
	return nil
}
