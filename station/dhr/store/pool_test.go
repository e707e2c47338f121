// SPDX-License-Identifier: Apache-2.0

package store

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"bindery/station/stationtest"
)

// smallPool is a pool that keeps few statements.
func smallPool(t *testing.T, most int) *Pool {
	t.Helper()
	db, err := Connect(filepath.Join(t.TempDir(), "a.db"), "_txlock=immediate", Writing)
	stationtest.NoError(t, err)
	p := newPool(db, 2*most)
	p.most = most
	t.Cleanup(func() { stationtest.NoError(t, p.close()) })
	return p
}

func (p *Pool) answers(t *testing.T, n int) {
	t.Helper()
	var got int
	if err := p.Row(t.Context(), fmt.Sprintf("SELECT %d", n), nil, []any{&got}); err != nil || got != n {
		t.Errorf("%d instead of %d, %v", got, n, err)
	}
}

func TestAPoolKeepsTheStatementsUsedLastAndNoMore(t *testing.T) {
	p := smallPool(t, 3)
	for n := range 10 {
		p.answers(t, 0) // it is asked again and again
		p.answers(t, n)
	}
	for text, kept := range map[string]bool{"SELECT 0": true, "SELECT 8": true, "SELECT 9": true, "SELECT 7": false} {
		if p.kept[text] != nil != kept {
			t.Errorf("%s is kept: %t", text, !kept)
		}
	}
	if len(p.kept) != 3 {
		t.Errorf("%d are kept", len(p.kept))
	}
}

// A statement whose rows are being read, or that another goroutine is about to
// run, outlives its place in the pool.
func TestAStatementThatIsInUseIsNotClosed(t *testing.T) {
	p := smallPool(t, 2)
	read := 0
	err := p.Each(t.Context(), "SELECT value FROM json_each('[1,2,3]')", nil, func(scan func(...any) error) error {
		for n := range 5 {
			p.answers(t, n)
		}
		read++
		return scan(new(int))
	})
	if err != nil || read != 3 {
		t.Errorf("%d of 3 rows, %v", read, err)
	}
	var all sync.WaitGroup
	for g := range 4 {
		all.Go(func() {
			for n := range 50 {
				p.answers(t, (n+g)%7)
			}
		})
	}
	all.Wait()
	for text, s := range p.kept {
		if s.users != 0 {
			t.Errorf("%s is in use for good", text)
		}
	}
}
