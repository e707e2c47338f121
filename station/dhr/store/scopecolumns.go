// SPDX-License-Identifier: Apache-2.0

package store

import (
	"encoding/binary"
	"time"
)

// The columns of scopes have, for each unit of ours, what the scope of an incident
// asks for (docs/adr/0026-scopes-by-columns.md). A unit stands at the number of its
// first binding; a number that is that of no unit holds 0 in each column, and so does
// what is not known of one. They follow from the rows, so that no leaf has them and
// [verify.Record] holds them against the rows.

// ScopeColumn is one of them.
type ScopeColumn int64

// The columns. Those up to ScopeDialect hold texts, under their numbers in
// scope_values; the others hold numbers.
const (
	ScopeDisposition ScopeColumn = iota + 1
	ScopeOrder
	ScopeProduct // REF, a stroke, and the version
	ScopeMaker
	ScopeModel
	ScopeFirmware
	ScopeOperator
	ScopeStation
	ScopeProgram
	ScopeDialect
	ScopeMade  // milliseconds since [madeSince]
	ScopeIMEI  // as a decimal number
	ScopeIMEI2 // likewise
	ScopeSIM   // the first 15 digits of the ICCID that is in the unit now, as a hexadecimal number
	scopeColumnsEnd
)

// ScopeColumns are all of them.
var ScopeColumns = func() (list []ScopeColumn) {
	for c := ScopeDisposition; c < scopeColumnsEnd; c++ {
		list = append(list, c)
	}
	return list
}()

// texts is how many columns hold texts; they come first.
const texts = int(ScopeDialect)

// SIMDigits is how many digits of an ICCID its column has.
const SIMDigits = 15

// madeSince is before all units: 0 stands for a time that is not known.
var madeSince = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)

// MadeValue is a time as its column holds it.
func MadeValue(t time.Time) int64 {
	return (t.Unix()-madeSince.Unix())*1000 + int64(t.Nanosecond())/1e6
}

// ScopeChunk is how many units a row of scope_chunks has: few, since a row is written
// whole; and many, since one is read at once.
const ScopeChunk = 4096

const chunkBits = 32

// ChunkID is where a column of some units stands; n counts them from 0.
func ChunkID(c ScopeColumn, n int64) int64 { return int64(c)<<chunkBits | n }

// Packed is a row of scope_chunks: what each number is above the least, in as few
// bytes as the greatest needs.
type Packed struct {
	Low, High int64
	Bytes     []byte
}

// widthOf is how many bytes a number up to most takes: none where there is only 0.
func widthOf(most uint64) int {
	switch {
	case most == 0:
		return 0
	case most < 1<<8:
		return 1
	case most < 1<<16:
		return 2
	case most < 1<<32:
		return 4
	}
	return 8
}

// Pack packs a column of [ScopeChunk] units, in the one way that there is.
func Pack(values []int64) Packed {
	p := Packed{Low: values[0], High: values[0], Bytes: []byte{}}
	for _, v := range values {
		p.Low, p.High = min(p.Low, v), max(p.High, v)
	}
	width := widthOf(uint64(p.High - p.Low))
	if width == 0 {
		return p
	}
	var room [8]byte
	for _, v := range values {
		binary.LittleEndian.PutUint64(room[:], uint64(v-p.Low))
		p.Bytes = append(p.Bytes, room[:width]...)
	}
	return p
}

// Sound reports whether there is a number for each unit.
func (p Packed) Sound() bool {
	return p.High >= p.Low && len(p.Bytes) == ScopeChunk*widthOf(uint64(p.High-p.Low))
}

// Unpack is what [Pack] packed, which must be [Packed.Sound].
func (p Packed) Unpack(values []int64) {
	var room [8]byte
	width := len(p.Bytes) / ScopeChunk
	for i := range values {
		copy(room[:], p.Bytes[i*width:(i+1)*width])
		values[i] = p.Low + int64(binary.LittleEndian.Uint64(room[:]))
	}
}

// Among sets the bit of each unit whose number lies from one to another.
func (p Packed) Among(from, to int64, bits []uint64) {
	if from <= p.Low && p.High <= to {
		for i := range bits {
			bits[i] = ^uint64(0)
		}
		return
	}
	if to < p.Low || p.High < from {
		return
	}
	low, most := uint64(max(from, p.Low)-p.Low), uint64(min(to, p.High)-p.Low)
	p.each(bits, func(v uint64) bool { return v >= low && v <= most })
}

// In sets the bit of each unit whose number is one of a list, which has a place for
// each number there is.
func (p Packed) In(list []bool, bits []uint64) {
	some, all := false, true
	for v := p.Low; v <= p.High; v++ {
		in := v >= 0 && v < int64(len(list)) && list[v]
		some, all = some || in, all && in
	}
	switch {
	case all:
		p.Among(p.Low, p.High, bits)
	case some:
		p.each(bits, func(v uint64) bool {
			v += uint64(p.Low)
			return v < uint64(len(list)) && list[v]
		})
	}
}

func (p Packed) each(bits []uint64, has func(uint64) bool) {
	set := func(i int, v uint64) {
		if has(v) {
			bits[i/64] |= 1 << (i % 64)
		}
	}
	switch b := p.Bytes; len(b) / ScopeChunk {
	case 1:
		eachByte(b, bits, has)
	case 2:
		for i := range ScopeChunk {
			set(i, uint64(binary.LittleEndian.Uint16(b[2*i:])))
		}
	case 4:
		for i := range ScopeChunk {
			set(i, uint64(binary.LittleEndian.Uint32(b[4*i:])))
		}
	case 8:
		for i := range ScopeChunk {
			set(i, binary.LittleEndian.Uint64(b[8*i:]))
		}
	}
}

// eachByte is each of one byte for a unit, as most columns have: what has says of each
// byte is asked once.
func eachByte(packed []byte, bits []uint64, has func(uint64) bool) {
	var bit [256]uint64
	for v := range bit {
		if has(uint64(v)) {
			bit[v] = 1
		}
	}
	for i := range bits {
		var word uint64
		for k, v := range packed[64*i : 64*i+64] {
			word |= bit[v] << k
		}
		bits[i] = word
	}
}
