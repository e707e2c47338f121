// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bindery/station/reconcile"
)

func TestNoDamagedRowIsAMatchWhateverItsFormIs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	cards := madeWorld(r, 120)
	book := newMemory(cards)
	for _, d := range damages {
		for _, iccid := range []string{"", "unchecked", "F", "grouped", "formula", "apostrophe"} {
			for _, imei := range []string{"14", "15", "spare", "16", "grouped"} {
				t.Run(d.name+" "+iccid+" "+imei, func(t *testing.T) {
					var rows []madeRow
					for i, c := range book.live {
						row := madeRow{iccid: c.ICCID, imei: c.IMEI, status: "active", serial: c.Serial}
						form{iccid: iccid, imei: imei}.write(r, &row)
						if i%5 == 0 {
							d.do(r, &row)
							row.damage = d.name
						}
						rows = append(rows, row)
					}
					p := portals[4]
					p.names, p.code = [6]string{"No", "ICCID", "IMEI", "Phone", "Status", "Note"}, "utf8"
					text, first := p.write(t, rows)
					got := run(t, open(t, "list", text), book, "")
					for i, row := range rows {
						is := got.rows[first+i]
						switch {
						case row.damage == "" && is.Class != reconcile.Match && len(is.Flags) == 0:
							t.Errorf("a sound row is %s %s: %+v", is.Class, is.Damage, row)
						case row.damage != "" && is.Class == reconcile.Match:
							t.Errorf("a damaged row is a match: %+v", row)
						case row.damage != "" && is.Serial != "" && is.Serial != row.serial:
							t.Errorf("a damaged row of %s is tied to %s: %+v", row.serial, is.Serial, row)
						}
					}
				})
			}
		}
	}
}

func TestANumberThatWasNoTextIsTakenOnlyAsFarAsItsDigitsHold(t *testing.T) {
	card := reconcile.Card{ICCID: oneICCID, Serial: "UN-1", Live: true, IMEI: oneIMEI}
	zeroed := reconcile.Card{ICCID: numbered("8944501", 20000000, 19), Serial: "UN-2", Live: true, IMEI: imeiOf("35391805", 9)}
	zeroed.ICCID = zeroed.ICCID[:15] + "0000" // as no check digit is demanded of the record
	book := newMemory([]reconcile.Card{card, zeroed})
	for _, c := range []struct {
		name, text string
		want       reconcile.Class
	}{
		{"a JSON number with all its digits", `[{"iccid":` + oneICCID + `,"imei":` + oneIMEI + `,"state":"active"}]`, reconcile.Match},
		{"a JSON number that a float rounded", `[{"iccid":89445010000012350000,"imei":` + oneIMEI + `,"state":"active"}]`, reconcile.Malformed},
		{"a JSON number with an exponent", `[{"iccid":8.944501000001235e+19,"imei":` + oneIMEI + `,"state":"active"},{"iccid":"` + oneICCID + `"}]`, reconcile.Malformed},
		{"a SIM of ours that ends in zeros", `[{"iccid":"` + zeroed.ICCID + `","imei":"` + zeroed.IMEI + `","state":"active"}]`, reconcile.Match},
	} {
		if got := run(t, open(t, "list", c.text), book, ""); got.rows[1].Class != c.want {
			t.Errorf("%s: %+v, want %s", c.name, got.rows[1], c.want)
		}
	}
}

func TestAWorkbookThatHoldsNumbersKeepsTheIMEIAndLosesTheICCID(t *testing.T) {
	card := reconcile.Card{ICCID: oneICCID, Serial: "UN-1", Live: true, IMEI: oneIMEI}
	f := excelize.NewFile()
	rows := [][]any{
		{"ICCID", "IMEI", "Status"},
		{oneICCID, int64(353918051000006) / 10 * 10, "active"}, // 15 digits, spare 0
		{oneICCID, 3539180510000012.0, "active"},               // 16 digits: the version is lost
		{89445010000012345675.0, oneIMEI, "active"},
		{"8.9445E+19", oneIMEI, "active"},
	}
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got := run(t, open(t, "x", b.String()), newMemory([]reconcile.Card{card}), "")
	for line, want := range map[int]reconcile.Class{2: reconcile.Match, 3: reconcile.Match, 4: reconcile.Malformed, 5: reconcile.Malformed} {
		if got.rows[line].Class != want {
			t.Errorf("row %d: %+v, want %s", line, got.rows[line], want)
		}
	}
}

