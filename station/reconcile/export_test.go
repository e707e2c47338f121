// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// columnKind is what a column of a made export holds.
type columnKind string

// exportWords are the names of columns as portals of some languages have them.
var exportWords = []struct {
	language string
	names    map[columnKind][]string
	states   madeStates
	none     []string
	above    []string
	below    []string
}{
	{"English", map[columnKind][]string{
		"iccid": {"ICCID", "SIM Number", "SIM ICCID", "Sim Id", "SIM card no."}, "twin": {"ICCID (20 digits)", "Full ICCID"}, "imei": {"IMEI", "Device IMEI", "Last seen IMEI", "Current IMEI", "IMEI/SV"},
		"prev": {"Previous IMEI", "IMEI lock", "Old IMEI"}, "imsi": {"IMSI", "Subscriber ID"}, "msisdn": {"MSISDN", "Phone Number"}, "state": {"State", "SIM State", "Card status", "Lifecycle State"},
		"date": {"Activation date", "Activated on"}, "usage": {"Usage (MB)", "Data volume"}, "account": {"Account", "Billing account"}, "remark": {"Label", "Comment"}, "n": {"#", "No."}, "kind": {"Form factor"},
	}, madeStates{[]string{"Active", "Activated", "Test Ready"}, []string{"Suspended", "Deactivated", "Terminated"}}, []string{"", "-", "n/a", "000000000000000"},
		[]string{"M2M portal, list of SIM cards", "Account 4711, exported 2026-09-03 08:00", "Customer: Example Medical"}, []string{"Total: 160 SIMs", "End of report"}},
	{"German", map[columnKind][]string{
		"iccid": {"ICCID", "SIM-Kartennummer", "Kartennummer", "SIM-Nr. (ICCID)"}, "twin": {"ICCID mit Prüfziffer"}, "imei": {"IMEI", "Geräte-IMEI", "Aktuelle IMEI", "IMEI des Endgeräts"}, "prev": {"Vorherige IMEI", "IMEI-Sperre", "IMEI (alt)"},
		"imsi": {"IMSI"}, "msisdn": {"Rufnummer"}, "state": {"Status", "Kartenstatus", "Zustand"}, "date": {"Aktivierungsdatum", "Aktiviert am"}, "usage": {"Verbrauch (MB)"}, "account": {"Kundenkonto"}, "remark": {"Bemerkung"}, "n": {"Nr."}, "kind": {"Bauform"},
	}, madeStates{[]string{"aktiv", "testbereit", "freigeschaltet"}, []string{"gesperrt", "gekündigt", "deaktiviert"}}, []string{"", "keine", "unbekannt", "-"}, []string{"Übersicht der Karten", "Stand: 03.09.2026", ""}, []string{"Summe;;;", "Seite 1 von 1"}},
	{"French", map[columnKind][]string{
		"iccid": {"Numéro de SIM", "ICCID", "N° carte SIM"}, "twin": {"ICCID avec clé"}, "imei": {"IMEI", "IMEI de l'équipement", "Dernier IMEI"}, "prev": {"Ancien IMEI", "IMEI précédent"}, "imsi": {"IMSI"}, "msisdn": {"Numéro de téléphone"},
		"state": {"État", "Statut"}, "date": {"Date d'activation"}, "usage": {"Volume (Mo)"}, "account": {"Compte"}, "remark": {"Remarque"}, "n": {"N°"}, "kind": {"Format"},
	}, madeStates{[]string{"Activée", "Active", "En service"}, []string{"Suspendue", "Résiliée"}}, []string{"", "néant", "non renseigné"}, []string{"Portail M2M", "Édité le 3 septembre 2026"}, []string{"Total : 160"}},
	{"Spanish", map[columnKind][]string{
		"iccid": {"ICCID", "Número de SIM", "Tarjeta SIM"}, "twin": {"ICCID completo"}, "imei": {"IMEI", "Último IMEI", "IMEI del equipo"}, "prev": {"IMEI anterior", "Bloqueo IMEI"}, "imsi": {"IMSI"}, "msisdn": {"Número de teléfono"},
		"state": {"Estado"}, "date": {"Fecha de activación"}, "usage": {"Consumo (MB)"}, "account": {"Cuenta"}, "remark": {"Notas"}, "n": {"Fila"}, "kind": {"Formato"},
	}, madeStates{[]string{"Activa", "Activada", "Lista"}, []string{"Suspendida", "Baja"}}, []string{"", "ninguno", "sin dato"}, []string{"Listado de tarjetas"}, nil},
	{"Polish", map[columnKind][]string{
		"iccid": {"Numer karty SIM", "ICCID"}, "twin": {"ICCID z cyfrą kontrolną"}, "imei": {"IMEI", "IMEI urządzenia", "Ostatni IMEI"}, "prev": {"Poprzedni IMEI"}, "imsi": {"IMSI"}, "msisdn": {"Numer telefonu"},
		"state": {"Stan", "Status karty"}, "date": {"Data aktywacji"}, "usage": {"Zużycie (MB)"}, "account": {"Konto"}, "remark": {"Uwagi"}, "n": {"Lp."}, "kind": {"Rodzaj"},
	}, madeStates{[]string{"aktywna", "gotowa"}, []string{"zawieszona", "dezaktywowana"}}, []string{"", "brak", "b/d"}, []string{"Raport kart"}, []string{"Razem"}},
	{"Chinese", map[columnKind][]string{
		"iccid": {"卡号", "ICCID", "SIM卡号"}, "twin": {"完整ICCID"}, "imei": {"IMEI", "设备号", "当前IMEI"}, "prev": {"旧IMEI"}, "imsi": {"IMSI"}, "msisdn": {"电话"}, "state": {"状态"}, "date": {"激活日期"},
		"usage": {"流量(MB)"}, "account": {"账户"}, "remark": {"备注"}, "n": {"序号"}, "kind": {"类型"},
	}, madeStates{[]string{"在用", "可激活", "已激活"}, []string{"停机", "已停用"}}, []string{"", "无", "未知"}, []string{"物联网卡列表"}, []string{"合计"}},
	{"Russian", map[columnKind][]string{
		"iccid": {"Номер SIM", "ICCID"}, "twin": {"ICCID полный"}, "imei": {"IMEI", "Текущий IMEI"}, "prev": {"Старый IMEI", "Прежний IMEI"}, "imsi": {"IMSI"}, "msisdn": {"Телефон"}, "state": {"Статус", "Состояние"}, "date": {"Дата активации"},
		"usage": {"Трафик, МБ"}, "account": {"Счёт"}, "remark": {"Примечание"}, "n": {"№"}, "kind": {"Тип"},
	}, madeStates{[]string{"активна"}, []string{"заблокирована", "отключена"}}, []string{"", "нет", "неизвестно"}, []string{"Отчёт"}, []string{"Итого"}},
	{"codes", map[columnKind][]string{
		"iccid": {"c_07"}, "twin": {"c_08"}, "imei": {"c_01"}, "prev": {"old_imei"}, "imsi": {"c_02"}, "msisdn": {"c_03"}, "state": {"c_04"}, "date": {"c_05"}, "usage": {"c_06"}, "account": {"c_09"}, "remark": {"c_10"}, "n": {"c_00"}, "kind": {"c_11"},
	}, madeStates{[]string{"ACTIVE", "TEST"}, []string{"SUSPENDED", "TERMINATED"}}, []string{"", "NULL"}, nil, nil},
}

