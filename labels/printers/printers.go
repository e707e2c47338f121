// SPDX-License-Identifier: Apache-2.0

// Package printers puts labels on paper, or in a folder. A printer is named by
// a URI:
//
//	folder:out/labels        PNG, PDF and ZPL files; the default
//	tcp://192.0.2.7:9100     a ZPL printer on the network, with its status
//	file:///dev/usb/lp0      a ZPL printer on a device file
//	cups:QUEUE               a raw queue of the system's print service
//
// "?zpl=native" after the last three lets the printer draw its own codes.
//
// A label is sent once. Nothing here ever sends it again: after a fault the
// error tells whether bytes went out, and a person decides.
package printers

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"

	"bindery/station"
)

// Open makes the printer that a URI names. It opens nothing yet, so that a
// printer that is switched off is told when a label is due. An unusable URI is
// a *station.Fault.
func Open(uri string) (station.Printer, error) {
	if dir, ok := strings.CutPrefix(uri, "folder:"); ok && dir != "" {
		return &folderPrinter{uri: uri, dir: dir}, nil
	}
	u, err := url.Parse(uri)
	if err != nil {
		return nil, unusable(uri, "it is no URI")
	}
	format := "zpl"
	switch u.RawQuery {
	case "":
	case "zpl=native":
		format = "zpl-native"
	default:
		return nil, unusable(uri, "the only thing after ? is zpl=native")
	}
	switch {
	case u.Scheme == "tcp" && u.Hostname() != "" && u.Path == "":
		port := u.Port()
		if port == "" {
			port = "9100"
		}
		return &networkPrinter{uri: uri, addr: net.JoinHostPort(u.Hostname(), port), format: format}, nil
	case u.Scheme == "file" && u.Host == "" && u.Path != "":
		return &devicePrinter{uri: uri, path: u.Path, format: format}, nil
	case u.Scheme == "cups" && queueName.MatchString(u.Opaque):
		return &cupsPrinter{uri: uri, queue: u.Opaque, format: format}, nil
	}
	return nil, unusable(uri, "write folder:DIR, tcp://host:9100, file:///dev/usb/lp0 or cups:QUEUE")
}

// queueName is what CUPS takes as the name of a queue, but for names that its
// programs would take as an option.
var queueName = regexp.MustCompile(`^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,126}$`)

func unusable(uri, cure string) error {
	f := station.NewFault(station.PrinterFault, fmt.Sprintf("%q is no printer.", uri), nil)
	f.Next = "Correct the printer in the settings: " + cure + "."
	return f
}

// NoResolution reports whether a printer was asked for its resolution and did
// not tell it.
func NoResolution(p station.Printer) bool {
	asked := &printerMemory{}
	switch p := p.(type) {
	case *networkPrinter:
		asked = &p.answers
	case *devicePrinter:
		asked = &p.answers
	}
	_, noHI := asked.resolution()
	return noHI
}
