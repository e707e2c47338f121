// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"bindery/station"
)

const (
	testIMEI = "356938035643809"
	testUDI  = "010950600013435210LOT7\x1d21CY-Z00142"
)

func expectation() station.Expected {
	return station.Expected{
		Codes: []station.LabelCode{
			{Kind: "code128", Payload: testIMEI},
			{Kind: "gs1-datamatrix", Payload: testUDI, HRI: "(01)09506000134352(10)LOT7(21)CY-Z00142"},
		},
		Serial: "CY-Z00142", Own: []string{"CY-Z00142", testIMEI, "LOT7"}, Numbers: []string{testIMEI, ""},
		IsSerial: regexp.MustCompile(`\ACY-[YZ]\d{5}\z`).MatchString,
	}
}

// scans are what can be scanned, and what it must be taken for.
var scans = []struct {
	name, text string
	want       station.Code
	value      string
}{
	{"a code that only repeats the IMEI", testIMEI, station.LabelCodeShared, "•••••••••••3809"},
	{"the same with its identifier", "]C0" + testIMEI, station.LabelCodeShared, "]C••••••••••••3809"},
	{"the same in a frame", "\x02" + testIMEI + "{CR}", station.LabelCodeShared, "•••••••••••3809"},
	{"with that of another symbology", "]d2" + testIMEI, station.LabelOtherCode, "]d••••••••••••3809"},
	{"framed by STX and ETX", "\x02" + testUDI + "\x03", station.LabelSound, "prefix ␂, suffix ␃"},
	{"with the keys of the line end in words", testUDI + "{CR}{LF}", station.LabelSound, "suffix {LF}, suffix {CR}"},
	{"with a tab after it", testUDI + "\t", station.LabelSound, "suffix ␉"},
	{"the element string", testUDI, station.LabelSound, "as printed"},
	{"in a frame, with its identifier", "\x02]d2" + testUDI + "\r\x03", station.LabelSound, "prefix ␂, suffix ␃, suffix ␍, identifier ]d2"},
	{"GS in words", strings.ReplaceAll(testUDI, "\x1d", "<GS>"), station.LabelSound, "separator sent as <GS>"},
	{"GS in braces, after FNC1 in braces", "{GS}" + strings.ReplaceAll(testUDI, "\x1d", "{GS}"), station.LabelSound, "separator sent as {GS}"},
	{"GS as a hash", strings.ReplaceAll(testUDI, "\x1d", "#"), station.LabelSound, "separator sent as #"},
	{"GS as a bar, with the identifier", "]d2" + strings.ReplaceAll(testUDI, "\x1d", "|"), station.LabelSound, "identifier ]d2, separator sent as |"},
	{"GS as caret and bracket", strings.ReplaceAll(testUDI, "\x1d", "^]"), station.LabelSound, "separator sent as ^]"},
	{"GS as a function key", strings.ReplaceAll(testUDI, "\x1d", "{F8}"), station.LabelSound, "separator sent as {F8}"},
	{"GS left out, where there is one way to read it", strings.ReplaceAll(testUDI, "\x1d", ""), station.LabelSound, "no separator"},
	{"AIs in parentheses", "(01)09506000134352(10)LOT7(21)CY-Z00142", station.LabelSound, "AIs in parentheses"},
	{"GS as a letter is none", strings.ReplaceAll(testUDI, "\x1d", "G"), station.LabelMismatch, "••••••••••••••5210LOT7G21CY-Z00142"},
	{"GS as something that is not known for it", strings.ReplaceAll(testUDI, "\x1d", "<FNC1>"), station.ScannerSeparator, "••••••••••••••5210LOT7<FNC1>21CY-Z00142"},
	{"GS percent-encoded, with the identifier", "]d2" + strings.ReplaceAll(testUDI, "\x1d", "%1D"), station.ScannerSeparator, ""},
	{"GS as RS", strings.ReplaceAll(testUDI, "\x1d", "\x1e"), station.ScannerSeparator, ""},
	{"GS in words, with Caps Lock", "010950600013435210lot7<gs>21cy-z00142", station.ScannerCase, ""},
	{"a lot that goes on is another", strings.ReplaceAll(testUDI, "\x1d", "-A"), station.LabelMismatch, ""},
	{"GS by its number from a US scanner at a German station", "010950600013435210LOT7\x1d21CZßY00142", station.ScannerLayout, "US → DE"},
	{"GS in words from a US scanner at a German station", "010950600013435210LOT7;GS:21CZßY00142", station.ScannerLayout, "US → DE"},
	{"GS by its number from a US scanner at a French station", "à&àç(à-ààà&\"'\"(é&àLOTè\x1dé&CY)Wàà&'é", station.ScannerLayout, "US → FR"},
	{"another unit, GS by its number, US scanner at a German station", "010950600013435210LOT7\x1d21CZßY00143", station.LabelMismatch, ""},
	{"Caps Lock", "010950600013435210lot7\x1d21cy-z00142", station.ScannerCase, ""},
	{"Caps Lock on a symbology identifier", "]D2" + testUDI, station.ScannerCase, ""},
	{"a US scanner at a German station", "010950600013435210LOT721CZßY00142", station.ScannerLayout, "US → DE"},
	{"a German scanner at a US station", "010950600013435210LOT721CZ/Y00142", station.ScannerLayout, "DE → US"},
	{"the IMEI from a US scanner at a French station", "\"(-ç\"_à\"(-'\"_àç", station.ScannerLayout, "US → FR"},
	{"the same with its identifier", "$Cà\"(-ç\"_à\"(-'\"_àç", station.ScannerLayout, "US → FR"},
	{"the IMEI from a French scanner at a US station", "#%^(#*)#%^$#*)(", station.ScannerLayout, "FR → US"},
	{"another IMEI from a US scanner at a French station", "\"(-ç\"_à\"(-'\"_&è", station.LabelMismatch, "•••••••••••\"_&è"},
	{"another unit's serial", "CY-Z00143", station.LabelOtherUnit, "CY-Z00143"},
	{"another unit's label", "010950600013435210LOT7\x1d21CY-Z00777", station.LabelOtherUnit, "CY-Z00777"},
	{"another unit's label whose serial a layout would turn into ours", "010950600013435210LOT7\x1d21CY-Y00142", station.LabelOtherUnit, "CY-Y00142"},
	{"the serial of this unit, which is no code of the label", "CY-Z00142", station.LabelOtherCode, "CY-Z00142"},
	{"the lot", "LOT7", station.LabelOtherCode, "LOT7"},
	{"all but the last digit", testIMEI[:14], station.ScannerPart, "••••••••••4380"},
	{"all but the first", testIMEI[1:], station.ScannerPart, "••••••••••3809"},
	{"more than it", testIMEI + "9", station.ScannerPart, "••••••••••••8099"},
	{"another IMEI", "356938035643817", station.LabelMismatch, "•••••••••••3817"},
	{"another lot", "010950600013435210LOT8\x1d21CY-Z00142", station.LabelMismatch, "••••••••••••••5210LOT8␝21CY-Z00142"},
	{"nothing", "", station.LabelMismatch, ""},
}

