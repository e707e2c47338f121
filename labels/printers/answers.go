// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"sync"
	"time"
)

// How a printer is asked that has never answered as a ZPL printer does. One
// that takes another language may print each question as text.
const (
	firstPause = 10 * time.Second // after the first question; each further pause is twice as long
	mostAsked  = 6                // questions in all, the last after five minutes
)

// printerMemory is what one printer has answered so far. It is safe for use by
// several goroutines; the zero answers is of a printer that nobody has asked.
type printerMemory struct {
	mu     sync.Mutex
	proper bool // it has answered ~HS as ZPL printers do
	asked  int  // questions without a proper answer since the last print
	last   Condition
	next   time.Time // not to be asked before
	dots   int       // per mm, that it told at ~HI; 0 when it was not asked
	noHI   bool      // it does not answer ~HI
}

// due reports whether the printer is to be asked how it does; if not, last is
// what is to be taken for its answer.
func (a *printerMemory) due(now time.Time) (last Condition, due bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last, a.proper || a.asked < mostAsked && !now.Before(a.next)
}

// recordCondition keeps what came of a look at the time now.
func (a *printerMemory) recordCondition(now time.Time, c Condition) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = c
	if !a.proper {
		a.next = now.Add(firstPause << a.asked)
		a.asked++
	}
}

// recordAnswer keeps that the printer has answered as ZPL printers do.
func (a *printerMemory) recordAnswer() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.proper = true
}

// forgetQuestions resets the count of questions without an answer: a person wants a label.
func (a *printerMemory) forgetQuestions() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked, a.next = 0, time.Time{}
}

// recordResolution keeps the resolution that the printer told, 0 for none.
func (a *printerMemory) recordResolution(dots int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.dots, a.noHI = dots, dots == 0
}

// resolution is what the printer told last.
func (a *printerMemory) resolution() (dots int, noHI bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.dots, a.noHI
}
