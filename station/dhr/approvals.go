// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
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
		def := t.tables["products"]
		product, err := t.whole(def, []any{text(ref), version})
		if errors.Is(err, sql.ErrNoRows) {
			return ErrUnknown
		} else if err != nil {
			return err
		}
		var author string
		err = t.get("SELECT json_extract(body, '$.who') FROM leaves WHERE number = ?", []any{product["leaf"]}, &author)
		if err != nil {
			return err
		}
		if err := station.AllowSecond(p, author, station.ActApprove); err != nil {
			return err
		}
		_, err = t.sign(p, s.Meaning, subject, map[string]any{"product": image(def, product)})
		return err
	})
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
