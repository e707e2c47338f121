// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"net"
	"time"

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
	d := net.Dialer{Timeout: patience}
	conn, err := d.DialContext(ctx, "tcp", n.addr)
	if err != nil {
		return silent(n.addr, false, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	return (&dialogue{conn: conn, where: n.addr}).print(ctx, zpl)
}
