// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/fixtures/dialect"
	"bindery/fixtures/dutsim"
	"bindery/station"
	"bindery/station/safefile"
)

// dut is for trying a station, or another program that talks to modems, without a
// module on the desk.
//
// It is the same simulated device that the tests hold the fixture against, on a
// real pseudo-terminal: what works with it has gone through the driver, line rates
// and time-outs of the system, and not through a stand-in of ours.
func (c *cli) dut() *cobra.Command {
	var config dutsim.Config
	var link, speaks string
	cmd := &cobra.Command{
		Use:   "dut --link PATH",
		Short: "Run a simulated DUT on a pseudo-terminal at PATH, until interrupted",
		Long: `Run a simulated DUT on a real pseudo-terminal, linked at PATH, until interrupted.
Any program that talks to modems can open it. SIGUSR1 pulls its cable, and plugs
it in again. When it ends, it lists the commands it got that would have changed a
real device. Without an identity it is the first device of bindery demo.

Faults, which may be combined:
  ` + strings.Join(dutsim.Faults(), "\n  "),
		Example: "  bindery dut --link ./dut --dialect quectel --fault late-reply=2s --fault urc",
		Args:    cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			var err error
			if config.Dialect, err = c.simulated(link, speaks); err != nil {
				return nil, err
			}
			return nil, runSimulator(cmd.Context(), config, link, cmd.ErrOrStderr())
		}),
	}
	// A number that belongs to nobody, so that a device which is forgotten in a
	// pipeline never passes for somebody's.
	own := device(demoTAC, 101)
	f := cmd.Flags()
	f.StringVar(&link, "link", "", "path of the port")
	f.StringVar(&speaks, "dialect", "generic", "dialect that it speaks")
	f.IntVar(&config.Baud, "baud", 0, "its line rate; 0 is 115200")
	f.StringVar(&config.Identity.IMEI, "imei", own.IMEI, "its IMEI")
	f.StringVar(&config.Identity.IMEI2, "imei2", "", "the IMEI of its second slot; none when empty")
	f.StringVar(&config.Identity.ICCID, "iccid", own.ICCID, "the ICCID of its SIM; no SIM when empty")
	f.StringVar(&config.Identity.IMSI, "imsi", own.IMSI, "the IMSI of its SIM")
	f.StringVar(&config.Identity.EID, "eid", "", "its EID; no eUICC when empty")
	f.StringVar(&config.Identity.Manufacturer, "manufacturer", "", "its maker (default: as the dialect says)")
	f.StringVar(&config.Identity.Model, "model", "", "its model (default: as the dialect says)")
	f.StringVar(&config.Identity.Firmware, "firmware", "", "its firmware (default: as the dialect says)")
	f.StringArrayVar(&config.Faults, "fault", nil, "fault to simulate; may be given several times")
	f.Uint64Var(&config.Seed, "seed", 1, "seed for faults that happen at random")
	require(cmd, "link")
	return cmd
}

// simulated gives the dialect that a simulated DUT speaks, once its link may be
// made: it replaces another link, and nothing else that is there. A folder or a
// file at that path may be somebody's work, or a record.
func (c *cli) simulated(link, speaks string) (*dialect.Dialect, error) {
	err := safefile.Rules{Record: c.path()}.Check(link)
	// Its own link from an earlier run, which was killed and could not clear up,
	// may stand there.
	if there := conflictIn(err); there != nil && there.Found != safefile.Link {
		return nil, err
	}
	set, err := wire.ShownDialects(c.dialects)
	if err != nil {
		return nil, wrongUse("%v", err)
	}
	d, err := set.ByName(speaks)
	if err != nil {
		return nil, wrongUse("%v", err)
	}
	return d, nil
}

// runSimulator runs the device until ctx ends. What would have changed a device is
// told at its end: it is how somebody sees that a dialect of their own does more
// than read.
func runSimulator(ctx context.Context, config dutsim.Config, link string, progress io.Writer) error {
	device, err := dutsim.Start(config)
	if err != nil {
		return wrongUse("%v", err)
	}
	defer device.Close() //nolint:errcheck // it is gone with the process
	if err := device.Link(link); err != nil {
		return wrongUse("%v", err)
	}
	fmt.Fprintf(progress, "a simulated DUT is at %s (%s)\n", link, device.Path())
	// A signal and not a key: whoever tries this has the terminal in a pipeline,
	// or none.
	cable := make(chan os.Signal, 1)
	signal.Notify(cable, syscall.SIGUSR1)
	for {
		select {
		case <-ctx.Done():
			if names := device.Writes(); len(names) > 0 {
				fmt.Fprintf(progress, "%s reached it: %s\n", station.Counted(len(names), "command that writes", "commands that write"), strings.Join(names, " "))
			}
			return nil
		case <-cable:
			if device.Path() != "" {
				device.Unplug()
				fmt.Fprintln(progress, "unplugged")
			} else if err := device.Plug(); err != nil {
				return err
			} else {
				fmt.Fprintf(progress, "plugged in (%s)\n", device.Path())
			}
		}
	}
}
