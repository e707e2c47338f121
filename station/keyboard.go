// SPDX-License-Identifier: Apache-2.0

package station

import "strings"

// Keyboard is a layout: what each key of the main block types, alone and with
// Shift, in the order of the rows of a PC keyboard from the digits down. A
// scanner that poses as a keyboard presses keys, not characters: it has to be
// set to the layout of the station.
type Keyboard struct {
	Country      string // as scanners name it
	plain, shift []rune
}

// dead is a key that types nothing by itself: it waits for the letter that its
// accent goes on.
const dead = '\x00'

// The rows are those of ISO/IEC 9995 as Windows and X.Org lay them out for the
// country; the last key of each is the one left of Z that US keyboards lack.
var (
	keyboardUS = keyboard("US", "`1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./", `~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?`)
	keyboards  = []Keyboard{
		keyboard("DE", "\x001234567890ß\x00qwertzuiopü+asdfghjklöä#yxcvbnm,.-", "°!\"§$%&/()=?\x00QWERTZUIOPÜ*ASDFGHJKLÖÄ'YXCVBNM;:_"),
		keyboard("FR", "²&é\"'(-è_çà)=azertyuiop\x00$qsdfghjklmù*wxcvbn,;:!", "\x001234567890°+AZERTYUIOP\x00£QSDFGHJKLM%µWXCVBN?./§"),
	}
)

func keyboard(country, plain, shift string) Keyboard {
	return Keyboard{country, []rune(plain), []rune(shift)}
}

// typed is what a station with the layout to shows when a scanner that is set
// to from means text. What either cannot type, and dead keys, come to nothing.
func typed(from, to Keyboard, text string) string {
	var out strings.Builder
	for _, r := range text {
		if k := position(from.plain, r); k >= 0 {
			writeRune(&out, to.plain[k])
		} else if k := position(from.shift, r); k >= 0 {
			writeRune(&out, to.shift[k])
		} else if r == ' ' {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func writeRune(out *strings.Builder, r rune) {
	if r != dead {
		out.WriteRune(r)
	}
}

func position(row []rune, r rune) int {
	for i, k := range row {
		if k == r {
			return i
		}
	}
	return -1
}
