// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"

	"bindery/station"
	"bindery/station/identity"
)

// ImportProducts adds product definitions. One that differs from the newest
// version of its REF becomes the next version. Version may be 0; where it is
// set, it must be the one that results. A layout and a dialect are taken by their
// hashes, or where that is "" by their names: the newest of that name.
func (d *DHR) ImportProducts(ctx context.Context, by string, rows []station.Product) (Import, error) {
	return importRows(ctx, d, act{what: "import", subject: "products", who: by}, rows, (*tx).importProduct)
}

func (t *tx) importProduct(p station.Product) (added bool, err error) {
	if p, err = completed(p); err != nil {
		return false, err
	}
	if p.LayoutHash, err = t.layoutOf(p); err != nil {
		return false, err
	}
	if p.DialectHash, err = t.dialectOf(p); err != nil {
		return false, err
	}
	was, err := productFrom(func(into []any) error {
		return t.get(selectProduct+` WHERE ref = ? ORDER BY version DESC LIMIT 1`, []any{text(p.REF)}, into...)
	})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	given := p.Version
	p.Version = was.Version
	if was.Version > 0 && reflect.DeepEqual(p, was) && (given == 0 || given == was.Version) {
		return false, nil
	}
	p.Version++
	if given != 0 && given != p.Version {
		return false, bad("The next version of product %s is %d, not %d.", p.REF, p.Version, given)
	}
	_, err = t.insert("products", row{
		"ref": p.REF, "version": int64(p.Version), "name": p.Name, "gtin": string(p.GTIN), "maker": p.Maker,
		"serial_pattern": p.SerialPattern, "modules": listText(p.Modules), "firmware": listText(p.Firmware),
		"dialect": p.Dialect, "sim": string(p.SIM), "imeis": int64(p.IMEIs), "market": p.Market,
		"layout": p.Layout, "layout_hash": p.LayoutHash, "warn_free": int64(p.WarnFree), "dialect_hash": p.DialectHash,
		"scan_back": string(p.ScanBack),
	})
	return true, err
}

// completed is p with what may be left out filled in, and checked.
func completed(p station.Product) (station.Product, error) {
	if p.REF == "" {
		return p, bad("The product has no REF.")
	}
	if p.Dialect == "" {
		p.Dialect = station.AutoDialect
	}
	if p.SIM == "" {
		p.SIM = station.SIMRequired
	}
	if p.IMEIs == 0 {
		p.IMEIs = 1
	}
	p.Modules, p.Firmware = orEmpty(p.Modules), orEmpty(p.Firmware)
	if _, err := regexp.Compile(p.SerialPattern); err != nil || p.SerialPattern == "" {
		return p, bad("The serial pattern of product %s is not a regular expression.", p.REF)
	}
	if p.SIM != station.SIMRequired && p.SIM != station.SIMOptional && p.SIM != station.SIMNone {
		return p, bad("The SIM rule of product %s is not required, optional or none.", p.REF)
	}
	if p.IMEIs != 1 && p.IMEIs != 2 {
		return p, bad("Product %s has 1 or 2 IMEIs, not %d.", p.REF, p.IMEIs)
	}
	if p.ScanBack == station.ByScanner {
		p.ScanBack = "" // is the rule where none is set
	}
	if p.ScanBack != "" && !p.ScanBack.Known() {
		return p, bad("The scan-back of product %s is not scanner, typed or drawing.", p.REF)
	}
	if p.WarnFree < 0 {
		return p, bad("The warning of product %s is below 0.", p.REF)
	}
	var err error
	if p.GTIN, err = identity.ParseGTIN(string(p.GTIN)); err != nil { // the UDI of a unit begins with it
		return p, bad("The GTIN of product %s is not right: %v.", p.REF, err)
	}
	return p, nil
}

// layoutOf is the hash of the layout that p names.
func (t *tx) layoutOf(p station.Product) (hash string, err error) {
	err = t.get(`SELECT hash FROM layouts WHERE ? IN (hash, '') AND ? IN (name, '') ORDER BY n DESC LIMIT 1`,
		[]any{p.LayoutHash, p.Layout}, &hash)
	if errors.Is(err, sql.ErrNoRows) || p.Layout == "" && p.LayoutHash == "" {
		return "", bad("Product %s names no layout that the record has (%q).", p.REF, p.Layout)
	}
	return hash, err
}

// Product is one version of a product definition; version 0 is the newest.
func (d *DHR) Product(ctx context.Context, ref string, version int) (station.Product, error) {
	p, err := productFrom(func(into []any) error {
		return d.reads.row(ctx, selectProduct+` WHERE ref = ? AND ? IN (version, 0) ORDER BY version DESC LIMIT 1`,
			[]any{text(ref), version}, into)
	})
	return p, known(err)
}

// Products lists the newest version of every product.
func (d *DHR) Products(ctx context.Context) ([]station.Product, error) {
	var list []station.Product
	err := d.reads.each(ctx, selectProduct+` p WHERE version = (SELECT max(version) FROM products WHERE ref = p.ref) ORDER BY ref`,
		nil, func(scan func(...any) error) error {
			p, err := productFrom(func(into []any) error { return scan(into...) })
			list = append(list, p)
			return err
		})
	return list, fault(err)
}

const selectProduct = `SELECT ref, version, name, gtin, maker, serial_pattern, modules, firmware, dialect, sim, imeis, market,
	layout, layout_hash, warn_free, dialect_hash, scan_back FROM products`

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
