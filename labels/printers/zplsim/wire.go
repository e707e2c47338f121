// SPDX-License-Identifier: Apache-2.0

package zplsim

import (
	"bufio"
	"fmt"
	"io"
)

// accept serves one connection after the other; printers take one at a time,
// but a status question may come on a second one.
func (p *SimulatedPrinter) accept() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.mu.Lock()
		p.conns[c] = true
		p.mu.Unlock()
		p.running.Go(func() { p.Serve(c) })
	}
}

// Serve reads commands from one connection, which need not be a network's,
// until that ends.
func (p *SimulatedPrinter) Serve(c io.ReadWriteCloser) {
	defer func() {
		_ = c.Close()
		p.mu.Lock()
		delete(p.conns, c)
		p.mu.Unlock()
	}()
	f := &format{}
	_ = scan(bufio.NewReader(c), func(cmd zplCommand) {
		switch {
		case cmd.name == "~HS":
			p.answer(c)
		case cmd.name == "~HI":
			p.identify(c)
		case cmd.name == "^XZ":
			p.finish(f)
			f = &format{}
		default:
			f.add(cmd)
		}
	})
}

// finish draws a format and puts its labels in the queue.
func (p *SimulatedPrinter) finish(f *format) {
	img, err := f.draw()
	if err != nil {
		p.fail(err)
	}
	if img == nil {
		return
	}
	p.mu.Lock()
	for range f.count() {
		p.queue = append(p.queue, img)
	}
	p.mu.Unlock()
	p.wakeEngine()
}

// answer is the host status return: three strings between STX and ETX.
func (p *SimulatedPrinter) answer(w io.Writer) {
	p.mu.Lock()
	s, out, left := p.state, p.roll == 0, len(p.queue)
	p.mu.Unlock()
	if s.Silent || p.config.Mute && (out || s.HeadOpen || s.RibbonOut) {
		return
	}
	bit := map[bool]int{true: 1}
	fmt.Fprintf(w, "\x02030,%d,%d,0200,%03d,0,0,0,000,0,0,0\x03\r\n", bit[out], bit[s.Paused], min(left, 1))
	fmt.Fprintf(w, "\x02000,0,%d,%d,1,2,4,0,%08d,1,000\x03\r\n", bit[s.HeadOpen], bit[s.RibbonOut], left)
	fmt.Fprintf(w, "\x021234,0\x03\r\n")
}

// identify is the host identification: model, firmware, dots per mm, memory.
func (p *SimulatedPrinter) identify(w io.Writer) {
	p.mu.Lock()
	silent := p.state.Silent || p.config.NoHI
	p.mu.Unlock()
	if !silent {
		fmt.Fprintf(w, "\x02SIM-%ddpi,V1.0.0,%.0f,8192KB\x03\r\n", p.config.DPI, float64(p.config.DPI)/25.4)
	}
}
