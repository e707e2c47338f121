// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"fmt"
	"image"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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
	for _, l := range Builtin() {
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

// TestARendererWeDidNotWrite draws the ZPL with npm's zpl-renderer-js. It runs
// where BINDERY_ZPL_RENDERER names a folder in which that was installed:
//
//	npm install --prefix DIR zpl-renderer-js
func TestARendererWeDidNotWrite(t *testing.T) {
	dir := os.Getenv("BINDERY_ZPL_RENDERER")
	if dir == "" {
		t.Skip("BINDERY_ZPL_RENDERER is not set: npm install --prefix DIR zpl-renderer-js, then set it to DIR")
	}
	tool(t, "node", "nodejs")
	tool(t, "zbarimg", "zbar-tools")
	script := filepath.Join(dir, "render.mjs")
	const source = `import { ready } from "zpl-renderer-js";
import { readFileSync, writeFileSync } from "node:fs";
const [zpl, png, w, h, dpmm] = process.argv.slice(2);
const { api } = await ready;
writeFileSync(png, Buffer.from(await api.zplToBase64Async(readFileSync(zpl, "latin1"), +w, +h, +dpmm), "base64"));
process.exit(0);
`
	if err := os.WriteFile(script, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, l := range Builtin() {
		for _, format := range []string{"zpl", "zpl-native"} {
			t.Run(fmt.Sprintf("%s as %s", l.Name(), format), func(t *testing.T) {
				label := drawn(t, l, 203)
				zpl := file(t, "label.zpl", encoded(t, label, format))
				png := strings.TrimSuffix(zpl, ".zpl") + ".png"
				w, h := label.Size()
				if out, err := exec.Command("node", script, zpl, png, fmt.Sprint(w), fmt.Sprint(h), "8").CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				checkPicture(t, png, label)
				f, err := os.Open(png)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				img, _, err := image.Decode(f)
				if err != nil {
					t.Fatal(err)
				}
				got := bitmapOf(img)
				if got.w != label.dots.w || got.h != label.dots.h {
					t.Fatalf("%d × %d dots", got.w, got.h)
				}
				if format == "zpl-native" {
					// Which characters a DataMatrix packs is the printer's choice;
					// that it says the same has been checked above.
					for _, c := range label.drawing.codes {
						if c.Kind == "gs1-datamatrix" {
							got.fillBox(c.box(), false)
							label.dots.fillBox(c.box(), false)
						}
					}
				}
				if n := differ(got, label.dots, image.Rect(0, 0, got.w, got.h)); n > 0 {
					t.Errorf("%d dots differ", n)
				}
			})
		}
	}
}
