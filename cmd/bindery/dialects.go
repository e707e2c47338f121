// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"bindery/cmd/internal/wire"
	"bindery/fixtures/dialect"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/safefile"
)

// dialectsNamed are what one entry of a product's dialects means. The program
// comes before the record, and of the record the newest: a name says which family
// is meant, and the hash, which goes into the product, which text.
func dialectsNamed(ctx context.Context, d *dhr.DHR, dir, entry string) ([]record.DialectView, error) {
	built, err := dialect.Load("")
	if err != nil {
		return nil, err
	}
	if entry == station.AutoDialect {
		return dialectViews(built.All()...), nil
	}
	if strings.HasSuffix(entry, ".toml") {
		one, err := ownDialect(filepath.Join(dir, entry))
		return []record.DialectView{one}, err
	}
	if one, err := built.ByName(entry); err == nil {
		return dialectViews(one), nil
	}
	kept, err := d.Dialects(ctx)
	if err != nil {
		return nil, err
	}
	// The record keeps all that ever were, in the order in which they came.
	for _, k := range slices.Backward(kept) {
		if k.Name == entry {
			return []record.DialectView{k}, nil
		}
	}
	return nil, fmt.Errorf("neither the program nor the record has %q: bring its file in with bindery import dialects", station.Shown(entry))
}

// ownDialect reads a dialect that somebody has written. Whoever approves it
// must see at once that it is none of those that come along, so it may not have
// the name of one.
func ownDialect(file string) (record.DialectView, error) {
	text, err := safefile.Read(file, safefile.MostOfText)
	if err != nil {
		return record.DialectView{}, err
	}
	one, err := dialect.Parse(file, text)
	if err != nil {
		return record.DialectView{}, err
	}
	for _, b := range wire.BuiltinDialects() {
		if b.Name == one.Name && b.Hash != one.Hash {
			return record.DialectView{}, fmt.Errorf("%s: %s is the name of a built-in dialect; give yours another name", file, one.Name)
		}
	}
	return dialectViews(one)[0], nil
}

// dialectViews makes of dialects what the record keeps of them: the text as it was
// written, and its hash.
func dialectViews(list ...*dialect.Dialect) []record.DialectView {
	var kept []record.DialectView
	for _, l := range list {
		kept = append(kept, record.NewDialect(l.Name, l.Text))
	}
	return kept
}

// autoOf is the list of several dialects. The generic one is always on it: by
// it the station asks who made a device.
func autoOf(all []record.DialectView) (record.DialectView, error) {
	built, err := dialect.Load("")
	if err != nil {
		return record.DialectView{}, err
	}
	list := wire.DialectRefs(built.All()[:1])
	names := map[string]string{list[0].Name: list[0].Hash}
	for _, one := range all {
		if hash, ok := names[one.Name]; ok && hash != one.Hash {
			return record.DialectView{}, fmt.Errorf("two dialects are called %s", one.Name)
		}
		names[one.Name] = one.Hash
		list = append(list, station.DialectRef{Name: one.Name, Hash: one.Hash})
	}
	return record.NewDialect(station.AutoDialect, station.DialectList(list)), nil
}

// importDialect brings a dialect in that products can then name. A mistake in it
// is an answer by row 0, the file itself, as of any import.
func (c *cli) importDialect(ctx context.Context, i importFlags) (*imported, error) {
	one, err := ownDialect(i.file)
	if err != nil {
		return &imported{Errors: []record.RowError{{Message: err.Error()}}}, nil
	}
	d, by, err := c.createAs(ctx, i.badge)
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // the import is committed or not by now
	done, err := d.ImportDialects(ctx, by, []record.DialectView{one})
	return &imported{Added: done.Added, Errors: []record.RowError{}}, err
}
