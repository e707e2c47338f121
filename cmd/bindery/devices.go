// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/fixtures/port"
	"bindery/station"
	"bindery/station/dhr"
)

// devices keeps the list of what may feed the record. While it is empty of a kind
// any device of that kind may: a list is a choice of the admin.
func (c *cli) devices() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "devices",
		Short: "List the stations, ports and printers that may feed the record; change the list",
		Long: `List the stations, serial ports and printers that may feed the record. A kind of
device is checked once one of that kind is listed: then units are provisioned and
labels printed only with devices that are allowed. A port is listed by its stable
name (bindery ports), a printer by its URI, a station by its name in the record.`,
		Args: cobra.NoArgs,
		RunE: c.record(listDevices),
	}
	list := &cobra.Command{
		Use:   "list",
		Short: "List them",
		Args:  cobra.NoArgs,
		RunE:  cmd.RunE,
	}
	cmd.AddCommand(list,
		c.listDevice("allow", true, "Let a device feed the record; the name "+station.AnyDevice+" lets every one of its kind"),
		c.listDevice("revoke", false, "Stop a device from feeding the record"))
	return cmd
}

// listDevices lists what is allowed and what was revoked: a port that somebody
// took off the list is a question of an auditor too.
func listDevices(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
	// An empty list is an answer too, and a good one: then nothing is checked.
	l, err := d.Devices(ctx)
	if err != nil {
		return nil, err
	}
	return deviceListing(l), nil
}

// listDevice is one verb in two: to allow and to forbid a device differ in nothing
// else. A port is kept by the name that stays when it is plugged in elsewhere.
func (c *cli) listDevice(verb string, allowed bool, short string) *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   verb + " station|port|printer NAME --badge ADMIN --reason TEXT",
		Short: short,
		Example: fmt.Sprintf("  bindery devices %[1]s port /dev/ttyUSB2 --badge AD-5001 --reason 'fixture 3'\n"+
			"  bindery devices %[1]s printer tcp://10.0.0.7:9100 --badge AD-5001 --reason 'printer of line 1'", verb),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 || !station.DeviceKind(args[0]).Known() {
				return fmt.Errorf("say which kind (station, port or printer) and its name")
			}
			return nil
		},
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			v := station.Device{Kind: station.DeviceKind(args[0]), Name: args[1], Allowed: allowed}
			if v.Kind == station.DevicePort {
				// A name that two ports may have would allow the wrong one;
				// revoking it must still be possible, for it may have been allowed
				// before that was known.
				if err := port.CheckName(v.Name); err != nil && allowed {
					return 0, err
				}
				// By its stable name, whichever was typed: /dev/ttyUSB2 is another
				// port after the next start.
				v.Name = port.Stable(v.Name)
			}
			return d.ListDevice(ctx, by, v, reason)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the admin")
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	require(cmd, "badge")
	return cmd
}

// deviceListing are all that were ever listed, those that were revoked too.
type deviceListing station.Devices

func (l deviceListing) text(w io.Writer) {
	if len(l) == 0 {
		fmt.Fprintln(w, "none is listed, so none is checked")
	}
	for _, d := range l {
		state := "allowed"
		if !d.Allowed {
			state = "revoked"
		}
		fmt.Fprintf(w, "%-8s %-8s %s\n", d.Kind, state, d.Name)
		// Said at each listing: with an adapter plugged in besides, a name that
		// was good becomes one of two.
		var shared *station.Fault
		if d.Kind == station.DevicePort && errors.As(port.CheckName(d.Name), &shared) {
			fmt.Fprintf(w, "  %s Revoke it, and allow the port by its place (bindery ports).\n", shared.Message)
		}
	}
}
