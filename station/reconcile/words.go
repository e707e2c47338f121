// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"slices"
	"strings"
	"unicode"
)

// fold is a word as it is compared: small letters and digits only.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// set is a set of folded words.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Split(words, ",") {
		m[fold(w)] = true
	}
	return m
}

// standIns are what portals write where there is no number.
var standIns = set(`null, nil, none, na, n/a, n.a., nan, nd, n/d, undefined, unknown, not available, not known, no imei, not set, empty, never, missing,
unbekannt, keine, kein, leer, nicht vorhanden, nicht bekannt, k.a., keine angabe, ohne,
inconnu, inconnue, aucun, aucune, néant, vide, non disponible, non renseigné, s/o, sans objet,
desconocido, ninguno, ninguna, vacío, no disponible, sin dato, sin datos, sin imei, s/d,
sconosciuto, nessuno, vuoto, desconhecido, nenhum, vazio, não disponível, indisponível,
onbekend, geen, leeg, niet beschikbaar, brak, brak danych, nieznany, nieznane, puste, b/d,
neznámý, není, žádný, nincs, ismeretlen, okänd, saknas, ingen, ukendt, ukjent, ei tiedossa, puuttuu, tuntematon, bilinmiyor, yok,
нет, неизвестно, нет данных, 未知, 无, 無, 空, なし, 無し, 不明, 없음, 미확인`)

// hidden are what is written where there is a number that is not shown.
var hidden = set(`hidden, masked, redacted, confidential, restricted, verborgen, maskiert, geschwärzt, masqué, caché, oculto, enmascarado, nascosto, ukryty, 已隐藏, 非表示`)

// isPlaceholder reports whether a cell says that there is no number. A word that
// nobody has told us of is one too if it has no digit, hides nothing, and is no
// state and no yes or no: those are of another column. In a word, what else
// hides digits is only punctuation, or a letter of a code page that is not ours.
func isPlaceholder(text, cleaned string) bool {
	w := fold(text)
	switch {
	case w == "":
		return !strings.ContainsAny(text, "*•●…")
	case standIns[w]:
		return true
	case strings.ContainsAny(cleaned, "0123456789"):
		return cleaned != "" && strings.Trim(cleaned, "0") == ""
	case strings.Trim(w, w[:1]) == "" && (len(w) > 2 || w == "x"): // xxxxxxxx
		return false
	}
	known, _ := general.connects(text)
	return !known && !hidden[w] && !strings.Contains(text, "#") && len(strings.Fields(text)) <= 3 && len(w) <= 24
}

// states tells which states let a SIM connect.
type states struct {
	yes, no map[string]bool
}

// general are the states of all portals and languages.
var general = states{
	yes: set(`active, activated, activation ready, test ready, ready, test, testing, enabled, enabling, live, provisioned, billed, pre-active, in use, in service, on, true, yes, registering,
aktiv, aktiviert, aktive, testbereit, bereit, aktivierungsbereit, freigeschaltet, freigegeben, in betrieb, ja, eingeschaltet,
actif, active, activé, activée, prêt, prêt à activer, en service, activo, activa, activado, activada, listo, lista, en uso, habilitado, habilitada, sí,
attivo, attiva, attivato, attivata, pronto, abilitato, abilitata, ativo, ativa, ativado, habilitado, pronto para ativar,
actief, geactiveerd, gereed, ingeschakeld, aktywny, aktywna, aktywne, gotowa, gotowy, aktivní, aktivna, aktív, aktiverad, aktiveret, aktivert, klar, käytössä, aktiivinen, aktif, hazır,
активна, активен, активный, 在用, 正常, 已激活, 可测试, 可激活, 激活, 使用中, 利用中, 開通, 有効, 사용중, 활성`),
	no: set(`inactive, deactivated, deactive, disabled, disabling, suspended, suspend, blocked, barred, terminated, retired, purged, replaced, inventory, cancelled, canceled, deleted, closed, new, issued, shipped, standby, stopped, pause, paused, locked, expired, off, false, no, data_limit_exceeded, unauthorized_imei, inactive_new, stock, in stock, warehouse, draft, decommissioned, dormant, lost, stolen,
inaktiv, deaktiviert, gesperrt, gekündigt, gelöscht, stillgelegt, abgeschaltet, ausgemustert, nein, lager, auf lager, neu, ausgeschaltet, pausiert,
inactif, inactive, désactivé, désactivée, suspendu, suspendue, résilié, résiliée, bloqué, bloquée, supprimé, inactivo, inactiva, desactivado, desactivada, suspendido, suspendida, bloqueado, bloqueada, baja, de baja, cancelado, cancelada, anulado, dado de baja, dada de baja, en stock, en almacén, sans activité, hors service,
inattivo, inattiva, disattivato, disattivata, sospeso, sospesa, cessato, cessata, bloccato, bloccata, inativo, inativa, desativado, suspenso, suspensa, cancelada,
inactief, gedeactiveerd, uitgeschakeld, op voorraad, magazzino, in magazzino, em estoque, geblokkeerd, opgeschort, beëindigd, nieaktywny, nieaktywna, zawieszony, zawieszona, zablokowany, zablokowana, dezaktywowany, dezaktywowana, wyłączony, wyłączona, wygasła, w magazynie, nowa, neaktivní, pozastavená, blokovaná, zrušená, inaktív, felfüggesztve, inaktiverad, spärrad, avslutad, spærret, sperret, suljettu, pasif, askıda, iptal,
неактивна, заблокирована, приостановлена, отключена, 已停用, 停用, 未激活, 已拆机, 停机, 停機, 停止, 停止中, 解約, 解約済, 休止, 中断, 無効, 销户, 已销户, 정지, 해지`),
}

// barring are parts of words and sentences by which a carrier says that a SIM
// cannot connect.
var barring = []string{"gesperrt", "suspend", "deactiv", "deaktiv", "desactiv", "désactiv", "disattiv", "blocked", "blockiert", "bloque", "bloqu", "blocc", "terminat", "cancel", "retired", "disabled", "gekündigt", "résili", "inactiv", "inaktiv", "zawieszon", "zablokowan", "停机", "停止", "解約"}

// connects reports whether a state is known, and whether it lets a SIM connect.
// One that is not known is taken to: a flagged unit that may be on the air is
// told rather than kept quiet.
func (s states) connects(text string) (known, yes bool) {
	w := fold(text)
	switch {
	case s.yes[w]:
		return true, true
	case s.no[w]:
		return true, false
	case slices.ContainsFunc(barring, func(part string) bool { return strings.Contains(w, fold(part)) }):
		return true, false
	}
	return false, true
}
