// SPDX-License-Identifier: Apache-2.0

package station

import "fmt"

// WireBytes are bytes as they went over a line. As text, in the record and in JSON
// alike, each character stands for the byte of that number (ISO 8859-1), so
// that every byte survives and AT dialogues stay readable.
type WireBytes []byte

// String gives one character for each byte.
func (b WireBytes) String() string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}

// MarshalText implements encoding.TextMarshaler.
func (b WireBytes) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. A character that stands for no
// byte is an error.
func (b *WireBytes) UnmarshalText(text []byte) error {
	read := make(WireBytes, 0, len(text))
	for _, r := range string(text) {
		if r > 0xff {
			return fmt.Errorf("%U stands for no byte of a dialogue", r)
		}
		read = append(read, byte(r))
	}
	*b = read
	return nil
}
