// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/safefile"
)

// KeyFile is where the station keeps the key that makes it the station that it
// is, and signs checkpoints: beside the record unless another place was named,
// readable by nobody else, and under a passphrase once somebody has protected
// it. Whoever has both can rewrite both; that is why checkpoints go to another
// place too.
func (d *DHR) KeyFile() string { return d.keyFile }

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

// Keys lists the public keys of every station that signed checkpoints here.
func (d *DHR) Keys(ctx context.Context) ([]string, error) { return d.reads.Keys(ctx) }

// ShownKey is the public key that the station has; "" where it has none, or one
// that cannot be read. It asks for no passphrase.
func (d *DHR) ShownKey() string { return d.own.shown(d.keyFile) }
