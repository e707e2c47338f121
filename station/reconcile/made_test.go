// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"bindery/station/reconcile"
)

// portal is how a made list is written. Names are those of serial number of the
// row, ICCID, IMEI, phone number, state and remark.
type portal struct {
	name           string
	names          [6]string
	order          [6]int
	sep, end, code string
	quoted         bool
	above, below   []string
	form           form
	states         madeStates
}

var portals = []portal{
	{"French", [6]string{"N°", "Numéro de SIM", "IMEI de l'équipement", "Téléphone", "État", "Remarque"}, [6]int{0, 3, 1, 2, 4, 5}, ";", "\r\n", "latin1", false,
		[]string{"Portail M2M : liste des cartes", "", "Édité le 03/09/2026"}, []string{"", "Total;163"}, form{"F", "15", "néant"}, madeStates{[]string{"Activée", "Prêt à activer"}, []string{"Suspendue", "Résiliée", "Désactivée"}}},
	{"Spanish", [6]string{"Fila", "ICCID", "Último IMEI", "Número de teléfono", "Estado", "Notas"}, [6]int{1, 2, 4, 3, 0, 5}, ",", "\n", "bom", true,
		nil, nil, form{"unchecked", "16", "000000000000000"}, madeStates{[]string{"Activa", "Lista"}, []string{"Suspendida", "Baja"}}},
	{"Polish", [6]string{"Lp.", "Numer karty SIM", "IMEI", "Numer telefonu", "Stan", "Uwagi"}, [6]int{0, 2, 1, 4, 3, 5}, "\t", "\r\n", "utf16le", false,
		[]string{"Raport kart"}, nil, form{"grouped", "grouped", "brak"}, madeStates{[]string{"aktywna", "gotowa"}, []string{"zawieszona", "dezaktywowana"}}},
	{"Chinese", [6]string{"序号", "卡号", "设备号", "电话", "状态", "备注"}, [6]int{0, 1, 2, 3, 4, 5}, ",", "\r\n", "utf8", false,
		nil, []string{"合计,200"}, form{"", "14", "无"}, madeStates{[]string{"在用", "可激活"}, []string{"停机", "已停用"}}},
	{"names that say nothing", [6]string{"f1", "f2", "f3", "f4", "f5", "f6"}, [6]int{5, 4, 3, 2, 1, 0}, "|", "\n", "utf16be", false,
		nil, nil, form{"apostrophe", "spare", "-"}, madeStates{[]string{"active", "test ready"}, []string{"suspended", "terminated"}}},
	{"no header", [6]string{}, [6]int{0, 1, 2, 3, 4, 5}, ";", "\n", "utf8", true,
		nil, nil, form{"", "15", ""}, madeStates{[]string{"Enabled"}, []string{"Disabled"}}},
	{"old Macintosh, UTF-16 without a mark", [6]string{"Row", "SIM Number", "Device IMEI", "Phone", "SIM State", "Note"}, [6]int{0, 1, 2, 3, 4, 5}, "\t", "\r", "utf16bare", false,
		[]string{"SIM list"}, nil, form{"", "17", "n/a"}, madeStates{[]string{"Live", "Ready"}, []string{"Paused", "Retired"}}},
	{"JSON", [6]string{"row", "sim.id", "equipment.imei", "sim.phone", "sim.state", "remark"}, [6]int{0, 1, 2, 3, 4, 5}, "", "", "json", false,
		nil, nil, form{"", "16", "null"}, madeStates{[]string{"ACTIVE", "TEST"}, []string{"SUSPENDED", "RETIRED"}}},
	{"JSON Lines", [6]string{"row", "iccid", "imei", "msisdn", "state", "remark"}, [6]int{0, 1, 2, 3, 4, 5}, "", "", "jsonl", false,
		nil, nil, form{"unchecked", "15", ""}, madeStates{[]string{"live"}, []string{"pause"}}},
	{"workbook", [6]string{"Nr.", "Kartennummer", "Geräte-IMEI", "Rufnummer", "Zustand", "Bemerkung"}, [6]int{0, 2, 1, 3, 4, 5}, "", "", "xlsx", false,
		[]string{"Kartenübersicht", ""}, []string{"Summe"}, form{"formula", "15", "keine Angabe"}, madeStates{[]string{"aktiv", "testbereit"}, []string{"gesperrt", "gekündigt"}}},
}

// cells are the texts of a row in the order of the portal.
func (p portal) cells(n int, r madeRow) []string {
	all := [6]string{fmt.Sprint(n), r.iccid, r.imei, fmt.Sprintf("+4479%08d", n*131), r.status, ""}
	var out []string
	for _, i := range p.order {
		out = append(out, all[i])
	}
	return out
}

