// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"errors"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/identity"
)

// refusedFor draws with v and gives the fault's sentence; "" when the label was
// drawn.
func refusedFor(t *testing.T, l *Layout, v station.LabelValues) string {
	t.Helper()
	label, err := l.Draw(v, 203)
	if err == nil {
		return ""
	}
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.LabelRefused || label != nil {
		t.Fatalf("not a refusal: %v, %v", label, err)
	}
	return f.Message
}

func TestHostileSerialsAreRefusedInPlainWords(t *testing.T) {
	l := layoutNamed(t, "device-50x25")
	for name, c := range map[string]struct{ serial, says string }{
		"empty":                  {"", "is empty"},
		"a GS separator":         {"CM-1\x1d10EVIL", "GS1 separator"},
		"a new line":             {"CM-1\nIMEI 1", "control character (U+000A)"},
		"a nul":                  {"CM-1\x00", "control character (U+0000)"},
		"an escape":              {"CM\x1b[2J", "control character (U+001B)"},
		"a right-to-left mark":   {"CM-\u200f001", "turns the direction"},
		"a right-to-left switch": {"CM-\u202e241000", "turns the direction"},
		"an isolate":             {"CM-\u2067001", "turns the direction"},
		"a zero-width space":     {"CM-\u200b001", "invisible character"},
		"a no-break space":       {"CM-\u00a0001", "invisible character"},
		"a line separator":       {"CM-\u2028001", "invisible character"},
		"a byte order mark":      {"\ufeffCM-001", "invisible character"},
		"a space at its end":     {"CM-001 ", "ends with a space"},
		"a combining accent":     {"CM-e\u0301", "font has no"},
		"an emoji":               {"CM-😀", "font has no"},
		"Chinese":                {"心率-001", "font has no"},
		"Hebrew":                 {"שלום", "font has no"},
		"broken UTF-8":           {"CM-\xff\xfe", "not valid UTF-8"},
		"200 characters":         {strings.Repeat("A", 200), "200 characters"},
		"a space in a GS1 code":  {"CM 001", "GS1 codes cannot carry"},
		"ZPL in a GS1 code":      {"X^FS^XZ~JA", "GS1 codes cannot carry"},
		"Greek in a GS1 code":    {"ΑΒΓ-001", "GS1 codes cannot carry"},
		"21 characters":          {"123456789012345678901", "21 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			v := sampleUnmarked()
			v.Serial = c.serial
			got := refusedFor(t, l, v)
			if !strings.Contains(got, c.says) {
				t.Errorf("says %q, want %q in it", got, c.says)
			}
			if !strings.Contains(got, "line ") || strings.Contains(got, "\n") {
				t.Errorf("%q does not name the line, in one line", got)
			}
		})
	}
}

func TestAValueCannotAddAnIdentifier(t *testing.T) {
	l := layoutNamed(t, "device-50x25")
	v := sampleUnmarked()
	v.Serial = "A(10)EVIL"
	label, err := l.Draw(v, 203)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := label.Codes()[0].Payload, "01095060001343521126070110L2607A\x1d21A(10)EVIL"; got != want {
		t.Errorf("the code says %q, want %q", got, want)
	}
}

func TestAValueIsNoTemplate(t *testing.T) {
	l := mustParse(t, `size = [50, 25]
[[text]]
at = [2, 2]
cap = 1.5
text = "{serial}"
`)
	v := sampleUnmarked()
	v.Serial = "{imei}"
	label, err := l.Draw(v, 203)
	if err != nil {
		t.Fatal(err)
	}
	if got := label.drawing.items[0].(textItem).text; got != "{imei}" {
		t.Errorf("the text says %q", got)
	}
}

func TestNumbersThatAreUnsoundAreRefusedWithoutBeingSaid(t *testing.T) {
	l := mustParse(t, `size = [80, 40]
[[text]]
at = [2, 2]
cap = 1.2
text = "{imei} {imei2:grouped}"
[[text]]
at = [2, 5]
cap = 1.2
text = "{iccid}"
[[text]]
at = [2, 8]
cap = 1.2
text = "{eid}"
[[text]]
at = [2, 11]
cap = 1.2
text = "{gtin}"
`)
	if got := refusedFor(t, l, sampleUnmarked()); got != "" {
		t.Fatalf("sound numbers are refused: %s", got)
	}
	for name, spoil := range map[string]func(*station.LabelValues){
		"IMEI check digit": func(v *station.LabelValues) { v.IMEI = "490154203237519" },
		"14 digits":        func(v *station.LabelValues) { v.IMEI = "49015420323751" },
		"second IMEI":      func(v *station.LabelValues) { v.IMEI2 = "490154203237519" },
		"ICCID":            func(v *station.LabelValues) { v.ICCID = "4901542032375190000" },
		"EID":              func(v *station.LabelValues) { v.EID = "49015420323751900000000000000000" },
	} {
		v := sampleUnmarked()
		spoil(&v)
		got := refusedFor(t, l, v)
		if !strings.Contains(got, "not sound") || strings.Contains(got, "4901542") {
			t.Errorf("%s: %q", name, got)
		}
	}
	v := sampleUnmarked()
	v.GTIN = identity.GTIN("09506000134353")
	if got := refusedFor(t, l, v); !strings.Contains(got, "gtin-check-digit") {
		t.Errorf("GTIN: %q", got)
	}
}

func TestAFieldThatIsEmptyIsRefused(t *testing.T) {
	for name := range fields {
		text := "{" + name + "}"
		if name == "made" {
			text = "{made:2006-01-02}"
		}
		if name == "index" {
			continue // each label has one
		}
		l := mustParse(t, "size = [50, 25]\n[[text]]\nat = [2, 2]\ncap = 1.5\ntext = \""+text+"\"\n")
		if got := refusedFor(t, l, station.LabelValues{}); !strings.Contains(got, "is empty") {
			t.Errorf("{%s}: %q", name, got)
		}
	}
}

func TestLatinGreekAndCyrillicArePrinted(t *testing.T) {
	l := layoutNamed(t, "device-50x25")
	for _, name := range []string{"Größe Ængstrøm Łódź", "Καρδιογράφος", "Кардиограф"} {
		v := sampleUnmarked()
		v.Product = name
		if got := refusedFor(t, l, v); got != "" {
			t.Errorf("%q: %s", name, got)
		}
	}
}

func TestEveryMistakeIsTold(t *testing.T) {
	v := sampleUnmarked()
	v.Serial, v.Lot = "", "\x1d"
	_, err := layoutNamed(t, "device-70x40").Draw(v, 203)
	if n := len(MistakesOf(err)); n != 5 {
		t.Errorf("%d mistakes are told, want serial and lot in two texts each and the code once:\n%v", n, MistakesOf(err))
	}
}

func mustParse(t *testing.T, text string) *Layout {
	t.Helper()
	l, err := Parse("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}
