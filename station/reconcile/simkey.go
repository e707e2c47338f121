// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"hash/fnv"
	"strconv"
)

// Marks of what the record has to be asked of before it counts, and of a SIM
// whose number is no plain one.
const (
	hashed    = 1 << 63
	doubtful  = 1 << 62 // of a SIM or a body
	unchecked = 1 << 61 // the last digit is not the check digit
	markBits  = doubtful | unchecked
)

// simKey is an ICCID as a number: the digits after 89 behind a 1, so that zeros
// and lengths count. One of twenty digits stands without its check digit: lists
// have it with or without. ICCIDs with letters are hashed.
func simKey(iccid string) uint64 {
	if len(iccid) == 20 && checked(iccid) {
		iccid = iccid[:19]
	}
	if !plain(iccid) || iccid[:2] != "89" || len(iccid) > 20 {
		h := fnv.New64a()
		_, _ = h.Write([]byte(iccid)) // never fails
		return hashed | h.Sum64()&^markBits
	}
	n, _ := strconv.ParseUint("1"+iccid[2:], 10, 64) // digits, at most nineteen
	return n
}

// digitsOf is the number of a key; "" for a hashed one.
func digitsOf(key uint64) string {
	if key&hashed != 0 {
		return ""
	}
	return "89" + strconv.FormatUint(key&^markBits, 10)[1:]
}

func bodyKey(body string) uint64 {
	n, _ := strconv.ParseUint(body, 10, 64) // fourteen digits, or ""
	return n
}

func bodyText(key uint64) string {
	s := strconv.FormatUint(key, 10)
	for len(s) < bodyDigits {
		s = "0" + s
	}
	return s
}
