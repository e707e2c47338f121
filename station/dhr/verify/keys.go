// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"fmt"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// signers holds the checkpoints of the record against the enrolments: from the
// first enrolment on, a key signs while it is a station. It keeps what each key
// signed for the report.
func (v *verifier) signers() error {
	all, first, err := v.enrolments()
	if err != nil {
		return err
	}
	uses := map[string]*record.KeyUse{}
	for _, e := range all {
		v.use(uses, e.Key)
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT c.size, c.leaf, substr(l.body, 8, 24) FROM checkpoints c JOIN leaves l ON l.number = c.leaf ORDER BY c.size`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s record.SignedAt
		if err := rows.Scan(&s.Size, &s.Leaf, (*store.Instant)(&s.At)); err != nil {
			return err
		}
		key := v.points[s.Size][0].Key // the record's own stands before others
		u := v.use(uses, key)
		if u.Checkpoints++; u.First == nil {
			u.First = &s
		}
		u.Last = &s
		if first > 0 && s.Leaf > first && all.Until(s.Leaf).Of(key) == nil {
			return ledger.IntegrityError(fmt.Sprintf("The checkpoint of %s in the record is signed by %s, which was no station's key then.", station.Counted(s.Size, "leaf", "leaves"), station.KeyName(key)))
		}
	}
	for i := range v.keyUses {
		u := v.keyUses[i]
		if spans := all.Spans(u.Key); len(spans) > 0 {
			last := len(spans) - 1
			u.Enrolled, u.Ended, u.Earlier = &spans[last].Enrolment, spans[last].Ended, spans[:last]
		}
	}
	return rows.Err()
}

// use is what is known of a key, in the order of coming.
func (v *verifier) use(uses map[string]*record.KeyUse, key string) *record.KeyUse {
	if uses[key] == nil {
		uses[key] = &record.KeyUse{Key: key, Earlier: []station.Span{}}
		v.keyUses = append(v.keyUses, uses[key])
	}
	return uses[key]
}

// enrolments are all of the record, and the leaf of the first that is a row of
// its own; 0 where none is.
func (v *verifier) enrolments() (all station.Enrolments, first int64, err error) {
	rows, err := v.tx.QueryContext(v.ctx, store.SelectEnrolments)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	l := store.EnrolmentList{}
	for rows.Next() {
		if err := l.Add(rows.Scan); err != nil {
			return nil, 0, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, 0, err
	}
	err = v.tx.QueryRowContext(v.ctx, `SELECT coalesce(min(leaf), 0) FROM enrolments`).Scan(&first)
	return station.Enrolments(l), first, err
}
