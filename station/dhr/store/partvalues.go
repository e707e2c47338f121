// SPDX-License-Identifier: Apache-2.0

package store

import (
	"fmt"
	"slices"
	"strings"
)

// PartValues are what a row is found by, "" where it has none of it.
type PartValues struct {
	Folded                        string // serial, as it is searched without regard to capitals
	IMEI, IMEI2, ICCID, IMSI, EID string
	Hash                          string // in lower-case hexadecimal
}

// PartTag begins the grams of a value, and says which it is.
type PartTag byte

// The values that have parts.
const (
	SerialPart PartTag = 's'
	IMEIPart   PartTag = 'i'
	ICCIDPart  PartTag = 'c'
	IMSIPart   PartTag = 'm'
	EIDPart    PartTag = 'e'
)

// grams are those of a row, each once.
func (v PartValues) grams() []string {
	list := appendGrams(nil, SerialPart, v.Folded+textEnd)
	list = appendGrams(list, IMEIPart, v.IMEI+digitsEnd)
	list = appendGrams(list, IMEIPart, v.IMEI2+digitsEnd)
	list = appendGrams(list, ICCIDPart, v.ICCID+digitsEnd)
	list = appendGrams(list, IMSIPart, v.IMSI+digitsEnd)
	list = appendGrams(list, EIDPart, v.EID+digitsEnd)
	if v.Hash != "" {
		list = append(list, HashEntry(v.Hash))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// wholes are the identities of a row, each as one entry.
func (v PartValues) wholes() (list []string) {
	for _, n := range []struct {
		tag   PartTag
		value string
	}{{IMEIPart, v.IMEI}, {IMEIPart, v.IMEI2}, {ICCIDPart, v.ICCID}, {IMSIPart, v.IMSI}, {EIDPart, v.EID}} {
		if e, ok := WholeEntry(n.tag, n.value); ok {
			list = append(list, e)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// WholeEntry stands in the index for a number that a refused device gave; false
// where it is none.
func WholeEntry(tag PartTag, value string) (entry string, ok bool) {
	value = strings.ToLower(value)
	return "r" + string(tag) + value, value != "" && strings.Trim(value, "0123456789abcdef") == ""
}

// PartsQuery asks the index for the rows that may have a value like a pattern, as
// that of [query.Pattern] and folded; false where too little of it stands together.
// What it leads to is to be held against the pattern.
func PartsQuery(tag PartTag, pattern string) (match string, ok bool) {
	end := digitsEnd
	if tag == SerialPart {
		end = textEnd
	}
	var list []string
	for _, known := range strings.FieldsFunc(pattern+end, func(r rune) bool { return r == '*' || r == '?' }) {
		list = append(list, covering(appendGrams(nil, tag, known))...)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " "), len(list) > 0
}

// covering are some of the grams of a text, in which each of its characters stands: the
// others tell little more, and each of them is looked up in a list of rows.
func covering(grams []string) (list []string) {
	for i := len(grams) - 1; i > 0; i -= gramLength {
		list = append(list, grams[i])
	}
	return append(list, grams[:min(1, len(grams))]...)
}

// gramLength is how many characters a gram has. With fewer, a number of ten million
// units would stand behind too many of each; with more, a short part could not be
// looked up.
const gramLength = 4

const (
	digitsEnd = "z"    // behind the last digit of a number: no digit of one
	textEnd   = "\x00" // and of a serial, which has none
)

// appendGrams adds the grams of a value: of a serial as the digits of its UTF-8, so
// that none of its signs is taken for one between grams. What is no number where one
// should be, such as a line that a device said, has none.
func appendGrams(list []string, tag PartTag, value string) []string {
	if tag == SerialPart {
		runes := []rune(value)
		for i := 0; i+gramLength <= len(runes); i++ {
			list = append(list, fmt.Sprintf("%c%x", tag, string(runes[i:i+gramLength])))
		}
		return list
	}
	value = strings.ToLower(value)
	if strings.Trim(value, "0123456789abcdef"+digitsEnd) != "" {
		return list
	}
	for i := 0; i+gramLength <= len(value); i++ {
		list = append(list, string(tag)+value[i:i+gramLength])
	}
	return list
}

// HashEntry stands in the index for a hash in lower-case hexadecimal: its first four
// digits. Of ten million leaves some hundred have the same, and are held against it.
func HashEntry(hash string) string { return "h" + hash[:min(len(hash), gramLength)] }

// partSpan is how many rows a source has room for.
const partSpan = 1 << partBits

const partBits = 40
