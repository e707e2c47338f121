// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/reconcile"
)

// found reports whether the question box takes a text for a number of the record.
func found(text string, kind query.TermField, number string) bool {
	for _, item := range query.Parse(text, query.Known{}) {
		_, got, _ := query.Resolve(item, func(r query.Interpretation) ([]string, error) {
			for _, term := range r.Any {
				if term.Field == kind && term.How == query.Exactly && term.Matches(number) {
					return []string{number}, nil
				}
			}
			return nil, nil
		})
		if len(got) > 0 {
			return true
		}
	}
	return false
}

func imported(field, text string) (station.ImportedUnit, bool) {
	u, wrong := station.ReadImportedUnit(1, func(name string) string {
		return map[string]string{"serial": "UN-1", field: text}[name]
	})
	return u, len(wrong) == 0
}

func TestAListAnImportAndTheQuestionBoxTakeAWrittenICCIDAlike(t *testing.T) {
	nineteen, twenty := numbered("8944501", 1_234_567, 19), numbered("8933107", 7_654_321, 20)
	book := newMemory([]reconcile.Card{
		{ICCID: nineteen, Serial: "UN-1", Live: true, IMEI: imeiOf("35391805", 7)}, {ICCID: twenty, Serial: "UN-2", Live: true, IMEI: imeiOf("35391805", 9)},
	})
	for _, c := range []struct {
		of, text string
		sound    bool
	}{
		{nineteen, nineteen, true}, {nineteen, nineteen + "F", true}, {nineteen, nineteen + "f", true}, {nineteen, nineteen + "FF", true},
		{twenty, twenty, true}, {twenty, twenty + "F", true}, {twenty, twenty + "FF", true},
		{nineteen, nineteen + ".0", false}, {twenty, twenty + ".0", false}, {twenty, twenty + ",00", false},
		{nineteen, nineteen[:18] + ".0", false}, {nineteen, "8.94450E+18", false}, {nineteen, nineteen[:15] + "0000", false},
	} {
		row := run(t, open(t, "list", "ICCID;Status\n"+c.text+";active\n"), book, "").rows[2]
		u, sound := imported("iccid", c.text)
		if sound != c.sound || sound && u.Binding.ICCID != identity.ICCID(c.of) {
			t.Errorf("import of %q: %v, %q", c.text, sound, u.Binding.ICCID.Full())
		}
		if (row.Class == reconcile.Match) != c.sound || !c.sound && (row.Class != reconcile.Malformed || row.Serial != "") {
			t.Errorf("list with %q: %+v", c.text, row)
		}
		if found(c.text, query.ICCIDField, c.of) != c.sound {
			t.Errorf("question %q: found %v", c.text, !c.sound)
		}
	}
}

func TestAListAnImportAndTheQuestionBoxTakeAWrittenIMEIAlike(t *testing.T) {
	nineteen, imei := numbered("8944501", 1_234_567, 19), imeiOf("35391805", 7)
	book := newMemory([]reconcile.Card{{ICCID: nineteen, Serial: "UN-1", Live: true, IMEI: imei}})
	for text, sound := range map[string]bool{
		imei: true, imei + "F": true, imei + ".0": true, imei + ".00": true, imei + ",0": true, imei[:3] + "," + imei[3:6] + "," + imei[6:9] + "," + imei[9:12] + "," + imei[12:] + ".00": true,
		imei[:13] + ".0": false, imei[:1] + "." + imei[1:6] + "E+14": false,
	} {
		row := run(t, open(t, "list", "ICCID;IMEI;Status\n"+nineteen+";\""+text+"\";active\n"), book, "").rows[2]
		u, ok := imported("imei", text)
		if ok != sound || ok && u.Binding.IMEI != identity.IMEI(imei) {
			t.Errorf("import of %q: %v, %q", text, ok, u.Binding.IMEI.Full())
		}
		if (row.Class == reconcile.Match) != sound {
			t.Errorf("list with %q: %+v", text, row)
		}
		if found(text, query.IMEIField, imei) != sound {
			t.Errorf("question %q: found %v", text, !sound)
		}
	}
}

func TestASentenceUnderAListIsNoRowOfIt(t *testing.T) {
	for _, last := range []string{"Total: 160 SIMs", "Export finished, next page follows in part 2", "Exported 2026-09-03 08:00:00 by account 4711", "*** end of report ***", "Max 500 rows"} {
		f := open(t, "list", "ICCID;IMEI;Status\n"+oneICCID+";"+oneIMEI+";active\n"+oneICCID+";"+oneIMEI+";active\n\""+last+"\"\n")
		if got := run(t, f, oneBook(), ""); got.rows[4].Class != reconcile.Ignore || got.sum.Rows != 2 {
			t.Errorf("%q is %s %s of %d rows", last, got.rows[4].Class, got.rows[4].Damage, got.sum.Rows)
		}
	}
	for _, spoilt := range []string{"8944501*********5675", "********", "89445010O0000012345", "8.9E+18", "8944501000000012347.0"} {
		f := open(t, "list", "ICCID;IMEI;Status\n"+oneICCID+";"+oneIMEI+";active\n"+spoilt+";;\n")
		if got := run(t, f, oneBook(), ""); got.rows[3].Class != reconcile.Malformed {
			t.Errorf("%q is %s", spoilt, got.rows[3].Class)
		}
	}
}

func TestASIMIsOneInRowsWithItsCheckDigitAndWithout(t *testing.T) {
	for _, digits := range []int{19, 20} {
		whole := numbered("8944501", 1_234_567, digits)
		book := newMemory([]reconcile.Card{{ICCID: whole, Serial: "UN-1", Live: true, IMEI: oneIMEI}})
		clone := imeiOf("35990011", 5)
		text := "ICCID;IMEI;Status\n" + whole + ";" + oneIMEI + ";active\n" + whole[:digits-1] + ";" + clone + ";active\n"
		got := run(t, open(t, "list", text), book, "")
		for line := 2; line <= 3; line++ {
			if got.rows[line].Class != reconcile.SIMTwoDevices {
				t.Errorf("%d digits, line %d: %+v", digits, line, got.rows[line])
			}
		}
		same := strings.Replace(text, clone, oneIMEI, 1)
		if got := run(t, open(t, "list", same), book, ""); got.sum.Counts[reconcile.Match] != 2 || got.sum.Missing != 0 {
			t.Errorf("%d digits, the same device twice: %+v", digits, got.sum)
		}
		short := newMemory([]reconcile.Card{{ICCID: whole[:digits-1], Serial: "UN-1", Live: true, IMEI: oneIMEI}})
		if got := run(t, open(t, "list", same), short, ""); got.sum.Counts[reconcile.Match] != 2 || got.sum.Missing != 0 {
			t.Errorf("%d digits, the record without the check digit: %+v", digits, got.sum)
		}
	}
}

func TestAKnownShapeTakesAStateThatIsCalledOtherwise(t *testing.T) {
	f := open(t, "list", "SIM ICCID;IMEI lock;Card status;IMEI\n"+oneICCID+";"+oneIMEI+";active\n")
	if got := given(f.Mapping); f.Mapping.Shape != "emnify" || len(f.Mapping.Columns) != 3 || got != "iccid=1 imei=4" {
		t.Errorf("%s: %+v", f.Mapping.Shape, f.Mapping.Columns)
	}
}
