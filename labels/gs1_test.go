// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"strings"
	"testing"

	"bindery/station"
)

// payloadOf fills GS1 data in for the sample unit.
func payloadOf(t *testing.T, data string, v station.LabelValues) (payload, hri string, err error) {
	t.Helper()
	es, err := parseElements(data)
	if err != nil {
		return "", "", err
	}
	out, err := expandElements(es, values{LabelValues: v, index: 1})
	if err != nil {
		return "", "", err
	}
	return join(out, gs), readable(out), nil
}

func TestSeparatorsStandAfterVariableFieldsOnly(t *testing.T) {
	for data, want := range map[string]string{
		"(01){gtin}":                                              "0109506000134352",
		"(01){gtin}(21){serial}":                                  "010950600013435221CM-000142",
		"(01){gtin}(21){serial}(10){lot}":                         "010950600013435221CM-000142\x1d10L2607A",
		"(01){gtin}(10){lot}(11){made:060102}":                    "010950600013435210L2607A\x1d11260701",
		"(01){gtin}(11){made:060102}(17)280700":                   "01095060001343521126070117280700",
		"(01){gtin}(8002){imei}(21){serial}":                      "01095060001343528002004401230001428\x1d21CM-000142",
		"(00)006141411234567890(02){gtin}(37){quantity}(10){lot}": "00006141411234567890" + "0209506000134352" + "3720\x1d10L2607A",
	} {
		got, hri, err := payloadOf(t, data, sampleUnmarked())
		if err != nil || got != want {
			t.Errorf("%s gives %q, %v; want %q", data, got, err, want)
		}
		if strings.Contains(hri, gs) || !strings.HasPrefix(hri, data[:4]) {
			t.Errorf("%s reads %q", data, hri)
		}
	}
}

func TestGS1DataThatBreaksARuleIsRefused(t *testing.T) {
	for data, says := range map[string]string{
		"{gtin}":                              "does not start with an AI",
		"(1){gtin}":                           "does not start with an AI",
		"(99999){gtin}":                       "does not start with an AI",
		"(05){gtin}":                          "no AI that this program knows",
		"(01){gtin}(01){gtin}":                "appears twice",
		"(01)":                                "has no value",
		"(10){lot}":                           "may not stand without (01)",
		"(21){serial}":                        "may not stand without (01)",
		"(01){gtin}(37)5":                     "(01) and (37) cannot stand in one code",
		"(01){gtin}(02){gtin}(37)5":           "(01) and (02) cannot stand in one code",
		"(02){gtin}(37)5":                     "(37) may not stand without (00)",
		"(01){gtin}(250)X":                    "(250) may not stand without (21)",
		"(01)09506000134353":                  "wrong check digit",
		"(01)9506000134352":                   "13 characters; this AI takes exactly 14",
		"(01){gtin}(11){made:20060102}":       "8 characters; this AI takes exactly 6",
		"(01){gtin}(11)261301":                "is not a date",
		"(01){gtin}(11)260230":                "is not a date",
		"(01){gtin}(11){lot}":                 "is not all digits",
		"(01){gtin}(10){product}":             "GS1 codes cannot carry",
		"(01){gtin}(10)123456789012345678901": "21 characters; this AI takes 1 to 20",
		"(00)006141411234567891":              "wrong check digit",
	} {
		if got, _, err := payloadOf(t, data, sampleUnmarked()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s gives %q, %v; want %q", data, got, err, says)
		}
	}
}

func TestTheSetOf82(t *testing.T) {
	const set = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
	if len(set) != 82 {
		t.Fatal(len(set))
	}
	for r := rune(0); r < 0x200; r++ {
		if got, want := cset82(r), strings.ContainsRune(set, r); got != want {
			t.Errorf("%q: %v", r, got)
		}
	}
}

func TestDaysOfDates(t *testing.T) {
	for s, want := range map[string]bool{"260100": true, "260131": true, "260132": false, "260431": false, "280229": true, "270229": false, "260001": false} {
		if yymmdd(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestADigitalLinkPercentEncodesItsValues(t *testing.T) {
	es := []elementString{{"01", "09506000134352"}, {"11", "260701"}, {"21", `A/B?(10)%_+"`}, {"10", "L/1"}, {"8002", "a+b&c=d"}}
	want := "https://id.example.com/x/01/09506000134352/10/L%2F1/21/A%2FB%3F%2810%29%25_+%22?11=260701&8002=a%2Bb%26c%3Dd"
	if got := digitalLink("https://id.example.com/x/", es); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
