// SPDX-License-Identifier: Apache-2.0

// Package zplsim is a simulated ZPL printer: it listens on a TCP port, draws
// what it gets in dots, answers ~HS and ~HI, and can run out of labels, open its head,
// pause or fall silent on demand. It knows the commands that package labels
// writes and the simplest others; it is a test partner, not a ZPL emulator.
package zplsim

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"net"
	"path/filepath"
	"sync"
	"time"

	"bindery/station/safefile"
)

// Config is how a simulated printer starts.
type Config struct {
	Dir   string        // where each label is written as label-0001.png; "" keeps them in memory only
	Roll  int           // labels on the roll; 0 is endless
	Pace  time.Duration // for one label
	Mute  bool          // give no answer to ~HS out of labels or with an open head, as Zebra printers may
	DPI   int           // dots per inch, told at ~HI; 0 is 300
	NoHI  bool          // give no answer to ~HI
	State PrinterControls
}

// PrinterControls is what a person can do to the printer.
type PrinterControls struct {
	HeadOpen  bool
	Paused    bool
	RibbonOut bool
	Silent    bool // gives no answer at all, and prints on
}

// SimulatedPrinter is a running simulated printer.
type SimulatedPrinter struct {
	listener net.Listener
	config   Config
	wake     chan struct{} // the state has changed; capacity 1
	done     chan struct{}
	running  sync.WaitGroup

	mu      sync.Mutex
	conns   map[io.Closer]bool
	state   PrinterControls
	roll    int // labels left; -1 is endless
	queue   []*image.Paletted
	printed []*image.Paletted
	errs    []error
}

// Addr is the address that it listens on.
func (p *SimulatedPrinter) Addr() string { return p.listener.Addr().String() }

// Close switches the printer off; what it has not printed is lost.
func (p *SimulatedPrinter) Close() error {
	close(p.done)
	err := p.listener.Close()
	p.mu.Lock()
	for c := range p.conns {
		_ = c.Close()
	}
	p.mu.Unlock()
	p.running.Wait()
	return err
}

// Set does something to the printer.
func (p *SimulatedPrinter) Set(s PrinterControls) {
	p.mu.Lock()
	p.state = s
	p.mu.Unlock()
	p.wakeEngine()
}

// Load puts in a roll of n labels; 0 is endless.
func (p *SimulatedPrinter) Load(n int) {
	p.mu.Lock()
	p.roll = n
	if n == 0 {
		p.roll = -1
	}
	p.mu.Unlock()
	p.wakeEngine()
}

// Labels are the pictures of the labels that came out.
func (p *SimulatedPrinter) Labels() []image.Image {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := make([]image.Image, len(p.printed))
	for i, img := range p.printed {
		all[i] = img
	}
	return all
}

// Waiting is how many labels it has taken and not printed yet.
func (p *SimulatedPrinter) Waiting() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.queue)
}

// Errors are what the printer did not understand or could not write.
func (p *SimulatedPrinter) Errors() []error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]error(nil), p.errs...)
}

// wakeEngine wakes the engine; one that is awake looks again anyway.
func (p *SimulatedPrinter) wakeEngine() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *SimulatedPrinter) fail(err error) {
	p.mu.Lock()
	p.errs = append(p.errs, err)
	p.mu.Unlock()
}

// engine prints the queue, one label after the other, while nothing is in the
// way.
func (p *SimulatedPrinter) engine() {
	for {
		select {
		case <-p.done:
			return
		case <-p.wake:
		}
		for p.ready() {
			select {
			case <-p.done:
				return
			case <-time.After(p.config.Pace):
			}
			p.emit()
		}
	}
}

// ready is what keeps a printer from printing, each as its status tells it.
func (p *SimulatedPrinter) ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.state
	return len(p.queue) > 0 && p.roll != 0 && !s.HeadOpen && !s.Paused && !s.RibbonOut
}

// emit moves one label from the queue to the tray. The picture is on the disk
// before the label counts as printed.
func (p *SimulatedPrinter) emit() {
	p.mu.Lock()
	img, n := p.queue[0], len(p.printed)+1
	p.mu.Unlock()
	if err := p.save(img, n); err != nil {
		p.fail(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = p.queue[1:]
	p.printed = append(p.printed, img)
	if p.roll > 0 {
		p.roll--
	}
}

// save puts the picture into the folder under a number of its own.
func (p *SimulatedPrinter) save(img image.Image, n int) error {
	if p.config.Dir == "" {
		return nil
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	for ; ; n++ { // the pictures of an earlier printer stay
		err := safefile.Write(filepath.Join(p.config.Dir, fmt.Sprintf("label-%04d.png", n)), b.Bytes(), safefile.Rules{})
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}
