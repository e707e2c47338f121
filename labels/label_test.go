// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/identity"
)

// sampleUnmarked are the sample values as if they were real.
func sampleUnmarked() station.LabelValues {
	v := SampleValues()
	v.Sample = false
	return v
}

func layoutNamed(t *testing.T, name string) *Layout {
	t.Helper()
	i := slices.IndexFunc(Builtin(), func(l *Layout) bool { return l.Name() == name })
	if i < 0 {
		t.Fatalf("there is no layout %q", name)
	}
	return Builtin()[i]
}

// everyLayout are those that come along and one with every kind of element.
func everyLayout(t *testing.T) []*Layout {
	t.Helper()
	text, err := os.ReadFile("testdata/every-kind.toml")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse("every-kind", text)
	if err != nil {
		t.Fatal(err)
	}
	return append(slices.Clone(Builtin()), l)
}

func drawn(t *testing.T, l *Layout, dpi int) *Label {
	t.Helper()
	label, err := l.Draw(sampleUnmarked(), dpi)
	if err != nil {
		t.Fatal(err)
	}
	return label
}

func TestTheDeviceLabelSaysWhatAScannerWillSend(t *testing.T) {
	got := drawn(t, layoutNamed(t, "device-50x25"), 203).Codes()
	want := []station.LabelCode{
		{Kind: "gs1-datamatrix", Payload: "01095060001343521126070110L2607A\x1d21CM-000142", HRI: "(01)09506000134352(11)260701(10)L2607A(21)CM-000142"},
		{Kind: "code128", Payload: "004401230001428", HRI: "004401230001428"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheSameLabelGivesTheSameBytes(t *testing.T) {
	for _, l := range everyLayout(t) {
		a, b := drawn(t, l, 203), drawn(t, l, 203)
		if a.Hash() != b.Hash() {
			t.Errorf("%s: the hash changes", l.Name())
		}
		for _, format := range []string{"png", "pdf", "zpl"} {
			if !bytes.Equal(encoded(t, a, format), encoded(t, b, format)) {
				t.Errorf("%s: the %s changes", l.Name(), format)
			}
		}
	}
}

// A PDF with several fonts may come out in several orders.
func TestAPDFHasOneOrder(t *testing.T) {
	label := drawn(t, mustParse(t, `size = [50, 25]
[[text]]
at = [2, 2]
cap = 1.5
text = "a"
[[text]]
at = [2, 6]
cap = 1.5
bold = true
text = "b"
[[text]]
at = [2, 10]
cap = 1.5
mono = true
text = "c"
[[text]]
at = [2, 14]
cap = 1.5
bold = true
mono = true
text = "d"
`), 203)
	first := encoded(t, label, "pdf")
	for range 12 {
		if !bytes.Equal(first, encoded(t, label, "pdf")) {
			t.Fatal("the same label gives another PDF")
		}
	}
}

func TestAnotherUnitGivesAnotherHash(t *testing.T) {
	l := layoutNamed(t, "device-50x25")
	v := sampleUnmarked()
	v.Serial = "CM-000143"
	other, err := l.Draw(v, 203)
	if err != nil {
		t.Fatal(err)
	}
	if other.Hash() == drawn(t, l, 203).Hash() {
		t.Error("two serials share a hash")
	}
}

func TestThePictureIsBlackOnWhiteAndHasItsTrueSize(t *testing.T) {
	label := drawn(t, layoutNamed(t, "device-50x25"), 203)
	data := encoded(t, label, "png")
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 400 || size.Y != 200 {
		t.Errorf("50 × 25 mm at 8 dots a mm came out as %v", size)
	}
	if i := bytes.Index(data, []byte("pHYs")); i < 0 || !bytes.Equal(data[i+4:i+13], []byte{0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40, 1}) {
		t.Error("the picture does not say that it has 8000 dots a metre")
	}
}

func TestDecodeReadsTheWholePictureLikeAScanner(t *testing.T) {
	for _, l := range everyLayout(t) {
		for _, dpi := range Resolutions {
			label := drawn(t, l, dpi)
			got, err := Decode(encoded(t, label, "png"))
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range got {
				if !station.LabelHasCode(label, text) {
					t.Errorf("%s at %d dpi: %q is read and is not on the label", l.Name(), dpi, text)
				}
			}
			if want := len(label.Codes()); len(got) != want {
				t.Errorf("%s at %d dpi: %d codes are read of %d: %q", l.Name(), dpi, len(got), want, got)
			}
		}
	}
}

func TestManyUnitsReadBack(t *testing.T) {
	l := layoutNamed(t, "device-50x25")
	v := sampleUnmarked()
	checkSymbols := map[byte]bool{} // the decoder stumbles over two of the 103
	for i := range 500 {
		v.Serial = fmt.Sprintf("CM-%06d", i*7919%1000000)
		body := fmt.Sprintf("0044012300%04d", i)
		v.IMEI = identity.IMEI(body + string(identity.LuhnDigit(body)))
		label, err := l.Draw(v, 203)
		if err != nil {
			t.Fatalf("%s: %v", v.Serial, err)
		}
		check := checkSymbolC(v.IMEI.Full())
		checkSymbols[check] = true
		if check != 97 && check != 102 && i%50 > 0 {
			continue
		}
		got, err := Decode(encoded(t, label, "png"))
		if err != nil || len(got) != 2 || !station.LabelHasCode(label, got[0]) || !station.LabelHasCode(label, got[1]) {
			t.Fatalf("%s reads as %q, %v", v.Serial, got, err)
		}
	}
	if !checkSymbols[97] || !checkSymbols[102] {
		t.Error("not both check symbols, 97 and 102, came up; use more units")
	}
}

// checkSymbolC is the check symbol of 15 digits as Code 128: start C, seven
// pairs, switch to B, one digit (ISO/IEC 15417).
func checkSymbolC(digits string) byte {
	sum, weight := 105, 1
	for i := 0; i+1 < len(digits); i += 2 {
		sum += weight * (int(digits[i]-'0')*10 + int(digits[i+1]-'0'))
		weight++
	}
	sum += weight*100 + (weight+1)*int(digits[14]-' ')
	return byte(sum % 103)
}

func TestASetDrawsOnlyWhatItHolds(t *testing.T) {
	l := layoutNamed(t, "device-50x25")
	set := NewLayoutSet(203, l)
	label, err := set.Label(l.Hash(), sampleUnmarked())
	if err != nil {
		t.Fatal(err)
	}
	if label.Hash() != drawn(t, l, 203).Hash() {
		t.Error("the set draws another label than its layout")
	}
	label, err = set.Label("0123", sampleUnmarked())
	if f, ok := err.(*station.Fault); !ok || f.Code != station.LabelRefused || label != nil {
		t.Errorf("an unknown layout gives %v, %v", label, err)
	}
}

func TestASetAsksForWhatItDoesNotHold(t *testing.T) {
	old, added := layoutNamed(t, "device-50x25"), layoutNamed(t, "device-70x40")
	set, asked := NewLayoutSet(203, old), 0
	kept := []*Layout{old}
	set.OnMissing(func() ([]*Layout, error) {
		asked++
		return kept, nil
	})
	for i, tc := range []struct {
		hash  string
		known bool
		asked int
	}{
		{old.Hash(), true, 0}, {added.Hash(), false, 1}, {"", true, 1}, {added.Hash(), true, 2}, {added.Hash(), true, 2},
	} {
		if tc.hash == "" { // somebody imports it
			kept = append(kept, added)
			continue
		}
		if _, err := set.Label(tc.hash, sampleUnmarked()); (err == nil) != tc.known || asked != tc.asked {
			t.Errorf("%d: %v, asked %d times, want %d", i, err, asked, tc.asked)
		}
	}
	set.OnMissing(func() ([]*Layout, error) { return nil, errors.New("the disk is gone") })
	if _, err := set.Label("0123", sampleUnmarked()); err == nil || err.Error() != "the disk is gone" {
		t.Errorf("what keeps it from asking is not told: %v", err)
	}
}

func TestALabelWithoutItsCodesIsReadByNoScannerInAnyForm(t *testing.T) {
	for _, l := range everyLayout(t) {
		for _, dpi := range Resolutions {
			whole := drawn(t, l, dpi)
			bare := whole.Uncoded()
			png, err := bare.Encode("png")
			if err != nil {
				t.Fatal(err)
			}
			if codes, err := Decode(png); err != nil || len(codes) > 0 || len(bare.Codes()) > 0 {
				t.Errorf("%s at %d dpi reads as %q, %v", l.Name(), dpi, codes, err)
			}
			native, err := bare.Encode("zpl-native")
			if err != nil || bytes.Contains(native, []byte("^BC")) || bytes.Contains(native, []byte("^BX")) {
				t.Errorf("%s at %d dpi: the printer would draw a code, %v", l.Name(), dpi, err)
			}
			if len(whole.Codes()) == 0 || whole.Hash() == bare.Hash() {
				t.Errorf("%s at %d dpi is the same with its codes", l.Name(), dpi)
			}
		}
	}
}
