// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"sync"

	"bindery/station"
)

// Set is the layouts that a station may print, for one printer. It implements
// [station.Labeller] and is safe for use by several goroutines.
type Set struct {
	dpi     int
	mu      sync.RWMutex
	layouts map[string]*Layout // by hash
}

// NewSet makes a set for a printer of so many dots per inch.
func NewSet(dpi int, ls ...*Layout) *Set {
	s := &Set{dpi: dpi, layouts: map[string]*Layout{}}
	for _, l := range ls {
		s.Add(l)
	}
	return s
}

// Add puts a layout into the set; the same one twice is the same.
func (s *Set) Add(l *Layout) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.layouts[l.Hash()] = l
}

// Label draws the layout with this hash; see [Layout.Draw].
func (s *Set) Label(layoutHash string, v station.LabelValues) (station.Label, error) {
	s.mu.RLock()
	l := s.layouts[layoutHash]
	s.mu.RUnlock()
	if l == nil {
		return nil, refused("", Mistakes{{Message: fmt.Sprintf("there is no layout with the approved hash %.12s", layoutHash), Cure: "Load the layout into the record, or approve one for the product."}})
	}
	label, err := l.Draw(v, s.dpi)
	if err != nil {
		return nil, err
	}
	return label, nil
}
