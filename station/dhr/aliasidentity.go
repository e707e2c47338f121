// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/query"
)

const selectAliasKey = `SELECT key FROM alias_keys`

// aliased are the terms of an alias as those of the identity that it stands for.
// An alias that was not given out here leads nowhere.
func (d *DHR) aliased(ctx context.Context, terms []query.Term) ([]query.Term, error) {
	for i, t := range terms {
		if t.Field != query.AliasField {
			continue
		}
		kind, value, err := IdentityOf(ctx, d.reads, identity.Alias(t.Value))
		if err != nil || value == "" {
			return nil, err
		}
		terms = append([]query.Term{}, terms...)
		terms[i] = query.Term{Field: query.TermField(kind), How: query.Exactly, Value: value}
	}
	return terms, nil
}

// selectHeld are the identities of a kind that a unit has or had.
const selectHeld = `SELECT imei, imei2, iccid, imsi, eid FROM bindings WHERE serial = ?1
	UNION ALL SELECT imei, imei2, iccid, imsi, eid FROM accepted_bindings WHERE serial = ?1
	UNION ALL SELECT '', '', iccid, imsi, eid FROM subscriptions WHERE serial = ?1`

// IdentityOf is the number that an alias stands for: one that the unit has or had,
// and of which the key makes the alias. It is "" where there is none.
func IdentityOf(ctx context.Context, from *store.Reader, a identity.Alias) (kind identity.Kind, value string, err error) {
	serial, key := "", []byte(nil)
	err = from.Row(ctx, `SELECT kind, serial FROM aliases WHERE alias = ?`, []any{string(a)}, []any{&kind, &serial})
	if err == nil {
		err = from.Row(ctx, selectAliasKey, nil, []any{&key})
	}
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	} else if err != nil {
		return "", "", err
	}
	err = from.Each(ctx, selectHeld, []any{serial}, func(scan func(...any) error) error {
		var imei, imei2, iccid, imsi, eid string
		if err := scan(&imei, &imei2, &iccid, &imsi, &eid); err != nil {
			return err
		}
		of := map[identity.Kind][]string{identity.KindIMEI: {imei, imei2}, identity.KindICCID: {iccid}, identity.KindIMSI: {imsi}, identity.KindEID: {eid}}
		for _, v := range of[kind] {
			if v != "" && identity.NewAlias(key, kind, v) == a {
				value = v
			}
		}
		return nil
	})
	return kind, value, err
}
