// SPDX-License-Identifier: Apache-2.0

package zplsim

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
)

// Listen starts a printer at a TCP address such as "127.0.0.1:0".
func Listen(addr string, c Config) (*SimulatedPrinter, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("zplsim: %w", err)
	}
	if c.DPI == 0 {
		c.DPI = 300
	}
	if c.Dir != "" {
		if err := os.MkdirAll(c.Dir, 0o700); err != nil {
			return nil, errors.Join(fmt.Errorf("zplsim: %w", err), l.Close())
		}
	}
	p := &SimulatedPrinter{
		listener: l, config: c, state: c.State, roll: c.Roll,
		conns: map[io.Closer]bool{}, wake: make(chan struct{}, 1), done: make(chan struct{}),
	}
	if c.Roll == 0 {
		p.roll = -1
	}
	p.running.Go(p.accept)
	p.running.Go(p.engine)
	return p, nil
}
