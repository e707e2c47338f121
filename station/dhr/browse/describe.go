// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// describe says in facts what a row holds, column by column.
func (w *snapshotBrowser) describe(s *record.Page, table string, def store.TableSchema, r store.Values) error {
	for _, c := range def.Columns {
		v, err := w.shown(c, r[c])
		if err != nil {
			return err
		}
		if v == "" || c == "leaf" {
			continue
		}
		s.Facts = append(s.Facts, record.Fact{Name: c, Value: v})
		if c == titles[table] {
			s.Title = v
		}
	}
	s.State = stateOf(table, r[states[table]])
	if inside := nodeSources[s.Kind].inside; inside != nil {
		return inside(w, s, r)
	}
	return nil
}
