// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/safefile"
)

// productRow is a product with its layout and its dialects: files beside the
// imported one, or such as come along. A name alone may also be one that the
// record has.
func productRow(ctx context.Context, d *dhr.DHR, dir string, r *importRow) dhr.ProductRow {
	out := dhr.ProductRow{Product: productOf(r)}
	var err error
	if out.Layout, err = layoutOf(dir, out.Product.Layout); err != nil {
		r.fault("layout", "layout %s: %v", station.Shown(out.Product.Layout), err)
	} else if out.Layout != nil {
		out.Product.Layout = out.Layout.Name
	}
	// Without any the station finds out by itself what a device speaks.
	entries := r.list("dialect")
	if entries == nil {
		entries = []string{station.AutoDialect}
	}
	if out.Dialects, err = dialectsOf(ctx, d, dir, entries); err != nil {
		r.fault("dialect", "dialect: %v", err)
		return out
	}
	own := out.Dialects[len(out.Dialects)-1]
	out.Product.Dialect, out.Product.DialectHash = own.Name, own.Hash
	return out
}

// dialectsOf are the dialects of a product as a file names them: those that come
// along, a file in dir, or those that the record has by name. Of several, and
// with auto, the last is the list of them. The last is the product's own.
func dialectsOf(ctx context.Context, d *dhr.DHR, dir string, entries []string) ([]record.DialectView, error) {
	var all []record.DialectView
	for _, entry := range entries {
		list, err := dialectsNamed(ctx, d, dir, entry)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	if len(entries) == 1 && len(all) == 1 {
		return all, nil
	}
	auto, err := autoOf(all)
	if err != nil {
		return nil, err
	}
	return append(all, auto), nil
}

// layoutOf is the layout that a product names, where it does not have to be in
// the record: a file in dir, or one that comes along.
func layoutOf(dir, name string) (*record.LayoutView, error) {
	if strings.HasSuffix(name, ".toml") {
		text, err := safefile.Read(filepath.Join(dir, name), safefile.MostOfText)
		var at *fs.PathError
		if errors.As(err, &at) {
			return nil, at.Err // whose path the caller names
		} else if err != nil {
			return nil, err
		}
		base := strings.TrimSuffix(filepath.Base(name), ".toml")
		if _, err := labels.Parse(base, text); err != nil {
			return nil, err
		}
		l := record.NewLayout(base, text)
		return &l, nil
	}
	for _, b := range labels.Builtin() {
		if b.Name() == name {
			l := record.NewLayout(name, b.Text())
			return &l, nil
		}
	}
	return nil, nil // the record may have it
}
