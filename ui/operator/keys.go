// SPDX-License-Identifier: Apache-2.0

package operator

import "fyne.io/fyne/v2"

// Key is a key that means something on the operator's screen.
type Key string

// The keys, by what they do.
const (
	KeyUp      Key = "up"
	KeyDown    Key = "down"
	KeyCancel  Key = "cancel"
	KeyReprint Key = "reprint"
	KeyFirst   Key = "1"
	KeySecond  Key = "2"
	KeyThird   Key = "3"
	KeyFourth  Key = "4"

	KeyRenew = KeySecond // where a PIN is asked for
	KeyDesk  = KeySecond // where an order is chosen
)

// keys maps what is pressed to what it means.
var keys = map[fyne.KeyName]Key{
	fyne.KeyUp: KeyUp, fyne.KeyDown: KeyDown, fyne.KeyEscape: KeyCancel, fyne.KeyF9: KeyReprint,
	fyne.KeyF1: KeyFirst, fyne.KeyF2: KeySecond, fyne.KeyF3: KeyThird, fyne.KeyF4: KeyFourth,
}

// number is the row that a key stands for, 1 for the first; 0 when it stands
// for none.
func (k Key) number() int {
	if len(k) == 1 {
		return int(k[0] - '0')
	}
	return 0
}
