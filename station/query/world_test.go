// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"slices"

	"bindery/station/query"
)

// world is a record in memory, to look up terms in.
type world struct {
	units []unit
	known query.Known
}

// unit is a serial with what it is and was bound to.
type unit struct {
	serial string
	values map[query.TermField][]string
}

var columns = map[query.TermField][]string{
	query.SerialField: {"serial"}, query.IMEIField: {"imei", "imei2"}, query.ICCIDField: {"iccid"}, query.IMSIField: {"imsi"},
	query.EIDField: {"eid"}, query.OrderField: {"order"}, query.LotField: {"lot"}, query.REFField: {"ref"},
}

func loadWorld(dir string) (*world, error) {
	w := &world{}
	at := map[string]int{}
	for _, file := range []string{"world.csv", "history.csv"} {
		rows, err := readTable(dir + "/" + file)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			i, ok := at[row["serial"]]
			if !ok {
				i = len(w.units)
				at[row["serial"]] = i
				w.units = append(w.units, unit{row["serial"], map[query.TermField][]string{}})
			}
			for field, names := range columns {
				for _, name := range names {
					if v := row[name]; v != "" {
						w.units[i].values[field] = append(w.units[i].values[field], v)
					}
				}
			}
		}
	}
	text, err := os.ReadFile(dir + "/products.toml")
	if err != nil {
		return nil, err
	}
	gtins := map[string]string{}
	var patterns []string
	for _, m := range regexp.MustCompile(`(?s)ref = "([^"]*)".*?gtin = "([^"]*)".*?serial = '([^']*)'`).FindAllStringSubmatch(string(text), -1) {
		gtins[m[1]] = m[2]
		patterns = append(patterns, m[3])
	}
	for _, u := range w.units {
		u.values[query.GTINField] = []string{gtins[u.values[query.REFField][0]]}
	}
	w.known = query.KnownSerials(patterns...)
	return w, nil
}

func readTable(file string) ([]map[string]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// hit is a unit and the value of it that a term met.
type hit struct{ serial, value string }

func (w *world) find(r query.Interpretation) ([]hit, error) {
	var hits []hit
	for _, u := range w.units {
		if value, ok := u.meets(r); ok {
			hits = append(hits, hit{u.serial, value})
		}
	}
	return hits, nil
}

func (u unit) meets(r query.Interpretation) (string, bool) {
	for _, t := range r.All {
		if !slices.ContainsFunc(u.values[t.Field], t.Matches) {
			return "", false
		}
	}
	for _, t := range r.Any {
		if i := slices.IndexFunc(u.values[t.Field], t.Matches); i >= 0 {
			return u.values[t.Field][i], true
		}
	}
	return "", false
}

// answer is what the question box says.
type answer struct {
	Took    query.TextKind `json:"took"`
	Value   string         `json:"value"`
	Why     string         `json:"why"`
	Refused string         `json:"refused"`
	Units   []string       `json:"-"`
}

func (w *world) ask(text string) answer {
	var held []query.Interpretation
	var a answer
	items := query.Parse(text, w.known)
	for _, item := range items {
		r, hits, _ := query.Resolve(item, w.find)
		held = append(held, r)
		a.Value, a.Why = r.Value, r.Why()
		if r.Refused != "" {
			a.Refused = string(r.Refused)
		}
		for _, h := range hits {
			a.Units, a.Value = append(a.Units, h.serial), h.value
		}
		if r.Kind == query.Part || r.Kind == query.UDI || len(items) > 1 {
			a.Value = r.Value
		}
	}
	slices.Sort(a.Units)
	a.Units = slices.Compact(a.Units)
	a.Took = query.KindOf(held)
	return a
}
