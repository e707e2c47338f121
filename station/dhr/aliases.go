// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/record"
)

// GiveAlias gives the alias of an identity that a unit has or had, by the number in
// any form that [DHR.Find] takes. Only who has [station.MayGiveAlias] may; the
// leaf has the alias and not the number.
func (d *DHR) GiveAlias(ctx context.Context, by, text, reason string) (identity.Alias, error) {
	found, err := d.Find(ctx, text)
	if err != nil {
		return "", err
	}
	kind, ok := aliasKinds[found.Took]
	if !ok || len(found.Units) == 0 || found.Units[0].Attempt != 0 {
		return "", notRecorded("a unit with this identity")
	}
	list, err := d.giveAliases(ctx, by, station.MayGiveAlias, reason, []record.UnitIdentity{{Kind: kind, Value: found.Value, Serial: found.Units[0].Serial}})
	if err != nil {
		return "", err
	}
	return list[0], nil
}

// aliasKinds are what a text may be taken for that an alias stands for.
var aliasKinds = map[query.TextKind]identity.Kind{
	query.IMEI: identity.KindIMEI, query.IMEISV: identity.KindIMEI, query.ICCID: identity.KindICCID, query.IMSI: identity.KindIMSI, query.EID: identity.KindEID,
}

// mostAliases is how many aliases one leaf tells of.
const mostAliases = 5000

// GiveAliases gives the aliases of many identities, for who may export; "" where
// a value is "".
func (d *DHR) GiveAliases(ctx context.Context, by, reason string, of []record.UnitIdentity) ([]identity.Alias, error) {
	var all []identity.Alias
	for len(of) > 0 {
		n := min(len(of), mostAliases)
		list, err := d.giveAliases(ctx, by, station.MayExport, reason, of[:n])
		if err != nil {
			return nil, err
		}
		all, of = append(all, list...), of[n:]
	}
	return all, nil
}

// giveAliases writes the aliases that were not given out before.
func (d *DHR) giveAliases(ctx context.Context, by string, may station.Permission, reason string, of []record.UnitIdentity) ([]identity.Alias, error) {
	list := make([]identity.Alias, len(of))
	_, err := d.write(ctx, auditEntry{what: "give-alias", subject: "aliases", who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, may, reason); err != nil {
			return err
		}
		key, err := t.aliasKey(d.rand)
		if err != nil {
			return err
		}
		for i, o := range of {
			if o.Value == "" {
				continue
			}
			list[i] = identity.NewAlias(key, o.Kind, o.Value)
			if err := t.keepAlias(list[i], o); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

func (t *tx) keepAlias(a identity.Alias, o record.UnitIdentity) error {
	var there bool
	if err := t.Get(`SELECT EXISTS (SELECT 1 FROM aliases WHERE alias = ?)`, []any{string(a)}, &there); err != nil || there {
		return err
	}
	_, err := t.Insert("aliases", store.Values{"alias": string(a), "kind": string(o.Kind), "serial": o.Serial})
	return err
}

// aliasKey is the key of the aliases of this record, made the first time. It lies
// in the record, which has all identities anyway: so all stations of a record
// give the same alias, a new key of a station changes none, and a backup brings it
// back.
func (t *tx) aliasKey(random io.Reader) (key []byte, err error) {
	err = t.Get(selectAliasKey, nil, &key)
	if !errors.Is(err, sql.ErrNoRows) {
		return key, err
	}
	const size = 32 // bytes, as the digest has
	key = make([]byte, size)
	if _, err := io.ReadFull(random, key); err != nil {
		return nil, err
	}
	_, err = t.Insert("alias_keys", store.Values{"id": int64(1), "key": key})
	return key, err
}
