// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"bindery/station"
	"bindery/station/ledger"
)

// byHash are the blobs that a column beside them names by their SHA-256.
var byHash = []struct{ table, key, blob string }{
	{"layouts", "hash", "text"},
	{"dialects", "hash", "text"},
	{"signatures", "id", "statement"},
}

// checkNamed holds what is named by its hash against that, and the keys of stations
// against the form of one: whoever wrote them could have written something
// else.
func (v *verifier) checkNamed() error {
	for _, b := range byHash {
		if err := v.checkNamedIn(b.table, b.key, b.blob); err != nil {
			return err
		}
	}
	for _, table := range []string{"station_keys", "enrolments"} {
		if err := v.checkKeysIn(table); err != nil {
			return err
		}
	}
	return nil
}

// checkNamedIn holds each text of a table against the hash by which others name it.
func (v *verifier) checkNamedIn(table, key, blob string) error {
	rows, err := v.tx.QueryContext(v.ctx, fmt.Sprintf("SELECT %s, hash, %s FROM %s ORDER BY 1", key, blob, table))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, hash string
		var text []byte
		if err := rows.Scan(&name, &hash, &text); err != nil {
			return err
		}
		if sum := sha256.Sum256(text); hash != hex.EncodeToString(sum[:]) {
			return ledger.IntegrityError(fmt.Sprintf("The %s of a row of table %s (%s %s) does not have the hash beside it.", blob, table, key, name))
		}
	}
	return rows.Err()
}

func (v *verifier) checkKeysIn(table string) error {
	rows, err := v.tx.QueryContext(v.ctx, "SELECT key, leaf FROM "+table+" ORDER BY leaf")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var leaf int64
		if err := rows.Scan(&key, &leaf); err != nil {
			return err
		}
		if err := ledger.CheckKey(key); err != nil {
			return ledger.IntegrityError(fmt.Sprintf("The key %s in table %s, from leaf %d, is not a key: %v.", station.KeyName(key), table, leaf, err))
		}
	}
	return rows.Err()
}
