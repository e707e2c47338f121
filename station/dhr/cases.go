// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/scope"
)

// OpenCase keeps the units of a scope under a name, with why and who follows them
// up. Only who has [station.MayKeepCase] may.
func (d *DHR) OpenCase(ctx context.Context, by string, c record.NewCaseList) (leaf int64, err error) {
	if err := station.CheckCaseName(c.Name); err != nil {
		return 0, err
	}
	return d.writeCase(ctx, "open-case", by, c, func(t *tx) (id int64, err error) {
		had, err := t.names(`SELECT name FROM cases`)
		if err != nil {
			return 0, err
		}
		if err := station.CheckNewCase(c.Name, had); err != nil {
			return 0, err
		}
		people, err := t.followers(c.People)
		if err != nil {
			return 0, err
		}
		return t.Insert("cases", store.Values{
			"name": c.Name, "folded": station.Fold(c.Name), "reason": c.Reason, "people": people, "person": by, "at": store.Stamp(t.Now),
			"closed_by": "", "close_reason": "",
		})
	})
}

// names are those that a query gives.
func (t *tx) names(query string) (list []string, err error) {
	err = t.Each(query, nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		list = append(list, name)
		return err
	})
	return list, err
}

// UpdateCase lists the units of a case anew, and with them, where people are
// named, who follows it up. The lists before stay.
func (d *DHR) UpdateCase(ctx context.Context, by string, c record.NewCaseList) (leaf int64, err error) {
	return d.writeCase(ctx, "update-case", by, c, func(t *tx) (int64, error) {
		id, err := t.openCase(c.Name)
		if err != nil || len(c.People) == 0 {
			return id, err
		}
		people, err := t.followers(c.People)
		if err != nil {
			return id, err
		}
		return id, t.Update("cases", []any{id}, store.Values{"people": people})
	})
}

// CloseCase ends a case, for a reason.
func (d *DHR) CloseCase(ctx context.Context, by, name, reason string) (leaf int64, err error) {
	return d.write(ctx, auditEntry{what: "close-case", subject: "case:" + identity.MaskIn(name), who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayKeepCase, reason); err != nil {
			return err
		}
		id, err := t.openCase(name)
		if err != nil {
			return err
		}
		return t.Update("cases", []any{id}, store.Values{"closed": store.Stamp(t.Now), "closed_by": by, "close_reason": reason})
	})
}

// writeCase writes a list of units under the case that of gives.
func (d *DHR) writeCase(ctx context.Context, what, by string, c record.NewCaseList, of func(*tx) (int64, error)) (leaf int64, err error) {
	packed, hash, err := packSerials(c.Units)
	if err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: what, subject: "case:" + identity.MaskIn(c.Name), who: by, why: c.Reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayKeepCase, c.Reason); err != nil {
			return err
		}
		id, err := of(t)
		if err != nil {
			return err
		}
		var last int64
		if err := t.Get(`SELECT coalesce(max(n), 0) FROM case_lists WHERE case_id = ?`, []any{id}, &last); err != nil {
			return err
		}
		_, err = t.Insert("case_lists", store.Values{
			"case_id": id, "n": last + 1, "scope": scope.JSON(c.Expr), "as_of": c.AsOf, "count": int64(len(c.Units)), "hash": hash, "units": packed,
			"reason": c.Reason, "person": by, "at": store.Stamp(t.Now),
		})
		return err
	})
}

// openCase is the number of a case that is open.
func (t *tx) openCase(name string) (id int64, err error) {
	var closed bool
	err = t.Get(`SELECT id, closed IS NOT NULL FROM cases WHERE folded = ?`, []any{station.Fold(name)}, &id, &closed)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, notRecorded("a case " + station.Shown(name))
	} else if err != nil {
		return 0, err
	}
	return id, station.CheckCaseOpen(closed)
}

