// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/safefile"
)

// KeyFile is where the station keeps the key that signs checkpoints: beside
// the record, readable by nobody else, and under a passphrase once somebody
// has protected it. Whoever has both can rewrite both; that is why checkpoints
// go to another place too.
func (d *DHR) KeyFile() string { return d.path + ".key" }

// opened is the key of a protected file, once its passphrase was given.
type opened struct {
	sync.Mutex
	private string
}

// UseKey reads the station's key now, so that a passphrase is asked for, and a
// file that others can read refused, before anything is to be signed. The key
// is made the first time. Its errors are *station.Fault key-fault.
func (d *DHR) UseKey() error {
	_, err := d.key()
	return err
}

// key is the station's private key.
func (d *DHR) key() (private string, err error) {
	d.opened.Lock()
	defer d.opened.Unlock()
	text, err := d.keyText()
	if err != nil || !isSealed(text) {
		return strings.TrimSpace(text), err
	}
	if d.opened.private != "" {
		return d.opened.private, nil
	}
	if d.passphrase == nil {
		return "", keyFault("it is protected, and nobody was asked for its passphrase.", nil)
	}
	pass, err := d.passphrase()
	if err != nil {
		return "", keyFault("its passphrase was not given.", err)
	}
	if d.opened.private, err = openKey(text, pass); err != nil {
		return "", keyFault("the passphrase is wrong.", err)
	}
	return d.opened.private, nil
}

func keyFault(what string, err error) error { return station.NewFault(station.KeyFault, what, err) }

// keyText is what the key file holds; it is made when there is none.
func (d *DHR) keyText() (string, error) {
	for range 2 {
		info, err := os.Stat(d.KeyFile())
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if err := d.makeKey(); err != nil && !errors.Is(err, fs.ErrExist) {
				return "", keyFault("it could not be made.", err)
			}
			continue // another process may have been faster: read what is there
		case err != nil:
			return "", keyFault("it could not be read.", err)
		case info.Mode().Perm()&0o077 != 0:
			return "", keyFault("others can read its file, so it may be in other hands. If it is not: chmod 600 "+d.KeyFile(), nil)
		}
		text, err := safefile.Read(d.KeyFile(), safefile.MostOfKey)
		if err != nil {
			return "", keyFault("it could not be read.", err)
		}
		return string(text), nil
	}
	return "", keyFault("it could not be made.", nil)
}

// makeKey puts a whole key file in place, or none: it is written aside first.
func (d *DHR) makeKey() error {
	private, _, err := ledger.NewKey(d.rand, d.station)
	if err != nil {
		return err
	}
	return d.placeKey(private+"\n", false)
}

// placeKey writes the key file; one that is there goes only where it may.
func (d *DHR) placeKey(text string, overwrite bool) error {
	return safefile.Write(d.KeyFile(), []byte(text), safefile.Rules{Own: true, Overwrite: overwrite})
}

// KeyState is how the key of a station is kept.
type KeyState struct {
	File      string `json:"file"`
	Public    string `json:"public"` // the verifier key
	Protected bool   `json:"protected"`
}

// KeyState tells how the key is kept. It asks for no passphrase.
func (d *DHR) KeyState() (KeyState, error) {
	s := KeyState{File: d.KeyFile()}
	text, err := d.keyText()
	if err != nil {
		return s, err
	}
	if s.Protected = isSealed(text); s.Protected {
		s.Public = strings.TrimSpace(strings.Split(text+"\n", "\n")[1])
		return s, nil
	}
	if s.Public, err = ledger.PublicOf(strings.TrimSpace(text)); err != nil {
		return s, keyFault("its file holds no key.", err)
	}
	return s, nil
}

// ProtectKey puts the key under a passphrase, or under another one. by is who
// does so; see [station.ActManageKey].
func (d *DHR) ProtectKey(ctx context.Context, by, passphrase string) (leaf int64, err error) {
	if weak(Password, passphrase) != "" {
		return 0, station.Refuse(station.SecretWeak, "a passphrase has at least twelve characters.")
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
	private, err := d.key()
	if err != nil {
		return 0, err
	}
	public, err := ledger.PublicOf(private)
	if err != nil {
		return 0, keyFault("its file holds no key.", err)
	}
	text, err := file(private, public)
	if err != nil {
		return 0, fault(err)
	}
	var before []byte // once the file is another
	leaf, err = d.write(ctx, act{what: what, subject: "station:" + d.station, who: by}, func(t *tx) error {
		if err := t.allowedHere(by, station.ActManageKey); err != nil {
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

// Keys lists the public keys of every station that signed checkpoints here.
func (d *DHR) Keys(ctx context.Context) ([]string, error) {
	var list []string
	err := d.reads.each(ctx, "SELECT key FROM station_keys ORDER BY leaf", nil, func(scan func(...any) error) error {
		var k string
		err := scan(&k)
		list = append(list, k)
		return err
	})
	return list, fault(err)
}
