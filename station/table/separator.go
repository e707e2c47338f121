// SPDX-License-Identifier: Apache-2.0

package table

import (
	"bytes"
	"regexp"
)

// separatorLine is what Excel writes and reads before the first row, and does
// not count as one.
var separatorLine = regexp.MustCompile("^(?i:\"?sep=([,;\t|])\"?)\r?\n")

// separator is what stands most often in the first line that holds something,
// outside quotation marks.
func separator(head []byte) (byte, error) {
	count := map[byte]int{}
	quoted, holds := false, false
	for _, b := range head {
		switch {
		case b == '"':
			quoted, holds = !quoted, true
		case quoted:
		case b == '\n' && holds:
			return most(count)
		case b == '\n':
			clear(count)
		case bytes.IndexByte([]byte(",;\t"), b) >= 0:
			count[b]++
		case b != ' ' && b != '\r':
			holds = true
		}
	}
	return most(count)
}

func most(count map[byte]int) (byte, error) {
	best, second := byte(','), 0
	for _, sep := range []byte(",;\t") {
		switch {
		case count[sep] > count[best]:
			best, second = sep, count[best]
		case sep != best && count[sep] > second:
			second = count[sep]
		}
	}
	if second > 0 && second == count[best] {
		return 0, &ReadError{Row: 1, Message: "the header has commas, semicolons and tabs alike, so that its columns cannot be told apart; save the file with one separator"}
	}
	return best, nil
}

// steadiest is what separates most of the first lines into equally many
// columns, so that title lines above a table, and a comma within its numbers,
// do not decide.
func steadiest(head []byte) byte {
	best, most := byte(','), 0
	for _, sep := range []byte(",;\t|") {
		lines := map[int]int{} // by how often it stands in them
		for n, line := range bytes.FieldsFunc(head, func(r rune) bool { return r == '\n' || r == '\r' }) {
			if n == firstLines {
				break
			}
			lines[outside(line, sep)]++
		}
		for columns, n := range lines {
			if score := n * min(columns, 1) * (1000 + columns); score > most {
				best, most = sep, score
			}
		}
	}
	return best
}

// firstLines are those that are looked at.
const firstLines = 200

// outside counts a separator outside quotation marks.
func outside(line []byte, sep byte) int {
	n, quoted := 0, false
	for _, b := range line {
		if b == '"' {
			quoted = !quoted
		} else if b == sep && !quoted {
			n++
		}
	}
	return n
}
