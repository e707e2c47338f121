// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"net"
	"testing"
	"time"

	"bindery/labels/printers/zplsim"
)

// printedBy sends ZPL to a simulated printer and gives the dots that come out.
func printedBy(t *testing.T, zpl []byte) *bitmap {
	t.Helper()
	sim, err := zplsim.Listen("127.0.0.1:0", zplsim.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	}()
	conn, err := net.Dial("tcp", sim.Addr())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(zpl); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); len(sim.Labels()) == 0 && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	for _, err := range sim.Errors() {
		t.Error(err)
	}
	if n := len(sim.Labels()); n != 1 {
		t.Fatalf("%d labels came out", n)
	}
	return bitmapOf(sim.Labels()[0])
}

func TestAPrinterPutsDownTheDotsOfTheLabel(t *testing.T) {
	for _, l := range everyLayout(t) {
		for _, dpi := range []int{203, 300} {
			for _, format := range []string{"zpl", "zpl-native"} {
				label := drawn(t, l, dpi)
				if got := printedBy(t, encoded(t, label, format)); got.hash() != label.dots.hash() {
					t.Errorf("%s at %d dpi as %s: %d × %d dots came out that are not those of the label", l.Name(), dpi, format, got.w, got.h)
				}
			}
		}
	}
}

// hostileLayout puts a serial into a text and a Code 128, which take any ASCII.
const hostileLayout = `size = [100, 30]
[[text]]
at = [2, 2]
cap = 1.5
text = "{serial}"
[[code]]
at = [50, 8]
align = "center"
kind = "code128"
module = 0.25
height = 8
data = "{serial}"
`

func TestAValueCannotAddACommand(t *testing.T) {
	l := mustParse(t, hostileLayout)
	for _, serial := range []string{"X^FS^XZ~JA", `X\5EXZ\7EJA`, "^XA^IDR:*.*^FS^XZ", "~HS", `a\b#1_1`, ">;>8>61", "^FDx^FS", "(10)EVIL"} {
		v := sampleUnmarked()
		v.Serial = serial
		label, err := l.Draw(v, 203)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"zpl", "zpl-native"} {
			zpl := encoded(t, label, format)
			if n := bytes.Count(zpl, []byte("^XZ")); n != 1 || bytes.ContainsRune(zpl, '~') {
				t.Errorf("%q adds a command to the %s", serial, format)
			}
			if got := printedBy(t, zpl); got.hash() != label.dots.hash() {
				t.Errorf("%q changes what the %s prints", serial, format)
			}
		}
	}
}
