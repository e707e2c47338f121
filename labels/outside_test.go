// SPDX-License-Identifier: Apache-2.0

package labels

// Readers that this project did not write: zbarimg for linear codes and QR,
// dmtxread for DataMatrix, pdftoppm and pdftotext for the PDF. They are Debian
// packages; `make test` installs them.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tool skips the test when a program is not installed.
func tool(t *testing.T, name, pkg string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed; on Debian: apt-get install %s", name, pkg)
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", cmd, err)
	}
	return string(out)
}

func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func encoded(t *testing.T, l *Label, format string) []byte {
	t.Helper()
	data, err := l.Encode(format)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// zbar reads the codes of one kind, such as "CODE-128" or "QR-Code", sorted.
func zbar(t *testing.T, picture, kind string) []string {
	t.Helper()
	var got []string
	for line := range strings.Lines(run(t, "zbarimg", "--quiet", "--nodbus", picture)) {
		if data, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), kind+":"); ok {
			got = append(got, data)
		}
	}
	slices.Sort(got)
	return got
}

var codeword = regexp.MustCompile(`[a-z]+:(\d+)`)

// dmtx reads one DataMatrix: its text with GS between fields, and its first
// codeword, the only thing that tells GS1 from plain (232 is FNC1). It is slow
// on fine pictures, so those are shrunk to about three dots a module.
func dmtx(t *testing.T, picture string, module int) (text string, first int) {
	t.Helper()
	shrink := fmt.Sprintf("-S%d", max(1, module/3))
	text = run(t, "dmtxread", "-N1", "-G29", shrink, picture)
	m := codeword.FindStringSubmatch(run(t, "dmtxread", "-N1", "-c", shrink, picture))
	if m == nil {
		t.Fatal("dmtxread gave no codewords")
	}
	first, _ = strconv.Atoi(m[1])
	return text, first
}

// checkPicture compares every code that the label claims with what outside
// readers read from a picture of it.
func checkPicture(t *testing.T, picture string, l *Label) {
	t.Helper()
	want := map[string][]string{} // payloads by kind
	for _, c := range l.Codes() {
		want[c.Kind] = append(want[c.Kind], c.Payload)
	}
	linear := append(slices.Clone(want["code128"]), withoutGS(want["gs1-128"])...)
	slices.Sort(linear)
	if got := withoutGS(zbar(t, picture, "CODE-128")); !slices.Equal(got, linear) {
		t.Errorf("zbarimg reads the linear codes %q, want %q", got, linear)
	}
	if got := zbar(t, picture, "QR-Code"); !slices.Equal(got, slices.Sorted(slices.Values(want["qr"]))) {
		t.Errorf("zbarimg reads the QR codes %q, want %q", got, want["qr"])
	}
	for _, c := range l.drawing.codes {
		if c.Kind != "gs1-datamatrix" {
			continue
		}
		text, first := dmtx(t, picture, c.gridItem.w)
		if text != gs+c.Payload || first != 232 {
			t.Errorf("dmtxread reads %q with first codeword %d, want %q with 232", text, first, gs+c.Payload)
		}
	}
}

// withoutGS drops separators, which zbarimg does not print for GS1-128.
func withoutGS(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = strings.ReplaceAll(s, gs, "")
	}
	slices.Sort(out)
	return out
}

func TestOutsideReadersReadEveryLabel(t *testing.T) {
	tool(t, "zbarimg", "zbar-tools")
	tool(t, "dmtxread", "dmtx-utils")
	tool(t, "pdftoppm", "poppler-utils")
	for _, l := range everyLayout(t) {
		for _, dpi := range Resolutions {
			t.Run(fmt.Sprintf("%s at %d dpi", l.Name(), dpi), func(t *testing.T) {
				t.Parallel()
				label := drawn(t, l, dpi)
				checkPicture(t, file(t, "label.png", encoded(t, label, "png")), label)
				checkPicture(t, rasterised(t, label), label)
			})
		}
	}
}

// rasterised is the PDF as pdftoppm makes dots of it at the printer's
// resolution.
func rasterised(t *testing.T, l *Label) string {
	t.Helper()
	pdf := file(t, "label.pdf", encoded(t, l, "pdf"))
	base := strings.TrimSuffix(pdf, ".pdf")
	perInch := strconv.FormatFloat(float64(l.drawing.res)*25.4, 'f', 4, 64)
	run(t, "pdftoppm", "-r", perInch, "-mono", "-singlefile", pdf, base)
	return base + ".pbm"
}

func TestThePDFHoldsItsTextAsText(t *testing.T) {
	tool(t, "pdftotext", "poppler-utils")
	label := drawn(t, layoutNamed(t, "device-50x25"), 203)
	text := run(t, "pdftotext", "-layout", file(t, "label.pdf", encoded(t, label, "pdf")), "-")
	v := sampleUnmarked()
	for _, want := range []string{v.Product, v.REF, v.Serial, "IMEI " + v.IMEI.Full(), "(01)09506000134352(11)260701", "(10)L2607A(21)CM-000142"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text of the PDF lacks %q:\n%s", want, text)
		}
	}
	if fonts := run(t, "pdffonts", file(t, "label.pdf", encoded(t, label, "pdf"))); strings.Contains(fonts, " no  ") && !strings.Contains(fonts, "yes") {
		t.Errorf("a font is not embedded:\n%s", fonts)
	}
}
