// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"bindery/labels"
	"bindery/labels/printers/zplsim"
	"bindery/station"
)

// printer is for trying a station or a layout without a printer on the desk.
//
// It speaks what a real one speaks over TCP, with the states in which real ones
// strand a line: an open head, no labels, no answer. What a station does then can
// be tried without standing at a printer.
func (c *cli) printer() *cobra.Command {
	var listen string
	var config zplsim.Config
	cmd := &cobra.Command{
		Use:   "printer --listen ADDRESS",
		Short: "Run a simulated ZPL printer on a TCP port, until interrupted",
		Long: `Run a simulated ZPL printer that draws the labels it gets into PNG files. SIGUSR1
opens and closes its head; with --roll it runs out of labels, and SIGUSR2 puts in
a new roll. At its end it tells how many labels came out, and what it did not
understand.`,
		Example: "  bindery printer --listen 127.0.0.1:9100 --dir out/printed --roll 10",
		Args:    cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			p, err := zplsim.Listen(listen, config)
			if err != nil {
				return nil, wrongUse("%v", err)
			}
			defer p.Close() //nolint:errcheck // it is gone with the process
			serve(cmd.Context(), p, config, cmd.ErrOrStderr())
			tellPrinted(cmd.ErrOrStderr(), p)
			return nil, nil
		}),
	}
	f := cmd.Flags()
	f.StringVar(&listen, "listen", "127.0.0.1:9100", "address")
	f.StringVar(&config.Dir, "dir", "printed", "folder for the pictures")
	f.IntVar(&config.DPI, "dpi", labels.UsualResolution, "its resolution, dots per inch")
	f.IntVar(&config.Roll, "roll", 0, "labels on the roll; 0 means endless")
	f.DurationVar(&config.Pace, "pace", 0, "time for one label")
	f.BoolVar(&config.Mute, "mute", false, "say nothing when it can't print, as some printers do")
	return cmd
}

// serve lets people open the head and change the roll until ctx ends. What
// hands do at a printer is a signal here; what was printed stays as it is.
func serve(ctx context.Context, p *zplsim.SimulatedPrinter, config zplsim.Config, progress io.Writer) {
	fmt.Fprintf(progress, "a simulated printer is at tcp://%s\n", p.Addr())
	hands := make(chan os.Signal, 1)
	signal.Notify(hands, syscall.SIGUSR1, syscall.SIGUSR2)
	state := config.State
	for {
		select {
		case <-ctx.Done():
			return
		case s := <-hands:
			if s == syscall.SIGUSR2 {
				p.Load(config.Roll)
				fmt.Fprintln(progress, "a new roll")
				continue
			}
			state.HeadOpen = !state.HeadOpen
			p.Set(state)
			fmt.Fprintf(progress, "head open: %v\n", state.HeadOpen)
		}
	}
}

// tellPrinted says what a printer did, and what of a layout it did not understand.
func tellPrinted(progress io.Writer, p *zplsim.SimulatedPrinter) {
	fmt.Fprintf(progress, "%s came out, %s\n", station.Counted(len(p.Labels()), "label", "labels"), station.Counted(p.Waiting(), "waits", "wait"))
	for _, err := range p.Errors() {
		fmt.Fprintln(progress, err)
	}
}