func TestCheckScan(t *testing.T) {
	for _, c := range scans {
		got := station.CheckScan(expectation(), c.text)
		if got.Code != c.want || c.value != "" && got.Value != c.value {
			t.Errorf("%s: %s (%s), want %s (%s)", c.name, got.Code, got.Value, c.want, c.value)
		}
		if strings.Contains(got.Message+got.Value, testIMEI[:12]) {
			t.Errorf("%s: the finding shows the number: %s", c.name, got.Message)
		}
	}
}

// code makes a label of a UDI with lot and serial, as its layout does.
func code(lot, serial string) []station.LabelCode {
	return []station.LabelCode{{
		Kind: "gs1-datamatrix", Payload: "010950600013435210" + lot + "\x1d21" + serial,
		HRI: "(01)09506000134352(10)" + lot + "(21)" + serial,
	}}
}

// scannedAs is what a scanner sends of a code under one of its settings.
func scannedAs(payload, hri string, setting int) string {
	switch setting {
	case 0:
		return payload
	case 1:
		return strings.ReplaceAll(payload, "\x1d", "")
	case 2:
		return hri
	case 3:
		return "\x02]d2" + payload + "\r\x03"
	case 4:
		return "]d2" + strings.ReplaceAll(payload, "\x1d", "")
	}
	return "{GS}" + strings.ReplaceAll(payload, "\x1d", "{GS}")
}

