// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// scopes are the conditions of a scope: on units u with their orders o, on the
// attempts t of serials that never became a unit, and on units u that only lists of
// other systems have.
var scopes = map[record.ExportBy]struct{ units, attempts, imported string }{
	record.BySerial: {"u.serial = ?1", "t.serial = ?1", "u.serial = ?1"},
	// That there is a text is said for the index, which has no others.
	record.ByOrder: {"u.work_order = ?1", "t.work_order = ?1", "u.work_order = ?1 AND u.work_order <> ''"},
	record.ByLot: {
		"u.work_order IN (SELECT id FROM orders WHERE lot = ?1)", "t.work_order IN (SELECT id FROM orders WHERE lot = ?1)",
		"u.lot = ?1 AND u.lot <> ''",
	},
	record.ByDates: {
		onDays("u.made", "u.made_zone"),
		onDays("t.started", "(SELECT body ->> 'zone' FROM leaves WHERE number = t.leaf)"),
		onDays("u.made", "''"), // as its list has it: the zone of the other system is not known
	},
	record.ByIdentity: {
		"u.serial IN (" + havingNumber("bindings b", "1") + " UNION ALL " + havingNumber("subscriptions b", "1") + ")", "0",
		"u.serial IN (" + havingNumber("imported_bindings b", store.ListCounts) + " UNION ALL " + havingNumber("subscriptions b", "1") + ")",
	},
}

// havingNumber is the query for serials that a table ties to the number ?1.
func havingNumber(table, counts string) string {
	columns := []string{"iccid", "imsi", "eid"}
	if !strings.HasPrefix(table, "subscriptions") { // which is of SIMs alone
		columns = append(columns, "imei", "imei2")
	}
	queries := make([]string, len(columns))
	for i, c := range columns {
		queries[i] = fmt.Sprintf("SELECT b.serial FROM %s WHERE b.%s = ?1 AND b.%[2]s <> '' AND %[3]s", table, c, counts)
	}
	return strings.Join(queries, " UNION ALL ")
}

// onDays is the condition that a time falls on the days ?1 to ?2. No zone is a
// whole day from UTC, so that most rows are told apart by their text.
func onDays(at, zone string) string {
	return fmt.Sprintf(`%[1]s >= date(?1, '-1 day') AND %[1]s < date(?2, '+2 days') AND %[3]s(%[1]s, %[2]s) BETWEEN ?1 AND ?2`,
		at, zone, store.DayFunction)
}

// SubjectArgs are the arguments of the conditions of a scope.
func SubjectArgs(s record.ExportSubject) []any {
	if s.By == record.ByDates {
		return []any{string(s.From), string(s.To)}
	}
	return []any{store.Text(s.Name)}
}

// RecordExport writes the leaf that says that something leaves the record,
// before it does: who takes it, what it is about, in which form and for whom. A person
// whom the record knows must be allowed to ([station.MayExport]), also one who
// has left or is to be trained again; an account of the computer is taken as it
// is. A recipient and a reason, where there are, stand behind the form.
func (d *DHR) RecordExport(ctx context.Context, by, subject, form, recipient, reason string) (leaf int64, err error) {
	why := form
	for _, said := range []struct{ about, joint, text string }{
		{"to whom it is handed over", " to ", recipient}, {string(station.MayExport), ": ", reason},
	} {
		if said.text == "" {
			continue
		}
		if err := station.CheckText(said.about, said.text); err != nil {
			return 0, err
		}
		why += said.joint + said.text
	}
	return d.write(ctx, auditEntry{what: "export", subject: subject, who: by, why: why}, func(t *tx) error { return t.mayTake(by) })
}

// FinishExport writes the leaf that says what an export came to, once its files are
// whole and before they have their names: how many, how long and which. subject is
// that of [DHR.RecordExport], whose leaf e has.
func (d *DHR) FinishExport(ctx context.Context, by, subject string, e record.Export) (leaf int64, err error) {
	why := fmt.Sprintf("export of leaf %d: %s, %s, SHA-256 %s", e.Leaf, station.Counted(e.Count, "entry", "entries"), station.Counted(e.Bytes, "byte", "bytes"), e.Hash)
	return d.write(ctx, auditEntry{what: "finish-export", subject: subject, who: by, why: why}, func(t *tx) error { return t.mayTake(by) })
}

// mayTake asks [station.AllowRecordCopy], with the people as they stand in this very
// transaction.
func (t *tx) mayTake(by string) error {
	var known bool
	err := t.Get("SELECT EXISTS (SELECT 1 FROM people WHERE id = ?)", []any{store.Text(by)}, &known)
	if err != nil {
		return err
	}
	var p station.Person
	if known {
		if p, err = t.person(by); err != nil {
			return err
		}
	}
	return station.AllowRecordCopy(p, known)
}

// SignText signs a text with the key of the station, as a C2SP signed note. The
// first line of the text must say what it is, so that it is never taken for a
// checkpoint.
func (d *DHR) SignText(ctx context.Context, text string) ([]byte, error) {
	if _, err := d.asStation(ctx); err != nil {
		return nil, err
	}
	private, _, err := d.key(ctx)
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, station.NewFault(station.KeyFault, "its file holds no key.", err)
	}
	return note.Sign(&note.Note{Text: text}, signer)
}
