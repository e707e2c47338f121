// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"context"

	"bindery/station"
	"bindery/station/dhr"
)

// relation holds a copy of the backup, of so many leaves, against the record.
func (w Restoration) relation(ctx context.Context, backup string, leaves int64, o dhr.Options) (station.BackupRelation, error) {
	b, err := dhr.OpenReadOnly(ctx, backup, o)
	if err != nil {
		return "", err
	}
	defer b.Close() //nolint:errcheck // it was only read
	k := station.BackupFacts{Backup: leaves}
	d, err := openReadable(ctx, w.Path, o)
	if err != nil {
		return "", err
	}
	if d != nil {
		defer d.Close() //nolint:errcheck // it was only read
		if err := relate(ctx, d, b, &k); err != nil && ctx.Err() != nil {
			return "", err
		}
	}
	if k.Record == 0 { // lost, damaged or without a leaf: the key is what is left of it
		if k.Key, k.KeyKnown, err = keyKnown(ctx, b); err != nil {
			return "", err
		}
	}
	return station.RelateBackup(k), nil
}

// relate compares the leaves of the record with those of a backup.
func relate(ctx context.Context, d, b *dhr.DHR, k *station.BackupFacts) error {
	var last int64
	if err := d.Reader().QueryRow(ctx)("SELECT coalesce(max(number), 0) FROM leaves", nil, &last); err != nil {
		return err
	}
	if last == 0 || k.Backup == 0 {
		k.Last = k.Backup == 0 // an empty backup is the beginning of any record
		k.Record = last
		return nil
	}
	var err error
	if k.First, err = sameLeaf(ctx, d, b, 1); err != nil {
		return err
	}
	if k.Last, err = sameLeaf(ctx, d, b, min(last, k.Backup)); err != nil {
		return err
	}
	k.Record = last
	return nil
}

// sameLeaf reports whether two records have the same leaf of this number.
func sameLeaf(ctx context.Context, a, b *dhr.DHR, number int64) (bool, error) {
	var one, other string
	for d, into := range map[*dhr.DHR]*string{a: &one, b: &other} {
		if err := d.Reader().QueryRow(ctx)("SELECT hex(hash) FROM leaves WHERE number = ?", []any{number}, into); err != nil {
			return false, err
		}
	}
	return one == other, nil
}

// keyKnown tells whether the station has a key, and whether a backup knows it:
// one that has no key at all could be of anybody. A key that cannot be read tells
// nothing: what signs will say so.
func keyKnown(ctx context.Context, b *dhr.DHR) (there, known bool, err error) {
	public := b.ShownKey()
	if public == "" {
		return false, false, nil
	}
	l, err := b.Enrolments(ctx)
	return true, l.Last(public) != nil, err
}
