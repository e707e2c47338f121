// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/fixtures/port"
)

func (c *cli) ports() *cobra.Command {
	return &cobra.Command{
		Use:   "ports",
		Short: "List the serial ports: stable name, USB facts, who holds it",
		Args:  cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			found, err := port.List(cmd.Context())
			if err != nil {
				return nil, err
			}
			return portsOf(found), nil
		}),
	}
}

type portList []portOut

type portOut struct {
	Path   string       `json:"path"`
	Stable string       `json:"stable"`
	USB    *port.USB    `json:"usb"`    // null when it is no USB port
	Holder *port.Holder `json:"holder"` // the program that has it open
	Denied *string      `json:"denied"` // the group to join when this user may not open it
}

func portsOf(found []port.Info) portList {
	list := portList{}
	for _, i := range found {
		p := portOut{Path: i.Path, Stable: i.Stable, Denied: orNull(i.Denied)}
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
		if p.USB != nil {
			fmt.Fprintf(w, "  USB %s:%s %s, interface %s\n", p.USB.Vendor, p.USB.Product, p.USB.Name, p.USB.Interface)
		}
		if p.Holder != nil {
			fmt.Fprintf(w, "  held by %s (pid %d)\n", p.Holder.Name, p.Holder.PID)
		}
		if p.Denied != nil {
			fmt.Fprintf(w, "  this user may not open it: add them to the group %s and log in again\n", *p.Denied)
		}
	}
}
