// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"sync"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/labels/printers"
	"bindery/station"
)

// lookEvery is how long what a printer said of itself is believed.
const lookEvery = 5 * time.Second

// polledPrinter is a printer that is looked at between labels, and never while one
// is on its way: it holds one conversation at a time.
type polledPrinter struct {
	station.Printer
	talk   sync.Mutex // held during a conversation
	last   printers.Condition
	looked time.Time
	doubt  bool // the last look found it offline, the one before did not
}

// Print prints when a look that is under way, which takes a moment, has ended.
func (w *polledPrinter) Print(ctx context.Context, job string, l station.Label) error {
	w.talk.Lock()
	defer w.talk.Unlock()
	w.looked = time.Time{} // what it does may have changed it
	return w.Printer.Print(ctx, job, l)
}

// Check implements [station.LabelChecker].
func (w *polledPrinter) Check(ctx context.Context, l station.Label) (string, error) {
	p, can := w.Printer.(station.LabelChecker)
	if !can {
		return "", nil
	}
	w.talk.Lock()
	defer w.talk.Unlock()
	return p.Check(ctx, l)
}

// condition is how the printer does, or did before the label that it is at.
// Whoever asks is the screen, which must not wait for a label of two seconds.
func (w *polledPrinter) condition(ctx context.Context) printers.Condition {
	if !w.talk.TryLock() {
		return printers.Ready // it is at work; Print itself says what goes wrong
	}
	defer w.talk.Unlock()
	clock := wire.SystemClock{}
	if clock.Now().Sub(w.looked) < lookEvery {
		return w.last
	}
	now := printers.ReadCondition(ctx, w.Printer)
	// One printer may serve two stations: offline for a moment is no trouble.
	if w.doubt = now == printers.Offline && w.last != printers.Offline && !w.doubt; !w.doubt {
		w.last, w.looked = now, clock.Now()
	}
	return w.last
}
