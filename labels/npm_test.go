// SPDX-License-Identifier: Apache-2.0

package labels

// Two programs that are not in Debian: a ZPL renderer and the WebAssembly build
// of ZXing. The tests run where BINDERY_NPM names a folder that has them:
//
//	npm install --prefix DIR zpl-renderer-js zxing-wasm

import (
	"fmt"
	"image"
	_ "image/png" // for the renderer's pictures
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// node runs a JavaScript module beside the packages.
func node(t *testing.T, module string, args ...string) string {
	t.Helper()
	dir := os.Getenv("BINDERY_NPM")
	if dir == "" {
		t.Skip("BINDERY_NPM is not set: npm install --prefix DIR zpl-renderer-js zxing-wasm, then set it to DIR")
	}
	tool(t, "node", "nodejs")
	f, err := os.CreateTemp(dir, "bindery-*.mjs") // there, or its imports are not found
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Remove(f.Name()) })
	if _, err := f.WriteString(module); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", append([]string{f.Name()}, args...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

const render = `import { ready } from "zpl-renderer-js";
import { readFileSync, writeFileSync } from "node:fs";
const [zpl, png, w, h] = process.argv.slice(2);
const { api } = await ready;
writeFileSync(png, Buffer.from(await api.zplToBase64Async(readFileSync(zpl, "latin1"), +w, +h, 8), "base64"));
process.exit(0);
`

func TestARendererWeDidNotWriteGetsTheSameDots(t *testing.T) {
	for _, l := range everyLayout(t) {
		for _, format := range []string{"zpl", "zpl-native"} {
			t.Run(fmt.Sprintf("%s as %s", l.Name(), format), func(t *testing.T) {
				label := drawn(t, l, 203)
				zpl := file(t, "label.zpl", encoded(t, label, format))
				png := strings.TrimSuffix(zpl, ".zpl") + ".png"
				w, h := label.Size()
				node(t, render, zpl, png, fmt.Sprint(w), fmt.Sprint(h))
				checkPicture(t, png, label)
				got := pictureOf(t, png)
				if format == "zpl-native" {
					// Which characters a DataMatrix packs is the printer's choice;
					// that it says the same has just been checked.
					for _, c := range label.drawing.codes {
						if c.Kind == "gs1-datamatrix" {
							got.fillBox(c.box(), false)
							label.dots.fillBox(c.box(), false)
						}
					}
				}
				if got.hash() != label.dots.hash() {
					t.Errorf("%d × %d dots that are not those of the label", got.w, got.h)
				}
			})
		}
	}
}

func pictureOf(t *testing.T, path string) *bitmap {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // only read
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return bitmapOf(img)
}

const zxing = `import { readBarcodes, prepareZXingModule } from "zxing-wasm/reader";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
const wasm = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } });
for (const file of process.argv.slice(2))
	for (const r of await readBarcodes(new Blob([readFileSync(file)]), { tryHarder: true, textMode: "Plain" }))
		console.log(r.symbologyIdentifier + r.text);
`

func TestZXingReadsWholeLabels(t *testing.T) {
	for _, l := range everyLayout(t) {
		for _, dpi := range Resolutions {
			t.Run(fmt.Sprintf("%s at %d dpi", l.Name(), dpi), func(t *testing.T) {
				label := drawn(t, l, dpi)
				var want []string
				for _, c := range label.Codes() {
					want = append(want, symbologies[c.Kind].id+c.Payload)
				}
				slices.Sort(want)
				for _, picture := range []string{file(t, "label.png", encoded(t, label, "png")), pngOf(t, rasterised(t, label))} {
					got := strings.Split(strings.TrimSpace(node(t, zxing, picture)), "\n")
					slices.Sort(got)
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s: %s", filepath.Base(picture), diff)
					}
				}
			})
		}
	}
}

// pngOf turns what pdftoppm wrote into a PNG.
func pngOf(t *testing.T, pbm string) string {
	t.Helper()
	label := &Label{drawing: &drawing{res: 8}, dots: readPBM(t, pbm)}
	return file(t, "page.png", encoded(t, label, "png"))
}
