// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"bindery/station/identity"
	"bindery/station/reconcile"
)

// issuers of the made worlds, with the digits that their SIMs have, the check
// digit included.
var issuers = []struct {
	prefix string
	digits int
}{{"8944501", 19}, {"8933107", 20}}

// madeWorld makes units, every third with two IMEIs, some flagged, some with a
// SIM that was given up before.
func madeWorld(r *rand.Rand, units int) []reconcile.Card {
	tacs := []string{"35391805", "86723104", "01428700", "99000512"}
	var cards []reconcile.Card
	at := 0
	for i := range units {
		from := issuers[i%2]
		if at += 1 + r.IntN(900); at%1000 == 0 { // what a spreadsheet leaves of its neighbours
			at++
		}
		iccid := numbered(from.prefix, at, from.digits)
		c := reconcile.Card{ICCID: iccid, Serial: fmt.Sprintf("UN-%06d", i), Live: true, IMEI: imeiOf(tacs[i%len(tacs)], i)}
		if i%3 == 0 {
			c.IMEI2 = imeiOf("35391806", i)
		}
		if r.IntN(25) == 0 {
			c.Flags = []string{"stolen"}
		}
		cards = append(cards, c)
		if r.IntN(30) == 0 {
			cards = append(cards, reconcile.Card{ICCID: numbered(from.prefix, 5_000_000+at, from.digits), Serial: c.Serial, IMEI: c.IMEI})
		}
	}
	return cards
}

// numbered is an ICCID of so many digits that ends in its check digit.
func numbered(prefix string, n, digits int) string {
	s := fmt.Sprintf("%s%0*d", prefix, digits-1-len(prefix), n)
	return s + string(identity.LuhnDigit(s))
}

func imeiOf(tac string, n int) string {
	s := fmt.Sprintf("%s%06d", tac, 100_000+n*7)
	return s + string(identity.LuhnDigit(s))
}

// madeRow is a row of a made list with what it is.
type madeRow struct {
	iccid, imei, status string // imei is 15 digits
	want                reconcile.Class
	accept              []reconcile.Class
	serial              string
	damage              string
}

// states of a list, those that connect first.
type madeStates struct{ on, off []string }

// madeList makes the rows of a list of the first issuer, and the serials that it
// lacks.
func madeList(r *rand.Rand, cards []reconcile.Card, issuer string, st madeStates) (rows []madeRow, missing map[string]bool) {
	missing = map[string]bool{}
	unit := 0
	for _, c := range cards {
		if !strings.HasPrefix(c.ICCID, issuer) {
			continue
		}
		row := madeRow{iccid: c.ICCID, imei: c.IMEI, status: pick(r, st.on), want: reconcile.Match, serial: c.Serial}
		if c.IMEI2 != "" && r.IntN(2) == 0 {
			row.imei = c.IMEI2
		}
		if !c.Live {
			row.imei, row.want = "", reconcile.Superseded
			rows = append(rows, row)
			continue
		}
		unit++
		if unit%29 == 0 {
			missing[c.Serial] = true
			continue
		}
		rows = append(rows, madeUnit(r, c, unit, row, issuer, st)...)
	}
	for i := range 12 {
		rows = append(rows, madeRow{iccid: numbered(issuer, 8_000_123+i*37, len(rows[0].iccid)), status: pick(r, st.on), want: reconcile.Unknown})
	}
	r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows, missing
}

// madeUnit makes the rows of the unit with this number, most often row alone.
func madeUnit(r *rand.Rand, c reconcile.Card, unit int, row madeRow, issuer string, st madeStates) (rows []madeRow) {
	switch {
	case len(c.Flags) > 0 && r.IntN(3) == 0:
		row.status = pick(r, st.off)
	case len(c.Flags) > 0:
		row.want = reconcile.FlaggedActive
	case unit%17 == 0:
		row.imei, row.want = "", reconcile.NeverConnected
	case unit%19 == 0:
		row.imei, row.want = imeiOf("35990011", unit), reconcile.IMEIDiffers
	case unit%23 == 0:
		row.want = reconcile.SIMTwoDevices
		other := row
		other.imei = imeiOf("35990012", unit)
		rows = append(rows, other)
	case unit%31 == 0:
		row.want = reconcile.DeviceTwoSIMs
		imei := c.IMEI
		if c.IMEI2 != "" { // by its other identity
			row.imei, imei = c.IMEI, c.IMEI2
		}
		rows = append(rows, madeRow{iccid: numbered(issuer, 7_000_000+unit, len(c.ICCID)), imei: imei, status: pick(r, st.on), want: reconcile.DeviceTwoSIMs})
	case unit%13 == 0:
		row.status = pick(r, st.off)
	case c.IMEI2 != "" && unit%11 == 0: // both IMEIs of a unit are one device
		other := row
		row.imei, other.imei = c.IMEI, c.IMEI2
		rows = append(rows, other)
	}
	return append(rows, row)
}

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

// form is how a list writes its numbers.
type form struct{ iccid, imei, none string }

