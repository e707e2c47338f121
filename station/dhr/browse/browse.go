// SPDX-License-Identifier: Apache-2.0

// Package browse leads through a record from any fact to any other: nodes, the
// page of each and the links between them. It only reads, but for the leaf that
// says that somebody was shown identities.
package browse

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// nodeTables are the tables whose rows are places of their own.
var nodeTables = map[record.NodeKind]string{
	record.KindOrder: "orders", record.KindUnit: "units", record.KindBinding: "bindings", record.KindAttempt: "attempts", record.KindEvidence: "evidence",
	record.KindVerdict: "verdicts", record.KindPrint: "prints", record.KindMove: "moves", record.KindAlarm: "alarms", record.KindSignature: "signatures",
	record.KindProduct: "products", record.KindLayout: "layouts", record.KindDialect: "dialects", record.KindAllocation: "allocations", record.KindPerson: "people",
	record.KindSignIn: "sign_ins", record.KindClearance: "clearances", record.KindExplanation: "explanations",
	record.KindCheckpoint: "checkpoints", record.KindKey: "station_keys", record.KindBackup: "backups", record.KindDevice: "devices",
	record.KindSecret: "secrets", record.KindEnrolment: "enrolments", record.KindProgram: "programs",
	record.KindHistory: "history_files", record.KindHistoryPart: "history_parts", record.KindImportedUnit: "imported_units",
	record.KindImportedBinding: "imported_bindings", record.KindFlag: "flags", record.KindSubscription: "subscriptions",
	record.KindReconciliation: "reconciliations", record.KindCase: "cases", record.KindCaseList: "case_lists",
	record.KindIncidentExport: "incident_exports", record.KindAnswers: "case_answers", record.KindAliasKey: "alias_keys", record.KindAlias: "aliases",
}

// keyOfNode is the key of the row that a place is, as the arguments of a query.
func keyOfNode(p record.Node) []any {
	before, after, cut := p.Name, "", false
	switch p.Kind {
	case record.KindProduct, record.KindSecret:
		before, after, cut = cutLast(p.Name, "/")
	case record.KindDevice, record.KindHistoryPart, record.KindImportedUnit, record.KindImportedBinding, record.KindCaseList:
		before, after, cut = strings.Cut(p.Name, "/")
	default:
	}
	if cut {
		return []any{store.Text(before), store.Text(after)}
	}
	return []any{store.Text(p.Name)}
}

// cutLast splits at the last separator: a name may have one itself, and the part
// behind never has.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// Browser leads through a record.
type Browser struct{ dhr *dhr.DHR }

// New leads through an open record.
func New(d *dhr.DHR) Browser { return Browser{d} }

// Page reads what there is to see at a place: the row, held against its leaf,
// and that leaf with its proof. Identities and badges are masked. A place that
// is not in the record gives [dhr.ErrNotFound].
func (b Browser) Page(ctx context.Context, p record.Node) (record.Page, error) {
	return b.page(ctx, p, false)
}

