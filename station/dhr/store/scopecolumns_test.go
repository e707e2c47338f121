// SPDX-License-Identifier: Apache-2.0

package store

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAPackedColumnHasWhatWasPackedAndFindsItByRange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ low, span int64 }{{0, 1}, {7, 1}, {0, 200}, {-5, 256}, {1 << 40, 257}, {0, 1 << 16}, {3, 1<<16 + 1}, {0, 1 << 32}, {1, 1 << 60}} {
		values := make([]int64, ScopeChunk)
		for i := range values {
			values[i] = c.low + r.Int64N(c.span)
		}
		p, got := Pack(values), make([]int64, ScopeChunk)
		if !p.Sound() {
			t.Fatalf("%+v is not sound", c)
		}
		if p.Unpack(got); !slices.Equal(got, values) {
			t.Errorf("%+v: not what was packed", c)
		}
		a, b := values[17], values[99]
		for _, within := range [][2]int64{{min(a, b), max(a, b)}, {a, a}, {p.Low, p.High}, {p.Low - 9, p.Low - 1}, {p.High, p.High + 9}, {b, p.High + 1}} {
			bits := make([]uint64, ScopeChunk/64)
			p.Among(within[0], within[1], bits)
			for i, v := range values {
				if in := bits[i/64]>>(i%64)&1 == 1; in != (v >= within[0] && v <= within[1]) {
					t.Fatalf("%+v: %d in %v is %v", c, v, within, in)
				}
			}
		}
	}
}

func TestAPackedColumnFindsTheNumbersOfAList(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, most := range []int64{1, 2, 200, 300, 70_000} {
		values := make([]int64, ScopeChunk)
		for i := range values {
			values[i] = r.Int64N(most)
		}
		p := Pack(values)
		for _, list := range [][]bool{nil, {false, true}, {true}, slices.Repeat([]bool{true, false, false}, 100), slices.Repeat([]bool{true}, int(most))} {
			bits := make([]uint64, ScopeChunk/64)
			p.In(list, bits)
			for i, v := range values {
				if in := bits[i/64]>>(i%64)&1 == 1; in != (v < int64(len(list)) && list[v]) {
					t.Fatalf("up to %d: %d is %v", most, v, in)
				}
			}
		}
	}
}
