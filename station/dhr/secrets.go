// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"github.com/alexedwards/argon2id"

	"bindery/station"
	"bindery/station/dhr/store"
)

// SetUp makes the first person of an empty record: an admin, with a password,
// who enrols the key of the station with it. It works once; there is no default
// password.
func (d *DHR) SetUp(ctx context.Context, admin station.Person, password string) error {
	hash, err := hashed(station.Password, password)
	if err != nil {
		return err
	}
	if _, _, err := d.key(ctx); err != nil { // it is to be enrolled
		return err
	}
	admin.Role = station.Admin
	if err := station.RefusePerson(station.CheckPerson(admin)); err != nil {
		return err
	}
	_, err = d.write(ctx, auditEntry{what: setUp, subject: "person:" + admin.ID}, func(t *tx) error {
		var n int
		if err := t.Get("SELECT count(*) FROM people", nil, &n); err != nil {
			return err
		}
		if err := station.CheckFirstAdmin(n); err != nil {
			return err
		}
		if _, err := t.importPerson(admin); err != nil {
			return err
		}
		return t.putSecret(admin.ID, station.Password, hash)
	})
	if err != nil {
		return err
	}
	return d.enrolFirst(ctx, admin.ID)
}

// SetSecret sets a person's PIN or password: an admin does, or the person, in
// place of one that they have and have been asked for. Where no admin has a
// password yet, anybody may set their first. What somebody else has set only
// serves to choose one's own ([station.SecretUse]); the leaf says who did.
func (d *DHR) SetSecret(ctx context.Context, by, person string, kind station.Credential, secret string) error {
	hash, err := hashed(kind, secret)
	if err != nil {
		return err
	}
	_, err = d.write(ctx, auditEntry{what: setSecret(kind), subject: "person:" + person, who: by}, func(t *tx) error {
		if err := t.maySet(by, person, kind); err != nil {
			return err
		}
		if err := t.another(person, kind, secret); err != nil {
			return err
		}
		was, err := secretOf(t.Get, person, kind)
		if err != nil {
			return err
		}
		if station.ReplacesGiven(by, person, was.SecretUse) {
			owner, err := t.person(person)
			if err != nil {
				return err
			}
			if err := t.raiseChoiceAlarm(owner, was.setBy); err != nil {
				return err
			}
		}
		return t.putSecret(person, kind, hash)
	})
	return err
}

// maySet refuses who may not set this secret of a person.
func (t *tx) maySet(by, person string, kind station.Credential) error {
	p, err := t.person(by)
	if err != nil {
		return err
	}
	own, err := secretOf(t.Get, person, kind)
	if err != nil {
		return err
	}
	holders, err := secretHolders(t)
	if err != nil {
		return err
	}
	return station.AllowSetSecret(p, person, own.hash != nil, len(station.AdminsWithPassword(holders)) > 0)
}

// another refuses a secret that reads as a badge or changes nothing.
func (t *tx) another(person string, kind station.Credential, secret string) error {
	var badge, same bool
	if err := t.Get("SELECT EXISTS (SELECT 1 FROM people WHERE badge = ?)", []any{store.Text(secret)}, &badge); err != nil {
		return err
	}
	was, err := secretOf(t.Get, person, kind)
	if err == nil && was.hash != nil && !badge {
		same, err = matchesHash(secret, was.hash)
	}
	if err != nil {
		return err
	}
	return station.CheckNewSecret(badge, same)
}

func (t *tx) putSecret(person string, kind station.Credential, hash []byte) error {
	set := store.Values{"hash": hash, "set_at": store.Stamp(t.Now)}
	var there int
	key := []any{store.Text(person), string(kind)}
	if err := t.Get("SELECT count(*) FROM secrets WHERE person = ? AND kind = ?", key, &there); err != nil {
		return err
	}
	if there > 0 {
		return t.Update("secrets", key, set)
	}
	set["person"], set["kind"] = person, string(kind)
	_, err := t.Insert("secrets", set)
	return err
}

// hashed is a new secret as the record keeps it.
func hashed(kind station.Credential, secret string) ([]byte, error) {
	if err := station.CheckSecret(kind, secret); err != nil {
		return nil, err
	}
	hash, err := argon2id.CreateHash(secret, &hashCost) // it draws the salt itself, so that nothing can foresee one
	if err != nil {
		return nil, store.AsFault(err)
	}
	return []byte(hash), nil
}

// matchesHash reports whether secret is the one behind hash. The costs are those that
// the hash was made with.
func matchesHash(secret string, hash []byte) (bool, error) {
	if err := ours(hash); err != nil {
		return false, station.NewFault(station.RecordDamaged, "a PIN or password is not kept as ours are", err)
	}
	return argon2id.ComparePasswordAndHash(secret, string(hash))
}

// ours refuses a hash that no program of ours has made.
func ours(hash []byte) error {
	if len(hash) > mostHash {
		return errCost
	}
	c, salt, sum, err := argon2id.DecodeHash(string(hash))
	if err == nil {
		err = mayCost(c.Memory, c.Iterations, c.Parallelism)
	}
	if err == nil && (len(salt) < leastSalt || len(sum) < leastSum || string(hash) != textOf(c, salt, sum)) {
		err = errCost
	}
	return err
}
