// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"net"
	"time"

	"bindery/station"
)

// networkPrinter is a ZPL printer behind a TCP port.
type networkPrinter struct {
	uri, addr, format string
	answers           printerMemory
	kept              kept
}

func (n *networkPrinter) Name() string { return n.uri }

// Printed cannot be known: a label that was sent may have come out.
func (n *networkPrinter) Printed(context.Context, string, station.Label) (station.Answer, error) {
	return station.Unsure, nil
}

func (n *networkPrinter) Print(ctx context.Context, _ string, l station.Label) error {
	zpl, err := l.Encode(n.format)
	if err != nil {
		return err
	}
	d, end, err := n.again(ctx)
	if err != nil {
		return silent(n.addr, false, err)
	}
	defer end()
	return d.print(ctx, l, zpl)
}

// Check implements [station.LabelChecker].
func (n *networkPrinter) Check(ctx context.Context, l station.Label) (string, error) {
	return n.answers.check(ctx, l, n.dial, n.kept.keep)
}

func (n *networkPrinter) readCondition(ctx context.Context) Condition {
	if last, due := n.answers.due(time.Now()); !due {
		return last
	}
	d, end, err := n.dial(ctx)
	if err != nil {
		return Offline
	}
	defer end()
	return d.readCondition(ctx)
}

// again goes on with the conversation of the check before, if it still goes, or
// begins one.
func (n *networkPrinter) again(ctx context.Context) (*dialogue, func(), error) {
	if d, end := n.kept.take(); d != nil {
		if _, err := d.status(ctx); err == nil {
			return d, end, nil
		}
		end()
	}
	return n.dial(ctx)
}

func (n *networkPrinter) dial(ctx context.Context) (*dialogue, func(), error) {
	dialer := net.Dialer{Timeout: patience}
	conn, err := dialer.DialContext(ctx, "tcp", n.addr)
	if err != nil {
		return nil, nil, err
	}
	d, end := hold(ctx, conn, n.addr, &n.answers)
	return d, end, nil
}
