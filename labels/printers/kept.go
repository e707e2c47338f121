// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"sync"
	"time"
)

// keptFor is how long a conversation is kept for the print that follows a
// check. Some printers take the next connection seconds after the last.
const keptFor = 2 * time.Second

// kept is a conversation that waits for its print, or none. It is safe for use
// by several goroutines.
type kept struct {
	mu   sync.Mutex
	talk *dialogue
	end  func()
	late *time.Timer
}

// keep holds a conversation for a while, then ends it.
func (k *kept) keep(d *dialogue, end func()) {
	k.drop()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.talk, k.end, k.late = d, end, time.AfterFunc(keptFor, k.drop)
}

// take gives the conversation that is kept to who calls, who has to end it; nil
// when there is none.
func (k *kept) take() (*dialogue, func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	d, end := k.talk, k.end
	if d != nil {
		k.late.Stop()
	}
	k.talk, k.end = nil, nil
	return d, end
}

func (k *kept) drop() {
	if d, end := k.take(); d != nil {
		end()
	}
}
