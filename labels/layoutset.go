// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"sync"

	"bindery/station"
)

// LayoutSet is the layouts that a station may print, for one printer. It implements
// [station.Labeller] and is safe for use by several goroutines.
type LayoutSet struct {
	dpi     int
	more    func() ([]*Layout, error)
	mu      sync.RWMutex
	layouts map[string]*Layout // by hash
}

// NewLayoutSet makes a set for a printer of so many dots per inch.
func NewLayoutSet(dpi int, ls ...*Layout) *LayoutSet {
	s := &LayoutSet{dpi: dpi, layouts: map[string]*Layout{}}
	for _, l := range ls {
		s.Add(l)
	}
	return s
}

// Add puts a layout into the set; the same one twice is the same.
func (s *LayoutSet) Add(l *Layout) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.layouts[l.Hash()] = l
}

// OnMissing has the set call more, for all layouts that there are now, when it is
// asked for one that it does not hold. It is called before the set is used.
func (s *LayoutSet) OnMissing(more func() ([]*Layout, error)) { s.more = more }

// find gives the layout with this hash, or nil when there is none anywhere.
func (s *LayoutSet) find(hash string) (*Layout, error) {
	s.mu.RLock()
	l := s.layouts[hash]
	s.mu.RUnlock()
	if l != nil || s.more == nil {
		return l, nil
	}
	all, err := s.more()
	for _, l := range all {
		s.Add(l)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.layouts[hash], err
}

// Label draws the layout with this hash; see [Layout.Draw].
func (s *LayoutSet) Label(layoutHash string, v station.LabelValues) (station.Label, error) {
	label, err := s.Draw(layoutHash, v)
	if err != nil {
		return nil, err
	}
	return label, nil
}

// Draw is Label for those who want more of it than [station.Label].
func (s *LayoutSet) Draw(layoutHash string, v station.LabelValues) (*Label, error) {
	l, err := s.find(layoutHash)
	if err != nil {
		return nil, err
	}
	if l == nil {
		return nil, asFault("", Mistakes{{Message: fmt.Sprintf("there is no layout with the approved hash %.12s", layoutHash), Cure: "Load the layout into the record, or approve one for the product."}})
	}
	return l.Draw(v, s.dpi)
}
