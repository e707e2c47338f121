// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// ProductRow is a product and what comes into the record with it.
type ProductRow struct {
	Product  station.Product
	Layout   *record.LayoutView   // nil where the record has it
	Dialects []record.DialectView // those that the record need not have
}

// ImportProductRows adds product definitions. One that differs from the newest
// version of its REF becomes the next version. Version may be 0; where it is
// set, it must be the one that results. A layout and a dialect are taken by
// their hashes, or where that is "" by their names: the newest of that name.
// The label of a new version is drawn, and one that cannot be is refused.
func (d *DHR) ImportProductRows(ctx context.Context, by string, rows []ProductRow) (record.Import, error) {
	// Drawing takes longer than the line may wait for a write. A layout is
	// pinned by its hash, so what is drawn here is what is written below.
	drawn, err := d.tryProducts(ctx, rows)
	if err != nil {
		return record.Import{}, err
	}
	return importRows(ctx, d, auditEntry{what: "import", subject: "products", who: by}, drawn, (*tx).importProduct)
}

// drawnProduct is a row and what came of drawing its label.
type drawnProduct struct {
	ProductRow
	wrong []station.FieldError
}

// tryProducts draws the label of each row that would be a new version, and pins
// the layout of that row.
func (d *DHR) tryProducts(ctx context.Context, rows []ProductRow) ([]drawnProduct, error) {
	kept, err := d.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	drawn := make([]drawnProduct, len(rows))
	for i, r := range rows {
		r.Product = station.CompleteProduct(r.Product)
		l := layoutIn(kept, r)
		drawn[i].ProductRow = r
		if d.labels == nil || l == nil || len(station.CheckProduct(r.Product)) > 0 {
			continue // importProduct says what is wrong
		}
		drawn[i].Product.LayoutHash = l.Hash
		was, err := d.Product(ctx, r.Product.REF, 0)
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, err
		case station.SameDefinition(drawn[i].Product, was):
			continue
		}
		drawn[i].wrong = station.TryProduct(d.labels, l.Text, r.Product)
	}
	return drawn, nil
}

// layoutIn is the layout of a row: its own, else one of those kept, of which
// the newest is the last; nil when it is in neither.
func layoutIn(kept []record.LayoutView, r ProductRow) *record.LayoutView {
	if r.Layout != nil {
		return r.Layout
	}
	for _, l := range slices.Backward(kept) {
		if r.Product.NamesLayout(l.Name, l.Hash) {
			return &l
		}
	}
	return nil
}

func (t *tx) importProduct(r drawnProduct) (added bool, err error) {
	p := r.Product
	if err := asBadRow(station.CheckProduct(p)); err != nil {
		return false, err
	}
	if p.LayoutHash, p.DialectHash, err = t.filesOf(r.ProductRow); err != nil {
		return false, err
	}
	was, err := productFrom(func(into []any) error {
		return t.Get(selectProduct+` WHERE ref = ? ORDER BY version DESC LIMIT 1`, []any{store.Text(p.REF)}, into...)
	})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if !station.AddsVersion(p, was) {
		return false, nil
	}
	if err := t.clashes(refs, "ref", p.REF); err != nil {
		return false, err
	}
	if err := asBadRow(r.wrong); err != nil {
		return false, err
	}
	next, wrong := station.NextVersion(p, was)
	if wrong != nil {
		return false, asBadRow(wrong)
	}
	_, err = t.Insert("products", store.Values{
		"ref": p.REF, "version": int64(next), "name": p.Name, "gtin": string(p.GTIN), "maker": p.Maker,
		"serial_pattern": p.SerialPattern, "modules": listText(p.Modules), "firmware": listText(p.Firmware),
		"dialect": p.Dialect, "sim": string(p.SIM), "imeis": int64(p.IMEIs), "market": p.Market,
		"layout": p.Layout, "layout_hash": p.LayoutHash, "warn_free": int64(p.WarnFree), "dialect_hash": p.DialectHash,
		"scan_back": string(p.ScanBack),
	})
	return true, err
}

// filesOf keeps what comes along with a product, and gives the hashes of its
// layout and its dialect.
func (t *tx) filesOf(r ProductRow) (layout, dialect string, err error) {
	for _, l := range r.Dialects {
		if _, err := t.importDialect(l); err != nil {
			return "", "", err
		}
	}
	if r.Layout != nil {
		if _, err := t.addLayout(*r.Layout); err != nil {
			return "", "", err
		}
		r.Product.LayoutHash = r.Layout.Hash
	}
	if layout, err = t.layoutOf(r.Product); err != nil {
		return "", "", err
	}
	dialect, err = t.dialectOf(r.Product)
	return layout, dialect, err
}

// layoutOf is the hash of the layout that p names.
func (t *tx) layoutOf(p station.Product) (hash string, err error) {
	err = t.Each(`SELECT name, hash FROM layouts ORDER BY n`, nil, func(scan func(...any) error) error {
		var name, of string
		err := scan(&name, &of)
		if p.NamesLayout(name, of) {
			hash = of
		}
		return err
	})
	if err == nil && hash == "" {
		err = bad("layout", "Product %s names no layout that the record has (%q).", p.REF, station.Shown(p.Layout))
	}
	return hash, err
}

// Product is one version of a product definition; version 0 is the newest.
func (d *DHR) Product(ctx context.Context, ref string, version int) (station.Product, error) {
	p, err := productFrom(func(into []any) error {
		return d.reads.Row(ctx, selectProduct+` WHERE `+versionMeant,
			[]any{store.Text(ref), version}, into)
	})
	return p, store.AsRowFault(err)
}

// Products lists the newest version of every product.
func (d *DHR) Products(ctx context.Context) ([]station.Product, error) {
	var list []station.Product
	err := d.reads.Each(ctx, selectProduct+` p WHERE version = (SELECT max(version) FROM products WHERE ref = p.ref) ORDER BY ref`,
		nil, func(scan func(...any) error) error {
			p, err := productFrom(func(into []any) error { return scan(into...) })
			list = append(list, p)
			return err
		})
	return list, store.AsFault(err)
}

const (
	selectProduct  = `SELECT ` + productColumns + ` FROM products`
	productColumns = `ref, version, name, gtin, maker, serial_pattern, modules, firmware, dialect, sim, imeis, market,
	layout, layout_hash, warn_free, dialect_hash, scan_back`
	// versionMeant is the version of a product that a number means: 0 the newest.
	versionMeant = `ref = ? AND ? IN (version, 0) ORDER BY version DESC LIMIT 1`
)

func productFrom(scan func(into []any) error) (station.Product, error) {
	var p station.Product
	var modules, firmware string
	err := scan([]any{
		&p.REF, &p.Version, &p.Name, &p.GTIN, &p.Maker, &p.SerialPattern, &modules, &firmware, &p.Dialect, &p.SIM, &p.IMEIs,
		&p.Market, &p.Layout, &p.LayoutHash, &p.WarnFree, &p.DialectHash, &p.ScanBack,
	})
	if err != nil {
		return station.Product{}, err
	}
	if err := json.Unmarshal([]byte(modules), &p.Modules); err != nil {
		return station.Product{}, err
	}
	return p, json.Unmarshal([]byte(firmware), &p.Firmware)
}

func listText(list []string) string {
	b, err := json.Marshal(orEmpty(list))
	if err != nil {
		return "[]" // strings always marshal
	}
	return string(b)
}
