// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station/reconcile"
)

// memory is a Book in memory.
type memory struct {
	cards   map[string]reconcile.Card
	devices map[string]reconcile.RecordedDevice
	live    []reconcile.Card
	asked   int // numbers
}

func newMemory(cards []reconcile.Card) *memory {
	m := &memory{cards: map[string]reconcile.Card{}, devices: map[string]reconcile.RecordedDevice{}}
	for _, c := range cards {
		if was, ok := m.cards[c.ICCID]; ok && was.Live {
			continue
		}
		m.cards[c.ICCID] = c
		if !c.Live {
			continue
		}
		m.live = append(m.live, c)
		for _, imei := range []string{c.IMEI, c.IMEI2} {
			if imei != "" {
				m.devices[imei[:14]] = reconcile.RecordedDevice{Serial: c.Serial, IMEI: c.IMEI, IMEI2: c.IMEI2}
			}
		}
	}
	slices.SortFunc(m.live, func(a, b reconcile.Card) int { return strings.Compare(a.Serial, b.Serial) })
	return m
}

func (m *memory) Cards(_ context.Context, iccids []string) ([]reconcile.Card, error) {
	m.asked += len(iccids)
	var all []reconcile.Card
	for _, id := range iccids {
		if c, ok := m.cards[id]; ok {
			all = append(all, c)
		}
	}
	return all, nil
}

func (m *memory) Devices(_ context.Context, bodies []string) ([]reconcile.RecordedDevice, error) {
	m.asked += len(bodies)
	var all []reconcile.RecordedDevice
	for _, b := range bodies {
		if d, ok := m.devices[b]; ok {
			all = append(all, d)
		}
	}
	return all, nil
}

func (m *memory) Live(_ context.Context, prefix string, each func(reconcile.Card) error) error {
	for _, c := range m.live {
		if strings.HasPrefix(c.ICCID, prefix) {
			if err := each(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// records reads a CSV file into maps by its header.
func records(tb testing.TB, name string) []map[string]string {
	tb.Helper()
	f, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	var all []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = r[i]
		}
		all = append(all, m)
	}
	return all
}

// worldCards are the SIMs of a world: given up, then live.
func worldCards(tb testing.TB, dir string) []reconcile.Card {
	tb.Helper()
	flags := map[string][]string{}
	for _, r := range records(tb, filepath.Join(dir, "flags.csv")) {
		flags[r["serial"]] = append(flags[r["serial"]], r["flag"])
	}
	var cards []reconcile.Card
	for _, r := range records(tb, filepath.Join(dir, "world.csv")) {
		cards = append(cards, reconcile.Card{ICCID: r["iccid"], Serial: r["serial"], Live: true, IMEI: r["imei"], IMEI2: r["imei2"], Flags: flags[r["serial"]]})
	}
	for _, r := range records(tb, filepath.Join(dir, "history.csv")) {
		cards = append(cards, reconcile.Card{ICCID: r["iccid"], Serial: r["serial"], IMEI: r["imei"], IMEI2: r["imei2"], Flags: flags[r["serial"]]})
	}
	return cards
}

// answers are those of a list.
type answers struct {
	Scope struct {
		Prefix string `json:"issuer_prefix"`
	} `json:"scope"`
	Shape   string              `json:"shape"`
	Rows    int                 `json:"rows"`
	Missing []string            `json:"missing"`
	Unsure  []string            `json:"missing_unsure"`
	Answers [][]json.RawMessage `json:"answers"`
}

type answer struct {
	class          string
	labels, accept []string
	serial         string
	damage         string
}

func (a answers) byLine(tb testing.TB) map[int]answer {
	tb.Helper()
	all := map[int]answer{}
	for _, r := range a.Answers {
		var line int
		var x answer
		for i, to := range []any{&line, &x.class, &x.labels, &x.accept, &x.serial, &x.damage} {
			if err := json.Unmarshal(r[i], to); err != nil {
				tb.Fatal(err)
			}
		}
		all[line] = x
	}
	return all
}

// result is what a run told.
type result struct {
	rows    map[int]reconcile.ClassifiedRow
	missing []string
	sum     reconcile.Summary
}

func run(tb testing.TB, f *reconcile.ListFile, book reconcile.Book, issuer string) result {
	tb.Helper()
	r := result{rows: map[int]reconcile.ClassifiedRow{}}
	var err error
	r.sum, err = f.Run(context.Background(), book, reconcile.Options{
		Issuer:  issuer,
		Row:     func(row reconcile.ClassifiedRow) error { r.rows[row.Line] = row; return nil },
		Missing: func(c reconcile.Card) error { r.missing = append(r.missing, c.Serial); return nil },
	})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func open(tb testing.TB, name string, text string) *reconcile.ListFile {
	tb.Helper()
	f, err := reconcile.Open(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

func readFile(tb testing.TB, name string) string {
	tb.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