// page reads in one snapshot, so that its parts agree with each other while the
// line goes on writing.
func (b Browser) page(ctx context.Context, p record.Node, whole bool) (page record.Page, err error) {
	snap, err := b.dhr.Snapshot(ctx)
	if err != nil {
		return page, err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	page, err = browse(ctx, snap, whole).page(p)
	return page, store.AsRowFault(err)
}

// PageUnmasked is [Browser.Page] with the identities whole, of a place that is
// about one unit. That it is shown, and to whom, is in the record first: see
// [dhr.DHR.Reveal].
func (b Browser) PageUnmasked(ctx context.Context, by string, p record.Node) (record.Page, error) {
	masked, err := b.Page(ctx, p)
	if err != nil || masked.Units.Kind != record.KindUnit {
		return masked, err
	}
	if _, err := b.dhr.Reveal(ctx, by, "show-identity", []string{masked.Units.Name}, string(p.Kind)+" "+p.Name); err != nil {
		return masked, err
	}
	return b.page(ctx, p, true)
}

// browser reads places in one state of the record.
type browser struct {
	*dhr.Snapshot
	ctx   context.Context
	whole bool // identities are not masked
	names map[string]string
}

func browse(ctx context.Context, s *dhr.Snapshot, whole bool) *browser {
	return &browser{Snapshot: s, ctx: ctx, whole: whole, names: map[string]string{}}
}

func (w *browser) page(p record.Node) (record.Page, error) {
	s := record.Page{Node: p, Title: w.masked(p.Name), Whole: w.whole}
	var err error
	switch table := nodeTables[p.Kind]; {
	case table != "":
		if err = w.rowPage(&s, table); err == nil && p.Kind == record.KindOrder {
			err = w.gathered(&s)
		}
	case p.Kind == record.KindSearch:
		s.Search, err = w.interpreted(p.Name)
	case p.Kind == record.KindLeaf:
		s.Leaf, err = w.leafNumbered(p.Name)
	case p.Kind == record.KindLot || p.Kind == record.KindDates:
		err = w.gathered(&s)
	}
	if err != nil {
		return s, err
	}
	s.Units, err = w.unitsAt(p)
	return s, err
}

// rowPage fills in a place that is a row. A serial that was only ever refused
// has no row, and is a place all the same.
func (w *browser) rowPage(s *record.Page, table string) error {
	def := w.Tables[table]
	values, into := store.Slots(len(def.Columns))
	err := w.Row(w.ctx, def.Select, keyOfNode(s.Node), into)
	if errors.Is(err, sql.ErrNoRows) && s.Kind == record.KindUnit {
		return w.neverBuilt(s)
	} else if err != nil {
		return err
	}
	r := store.Values{}
	for i, c := range def.Columns {
		r[c] = values[i]
	}
	if err := w.describe(s, table, def, r); err != nil {
		return err
	}
	s.Leaf, err = w.behind(table, def, r)
	return err
}

// neverBuilt tells of a serial that was only tried: it has no row of its own, and
// an auditor who holds the device still finds it.
func (w *browser) neverBuilt(s *record.Page) error {
	var n int
	err := w.Row(w.ctx, `SELECT count(*) FROM attempts WHERE serial = ?`, keyOfNode(s.Node), []any{&n})
	if err == nil && n == 0 {
		err = sql.ErrNoRows
	}
	s.State = string(station.Fail)
	return err
}

// gathered counts the serials of a lot, an order or some days: units by what
// became of them, and those that were only refused.
func (w *browser) gathered(s *record.Page) error {
	scope, err := ScopeOf(s.Node)
	if err != nil {
		return err
	}
	n, err := w.Count(w.ctx, scope)
	if err != nil {
		return err
	}
	counts, err := w.CountBy(w.ctx, scope, "disposition")
	if err != nil {
		return err
	}
	s.Facts = append(s.Facts, record.Fact{Name: "serials", Value: decimal(n)})
	for _, t := range counts {
		s.Facts = append(s.Facts, record.Fact{Name: t.Name, Value: decimal(t.N)})
	}
	return nil
}

// unitsAt is the place whose records can be handed over from p: p itself where
// that gathers units, or the unit that it is about.
func (w *browser) unitsAt(p record.Node) (record.Node, error) {
	var query string
	switch p.Kind {
	case record.KindLot, record.KindDates, record.KindOrder, record.KindUnit:
		return p, nil
	case record.KindBinding, record.KindAttempt, record.KindPrint, record.KindMove, record.KindAlarm:
		query = `SELECT serial FROM ` + nodeTables[p.Kind] + ` WHERE id = ?`
	case record.KindEvidence, record.KindVerdict:
		query = `SELECT serial FROM attempts WHERE id = ?`
	case record.KindLeaf:
		query = `SELECT substr(subject, 6) FROM leaves WHERE number = ? AND subject LIKE 'unit:%'`
	default:
		return record.Node{}, nil
	}
	var serial string
	err := w.Row(w.ctx, query, keyOfNode(p), []any{&serial})
	if errors.Is(err, sql.ErrNoRows) || serial == "" {
		return record.Node{}, nil
	}
	return record.Node{Kind: record.KindUnit, Name: serial}, err
}

// ScopeOf is which units an export from a place is about: a unit, order, lot
// or some days; of anything else [dhr.ErrNotFound].
func ScopeOf(p record.Node) (record.Scope, error) {
	switch p.Kind {
	case record.KindUnit:
		return record.Scope{By: record.BySerial, Name: p.Name}, nil
	case record.KindOrder:
		return record.Scope{By: record.ByOrder, Name: p.Name}, nil
	case record.KindLot:
		return record.Scope{By: record.ByLot, Name: p.Name}, nil
	case record.KindDates:
		first, last, _ := strings.Cut(p.Name, "/")
		from, err1 := station.ParseDay(first)
		to, err2 := station.ParseDay(last)
		if err1 == nil && err2 == nil && from <= to {
			return record.Scope{By: record.ByDates, From: from, To: to}, nil
		}
	default:
	}
	return record.Scope{}, store.ErrNotFound
}