// Whatever a scanner puts around the data and in place of the separator, it is
// the same for the label of one unit and for that of another.
func TestTheLabelOfAnotherUnitIsSoundUnderNoSettingOfAScanner(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 27))
	const few = "12A(0)-" // so that AIs and separators turn up inside of values
	value := func() string {
		var s strings.Builder
		for range 1 + rng.IntN(6) {
			s.WriteByte(few[rng.IntN(len(few))])
		}
		return s.String()
	}
	sound := 0
	for range 20_000 {
		ours, theirs := code(value(), value()), code(value(), value())
		if ours[0].Payload == theirs[0].Payload {
			continue
		}
		setting := rng.IntN(6)
		text := scannedAs(theirs[0].Payload, theirs[0].HRI, setting)
		if f := station.CheckScan(station.Expected{Codes: ours}, text); f.Code == station.LabelSound {
			t.Fatalf("%q is taken for %q (%s)", text, ours[0].Payload, f.Value)
		}
		own := scannedAs(ours[0].Payload, ours[0].HRI, setting)
		switch f := station.CheckScan(station.Expected{Codes: ours}, own); {
		case f.Code == station.LabelSound:
			sound++
		case setting != 1 && setting != 2 && setting != 4:
			t.Fatalf("%q is not taken for its own label: %s", own, f.Message)
		}
	}
	if sound < 10_000 {
		t.Errorf("only %d labels were taken for their own", sound)
	}
}

func TestASeparatorThatIsLeftOutIsTakenOnlyWhereNoOtherUnitFits(t *testing.T) {
	c := code("A", "21B")
	text := "010950600013435210A2121B" // also the label of lot A21, serial B
	if f := station.CheckScan(station.Expected{Codes: c}, text); f.Code != station.ScannerSeparator {
		t.Errorf("a text with two readings gives %s", f.Code)
	}
	serials := regexp.MustCompile(`\A21.\z`).MatchString
	if f := station.CheckScan(station.Expected{Codes: c, IsSerial: serials}, text); f.Code != station.LabelSound {
		t.Errorf("B is no serial of the product, but the text gives %s", f.Code)
	}
}

func FuzzCheckScan(f *testing.F) {
	f.Add("]d2" + testUDI)
	f.Add("\x02#%^(#*)#%^$#*)(\x03")
	f.Fuzz(func(t *testing.T, text string) {
		got := station.CheckScan(expectation(), text)
		if got.Message == "" {
			t.Errorf("%q gives %s, which says nothing", text, got.Code)
		}
		if strings.ContainsAny(got.Message, "\x1b\x1d\r\n\u202e") {
			t.Errorf("%q puts a control character into %q", text, got.Message)
		}
	})
}

func TestTheCodesThatTellWhoseLabelItIsCarryTheSerial(t *testing.T) {
	const serial, imei = "142", "356938035641422" // the serial stands in the IMEI
	for _, c := range []struct {
		name  string
		code  station.LabelCode
		tells bool
	}{
		{"the IMEI", station.LabelCode{Payload: imei, HRI: imei}, false},
		{"the IMEI with a word before it", station.LabelCode{Payload: "IMEI " + imei, HRI: "IMEI " + imei}, false},
		{"the serial", station.LabelCode{Payload: serial, HRI: serial}, true},
		{"both", station.LabelCode{Payload: imei + ";" + serial, HRI: imei + ";" + serial}, true},
		{"the lot alone", station.LabelCode{Payload: "1TLOT7", HRI: "1TLOT7"}, false},
		{"a UDI of the model and the lot", station.LabelCode{Payload: "010950600013435210LOT7", HRI: "(01)09506000134352(10)LOT7"}, false},
		{"a UDI with the serial", station.LabelCode{Payload: "010950600013435221142", HRI: "(01)09506000134352(21)142"}, true},
		{"a link whose data writes it otherwise", station.LabelCode{Payload: "https://example.com/01/09506000134352/21/%31%34%32", HRI: "(01)09506000134352(21)142"}, true},
		{"nothing", station.LabelCode{}, false},
	} {
		if got := station.Identifying([]station.LabelCode{c.code}, station.LabelValues{Serial: serial, IMEI: imei}); (len(got) == 1) != c.tells {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestALabelWithoutACodeOfItsSerialIsProvenByAnyOfThem(t *testing.T) {
	e := expectation()
	e.Codes = e.Codes[:1] // of a product from before a layout had to have one
	for text, want := range map[string]string{testIMEI: "as printed", "]C0" + testIMEI: "identifier ]C0"} {
		if got := station.CheckScan(e, text); got.Code != station.LabelSound || got.Value != want {
			t.Errorf("%s: %s", got.Code, got.Value)
		}
	}
}

func TestOnlyAnotherLabelSaysSomethingAboutTheUnit(t *testing.T) {
	for _, code := range station.Codes() {
		if got, want := station.IsOtherLabel(code), code == station.LabelMismatch || code == station.LabelOtherUnit; got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}
