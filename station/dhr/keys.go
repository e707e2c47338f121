// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/safefile"
)

// KeyFile is where the station keeps the key that makes it the station that it
// is, and signs checkpoints: beside the record unless another place was named,
// readable by nobody else, and under a passphrase once somebody has protected
// it. Whoever has both can rewrite both; that is why checkpoints go to another
// place too.
func (d *DHR) KeyFile() string { return d.keyFile }

// ownKey is the key of this program, as its file has it.
type ownKey struct {
	sync.Mutex
	text    string // of the file, when the rest was taken from it
	public  string // as the file says; proven once private is there
	private string // "" before a passphrase was given
}

// shown is the public key that a file shows without a passphrase; "" where it
// has none that can be used. A file that was read is not read again.
func (k *ownKey) shown(file string) string {
	k.Lock()
	defer k.Unlock()
	if k.public == "" {
		text, err := safefile.Read(file, safefile.MostOfKey)
		if err == nil {
			k.public, err = publicIn(string(text))
		}
		if err != nil {
			return ""
		}
	}
	return k.public
}

// publicIn is the public key in the text of a key file.
func publicIn(text string) (string, error) {
	if isSealed(text) {
		return strings.TrimSpace(strings.Split(text+"\n", "\n")[1]), nil
	}
	return ledger.PublicOf(strings.TrimSpace(text))
}

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

// key is the station's key. Its file is read each time: it may be another now.
func (d *DHR) key(ctx context.Context) (private, public string, err error) {
	d.own.Lock()
	defer d.own.Unlock()
	text, err := d.keyText(ctx)
	if err != nil {
		return "", "", err
	}
	if k := &d.own; k.text == text && k.private != "" {
		return k.private, k.public, nil
	}
	private, err = d.privateIn(text)
	if err != nil {
		return "", "", err
	}
	if public, err = ledger.PublicOf(private); err != nil {
		return "", "", keyFault("its file holds no key.", err)
	}
	d.own.text, d.own.private, d.own.public = text, private, public
	return private, public, nil
}

// privateIn is the private key in the text of a key file, whose passphrase is
// asked for where it is under one.
func (d *DHR) privateIn(text string) (string, error) {
	if !isSealed(text) {
		return strings.TrimSpace(text), nil
	}
	if d.passphrase == nil {
		return "", keyFault("it is protected, and nobody was asked for its passphrase.", nil)
	}
	pass, err := d.passphrase()
	if err != nil {
		return "", keyFault("its passphrase was not given.", err)
	}
	private, err := openKey(text, pass)
	if err != nil {
		return "", keyFault("the passphrase is wrong.", err)
	}
	return private, nil
}

func keyFault(what string, err error) error { return station.NewFault(station.KeyFault, what, err) }

// keyText is what the key file holds; it is made when there is none.
func (d *DHR) keyText(ctx context.Context) (string, error) {
	for range 2 {
		text, err := d.readKey()
		if !errors.Is(err, fs.ErrNotExist) {
			return text, err
		}
		if err := d.makeKey(ctx); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", keyFault("it could not be made.", err)
		} // another process may have been faster: read what is there
	}
	return "", keyFault("it could not be made.", nil)
}

// readKey is what the key file holds; fs.ErrNotExist where there is none.
func (d *DHR) readKey() (string, error) {
	info, err := os.Stat(d.KeyFile())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fs.ErrNotExist
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

// makeKey puts a whole key file in place, or none: it is written aside first.
func (d *DHR) makeKey(ctx context.Context) error {
	l, err := d.Enrolments(ctx)
	if err != nil {
		return err
	}
	name, err := l.NameFor("", d.named, host())
	if err != nil { // one of several stations: which, is for who enrols it to say
		name = host()
	}
	private, _, err := ledger.NewKey(d.rand, name)
	if err != nil {
		return err
	}
	return d.placeKey(private+"\n", false)
}

// placeKey writes the key file; one that is there goes only where it may. A key
// has a name of its own: beside the record that of the record's key, and nowhere
// one that the record's log, journal or lock would have.
func (d *DHR) placeKey(text string, overwrite bool) error {
	own := overwrite || strings.EqualFold(filepath.Ext(d.KeyFile()), ".key")
	return safefile.Write(d.KeyFile(), []byte(text), safefile.Rules{Own: own, Overwrite: overwrite, Record: d.reads.Path})
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

// Keys lists the public keys of every station that signed checkpoints here.
func (d *DHR) Keys(ctx context.Context) ([]string, error) { return d.reads.Keys(ctx) }

// ShownKey is the public key that the station has; "" where it has none, or one
// that cannot be read. It asks for no passphrase.
func (d *DHR) ShownKey() string { return d.own.shown(d.keyFile) }
