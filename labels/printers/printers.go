// SPDX-License-Identifier: Apache-2.0

// Package printers puts labels on paper, or in a folder. A printer is named by
// a URI:
//
//	folder:out/labels        PNG, PDF and ZPL files; the default
//	tcp://192.0.2.7:9100     a ZPL printer on the network, with its status
//	file:///dev/usb/lp0      a ZPL printer on a device file
//	cups:QUEUE               a raw queue of the system's print service
//
// A label is sent once. Nothing here ever sends it again: after a fault the
// error tells whether bytes went out, and a person decides.
package printers

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"bindery/station"
)

// Open makes the printer that a URI names. It opens nothing yet, so that a
// printer that is switched off is told when a label is due. An unusable URI is
// a *station.Fault.
func Open(uri string) (station.Printer, error) {
	scheme, rest, _ := strings.Cut(uri, ":")
	switch scheme {
	case "folder":
		if rest == "" {
			return nil, unusable(uri, "a folder has a name, as in folder:out/labels")
		}
		return &folder{uri: uri, dir: rest}, nil
	case "tcp":
		u, err := url.Parse(uri)
		if err != nil || u.Hostname() == "" || u.Path != "" {
			return nil, unusable(uri, "write tcp://host or tcp://host:port")
		}
		port := u.Port()
		if port == "" {
			port = "9100"
		}
		return &network{uri: uri, addr: net.JoinHostPort(u.Hostname(), port)}, nil
	}
	return nil, unusable(uri, "a printer starts with folder: or tcp:")
}

func unusable(uri, cure string) error {
	f := station.NewFault(station.PrinterFault, fmt.Sprintf("%q is no printer.", uri), nil)
	f.Next = "Correct the printer in the settings: " + cure + "."
	return f
}

// fault is a printer fault that says what is the matter and what to do.
func fault(message, next string, sent bool, err error) *station.Fault {
	f := station.NewFault(station.PrinterFault, message, err)
	f.Next, f.Sent = next, sent
	return f
}