// madeExport is an export of a portal that nobody knows, as a seed makes it.
type madeExport struct {
	language, kind string // kind is csv, xlsx, json or jsonl
	names          []string
	columns        []columnKind
	sep, end, code string
	quoted         bool
	titles, below  []string
	empty          int    // columns behind the others that hold nothing
	again          int    // the header comes again after so many rows; 0 for never
	dates          string // form of a date
	numeric        bool   // of a workbook: IMEIs stand in cells for numbers
	sheets         []string
	form           form
	states         madeStates
}

// newExport makes the shape of an export.
func newExport(r *rand.Rand) madeExport {
	w := exportWords[r.IntN(len(exportWords))]
	x := madeExport{
		language: w.language, states: w.states, kind: pick(r, []string{"csv", "csv", "csv", "xlsx", "xlsx", "json", "jsonl"}),
		sep: pick(r, []string{",", ";", "\t", "|"}), end: pick(r, []string{"\n", "\r\n", "\r\n", "\r"}), quoted: r.IntN(3) == 0, empty: r.IntN(4),
		code:  pick(r, []string{"utf8", "bom", "utf16le", "utf16be", "utf16bare"}),
		dates: pick(r, []string{"2006-01-02", "02.01.2006", "01/02/2006", "2006-01-02T15:04:05Z", "20060102150405", "serial"}),
		form: form{pick(r, []string{"", "", "unchecked", "mixed", "F", "grouped", "formula", "apostrophe"}),
			pick(r, []string{"15", "15", "14", "16", "spare", "mixed", "grouped", "thousands", "float"}), pick(r, w.none)},
	}
	if (w.language == "German" || w.language == "French" || w.language == "Spanish") && r.IntN(2) == 0 {
		x.code = "latin1"
	}
	if r.IntN(2) == 0 {
		x.titles, x.below = w.above, w.below
	}
	if r.IntN(4) == 0 {
		x.again = 20 + r.IntN(60)
	}
	kinds := []columnKind{"iccid", "imei", "state"}
	if x.form.iccid == "unchecked" {
		kinds = append(kinds, "twin")
	}
	for _, k := range []columnKind{"prev", "imsi", "msisdn", "date", "usage", "account", "remark", "n", "kind"} {
		if r.IntN(2) == 0 {
			kinds = append(kinds, k)
		}
	}
	r.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	for _, k := range kinds {
		x.columns, x.names = append(x.columns, k), append(x.names, pick(r, w.names[k]))
	}
	if x.kind == "xlsx" {
		x.numeric = (x.form.imei == "15" || x.form.imei == "spare") && r.IntN(2) == 0
		if r.IntN(2) == 0 {
			x.sheets = []string{"Summary", "Legend"}
		}
	}
	return x
}