func TestAListWhoseEveryNumberIsSpoiltIsMalformedAndNotRefused(t *testing.T) {
	for _, text := range []string{
		"Rufnummer;SIM-Kartennummer;Geräte-IMEI;Kartenstatus\n491;8,9445E+18;3,53918E+14;aktiv\n492;8,9445E+18;3,53918E+14;aktiv\n",
		"ICCID,Last seen IMEI,Status\n" + oneICCID + ",353918051000006123,active\n",
		"ICCID,IMEI,Status\n8944501*********5675,35391805*****06,active\n",
	} {
		got := run(t, open(t, "list", text), oneBook(), "")
		if got.sum.Counts[reconcile.Malformed] != got.sum.Rows || got.sum.Rows == 0 {
			t.Errorf("%+v", got.sum)
		}
	}
}

func TestAListOfICCIDsAloneIsRead(t *testing.T) {
	for _, text := range []string{oneICCID + "\n", "ICCID\n" + oneICCID + "\n", "[\"" + oneICCID + "\"]", "\ufeffsep=;\nICCID;\n" + oneICCID + ";\n", "SIM list of 3 May\n\n" + oneICCID + "\n"} {
		got := run(t, open(t, "list", text), newMemory([]reconcile.Card{{ICCID: oneICCID, Serial: "UN-1", Live: true, IMEI: oneIMEI}}), "")
		if got.sum.Counts[reconcile.Match] != 1 || got.sum.Rows != 1 {
			t.Errorf("%q: %+v", text, got.sum)
		}
	}
}

func TestTwoSIMsThatANumberMayMeanTieItToNeither(t *testing.T) {
	body := numbered("8944501", 77, 19)
	book := newMemory([]reconcile.Card{
		{ICCID: body, Serial: "UN-1", Live: true, IMEI: oneIMEI},
		{ICCID: body + string(luhnOf(body)), Serial: "UN-2", Live: true, IMEI: imeiOf("35391805", 9)},
	})
	got := run(t, open(t, "list", "iccid,imei\n"+body+","+oneIMEI+"\n"), book, "")
	if row := got.rows[2]; row.Class != reconcile.Malformed || row.Serial != "" || row.Damage != reconcile.Ambiguous {
		t.Errorf("%+v", row)
	}
}

func TestOneSIMWithThousandsOfDevicesAsksTheRecordNoMoreThanOthers(t *testing.T) {
	const rows = 5000
	var b strings.Builder
	b.WriteString("iccid,imei\n")
	for i := range rows {
		fmt.Fprintf(&b, "%s,%s\n", oneICCID, imeiOf("35391806", i))
	}
	book := oneBook()
	got := run(t, open(t, "list", b.String()), book, "")
	if got.sum.Counts[reconcile.SIMTwoDevices] != rows || book.asked > 2*rows {
		t.Errorf("%v, %d numbers were asked", got.sum.Counts, book.asked)
	}
}

func TestAComparisonEndsWhenItIsCancelled(t *testing.T) {
	var b strings.Builder
	b.WriteString("iccid,imei\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "%s,%s\n", numbered("8944501", i, 19), imeiOf("35391805", i))
	}
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	_, err := open(t, "list", b.String()).Run(ctx, newMemory(nil), reconcile.Options{Progress: func(p reconcile.Progress) {
		if told++; p.Rows > 5000 {
			cancel()
		}
	}})
	if err == nil || told > 4 {
		t.Errorf("%v after %d calls", err, told)
	}
}

