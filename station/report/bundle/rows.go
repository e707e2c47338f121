// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"fmt"
	"slices"
	"strings"
)

// checkRecords looks every row up in the leaf that it names. The lines come in one
// order: the head, the rules, the units, the names.
func (v *checker) checkRecords() error {
	v.dots, v.units, v.rules = map[string]string{}, map[string]bool{}, newRules()
	lines, named := 0, false
	err := v.eachLine(fileRecords, func(n int, line []byte) error {
		lines = n
		if n == 1 {
			return v.checkHead(line)
		}
		if names := (namesLine{}); decodeStrict(line, &names) == nil && names.Of == "names" && names.Names != nil && !named {
			named = true
			return nil
		}
		var r section
		if err := decodeStrict(line, &r); err != nil || r.Rows == nil || named || (n == 2) != (r.Of == "rules") || v.units[r.Of] {
			return wrong("Line %d of the records cannot be read, or does not stand in its place.", n)
		}
		if n > 2 {
			v.units[r.Of] = true
			v.Units++
		}
		return v.checkRows(r)
	})
	if err == nil && (!named || lines < 3) {
		err = wrong("The last line of the records is missing.")
	}
	return err
}

// checkHead checks the head of the records against the leaf of the export.
func (v *checker) checkHead(line []byte) error {
	var head headLine
	if err := decodeStrict(line, &head); err != nil || head.Bundle != 1 {
		return wrong("The first line of the records cannot be read.")
	}
	v.Subject = head.Subject
	l := v.last
	if l.What != "export" || l.Number != head.Leaf || l.Subject != head.Subject || l.Who != head.By || l.Station != head.Station {
		return wrong("The records are not of the export that leaf %d speaks of.", l.Number)
	}
	return nil
}

// checkRows checks the rows of one line, and that they are about its unit.
func (v *checker) checkRows(r section) error {
	serial, unit := strings.CutPrefix(r.Of, "unit:")
	if !unit && r.Of != "rules" {
		return wrong("The records speak of %q, which nobody knows.", r.Of)
	}
	own := map[string]bool{}
	for _, row := range r.Rows {
		own[row.Table+" "+fmt.Sprint(row.Row["id"])] = true
	}
	tables := tablesOfRules
	if unit {
		tables = tablesOfUnit
	}
	for _, row := range r.Rows {
		if !slices.Contains(tables, row.Table) {
			return wrong("A row of table %s has no place under %s.", row.Table, r.Of)
		}
		if !row.belongs(serial, unit, own) {
			return wrong("A row of table %s stands under %s, which it is not about.", row.Table, r.Of)
		}
		if err := v.checkRow(r.Of, row); err != nil {
			return err
		}
	}
	return nil
}

// belongs reports whether a row is about the unit of a serial, or, where there
// is no unit, about none. own are the rows of the unit, as table and ID.
func (r sectionRow) belongs(serial string, unit bool, own map[string]bool) bool {
	if about, ok := r.Row["serial"]; ok {
		return unit && about == serial
	}
	belongs := !unit
	for _, part := range partsOfUnit {
		if id, ok := r.Row[part.column]; ok {
			belongs = unit && own[part.table+" "+fmt.Sprint(id)]
		}
	}
	return belongs
}

// checkComplete looks for rows about the units that leaves wrote and the records
// lack, and for leaves that wrote what a later one changed.
func (v *checker) checkComplete() error {
	for _, o := range v.history.live {
		if v.units[o.unit] {
			return wrong("The records lack a row of %s that leaf %d wrote.", o.unit, o.leaf)
		}
	}
	for unit, leaf := range v.history.torn {
		if v.units[unit] {
			return wrong("A leaf of %s is missing, for leaf %d changes what it wrote.", unit, leaf)
		}
	}
	if missing := v.rules.missing(); missing != "" {
		return wrong("The records lack the row of %s, by which their units were made.", missing)
	}
	for _, o := range v.history.live {
		if v.rules.about[o.rule] {
			return wrong("The records lack a row of %s that leaf %d wrote.", o.rule, o.leaf)
		}
	}
	return nil
}