// followers are people who work here, as a row has them.
func (t *tx) followers(ids []string) (string, error) {
	if ids == nil {
		ids = []string{}
	}
	active := map[string]bool{}
	for _, id := range ids {
		var works bool
		if err := t.Get(`SELECT EXISTS (SELECT 1 FROM people WHERE id = ? AND active = 1)`, []any{store.Text(id)}, &works); err != nil {
			return "", err
		}
		active[id] = works
	}
	if err := station.CheckFollowers(ids, active); err != nil {
		return "", err
	}
	text, err := json.Marshal(ids)
	return string(text), err
}

// Cases lists the cases, the newest first.
func (d *DHR) Cases(ctx context.Context) ([]record.Case, error) {
	list, err := d.cases(ctx, `ORDER BY id DESC`)
	return list, store.AsFault(err)
}

// Case is the one of a name, in any capitals; ErrNotFound when there is none.
func (d *DHR) Case(ctx context.Context, name string) (record.Case, error) {
	list, err := d.cases(ctx, `WHERE folded = ?`, station.Fold(store.Text(name)))
	if err == nil && len(list) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		return record.Case{}, store.AsRowFault(err)
	}
	return list[0], nil
}

func (d *DHR) cases(ctx context.Context, where string, args ...any) ([]record.Case, error) {
	list := []record.Case{}
	err := d.reads.Each(ctx, `SELECT id, name, reason, people, person, at, closed, closed_by, close_reason, leaf FROM cases `+where, args,
		func(scan func(...any) error) error {
			c := record.Case{Saved: []record.CaseList{}}
			var people []byte
			var closed time.Time
			err := scan(&c.ID, &c.Name, &c.Reason, &people, &c.By, (*store.Instant)(&c.At), (*store.Instant)(&closed), &c.ClosedBy, &c.CloseReason, &c.Leaf)
			if err == nil {
				err = json.Unmarshal(people, &c.People)
			}
			c.Closed = known(closed)
			list = append(list, c)
			return err
		})
	for i := range list {
		if err == nil {
			err = d.addCaseLists(ctx, &list[i])
		}
	}
	return list, err
}

func (d *DHR) addCaseLists(ctx context.Context, c *record.Case) error {
	return d.reads.Each(ctx, `SELECT n, scope, as_of, count, hash, reason, person, at, leaf FROM case_lists WHERE case_id = ? ORDER BY n DESC`,
		[]any{c.ID}, func(scan func(...any) error) error {
			var l record.CaseList
			var expr []byte
			err := scan(&l.N, &expr, &l.AsOf, &l.Count, &l.Hash, &l.Reason, &l.By, (*store.Instant)(&l.At), &l.Leaf)
			if err == nil {
				l.Expr, err = scope.ParseJSON(expr)
			}
			if err == nil {
				l.Scope = scope.Shown(l.Expr)
			}
			c.Saved = append(c.Saved, l)
			return err
		})
}

// CaseUnits are the serials of a case as it was saved the n-th time, sorted;
// ErrNotFound when it was not.
func (d *DHR) CaseUnits(ctx context.Context, id, n int64) ([]string, error) {
	var packed []byte
	err := d.reads.Row(ctx, `SELECT units FROM case_lists WHERE case_id = ? AND n = ?`, []any{id, n}, []any{&packed})
	if err != nil {
		return nil, store.AsRowFault(err)
	}
	list, err := unpackSerials(packed)
	return list, store.AsFault(err)
}

// packSerials is a list of serials as a row has it, and its hash.
func packSerials(serials []string) (packed []byte, hash string, err error) {
	var b bytes.Buffer
	sum, w := sha256.New(), gzip.NewWriter(&b)
	out := io.MultiWriter(sum, w)
	for _, s := range serials {
		if _, err := io.WriteString(out, s+"\n"); err != nil {
			return nil, "", err
		}
	}
	err = w.Close()
	return b.Bytes(), hex.EncodeToString(sum.Sum(nil)), err
}

func unpackSerials(packed []byte) ([]string, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	if err != nil || len(text) == 0 {
		return []string{}, err
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), nil
}
