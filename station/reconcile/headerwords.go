// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"slices"
	"strings"
	"unicode"
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

// nameScore is how much a name in the header speaks for a role: 2 for the very
// word, 1 for one that holds it, -1 for what speaks against it.
func nameScore(name string, role ColumnRole) int {
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

// claims reports whether a name says itself that the column is of a role.
func claims(name string, role ColumnRole) bool {
	w := fold(name)
	return role == RoleICCID && strings.Contains(w, "iccid") || role == RoleIMEI && strings.Contains(w, "imei")
}

// previousWords in the name of a column say that it holds what was so once, or is to
// be so, and not what is; currentWords say that it holds what is so now. They decide
// between columns that hold the same kind of number.
var (
	previousWords = folded(`prev, previous, previously, prior, old, former, formerly, original, initial, first, pre, past, replaced, obsolete,
lock, locked, imeilock, authorized, authorised, allowed, permitted, alt, alte, alter, altes, alten, vorher, vorherige, vorheriger, frühere, früherer, ehemalige, ursprüngliche, bisherige, sperre, gesperrte,
ancien, ancienne, précédent, précédente, initiale, verrou, verrouillé, antiguo, antigua, anterior, previo, previa, bloqueo, autorizado, vecchio, vecchia, precedente, blocco, antigo, antiga,
oud, oude, vorige, vorig, stary, stara, stare, poprzedni, poprzednia, poprzednie, starý, staré, předchozí, régi, előző, gammal, föregående, gammel, forrige, tidligere, vanha, edellinen, eski, önceki,
старый, старая, прежний, предыдущий, 旧, 舊, 以前, 之前, 原, 이전`)
	currentWords = folded(`current, currently, new, newest, detected, last, latest, actual, active, observed, seen, reported, post, present, recent, now,
aktuell, aktuelle, aktueller, neu, neue, neuer, neues, letzte, letzter, zuletzt, erkannt, erkannte, jetzige, actuel, actuelle, nouveau, nouvel, nouvelle, dernier, dernière, détecté, détectée,
nuevo, nueva, último, última, detectado, attuale, nuovo, nuova, ultimo, ultima, rilevato, atual, novo, nova, huidig, huidige, nieuw, nieuwe, laatste, obecny, obecna, nowy, nowa, ostatni, ostatnia,
aktuální, nový, nové, poslední, jelenlegi, utolsó, nuvarande, senaste, nuværende, seneste, nåværende, siste, nykyinen, uusi, viimeisin, ny, nytt, új, güncel, yeni, текущий, текущая, новый, новая, последний,
当前, 目前, 现在, 最新, 最近, 現在, 現在の, 新, 현재, 최근`)
)

// says reports whether a name has one of the words, as a word by itself; those of
// scripts that set no blanks anywhere in it.
func says(name string, words []string) bool {
	var parts []string
	for _, p := range nameParts(name) {
		parts = append(parts, fold(p))
	}
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(parts, w) || unspaced(w) && strings.Contains(fold(name), w)
	})
}

func unspaced(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Hangul) })
}
