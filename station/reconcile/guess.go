// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"slices"
	"strings"
	"unicode"

	"bindery/station/table"
)

// hints are words in a header that speak for a role, and what speaks against
// it. They decide only between columns whose content fits, or where there is no
// content.
var hints = []struct {
	role           ColumnRole
	speak, against []string
}{
	{RoleICCID, folded("iccid, icc, simid, sim id, sim number, sim no, simnummer, sim-karte, simkarte, kartennummer, sim card, numéro de sim, carte sim, número de sim, tarjeta sim, numero sim, scheda sim, cartão sim, número do sim, simkaart, karta sim, numer karty, sim kort, simkort, sim kartı, kártya, номер sim, сим, 卡号, sim卡, カード番号, sim番号, 심"), nil},
	{RoleIMEI, folded("imei, imeisv, device id, gerätenummer, geräte-id, équipement, appareil, equipo, terminal, dispositivo, apparaat, urządzenie, laite, cihaz, 设备号, 設備, 端末, 단말"), folded("lock, sperre, bloqueo, verrou, blocco, authorized, allowed, status, time, date")},
	{RoleIMSI, folded("imsi, subscriber id, network identifier, teilnehmerkennung, abonné, abonado"), folded("imsi2")},
	{RoleEID, folded("eid, euicc"), nil},
	{RoleMSISDN, folded("msisdn, rufnummer, phone, telefon, téléphone, teléfono, telefono, número de teléfono, mobile number, mdn, numer telefonu, 电话, 電話番号"), nil},
	{RoleStatus, folded("status, state, zustand, kartenstatus, sim status, état, statut, estado, stato, situação, tila, stav, stan, durum, állapot, статус, состояние, 状态, 狀態, 状態, ステータス, 상태"), folded("imei, session, lock, online, connection, endpoint, billing, network, verbindung")},
	{RoleDate, folded("date, datum, activated, aktivierung, fecha, data, activation, 日期, 日付"), nil},
}

// nameParts are the words of a name: imei, Lock of imeiLock.
func nameParts(name string) []string {
	var b strings.Builder
	low := false
	for _, r := range name {
		if low && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		low = unicode.IsLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			r = ' '
		}
		b.WriteRune(r)
	}
	return strings.Fields(b.String())
}

func folded(words string) []string {
	var all []string
	for _, w := range strings.Split(words, ",") {
		all = append(all, fold(w))
	}
	return all
}

// hinted is how much a name in the header speaks for a role: 2 for the very
// word, 1 for one that holds it, -1 for what speaks against it.
func hinted(name string, role ColumnRole) int {
	w := fold(name)
	for _, h := range hints {
		if h.role != role || w == "" {
			continue
		}
		best := 0
		for _, word := range h.speak {
			switch {
			case w == word:
				best = 2
			case best == 0 && strings.Contains(w, word):
				best = 1
			}
		}
		if (role == RoleICCID || role == RoleIMEI) && says(name, previousWords) {
			return -1
		}
		for _, part := range nameParts(name) {
			if slices.ContainsFunc(h.against, func(word string) bool { return strings.Contains(fold(part), word) }) {
				return -1
			}
		}
		return best
	}
	return 0
}

// enough is the part of a column that has to fit.
const enough = 0.5

// guess gives each role the column that fits it best, the surest first. A role of
// which the columns and their names do not tell which one has it is a [Doubt].
func guess(t *sampledTable) Mapping {
	m := Mapping{Headless: t.header == nil}
	for _, role := range []ColumnRole{RoleICCID, RolePair, RoleIMEI, RoleEID, RoleIMSI, RoleStatus, RoleMSISDN, RoleDate} {
		switch {
		case role == RolePair && len(m.Columns)+len(m.Doubts) > 0:
		case role == RoleICCID || role == RoleIMEI:
			t.give(&m, role, t.rivals(role))
		default:
			if at := t.bestFor(role); at >= 0 {
				t.take(&m, role, at)
			}
		}
	}
	return m
}

// sampledTable is what is known of a list when its columns are guessed.
type sampledTable struct {
	header []string
	rows   [][]table.Cell
	cols   []columnProfile
	taken  map[int]bool
}

func (t *sampledTable) name(at int) string { return nameAt(t.header, at) }

// take gives a role to a column.
func (t *sampledTable) take(m *Mapping, role ColumnRole, at int) {
	t.taken[at] = true
	m.Columns = append(m.Columns, t.column(role, at))
}

func (t *sampledTable) column(role ColumnRole, at int) Column {
	return Column{role, t.name(at), at + 1}
}

func nameAt(header []string, at int) string {
	if at < len(header) {
		return header[at]
	}
	return ""
}

// claims reports whether a name says itself that the column is of a role.
func claims(name string, role ColumnRole) bool {
	w := fold(name)
	return role == RoleICCID && strings.Contains(w, "iccid") || role == RoleIMEI && strings.Contains(w, "imei")
}

// bestFor is the column that fits a role best; -1 where none does. A column
// without content, or whose numbers are spoilt or of no known form, is taken for
// what its name says, so that its rows are told and not passed over; one of a
// few words that come again and again for the state, if it is named so.
func (t *sampledTable) bestFor(role ColumnRole) int {
	best, at := 0.0, -1
	for i := range t.cols {
		if score := t.score(role, i); score > best {
			best, at = score, i
		}
	}
	return at
}

// score is how well a column fits a role; 0 for one that does not.
func (t *sampledTable) score(role ColumnRole, at int) float64 {
	hint, c := hinted(t.name(at), role), t.cols[at]
	if t.taken[at] || hint < 0 {
		return 0
	}
	score := c.fits(role)
	switch {
	case score >= enough && (role != RoleStatus || hint > 0 || score > 0.9):
		return score + float64(hint)/2
	case role == RoleStatus && hint > 0 && c.repeats*2 > c.filled:
		return float64(hint) / 4
	case hint > 0 && c.spoilt*2 >= c.filled, claims(t.name(at), role) && c.long*2 > c.filled:
		return float64(hint) / 8
	}
	return 0
}

// repeats reports whether a column repeats the ICCIDs of another, perhaps with their
// check digit.
func (t *sampledTable) repeats(at, other int) bool {
	same, differ := 0, 0
	for _, row := range t.rows {
		if at >= len(row) || other >= len(row) {
			continue
		}
		a, b := iccidOf(row[at], false), iccidOf(row[other], false)
		switch {
		case a.damage != "" || b.damage != "" || a.absent || b.absent:
		case agree(a.digits, b.digits):
			same++
		default:
			differ++
		}
	}
	return same > 0 && same > 9*differ
}

// agree reports whether two numbers of a row are one ICCID, the second perhaps
// with its check digit.
func agree(a, b string) bool {
	return a == b || len(b) == len(a)+1 && b[:len(a)] == a && checked(b)
}
