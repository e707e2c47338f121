// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/ledger"
	"bindery/station/record"
)

// titles are the columns that a row is called by, where its key is no name for
// people; states those that say how it is.
var (
	titles = map[string]string{"bindings": "imei", "people": "name", "layouts": "name", "dialects": "name", "allocations": "tac", "devices": "name", "backups": "file", "history_files": "name", "imported_units": "serial", "imported_bindings": "imei", "flags": "flag", "subscriptions": "iccid", "cases": "name", "incident_exports": "audience"}
	states = map[string]string{
		"units": "disposition", "attempts": "outcome", "prints": "state", "moves": "became", "signatures": "meaning",
		"people": "role", "alarms": "closed", "bindings": "superseded", "orders": "closed",
		"history_files": "state", "imported_units": "disposition", "imported_bindings": "state",
	}
)

// stateOf is the state of a row in a word, where its column has a flag, or
// nothing, for it.
func stateOf(table string, v any) string {
	switch table + fmt.Sprint(v) {
	case "bindings0":
		return "live"
	case "orders0", "alarms<nil>", "attempts<nil>":
		return "open"
	}
	switch table {
	case "bindings":
		return "superseded"
	case "orders", "alarms":
		return "closed"
	}
	state, _ := v.(string) // a table without a state has none
	return state
}

// shown is a value for people: identities and badges masked, IDs of people with
// their names.
func (w *snapshotBrowser) shown(column string, v any) (string, error) {
	switch v := v.(type) {
	case int64:
		return flagged(column, v), nil
	case json.Number: // of a leaf that was read
		n, err := v.Int64()
		return flagged(column, n), err
	case []byte:
		return fmt.Sprint(store.ImageValue(v)), nil
	case string:
		switch column {
		case "person", "approver", "closed_by", "who", "compared_by", "ended_by":
			return w.named(v)
		}
		return w.maskedAs(column, v), nil
	}
	return "", nil
}

// named is what somebody is called, with the ID.
func (w *snapshotBrowser) named(id string) (name string, err error) {
	if name, ok := w.names[id]; ok {
		return name, nil
	}
	defer func() { w.names[id] = name }()
	err = w.Row(w.ctx, `SELECT name FROM people WHERE id = ?`, []any{id}, []any{&name})
	if errors.Is(err, sql.ErrNoRows) || name == id {
		return w.masked(id), nil
	}
	return station.DisplayName(id, name), err
}

// maskedAs is a value of a column as anybody may see it. A badge signs in, so
// that nobody ever sees it.
func (w *snapshotBrowser) maskedAs(column, v string) string {
	switch {
	case column == "badge":
		return identity.Mask(v, 0, 0)
	case w.whole || v == "":
		return v
	}
	switch column {
	case "imei", "imei2":
		return identity.IMEI(v).String()
	case "iccid":
		return identity.ICCID(v).String()
	case "imsi":
		return identity.IMSI(v).String()
	case "eid":
		return identity.EID(v).String()
	}
	return w.masked(v)
}

// masked hides what is an identity by its own look.
func (w *snapshotBrowser) masked(v string) string {
	if w.whole {
		return v
	}
	switch identity.KindOf(v) {
	case identity.KindIMEI, identity.KindIMEISV:
		return identity.IMEI(v).String()
	case identity.KindICCID:
		return identity.ICCID(v).String()
	case identity.KindIMSI:
		return identity.IMSI(v).String()
	case identity.KindEID:
		return identity.EID(v).String()
	case identity.KindGTIN, identity.KindUnknown:
	}
	return identity.MaskIn(v)
}

// maskedIn hides identities within a text, such as a message of the device or a
// reason that somebody typed.
func (w *snapshotBrowser) maskedIn(s string) string {
	if w.whole {
		return s
	}
	return identity.MaskIn(s)
}

// blob is a column of bytes; STRICT, so it holds nothing else.
func blob(r store.Values, column string) []byte { b, _ := r[column].([]byte); return b }

// definition shows the text of a layout or a dialect.
func (w *snapshotBrowser) definition(s *record.Page, r store.Values) error {
	s.Text = string(blob(r, "text"))
	return nil
}

func (w *snapshotBrowser) signature(s *record.Page, r store.Values) error {
	s.Text = w.maskedIn(string(blob(r, "statement")))
	return w.signatureHolds(s)
}

func (w *snapshotBrowser) checkpoint(s *record.Page, r store.Values) error {
	s.Text, _ = r["note"].(string) // STRICT: a text
	return nil
}

