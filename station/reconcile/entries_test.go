// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"bindery/station/identity"
	"bindery/station/reconcile"
)

func TestEntriesComeBackInTheOrderOfTheirSIMsHoweverManyThereAre(t *testing.T) {
	for _, n := range []int{0, 1, 1 << 16, 70_000} {
		var l reconcile.Entries
		want := []reconcile.Entry{}
		for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(n) {
			e := reconcile.Entry{SIM: identity.ICCID(fmt.Sprintf("89%017d", i)), Class: reconcile.Match, Serial: fmt.Sprintf("UN %d", i)}
			if i%2 == 0 {
				e.Device = identity.IMEI(fmt.Sprintf("%014d", i))
			}
			want = append(want, e)
			if err := l.Add(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Add(reconcile.Entry{Class: reconcile.Malformed}); err != nil {
			t.Fatal(err)
		}
		packed, err := l.Pack()
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(want, func(a, b reconcile.Entry) int { return cmp.Compare(a.SIM, b.SIM) })
		got := append([]reconcile.Entry{}, slices.Collect(reconcile.Unpack(packed, &err))...)
		if !slices.Equal(want, got) || err != nil {
			t.Errorf("%d entries came back as %d: %v", n, len(got), err)
		}
	}
}

func TestEntriesThatWereDamagedAreNotTakenForFewer(t *testing.T) {
	var l reconcile.Entries
	for i := range 1000 {
		if err := l.Add(reconcile.Entry{SIM: identity.ICCID(fmt.Sprintf("89%017d", i)), Class: reconcile.Match}); err != nil {
			t.Fatal(err)
		}
	}
	packed, err := l.Pack()
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{0, 5, len(packed) / 2, len(packed) - 1} {
		var failed error
		for range reconcile.Unpack(packed[:cut], &failed) {
			continue
		}
		if failed == nil {
			t.Errorf("%d of %d bytes were taken for all", cut, len(packed))
		}
	}
}
