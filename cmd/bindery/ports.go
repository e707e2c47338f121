// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/fixtures/port"
)

// ports helps to find the one that the module is on; it opens none
// unless it is told to probe.
//
// Its user has four adapters that look alike and a module on one of them. Opening
// a port moves its control lines, which restarts some devices in the middle of a
// test: so it asks the system alone, and --probe is a decision. Which name of a
// port stays is [port.Stable].
func (c *cli) ports() *cobra.Command {
	var probe bool
	cmd := &cobra.Command{
		Use:   "ports",
		Short: "List the serial ports: stable name, USB details, which program uses it, what answers",
		Long: `List the serial ports without opening them. With --probe each free port is opened
to find out whether a device on it speaks AT, and at which speed. This can restart
devices that listen to their control lines.`,
		Args: cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			found, err := port.List(cmd.Context())
			if err != nil {
				return nil, err
			}
			list := portsOf(found)
			if probe {
				err = c.probe(cmd.Context(), list)
			}
			return list, err
		}),
	}
	cmd.Flags().BoolVar(&probe, "probe", false, "open each free port to find out whether it speaks AT")
	return cmd
}

// portList is the answer; [] and never null on a machine without ports.
type portList []portOut

// portOut is a port in JSON, with the name that stays when it is plugged in again.
type portOut struct {
	Path   string       `json:"path"`
	Stable string       `json:"stable"`
	Naming *string      `json:"naming"` // why the stable name is not that of by-id
	USB    *port.USB    `json:"usb"`    // null when it is no USB port
	Holder *port.Holder `json:"holder"` // the program that has it open
	Denied *string      `json:"denied"` // the group to join when this user may not open it
	AT     *bool        `json:"at"`     // null when it was not asked, or could not be
	Baud   *int         `json:"baud"`
}

// probe asks the ports that nobody holds.
func (c *cli) probe(ctx context.Context, l portList) error {
	set, err := wire.ShownDialects(c.dialects)
	if err != nil {
		return wrongUse("%v", err)
	}
	// The first is the generic dialect, which knows the speeds of all.
	bauds := set.All()[0].Line.Bauds
	for i := range l {
		// A port that somebody holds is in a dialogue, and bytes of ours would end
		// up in it.
		if l[i].Holder != nil || l[i].Denied != nil {
			continue
		}
		// One that cannot be opened stays null and does not end the list: the
		// others are what was asked for.
		baud, err := port.Probe(ctx, l[i].Path, bauds)
		if err != nil {
			continue
		}
		speaks := baud > 0
		l[i].AT = &speaks
		if speaks {
			l[i].Baud = &baud
		}
	}
	return nil
}

// portsOf has null for what a port does not have: "" would look like a vendor
// without a name.
func portsOf(found []port.Info) portList {
	list := portList{}
	for _, i := range found {
		p := portOut{Path: i.Path, Stable: i.Stable, Naming: orNull(i.NamingText()), Denied: orNull(i.Denied)}
		if i.USB != (port.USB{}) {
			p.USB = &i.USB
		}
		if i.Holder != (port.Holder{}) {
			p.Holder = &i.Holder
		}
		list = append(list, p)
	}
	return list
}

func (l portList) text(w io.Writer) {
	if len(l) == 0 {
		fmt.Fprintln(w, "no serial ports")
	}
	for _, p := range l {
		fmt.Fprintf(w, "%s\n  stable name %s\n", p.Path, p.Stable)
		if p.Naming != nil {
			fmt.Fprintf(w, "  %s\n", *p.Naming)
		}
		if p.USB != nil {
			fmt.Fprintf(w, "  USB %s:%s %s, interface %s\n", p.USB.Vendor, p.USB.Product, p.USB.Name, p.USB.Interface)
		}
		if p.AT != nil && *p.AT {
			fmt.Fprintf(w, "  speaks AT at %d baud\n", *p.Baud)
		} else if p.AT != nil {
			fmt.Fprintln(w, "  nothing on it answers AT commands")
		}
		if p.Holder != nil {
			fmt.Fprintf(w, "  held by %s (pid %d)\n", p.Holder.Name, p.Holder.PID)
		}
		if p.Denied != nil {
			fmt.Fprintf(w, "  this user may not open it: add them to the group %s and log in again\n", *p.Denied)
		}
	}
}
