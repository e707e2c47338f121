// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"

	"bindery/station"
)

// ApproveProduct signs one version of a product definition. Who brought it in
// may not.
func (d *DHR) ApproveProduct(ctx context.Context, s Signing, ref string, version int) (leaf int64, err error) {
	p, err := d.signs(ctx, s)
	if err != nil {
		return 0, err
	}
	subject := productSubject(ref, version)
	return d.write(ctx, act{what: "approve", subject: subject, who: p.ID}, func(t *tx) error {
		statement, author, err := definition(t, t.tables["products"], text(ref), version)
		if err != nil {
			return err
		}
		if p, err = t.person(p.ID); err != nil { // they signed in before this transaction
			return err
		}
		if err := station.AllowSecond(p, author, station.ActApprove); err != nil {
			return err
		}
		hash, err := hashOf(statement)
		if err != nil {
			return err
		}
		if err := s.saw(hash); err != nil {
			return err
		}
		_, err = t.sign(p, s.Meaning, subject, statement)
		return err
	})
}

// definition is what an approval signs, and who brought it in.
func definition(q asker, def table, ref string, version int) (statement map[string]any, author string, err error) {
	values, into := slots(len(def.columns))
	if err := q.get(def.sel, []any{ref, version}, into...); err != nil {
		return nil, "", known(err)
	}
	product := row{}
	for i, c := range def.columns {
		product[c] = values[i]
	}
	err = q.get("SELECT json_extract(body, '$.who') FROM leaves WHERE number = ?", []any{product["leaf"]}, &author)
	return map[string]any{"product": image(def, product)}, author, err
}

func productSubject(ref string, version int) string {
	return fmt.Sprintf("product:%s/%d", ref, version)
}

// MayBuild tells whether units of a version of a product definition may be
// made: it was approved by signature, or this site cannot sign yet because
// nobody with the quality role has a password.
func (d *DHR) MayBuild(ctx context.Context, ref string, version int) (may bool, err error) {
	err = d.reads.row(ctx, `SELECT EXISTS (SELECT 1 FROM signatures WHERE subject = ? AND meaning = ?) OR NOT EXISTS (
			SELECT 1 FROM people p JOIN secrets s ON s.person = p.id WHERE p.role = ? AND p.active = 1 AND s.kind = ?)`,
		[]any{productSubject(ref, version), string(Approval), string(station.Quality), string(Password)}, []any{&may})
	return may, fault(err)
}

// Approved tells whether a version of a product definition was approved by
// signature.
func (d *DHR) Approved(ctx context.Context, ref string, version int) (bool, error) {
	list, err := d.Signatures(ctx, productSubject(ref, version))
	for _, s := range list {
		if s.Meaning == Approval {
			return true, err
		}
	}
	return false, err
}