// signatureHolds tells, as facts, how far a signature over a lot still holds.
func (w *snapshotBrowser) signatureHolds(s *record.Page) error {
	list, err := w.SignatureNumbered(w.ctx, s.Name)
	if err != nil || len(list) == 0 || list[0].Holds == nil {
		return err
	}
	h := list[0].Holds
	s.Facts = append(s.Facts, record.Fact{Name: "holds", Value: fmt.Sprintf("%d / %d", h.Units-len(h.Changed), h.Units)})
	for _, c := range h.Changed {
		value := fmt.Sprintf("%s: %s, %d %s", c.Serial, c.At.UTC().Format(time.RFC3339), c.Leaf, c.What)
		s.Facts = append(s.Facts, record.Fact{Name: "holds_not", Value: w.maskedIn(value)})
	}
	for _, n := range []record.Fact{{Name: "came_later", Value: decimal(int64(h.Later))}, {Name: "signed_again", Value: decimal(h.Next)}} {
		if n.Value != "0" {
			s.Facts = append(s.Facts, n)
		}
	}
	return nil
}

// verdict tells the steps of an attempt, as facts, and the findings.
func (w *snapshotBrowser) verdict(s *record.Page, r store.Values) error {
	var list []record.StepView
	if err := json.Unmarshal(blob(r, "steps"), &list); err != nil {
		return err
	}
	for _, one := range list {
		value := strings.TrimSuffix(fmt.Sprintf("%s, %.0f ms, %s", one.Outcome, one.Ms, w.maskedIn(one.Found)), ", ")
		s.Facts = append(s.Facts, record.Fact{Name: "step." + string(one.Step), Value: value})
	}
	return json.Unmarshal(blob(r, "findings"), &s.Findings)
}

// evidence tells what the device said of itself, as facts, and the dialogue.
func (w *snapshotBrowser) evidence(s *record.Page, row store.Values) error {
	var r station.Reading
	if err := json.Unmarshal(blob(row, "reading"), &r); err != nil {
		return err
	}
	for _, f := range []record.Fact{
		{Name: "imei", Value: r.IMEI}, {Name: "imei2", Value: r.IMEI2}, {Name: "imeisv", Value: r.IMEISV}, {Name: "iccid", Value: r.ICCID},
		{Name: "imsi", Value: r.IMSI}, {Name: "eid", Value: r.EID}, {Name: "maker", Value: r.Manufacturer}, {Name: "model", Value: r.Model},
		{Name: "firmware", Value: r.Firmware}, {Name: "sim", Value: string(r.SIM)}, {Name: "dialect", Value: r.Dialect},
		{Name: "port", Value: r.Port}, {Name: "baud", Value: decimal(int64(r.Baud))},
	} {
		if f.Value != "" {
			s.Facts = append(s.Facts, record.Fact{Name: f.Name, Value: w.maskedAs(f.Name, f.Value)})
		}
	}
	list, err := dhr.Exchanges(blob(row, "exchanges"))
	s.Evidence = record.DialogueLines(list, w.maskedIn)
	return err
}

// changes are what a leaf wrote, that of the row here first.
func (w *snapshotBrowser) changes(l ledger.Leaf, here func(ledger.RowImage) bool) (list []record.RowChange, err error) {
	for _, r := range l.Rows {
		c := record.RowChange{Table: r.Table, New: r.Was == 0, Here: here(r)}
		if def, ok := w.Tables[r.Table]; ok {
			c.Key = w.masked(nodeKey(def, r.Row))
		}
		for _, name := range w.Tables[r.Table].Columns {
			if _, ok := r.Old[name]; !ok || fmt.Sprint(r.Old[name]) == fmt.Sprint(r.Row[name]) {
				continue
			}
			col := record.ColumnChange{Name: name}
			if col.Was, err = w.shown(name, r.Old[name]); err != nil {
				return nil, err
			}
			if col.Is, err = w.shown(name, r.Row[name]); err != nil {
				return nil, err
			}
			c.Columns = append(c.Columns, col)
		}
		if c.Here {
			list = append([]record.RowChange{c}, list...)
			continue
		}
		list = append(list, c)
	}
	return list, nil
}

// nodeKey is the key of a row as places are named by it; "" where it has an
// identity in it.
func nodeKey(def store.TableSchema, r map[string]any) string {
	var parts []string
	for _, c := range def.Key {
		if c == "value" {
			return ""
		}
		parts = append(parts, fmt.Sprint(r[c]))
	}
	return strings.Join(parts, "/")
}

// flagged is a number, or yes or no where it only stands for that.
func flagged(column string, n int64) string {
	switch column {
	case "closed", "superseded", "active", "allowed":
		if n == 0 {
			return "no"
		}
		return "yes"
	}
	return decimal(n)
}

// decimal is a number as a fact has it.
func decimal(n int64) string { return strconv.FormatInt(n, 10) }
