// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"slices"
	"strings"
	"testing"

	"bindery/station/query"
)

// asked are texts of every kind that people, portals, scanners and modems give,
// with what each is taken for, why it is refused, and the units that it leads to.
var asked = []struct {
	text    string
	took    query.TextKind
	refused string
	units   []string
}{
	// serials
	{"  cl-0000227\t", "serial", "", one("227")},
	{"\"CL-0000227\"", "serial", "", one("227")},
	{"'CL-0000227", "serial", "", one("227")},
	{"„CL-0000227“", "serial", "", one("227")},
	{"ＣＬ-００００２２７", "serial", "", one("227")},
	{"CL‐0000227", "serial", "", one("227")}, // U+2010
	{"CL-\u200b0000227\ufeff", "serial", "", one("227")},
	{"\x02CL-0000227\x03\r\n", "serial", "", one("227")},
	{"]C0CL-0000227", "serial", "", one("227")},
	{"SN: CL-0000227", "serial", "", one("227")},
	{"Serial number CL-0000227.", "serial", "", one("227")},
	{"CL-9999999", "serial", "", nil},
	{"cl0000227", "serial", "", one("227")},
	{"CL 0000227", "serial", "", one("227")},
	// IMEI
	{"0980000420221511", "imei", "", one("227")},             // a spare 0 in front
	{"980000420221510", "imei", "", one("227")},              // the spare 0 of the network
	{"98000042022151", "imei", "", one("227")},               // the body
	{"980000420221511F", "imei", "", one("227")},             // filled
	{"89000024201215F1", "imei", "", one("227")},             // filled, and the nibbles swapped
	{"89000024202215F1", "imei", "imei-check-digit", nil},    // swapped, and a digit wrong
	{"9800004202215199", "imeisv", "", one("227")},           // IMEISV
	{"09800004202215199", "imeisv", "", one("227")},          // IMEISV behind a 0
	{"98000042022151178", "imei", "", one("227")},            // IMEI and SVN
	{"98000042022151278", "imei", "imei-check-digit", nil},   // the same with a wrong check digit
	{"980000420221512", "imei", "imei-check-digit", nil},     // one digit off
	{"980000420221151", "imei", "imei-check-digit", nil},     // two exchanged
	{"98.000042.022151.1", "imei", "", one("227")},           // dots
	{"98/000042/022151/1", "imei", "", one("227")},           // slashes
	{"98–000042–022151–1", "imei", "", one("227")},           // dashes
	{"980 000 420 221 511", "imei", "", one("227")},          // thousands
	{"980,000,420,221,511", "imei", "", one("227")},          // the same with commas
	{"980000420221511.0", "imei", "", one("227")},            // a float that is whole
	{"٩٨٠٠٠٠٤٢٠٢٢١٥١١", "imei", "", one("227")},              // Arabic-Indic digits
	{"９８００００４２０２２１５１１", "imei", "", one("227")},              // full width
	{"980000435220003", "imei", "", one("51")},               // the second IMEI
	{"IMEI: 980000420221511", "imei", "", one("227")},        //
	{"imei=98 000042 022151 1 seen", "imei", "", one("227")}, //
	{"+CGSN: \"980000420221511\"", "imei", "", one("227")},   //
	{"AT+CGSN\r\n980000420221511\r\n\r\nOK", "imei", "", one("227")},
	{"IMEI 2: 980000435220003", "imei", "", one("51")},
	{"{\"imei_with_luhn\":\"980000420221511\",\"status\":0}", "imei", "", one("227")},
	{"019999000220246", "imei", "", one("500")}, // reporting body 01
	{"01999900022024", "imei", "", one("500")},  // its body
	{"490154203237518", "imei", "", nil},        // sound, and nobody's
	{"980001990000376", "imei", "", one("38")},  // given up
	{"=980000420221511", "imei", "", one("227")},
	{"980000420221511?", "imei", "", one("227")},
	{"\"=\"\"980000420221511\"\"\"", "imei", "", one("227")},
	{"004999010640000", "imei", "imei-known-default", nil},
	{"IMEI/SV: 98000042022151-03", "imeisv", "", one("227")},
	{"IMEI: 1234", "part", "", nil}, // named, and no IMEI
	{"980000420221511 (TAC 98000042)", "imei", "", one("227")},
	// ICCID
	{"8999911300101713013", "iccid", "", one("91")},                    // without its check digit
	{"8999 9113 0010 1713 0138", "iccid", "", one("91")},               // in groups
	{"89999113001017130138F", "iccid", "", one("91")},                  // a filler that is not needed
	{"89999113001017130139", "iccid", "iccid-check-digit", nil},        // one digit off
	{"8999922001018713932", "iccid", "iccid-check-digit", nil},         // one of nineteen off
	{"899992200101871393", "iccid", "", one("111")},                    // eighteen: the check digit left out
	{"89999220010187139319", "iccid", "iccid-check-digit", nil},        // one too many
	{"8999922001018713931f", "iccid", "", one("111")},                  //
	{"98991913001017130138", "iccid", "iccid-check-digit", nil},        // begins with 98 and is none
	{"98991931000171311083", "iccid", "", one("91")},                   // twenty swapped digits
	{"89999113001017100000", "iccid", "digits-zeroed", nil},            // five digits lost
	{"8999922001018710000", "iccid", "digits-zeroed", nil},             // four lost
	{"+CCID: 89999113001017130138", "iccid", "", one("91")},            //
	{"+QCCID: 8999922001018713931F", "iccid", "", one("111")},          //
	{"+CRSM: 144,0,\"989929021020285929F9\"", "iccid", "", one("232")}, //
	{"[12:01:02.123] <- +ICCID: 89999113001017130138", "iccid", "", one("91")},
	{"AT+CCID\n89999113001017130138\nOK\n", "iccid", "", one("91")},
	{"iccid_with_luhn: 89999113001017130138", "iccid", "", one("91")},
	{"89999113001017130138, connected from an odd country", "iccid", "", one("91")},
	{"device with SIM 89999113001017130138 is active", "iccid", "", one("91")},
	{"89999330401012299574", "iccid", "", one("30")},
	{"SIM card number: 8999 9113 0010 1713 0138", "iccid", "", one("91")},
	{"it is 8999 9113 0010 1713 0138 that fails", "iccid", "", one("91")},
	// IMSI and EID
	{"+CIMI: 999990001366720", "imsi", "", one("228")},
	{"001010003000624", "imsi", "", one("500")},
	{"IMSI 001 01 0003000624", "imsi", "", one("500")},
	{"+CIMI: 980000420221511", "imei", "", one("227")}, // an IMEI in the place of an IMSI
	{"EID: 8999 9159 2217 7721 8793 4574 5938 9110", "eid", "", one("65")},
	{"89999159221777218793457459389111", "eid", "eid-check-digits", nil},
	{"89999159221777200000000000000000", "eid", "digits-zeroed", nil},
	// labels
	{"(01)09521234543213(10)A260004(21)CL-0000242", "udi", "", one("242")},
	{"(01) 09521234543213 (11) 260109 (10) A260004 (21) CL-0000242", "udi", "", one("242")},
	{"]C1010952123454321310A260004\x1d21CL-0000242", "udi", "", one("242")},
	{"010952123454321310A260004<GS>21CL-0000242\r", "udi", "", one("242")},
	{"010952123454321310A260004^]21cl-0000242", "udi", "", one("242")},
	{"010952123454321310A260004␝21CL-0000242", "udi", "", one("242")},
	{"010952123454321310A260004|21CL-0000242", "udi", "", one("242")},
	{"010952123454321310A26000421CL-0000242", "udi", "", one("242")},         // no separator
	{"01095212345432131126010910A26000421CL-0000242", "udi", "", one("242")}, // the same with a date
	{"\x1d010952123454321321CL-0000242", "udi", "", one("242")},              // FNC1 in front
	{"https://id.gs1.org/01/09521234543213/10/A260004/21/CL-0000242", "udi", "", one("242")},
	{"https://example.com/udi/01/9521234543213/21/CL%2D0000242?11=260109", "udi", "", one("242")},
	{"id.gs1.org/01/09521234543213/21/CL-0000242", "udi", "", one("242")},
	{"(01)09521234543220(21)CL-0000242", "udi", "", nil},                 // another product's
	{"(01)09521234543213(10)A260001(21)CL-0000242", "udi", "", nil},      // another lot
	{"(01)09521234543214(21)CL-0000242", "udi", "gtin-check-digit", nil}, // a wrong GTIN
	{"(10)*", "udi", "", nil}, // a lot, and no pattern
	{"UDI: (01)09521234543213(21)CL-0000242", "udi", "", one("242")},
	// the IMEI on a label
	{"(8002)980000420221511", "imei", "", one("227")},
	{"(8002) 980000420221511", "imei", "", one("227")},
	{"]C18002980000420221511", "imei", "", one("227")},
	{"8002980000420221511", "imei", "", one("227")},
	{"(8002)9800004202215199", "imeisv", "", one("227")},
	{"(8002)980000420221512", "imei", "imei-check-digit", nil},
	{"(8002)no number", "serial", "", nil},
	{"(01)09521234543213(8002)980000420221511", "imei", "", one("227")},
	{"(01)09521234543220(8002)980000420221511", "imei", "", nil}, // another product's
	{"010952123454321321CL-0000227\x1d8002980000420221511", "imei", "", one("227")},
	{"(21)CL-0000228(8002)980000420221511", "imei", "", nil}, // another unit's
	// floats
	{"980000420221511.00", "imei", "", one("227")},
	{"980,000,420,221,511.00", "imei", "", one("227")},
	{"980.000.420.221.511,00", "imei", "", one("227")},
	{"9800004202215199.0", "imeisv", "", one("227")},
	{"8999922001018713931.0", "refused", "digits-rounded", nil},
	{"89999113001017130138.0", "refused", "digits-rounded", nil},
	{"8.999.922.001.018.713.931,00", "refused", "digits-rounded", nil},
	{"89999113001017130138FF", "iccid", "", one("91")},
	{"8999922001018713931FF", "iccid", "", one("111")},
	// what is no value
	{strings.Repeat("9", 6000), "refused", "too-long", nil},
	{strings.Repeat("CL-0000242", 101), "refused", "too-long", nil},
	// masked
	{"980000420••••11", "part", "", []string{"CL-0000097", "CL-0000227", "CL-0000382"}},
	{"8999911•••••••••0138", "part", "", one("91")},
	{"899991***0138", "part", "", one("91")},
	{"8999…930138", "part", "", nil},
	{"8999…130138", "part", "", one("91")},
	{"xxxxxxxxx221511", "part", "", one("227")},
	{"***********1511", "part", "", one("227")},
	{"CL-00002*17", "part", "", one("217")},
	{"CL-000022*", "part", "", []string{"CL-0000220", "CL-0000221", "CL-0000222", "CL-0000223", "CL-0000224", "CL-0000225", "CL-0000226", "CL-0000227", "CL-0000228", "CL-0000229"}},
	{"***", "refused", "all-hidden", nil},
	{"xxxx", "refused", "all-hidden", nil},
	{"########", "refused", "all-hidden", nil},
	{"12•••", "refused", "too-short", nil},
	{"ICCID: 8986•••1234", "part", "", nil},
	{"IMEI: •••••••••••1511", "part", "", one("227")},
	// whole as one kind, and from the middle of another
	{"99113001017130", "part", "", one("91")},
	{"999113001017130", "part", "", one("91")},
	{"1591599922177721", "imeisv", "", nil},
	{"ICCID 9113001017130", "part", "", one("91")},
	{"IMEI 99113001017130", "imei", "", nil},
	// what spreadsheets leave
	{"8,98E+19", "refused", "exponent", nil},
	{"ICCID: 8.99991E+19", "refused", "exponent", nil},
	{"=\"8.99991E+19\"", "refused", "exponent", nil},
	{"9.8e14", "refused", "exponent", nil},
	{"8.98 × 10^19", "refused", "exponent", nil},
	{"=\"980000420221511\"", "imei", "", one("227")},
	{"\"980000420221511", "imei", "", one("227")},
	// others
	{"lot A260001", "lot", "", lot("A260001")},
	{"a260001", "lot", "", lot("A260001")},
	{"Order: WO-200020", "order", "", lot("D260001")},
	{"CL-US-01", "product", "", lot("D260001")},
	{"9521234543244", "product", "", lot("D260001")},
	{"A2699", "serial", "", nil},
	{"#14", "leaf", "", nil},
	{"leaf 14", "leaf", "", nil},
	{"label: 12", "label", "", nil},
	{"label #12", "label", "", nil},
	{"attempt 12", "attempt", "", nil},
	{"AL-0123-4567-89AB-CDEF", "alias", "", nil},
	{"alias: al-0123-4567-89ab-cdef", "alias", "", nil},
	{"UDI 010952123454321321CL-0000242", "udi", "", one("242")},
	{"", "refused", "empty", nil},
	{"\u200b\r\n\ufeff", "refused", "empty", nil},
	// several
	{"CL-0000227, CL-0000091", "serial", "", []string{"CL-0000091", "CL-0000227"}},
	{"980000420221511 89999113001017130138", "list", "", []string{"CL-0000091", "CL-0000227"}},
	{"980000420221511\n98000042022065\n", "imei", "", []string{"CL-0000091", "CL-0000227"}},
	{"IMEI: 980000420221511, ICCID: 89999113001017130138", "list", "", []string{"CL-0000091", "CL-0000227"}},
	{"\"imei\";\"iccid\"\r\n\"980000420221511\";\"8.98E+19\"", "list", "exponent", one("227")},
	{"980000420221511 8999922001018713931F", "list", "", []string{"CL-0000111", "CL-0000227"}},
	{"CL-0000227/980000420220653", "list", "", []string{"CL-0000091", "CL-0000227"}},
	{"sim:89999113001017130138 in imei:490154203237518", "list", "", one("91")},
	{"CL-0000227\t980000420221511", "list", "", one("227")},
}

func one(number string) []string { return []string{"CL-" + "0000000"[len(number):] + number} }

// lot stands for all units of a lot.
func lot(name string) []string { return []string{"lot " + name} }

func TestEachTextIsTakenForWhatItIs(t *testing.T) {
	w := open(t)
	for _, q := range asked {
		a := w.ask(q.text)
		want := q.units
		if len(want) == 1 && want[0][:4] == "lot " {
			want = nil
			for _, u := range w.units {
				if slices.Contains(u.values[query.LotField], q.units[0][4:]) {
					want = append(want, u.serial)
				}
			}
		}
		slices.Sort(want)
		if a.Took != q.took || a.Refused != q.refused || len(a.Units)+len(want) > 0 && !slices.Equal(a.Units, want) {
			t.Errorf("%q: %s %q %q, want %s %q %q (%s)", q.text, a.Took, a.Refused, a.Units, q.took, q.refused, want, a.Why)
		}
	}
}