func FuzzAnyFileIsReadOrRefused(f *testing.F) {
	for _, p := range portalLists {
		f.Add([]byte(p.text))
	}
	f.Add([]byte("\xff\xfei\x00c\x00c\x00i\x00d\x00,\x00\n\x00"))
	f.Add([]byte("iccid;imei\r8944501000001234567F;\"35\"3918051\r"))
	f.Add([]byte(`{"a":[[1],[{"iccid":"8944501000001234567"}]]}{"a":[]}`))
	f.Add([]byte("sep=;\nICCID;IMEI\n;\n"))
	book := oneBook()
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := reconcile.Open("list", bytes.NewReader(text), int64(len(text)))
		if err != nil {
			return
		}
		rows := 0
		sum, err := l.Run(t.Context(), book, reconcile.Options{Row: func(r reconcile.ClassifiedRow) error {
			rows++
			if r.Class == reconcile.Match && r.Serial == "" || r.Serial != "" && !bytes.Contains(bytes.ReplaceAll(text, []byte{0}, nil), []byte(oneBody[:4])) {
				t.Errorf("%+v", r)
			}
			return nil
		}})
		if err != nil {
			return
		}
		counted := 0
		for _, n := range sum.Counts {
			counted += n
		}
		if counted != rows || sum.Rows > rows {
			t.Errorf("%d rows were told, %d counted, %d of data", rows, counted, sum.Rows)
		}
	})
}

func TestAnICCIDWithLettersStandsWithItsDevicesAsAnyOther(t *testing.T) {
	const lettered, other, stranger = "8999933B000101847636", "8999933F000101847641", "8999933B000199999999"
	second := imeiOf("35391805", 9)
	book := newMemory([]reconcile.Card{
		{ICCID: lettered, Serial: "UN-1", Live: true, IMEI: oneIMEI},
		{ICCID: other, Serial: "UN-2", Live: true, IMEI: second},
	})
	list := "iccid,imei,state\n"
	for _, r := range [][2]string{{lettered, oneIMEI}, {lettered, second}, {other, second}, {stranger, oneIMEI}} {
		list += r[0] + "," + r[1] + ",active\n"
	}
	got := run(t, open(t, "list", list), book, "")
	for line, want := range map[int][]reconcile.Class{
		2: {reconcile.SIMTwoDevices},
		3: {reconcile.SIMTwoDevices, reconcile.DeviceTwoSIMs, reconcile.IMEIDiffers},
		4: {reconcile.DeviceTwoSIMs},
		5: {reconcile.Malformed},
	} {
		if !slices.Equal(got.rows[line].Labels, want) {
			t.Errorf("line %d: %v, want %v", line, got.rows[line].Labels, want)
		}
	}
	if len(got.missing) != 0 {
		t.Errorf("missing: %v", got.missing)
	}
}

func TestANumberThatAProgramRoundedIsMalformedUnlessItIsOneOfOurs(t *testing.T) {
	ours := reconcile.Card{ICCID: "89999113001023848448", Serial: "UN-1", Live: true, IMEI: oneIMEI} // a multiple of 16384
	list := "iccid,imei,state\n" + ours.ICCID + "," + oneIMEI + ",active\n"
	for _, rounded := range []string{"89999113001023864832", "89999113001023860000"} {
		list += rounded + "," + oneIMEI + ",active\n"
	}
	got := run(t, open(t, "list", list), newMemory([]reconcile.Card{ours}), "")
	if got.rows[2].Class != reconcile.Match || got.sum.Counts[reconcile.Malformed] != 2 || got.rows[3].Damage != reconcile.Rounded {
		t.Errorf("%+v, %+v", got.sum.Counts, got.rows)
	}
}

func TestAWordInThePlaceOfAnIMEISaysThatThereIsNoneOrThatItIsHidden(t *testing.T) {
	for word, want := range map[string]reconcile.Class{
		"keine Angabe •": reconcile.NeverConnected,
		"\x95s\x96\xbe":  reconcile.NeverConnected, // "unknown" in Shift JIS, whose first byte is a dot in Windows-1252
		"none...":        reconcile.NeverConnected,
		"••••••••":       reconcile.Malformed,
		"xxxxxxxx":       reconcile.Malformed,
		"hidden":         reconcile.Malformed,
		"geschwärzt":     reconcile.Malformed,
		"#REF!":          reconcile.Malformed,
		"active":         reconcile.Malformed,
	} {
		other := imeiOf("35391805", 9)
		list := "iccid,imei,state\n" + oneICCID + "," + word + ",suspended\n" + strings.Repeat(numbered("8944501", 9, 19)+","+other+",active\n", 3)
		if got := run(t, open(t, "list", list), oneBook(), ""); got.rows[2].Class != want {
			t.Errorf("%q: %+v, want %s", word, got.rows[2], want)
		}
	}
}