// String names an export for a test.
func (x madeExport) String() string {
	return fmt.Sprintf("%s %s sep %q end %q %s iccid %s imei %s none %q dates %s titles %d again %d numeric %v sheets %d columns %v %q",
		x.language, x.kind, x.sep, x.end, x.code, x.form.iccid, x.form.imei, x.form.none, x.dates, len(x.titles), x.again, x.numeric, len(x.sheets), x.columns, x.names)
}

// cells are those of a row; whole is it before the list wrote it.
func (x madeExport) cells(r *rand.Rand, n int, row, whole madeRow) []string {
	is := map[columnKind]string{
		"iccid": row.iccid, "twin": whole.iccid, "imei": row.imei, "prev": whole.imei,
		"imsi": fmt.Sprintf("26201%010d", 7_000_000_001+n*7919), "msisdn": fmt.Sprintf("+4915%09d", 100_000_007+n*131), "state": row.status, "date": x.date(n),
		"usage": pick(r, []string{"1,234.56", "0.00", "12.345,70", "998", "1 204,5", ""}), "account": fmt.Sprint(4_000_123_400_000_000 + n/10),
		"remark": pick(r, []string{"", "", "ward 7", "line\nbreak", `a "quoted" word`, "x; y, z | w"}), "n": fmt.Sprint(n), "kind": pick(r, []string{"MFF2", "2FF", "eSIM"}),
	}
	if row.damage != "" && row.damage != "iccid-digit" {
		is["twin"] = ""
	}
	if n%3 == 0 && whole.imei != "" {
		is["prev"] = imeiOf("35990013", n)
	}
	var all []string
	for _, k := range x.columns {
		all = append(all, is[k])
	}
	return append(all, make([]string, x.empty)...)
}

// write gives the export as a file, and for each row the line on which it stands.
func (x madeExport) write(t *testing.T, r *rand.Rand, rows, whole []madeRow) (text string, lines []int) {
	t.Helper()
	switch x.kind {
	case "xlsx":
		return x.workbook(t, r, rows, whole)
	case "json", "jsonl":
		return x.json(t, r, rows, whole)
	}
	var b strings.Builder
	line := 1
	put := func(cells []string) {
		for i, c := range cells {
			if x.quoted || strings.ContainsAny(c, "\"\n\r"+x.sep) {
				c = strings.ReplaceAll(c, "\n", x.end)
				cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
		}
		s := strings.Join(cells, x.sep) + x.end
		b.WriteString(s)
		line += strings.Count(s, x.end)
	}
	for _, s := range x.titles {
		b.WriteString(s + x.end)
		line++
	}
	header := func() { put(append(append([]string{}, x.names...), make([]string, x.empty)...)) }
	header()
	for n, row := range rows {
		if x.again > 0 && n > 0 && n%x.again == 0 {
			header()
		}
		lines = append(lines, line)
		put(x.cells(r, n+1, row, whole[n]))
	}
	for _, s := range x.below {
		b.WriteString(s + x.end)
	}
	return encoded(t, b.String(), x.code), lines
}

// writeNumber turns a whole number of a row into one of the list.
func (x madeExport) writeNumber(r *rand.Rand, row *madeRow) {
	f := x.form
	if f.iccid == "mixed" {
		f.iccid = pick(r, []string{"", "unchecked"})
	}
	switch {
	case row.imei == "":
	case f.imei == "mixed":
		f.imei = pick(r, []string{"14", "15", "16", "spare"})
	case f.imei == "thousands":
		row.imei, f.imei = grouped(row.imei, 3, ","), "15"
	case f.imei == "float":
		row.imei, f.imei = row.imei+".0", "15"
	}
	f.write(r, row)
}
