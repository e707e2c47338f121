// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"io/fs"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
	"bindery/station/safefile"
)

// UseKey reads the station's key now, so that a passphrase is asked for, and a
// file that others can read refused, before anything is to be signed. The key
// is made the first time; one that is not enrolled is noted. Its errors are
// *station.Fault key-fault.
func (d *DHR) UseKey(ctx context.Context) error {
	_, public, err := d.key(ctx)
	if err != nil {
		return err
	}
	l, err := d.Enrolments(ctx)
	if err != nil || len(l) == 0 || l.Of(public) != nil {
		return err
	}
	_ = d.noteNewKey(ctx, public) // what keeps it from being noted will be told of by whatever is to be written next
	return nil
}

// KeyState tells how the key is kept, and as which station it is enrolled. It
// asks for no passphrase and makes no key; one that is not enrolled is noted.
func (d *DHR) KeyState(ctx context.Context) (record.KeyState, error) {
	s := record.KeyState{File: d.KeyFile()}
	text, err := d.readKey()
	if errors.Is(err, fs.ErrNotExist) {
		return s, keyFault("there is none; the first checkpoint makes one. If this record had one, look for its file or its copy first.", nil)
	} else if err != nil {
		return s, err
	}
	s.Protected = isSealed(text)
	if s.Public, err = publicIn(text); err != nil {
		return s, keyFault("its file holds no key.", err)
	}
	l, err := d.Enrolments(ctx)
	if err != nil {
		return s, err
	}
	if s.Enrolment = l.Of(s.Public); s.Enrolment == nil && len(l) > 0 && !d.file.ReadOnly() {
		err = d.noteNewKey(ctx, s.Public)
	}
	return s, err
}

// ProtectKey puts the key under a passphrase, or under another one. by is who
// does so; see [station.MayManageKey].
func (d *DHR) ProtectKey(ctx context.Context, by, passphrase string) (leaf int64, err error) {
	if err := station.CheckPassphrase(passphrase); err != nil {
		return 0, err
	}
	return d.keepKey(ctx, "protect-key", by, func(private, public string) (string, error) {
		return sealKey(d.rand, private, public, passphrase)
	})
}

// UnprotectKey keeps the key without a passphrase again.
func (d *DHR) UnprotectKey(ctx context.Context, by string) (leaf int64, err error) {
	return d.keepKey(ctx, "unprotect-key", by, func(private, _ string) (string, error) { return private + "\n", nil })
}

// keepKey writes the key file anew, whole or not at all, and says so in the
// record: in the same transaction, and with the file as it was where that comes
// to nothing, so that neither is without the other but when the power goes in
// between.
func (d *DHR) keepKey(ctx context.Context, what, by string, file func(private, public string) (string, error)) (leaf int64, err error) {
	private, public, err := d.key(ctx)
	if err != nil {
		return 0, err
	}
	text, err := file(private, public)
	if err != nil {
		return 0, store.AsFault(err)
	}
	var before []byte // once the file is another
	leaf, err = d.write(ctx, auditEntry{what: what, who: by}, func(t *tx) error {
		t.Leaf.Subject = "station:" + t.Leaf.Station
		if err := t.checkPermissionHere(by, station.MayManageKey); err != nil {
			return err
		}
		if before, err = safefile.Read(d.KeyFile(), safefile.MostOfKey); err != nil {
			return err
		}
		return d.placeKey(text, true)
	})
	if err == nil || before == nil {
		return leaf, err
	}
	if lost := d.placeKey(string(before), true); lost != nil {
		return 0, keyFault("it was changed, and the record does not say so.", errors.Join(err, lost))
	}
	return 0, err
}