// write gives a list as a file, and the line on which its first row stands.
func (p portal) write(t *testing.T, rows []madeRow) (text string, first int) {
	t.Helper()
	switch p.code {
	case "json", "jsonl":
		return p.json(t, rows), 1
	case "xlsx":
		return p.workbook(t, rows)
	}
	var b strings.Builder
	line := func(cells []string) {
		for i, c := range cells {
			if p.quoted || strings.ContainsAny(c, "\""+p.sep) {
				cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
		}
		b.WriteString(strings.Join(cells, p.sep) + p.end)
	}
	for _, s := range p.above {
		b.WriteString(s + p.end)
	}
	first = len(p.above) + 1
	if p.names[0] != "" {
		var names []string
		for _, i := range p.order {
			names = append(names, p.names[i])
		}
		line(names)
		first++
	}
	for n, r := range rows {
		line(p.cells(n+1, r))
	}
	for _, s := range p.below {
		b.WriteString(s + p.end)
	}
	return encoded(t, b.String(), p.code), first
}

func encoded(t *testing.T, s, code string) string {
	t.Helper()
	var err error
	switch code {
	case "latin1":
		s, err = charmap.Windows1252.NewEncoder().String(s)
	case "bom":
		s = "\ufeff" + s
	case "utf16le":
		s, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
	case "utf16be":
		s, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(s)
	case "utf16bare":
		s, err = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(s)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (p portal) json(t *testing.T, rows []madeRow) string {
	t.Helper()
	var list []map[string]any
	for n, r := range rows {
		cells, o := p.cells(n+1, r), map[string]any{}
		for i, name := range p.names {
			at := o
			outer, inner, nested := strings.Cut(name, ".")
			if nested {
				if o[outer] == nil {
					o[outer] = map[string]any{}
				}
				at, name = o[outer].(map[string]any), inner
			}
			at[name] = cells[i]
			if cells[i] == "null" {
				at[name] = nil
			}
		}
		list = append(list, o)
	}
	if p.code == "json" {
		b, err := json.Marshal(map[string]any{"links": []map[string]any{{"rel": "self"}}, "page": map[string]any{"items": list, "total": len(list)}})
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var b strings.Builder
	for _, o := range list {
		if err := json.NewEncoder(&b).Encode(o); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func (p portal) workbook(t *testing.T, rows []madeRow) (text string, first int) {
	t.Helper()
	f := excelize.NewFile()
	n := 0
	put := func(cells []string) {
		n++
		for i, c := range cells {
			at, err := excelize.CoordinatesToCellName(i+1, n)
			if err == nil {
				err = f.SetCellStr("Sheet1", at, c)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, s := range p.above {
		put([]string{s})
	}
	var names []string
	for _, i := range p.order {
		names = append(names, p.names[i])
	}
	put(names)
	first = n + 1
	for i, r := range rows {
		put(p.cells(i+1, r))
	}
	for _, s := range p.below {
		put([]string{s})
	}
	if err := f.MergeCell("Sheet1", "A1", "F1"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.NewSheet("Legende"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStr("Legende", "A1", "aktiv: die Karte ist in Betrieb"); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String(), first
}

func TestMadeListsOfUnknownPortalsAreClassedAsTheyWereMade(t *testing.T) {
	for _, p := range portals {
		for seed := range uint64(3) {
			t.Run(fmt.Sprintf("%s %d", p.name, seed), func(t *testing.T) {
				r := rand.New(rand.NewPCG(seed, 7))
				cards := madeWorld(r, 900)
				issuer := issuers[seed%2].prefix
				rows, missing := madeList(r, cards, issuer, p.states)
				unsure := damage(r, rows, p.form)
				text, first := p.write(t, rows)
				f := open(t, "list", text)
				got := run(t, f, newMemory(cards), "")
				judge(t, rows, first, got)
				for _, s := range got.missing {
					if !missing[s] && !unsure[s] {
						t.Errorf("%s was told as missing, and is not", s)
					}
				}
				for s := range missing {
					if !slices.Contains(got.missing, s) {
						t.Errorf("%s is missing, and was not told", s)
					}
				}
				if t.Failed() {
					t.Logf("mapping %+v, header in line %d", f.Mapping, f.Line)
				}
			})
		}
	}
}

// damage writes all rows as the list has them, and damages one in 12.
func damage(r *rand.Rand, rows []madeRow, f form) (unsure map[string]bool) {
	return damageBy(r, rows, f.write)
}

func damageBy(r *rand.Rand, rows []madeRow, write func(*rand.Rand, *madeRow)) (unsure map[string]bool) {
	unsure = map[string]bool{}
	n, times := 0, map[string]int{}
	for _, row := range rows {
		times[row.serial]++
	}
	for i := range rows {
		was := rows[i]
		write(r, &rows[i])
		// A damaged row of two says nothing wrong of the other one.
		if i%12 != 0 || times[was.serial] > 1 || was.want != reconcile.Match && was.want != reconcile.FlaggedActive || was.imei == "" {
			continue
		}
		d := damages[n%len(damages)]
		n++
		d.do(r, &rows[i])
		rows[i].want, rows[i].damage = reconcile.Malformed, d.name
		rows[i].accept = d.accept
		if !d.keepsSIM {
			unsure[was.serial] = true
		}
	}
	return unsure
}

// judge holds a result against how the list was made.
func judge(t *testing.T, rows []madeRow, first int, got result) {
	t.Helper()
	var lines []int
	for i := range rows {
		lines = append(lines, first+i)
	}
	judgeLines(t, rows, lines, got)
}

// judgeLines does so for rows that stand on these lines.
func judgeLines(t *testing.T, rows []madeRow, lines []int, got result) {
	t.Helper()
	all, right := map[reconcile.Class]int{}, map[reconcile.Class]int{}
	for i, want := range rows {
		row, ok := got.rows[lines[i]]
		all[want.want]++
		switch {
		case ok && row.Class == want.want, ok && slices.Contains(want.accept, row.Class):
			right[want.want]++
		case want.want != reconcile.Match && row.Class == reconcile.Match:
			t.Errorf("line %d, %s %s, is called a match", lines[i], want.want, want.damage)
		default:
			t.Logf("line %d is %s %s, said %q %s (%q %q %q)", lines[i], want.want, want.damage, row.Class, row.Damage, want.iccid, want.imei, want.status)
		}
		if row.Serial != "" && row.Serial != want.serial {
			t.Errorf("line %d of %q is tied to %q", lines[i], want.serial, row.Serial)
		}
	}
	for class, n := range all {
		if right[class]*100 < n*99 {
			t.Errorf("%s: %d of %d right", class, right[class], n)
		}
	}
}
