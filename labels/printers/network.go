// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"net"

	"bindery/station"
)

// network is a ZPL printer behind a TCP port.
type network struct {
	uri, addr, format string
}

func (n *network) Name() string { return n.uri }

// Printed cannot be known: a label that was sent may have come out.
func (n *network) Printed(context.Context, string, station.Label) (station.Answer, error) {
	return station.Unsure, nil
}

func (n *network) Print(ctx context.Context, _ string, l station.Label) error {
	zpl, err := l.Encode(n.format)
	if err != nil {
		return err
	}
	d, end, err := n.dial(ctx)
	if err != nil {
		return silent(n.addr, false, err)
	}
	defer end()
	return d.print(ctx, zpl)
}

func (n *network) look(ctx context.Context) Condition {
	d, end, err := n.dial(ctx)
	if err != nil {
		return Offline
	}
	defer end()
	return d.look(ctx)
}

func (n *network) dial(ctx context.Context) (*dialogue, func(), error) {
	dialer := net.Dialer{Timeout: patience}
	conn, err := dialer.DialContext(ctx, "tcp", n.addr)
	if err != nil {
		return nil, nil, err
	}
	d, end := hold(ctx, conn, n.addr)
	return d, end, nil
}