// write turns whole numbers into those of the list.
func (f form) write(r *rand.Rand, row *madeRow) {
	switch f.iccid {
	case "unchecked":
		row.iccid = row.iccid[:len(row.iccid)-1]
	case "F":
		row.iccid += strings.Repeat("F", 20-len(row.iccid))
	case "grouped":
		row.iccid = grouped(row.iccid, 4, " ")
	case "formula":
		row.iccid = `="` + row.iccid + `"`
	case "apostrophe":
		row.iccid = "'" + row.iccid
	}
	if row.imei == "" {
		row.imei = f.none
		return
	}
	switch f.imei {
	case "14":
		row.imei = row.imei[:14]
	case "spare":
		row.imei = row.imei[:14] + "0"
	case "16":
		row.imei = fmt.Sprintf("%s%02d", row.imei[:14], r.IntN(100))
	case "grouped":
		row.imei = identity.IMEI(row.imei).Grouped()
	case "17":
		row.imei = identity.IMEI(row.imei).Grouped() + "/01"
	}
}

func grouped(s string, n int, by string) string {
	var parts []string
	for ; len(s) > n; s = s[n:] {
		parts = append(parts, s[:n])
	}
	return strings.Join(append(parts, s), by)
}

// damages are what happens to numbers; accept are the classes that are right to
// say, malformed before all.
var damages = []struct {
	name     string
	accept   []reconcile.Class
	do       func(r *rand.Rand, row *madeRow)
	keepsSIM bool
}{
	{"iccid-exponent", nil, func(_ *rand.Rand, row *madeRow) { row.iccid = "8.94450E+18" }, false},
	{"iccid-exponent-comma", nil, func(_ *rand.Rand, row *madeRow) { row.iccid = "8,9445E+18" }, false},
	{"iccid-exponent-small", nil, func(_ *rand.Rand, row *madeRow) { row.iccid = "8.9445010000001e18" }, false},
	{"iccid-fifteen", unknownToo, func(_ *rand.Rand, row *madeRow) {
		row.iccid = digits(row.iccid)[:15] + "00000"[:len(digits(row.iccid))-15]
	}, false},
	{"iccid-cut", unknownToo, func(_ *rand.Rand, row *madeRow) { row.iccid = digits(row.iccid)[:13] }, false},
	{"iccid-letter", nil, func(_ *rand.Rand, row *madeRow) { row.iccid = digits(row.iccid)[:9] + "O" + digits(row.iccid)[10:] }, false},
	{"iccid-masked", nil, func(_ *rand.Rand, row *madeRow) {
		row.iccid = digits(row.iccid)[:8] + "*******" + digits(row.iccid)[15:]
	}, false},
	{"iccid-masked-x", nil, func(_ *rand.Rand, row *madeRow) {
		row.iccid = digits(row.iccid)[:8] + "XXXXXXX" + digits(row.iccid)[15:]
	}, false},
	{"iccid-digit", unknownToo, func(_ *rand.Rand, row *madeRow) { row.iccid = otherDigit(digits(row.iccid), 12) }, false},
	{"iccid-more", unknownToo, func(_ *rand.Rand, row *madeRow) { row.iccid = digits(row.iccid) + "731" }, false},
	{"imei-exponent", nil, func(_ *rand.Rand, row *madeRow) { row.imei = "3.53918E+14" }, true},
	{"imei-exponent-comma", nil, func(_ *rand.Rand, row *madeRow) { row.imei = "3,53918E+14" }, true},
	{"imei-expanded", nil, func(_ *rand.Rand, row *madeRow) { row.imei = "353918000000000" }, true},
	{"imei-13", nil, func(_ *rand.Rand, row *madeRow) { row.imei = row.imei[:13] }, true},
	{"imei-typo", nil, func(_ *rand.Rand, row *madeRow) { row.imei = wrongCheck("35391805" + digits(row.iccid)[10:16]) }, true},
	{"imei-letter", nil, func(_ *rand.Rand, row *madeRow) { row.imei = row.imei[:5] + "O" + row.imei[6:] }, true},
	{"imei-masked", nil, func(_ *rand.Rand, row *madeRow) { row.imei = row.imei[:8] + "****" + row.imei[12:] }, true},
	{"imei-lost-zero", nil, func(_ *rand.Rand, row *madeRow) { row.imei = imeiOf("01428700", 123)[1:] }, true},
	{"slipped", nil, func(_ *rand.Rand, row *madeRow) { row.iccid, row.imei, row.status = "", row.iccid, row.imei }, false},
	{"slipped-back", nil, func(_ *rand.Rand, row *madeRow) { row.iccid, row.imei, row.status = row.imei, row.status, "x" }, false},
	{"imei-is-status", nil, func(_ *rand.Rand, row *madeRow) { row.imei, row.status = row.status, row.imei }, true},
}

var unknownToo = []reconcile.Class{reconcile.Unknown}

// digits are those of a written number.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func otherDigit(s string, at int) string {
	return s[:at] + string('0'+(s[at]-'0'+3)%10) + s[at+1:]
}

// wrongCheck puts a wrong check digit, and not the spare one, behind 14 digits.
func wrongCheck(body string) string {
	for d := byte('1'); ; d++ {
		if d != identity.LuhnDigit(body) {
			return body + string(d)
		}
	}
}

func luhnOf(digits string) byte { return identity.LuhnDigit(digits) }
