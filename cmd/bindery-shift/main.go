// SPDX-License-Identifier: Apache-2.0

// Command bindery-shift shows a whole station at work on a small factory: the
// real app, a simulated device on a real serial line, a printer that prints
// into a folder.
//
// With a display it starts all that for a person to play with. With none, or with
// --headless, it works a shift by itself: it types scans into the app as a scanner
// does, takes a picture of each outcome, and then asks the record whether each
// unit ended as it should have. What it does not know from the inside it finds out
// as a person would: by the colours of the screen, by the labels that were
// printed, and at the end by the record. So it fails where a person would be lost,
// and not only where a function returns an error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"bindery/cmd/internal/wire"
)

func main() {
	var o options
	size := flag.String("size", "", "of the screen, pixels (default 1920x1080, or a window of 1280x720 where there is a display)")
	// Without a display there is nobody to play: CI gets a shift by default.
	headless := flag.Bool("headless", os.Getenv("DISPLAY") == "", "work a shift on a screen that nobody sees (default when there is no display)")
	bench := flag.Int("bench", 0, "instead of a shift, measure start and memory over so many units")
	flag.StringVar(&o.theme, "theme", "dark", "dark, light or contrast")
	flag.StringVar(&o.language, "lang", "en", "language of the screen")
	flag.StringVar(&o.bin, "bin", ownFolder(), "folder of bindery and bindery-station")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: bindery-shift [flags] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	o.dir = flag.Arg(0)
	work := play
	switch {
	case *bench > 0:
		work = func(ctx context.Context, o options) error { return measure(ctx, o, *bench) }
	case *headless:
		work = shift
	}
	if *size == "" {
		*size = "1920x1080"
		if !*headless {
			*size = "1280x720"
		}
	}
	if _, err := fmt.Sscanf(*size, "%dx%d", &o.width, &o.height); err != nil || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := work(ctx, o); err != nil {
		fmt.Fprintln(wire.Err, "bindery-shift:", err)
		stop()
		os.Exit(exitCode(err))
	}
}

// exitCode is 1 when a unit ended otherwise than it should, 3 when the shift could
// not be worked. CI tells the two apart: 1 is a defect of ours, 3 a machine
// without Xvfb.
func exitCode(err error) int {
	if errors.Is(err, errUnexpected) {
		return 1
	}
	return 3
}

// ownFolder is where the three programs are installed together, so that a build is
// tried against itself and never against another one on the PATH.
func ownFolder() string {
	me, err := os.Executable()
	if err != nil {
		return "."
	}
	return filepath.Dir(me)
}
