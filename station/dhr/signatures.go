// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// signs checks both components of who signs, outside of the transaction: the
// argon2id hash takes longer than a commit may.
func (d *DHR) signs(ctx context.Context, s record.Signing) (station.Person, error) {
	if err := station.AllowMeaning(s.Meaning); err != nil {
		return station.Person{}, err
	}
	return d.SignIn(ctx, s.Badge, station.Password, s.Password)
}

// sign writes a signature over a statement: whatever is in it cannot change
// under the signature, for its hash is in the leaf.
func (t *tx) sign(p station.Person, meaning station.Meaning, subject string, statement any) (id int64, err error) {
	body, err := ledger.Canonical(statement)
	if err != nil {
		return 0, err
	}
	hash, err := hashOf(statement)
	if err != nil {
		return 0, err
	}
	return t.Insert("signatures", store.Values{
		"subject": subject, "statement": body, "hash": hash, "meaning": string(meaning),
		"person": p.ID, "name": p.Name, "role": string(p.Role), "at": store.Stamp(t.Now), "zone": t.Leaf.Zone,
		"program": t.program,
	})
}

// hashOf is the SHA-256, hex, of a statement in canonical JSON.
func hashOf(statement any) (string, error) {
	body, err := ledger.Canonical(statement)
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), err
}

// Signatures lists those about a subject, such as "product:CL-100/2" or
// "lot:L2603", the oldest first.
func (d *DHR) Signatures(ctx context.Context, subject string) ([]record.Signature, error) {
	list, err := d.signatures(ctx, `WHERE subject = ?`, store.Text(subject))
	if err != nil {
		return nil, err
	}
	return list, store.AsFault(d.addSignatureStatus(ctx, list, ""))
}

func (d *DHR) signatures(ctx context.Context, where string, args ...any) ([]record.Signature, error) {
	list := []record.Signature{}
	err := d.reads.Each(ctx, `SELECT id, subject, statement, hash, meaning, person, name, role, at, zone, program, leaf FROM signatures `+where+` ORDER BY id`,
		args, func(scan func(...any) error) error {
			var s record.Signature
			err := scan(&s.ID, &s.Subject, &s.Statement, &s.Hash, &s.Meaning, &s.By, &s.Name, &s.Role, (*store.Instant)(&s.At), &s.Zone, &s.Program, &s.Leaf)
			list = append(list, s)
			return err
		})
	return list, store.AsFault(err)
}
