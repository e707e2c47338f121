// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// ApproveProduct signs one version of a product definition. Who brought it in
// may not.
func (d *DHR) ApproveProduct(ctx context.Context, s record.Signing, ref string, version int) (leaf int64, err error) {
	p, err := d.signs(ctx, s)
	if err != nil {
		return 0, err
	}
	subject := productSubject(ref, version)
	return d.write(ctx, auditEntry{what: "approve", subject: subject, who: p.ID}, func(t *tx) error {
		statement, author, err := definition(t, t.Tables["products"], store.Text(ref), version)
		if err != nil {
			return err
		}
		if p, err = t.person(p.ID); err != nil { // they signed in before this transaction
			return err
		}
		if err := station.AllowSecond(p, author, station.MayApprove); err != nil {
			return err
		}
		hash, err := hashOf(statement)
		if err != nil {
			return err
		}
		if err := s.Saw(hash); err != nil {
			return err
		}
		_, err = t.sign(p, s.Meaning, subject, statement)
		return err
	})
}

// definition is what an approval signs, and who brought it in.
func definition(q store.Queryer, def store.TableSchema, ref string, version int) (statement map[string]any, author string, err error) {
	values, into := store.Slots(len(def.Columns))
	if err := q.Get(def.Select, []any{ref, version}, into...); err != nil {
		return nil, "", store.AsRowFault(err)
	}
	product := store.Values{}
	for i, c := range def.Columns {
		product[c] = values[i]
	}
	err = q.Get("SELECT json_extract(body, '$.who') FROM leaves WHERE number = ?", []any{product["leaf"]}, &author)
	return map[string]any{"product": store.RowImage(def, product)}, author, err
}

func productSubject(ref string, version int) string {
	return fmt.Sprintf("product:%s/%d", ref, version)
}

// MayBuild tells whether units of a version of a product definition may be
// made ([station.MayBuild], [station.CanSign]).
func (d *DHR) MayBuild(ctx context.Context, ref string, version int) (bool, error) {
	signed, err := d.meanings(ctx, ref, version)
	if err != nil {
		return false, err
	}
	holders, err := secretHolders(readTx{ctx, d})
	return station.MayBuild(signed, station.CanSign(holders)), store.AsFault(err)
}

// Approved tells whether a version of a product definition was approved by
// signature ([station.Approved]).
func (d *DHR) Approved(ctx context.Context, ref string, version int) (bool, error) {
	signed, err := d.meanings(ctx, ref, version)
	return station.Approved(signed), err
}

// meanings lists what the signatures over a version of a product definition
// mean, the oldest first.
func (d *DHR) meanings(ctx context.Context, ref string, version int) (list []station.Meaning, err error) {
	err = d.reads.Each(ctx, `SELECT meaning FROM signatures WHERE subject = ? ORDER BY id`, []any{store.Text(productSubject(ref, version))},
		func(scan func(...any) error) error {
			var m station.Meaning
			err := scan(&m)
			list = append(list, m)
			return err
		})
	return list, store.AsFault(err)
}
