// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// nodeSource is where the record has the nodes of a kind.
type nodeSource struct {
	table  string                                                   // whose rows they are; "" where they gather rows
	key    func(name string) (first, second string, found bool)     // the two columns of its key; nil where that is one
	by     record.ExportBy                                          // how they gather units; "" where they do not
	unit   string                                                   // asks for the serial that one is about; "" where it is about none
	inside func(*snapshotBrowser, *record.Page, store.Values) error // shows what a row carries in a blob, or in a longer text
}

// nodeSources has every kind, so that a new one is not forgotten in one of the
// places that ask.
//
//exhaustive:enforce
var nodeSources = map[record.NodeKind]nodeSource{
	record.KindRecord:          {},
	record.KindLots:            {},
	record.KindRules:           {},
	record.KindPeople:          {},
	record.KindAlarms:          {},
	record.KindKeys:            {},
	record.KindTrail:           {},
	record.KindLot:             {by: record.ByLot},
	record.KindDates:           {by: record.ByDates},
	record.KindSearch:          {},
	record.KindLeaf:            {unit: `SELECT substr(subject, 6) FROM leaves WHERE number = ? AND subject LIKE 'unit:%'`},
	record.KindOrder:           {by: record.ByOrder, table: "orders"},
	record.KindUnit:            {by: record.BySerial, table: "units"},
	record.KindBinding:         {table: "bindings", unit: `SELECT serial FROM bindings WHERE id = ?`},
	record.KindAttempt:         {table: "attempts", unit: `SELECT serial FROM attempts WHERE id = ?`},
	record.KindEvidence:        {table: "evidence", unit: `SELECT serial FROM attempts WHERE id = ?`, inside: (*snapshotBrowser).evidence},
	record.KindVerdict:         {table: "verdicts", unit: `SELECT serial FROM attempts WHERE id = ?`, inside: (*snapshotBrowser).verdict},
	record.KindPrint:           {table: "prints", unit: `SELECT serial FROM prints WHERE id = ?`},
	record.KindMove:            {table: "moves", unit: `SELECT serial FROM moves WHERE id = ?`},
	record.KindAlarm:           {table: "alarms", unit: `SELECT serial FROM alarms WHERE id = ?`},
	record.KindSignature:       {table: "signatures", inside: (*snapshotBrowser).signature},
	record.KindProduct:         {table: "products", key: lastPart},
	record.KindLayout:          {table: "layouts", inside: (*snapshotBrowser).definition},
	record.KindDialect:         {table: "dialects", inside: (*snapshotBrowser).definition},
	record.KindAllocation:      {table: "allocations"},
	record.KindPerson:          {table: "people"},
	record.KindSignIn:          {table: "sign_ins"},
	record.KindClearance:       {table: "clearances"},
	record.KindExplanation:     {table: "explanations"},
	record.KindCheckpoint:      {table: "checkpoints", inside: (*snapshotBrowser).checkpoint},
	record.KindKey:             {table: "station_keys"},
	record.KindBackup:          {table: "backups"},
	record.KindDevice:          {table: "devices", key: firstPart},
	record.KindSecret:          {table: "secrets", key: lastPart},
	record.KindEnrolment:       {table: "enrolments"},
	record.KindProgram:         {table: "programs"},
	record.KindHistory:         {table: "history_files"},
	record.KindHistoryPart:     {table: "history_parts", key: firstPart},
	record.KindImportedUnit:    {table: "imported_units", key: firstPart},
	record.KindImportedBinding: {table: "imported_bindings", key: firstPart},
	record.KindFlag:            {table: "flags"},
	record.KindSubscription:    {table: "subscriptions"},
	record.KindReconciliation:  {table: "reconciliations"},
	record.KindCase:            {table: "cases"},
	record.KindCaseList:        {table: "case_lists", key: firstPart},
	record.KindIncidentExport:  {table: "incident_exports"},
	record.KindAnswers:         {table: "case_answers"},
	record.KindAliasKey:        {table: "alias_keys"},
	record.KindAlias:           {table: "aliases"},
}

// keyOfNode is the key of the row that a place is, as the arguments of a query.
func keyOfNode(p record.Node) []any {
	if cut := nodeSources[p.Kind].key; cut != nil {
		if first, second, found := cut(p.Name); found {
			return []any{store.Text(first), store.Text(second)}
		}
	}
	return []any{store.Text(p.Name)}
}

// firstPart splits at the first separator: the part behind may have one itself.
func firstPart(name string) (first, second string, found bool) { return strings.Cut(name, "/") }

// lastPart splits at the last separator: the part before may have one itself, and
// the part behind never has.
func lastPart(name string) (first, second string, found bool) {
	if i := strings.LastIndex(name, "/"); i >= 0 {
		return name[:i], name[i+1:], true
	}
	return name, "", false
}

// kindOf is the kind of node that a table's rows are; "" where they are none of
// their own.
func kindOf(table string) record.NodeKind {
	for kind, from := range nodeSources {
		if from.table == table {
			return kind
		}
	}
	return ""
}

// SubjectOf is which units an export from a place is about: a unit, order, lot
// or some days; of anything else [dhr.ErrNotFound].
func SubjectOf(p record.Node) (record.ExportSubject, error) {
	by := nodeSources[p.Kind].by
	if by == "" {
		return record.ExportSubject{}, store.ErrNotFound
	}
	if by != record.ByDates {
		return record.ExportSubject{By: by, Name: p.Name}, nil
	}
	first, last, _ := strings.Cut(p.Name, "/")
	from, err1 := station.ParseDay(first)
	to, err2 := station.ParseDay(last)
	if err1 != nil || err2 != nil || from > to {
		return record.ExportSubject{}, store.ErrNotFound
	}
	return record.ExportSubject{By: by, From: from, To: to}, nil
}
