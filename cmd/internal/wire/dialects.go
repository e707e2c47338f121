// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"bindery/fixtures"
	"bindery/fixtures/dialect"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// Dialects are those that come along and those of the user's own folder: the
// flag, else $BINDERY_DIALECTS, else dialects in the user's data folder, when
// it is there. The error names the file and line that is wrong, or that holds a
// command which nobody approved; approved are hashes: see [ApprovedDialects].
func Dialects(flag string, approved ...string) (*dialect.Set, error) {
	return dialect.Load(dialectDir(flag), approved...)
}

// ShownDialects are those of Dialects and those that nobody approved, by which
// no device is asked.
func ShownDialects(flag string, approved ...string) (*dialect.Set, error) {
	return dialect.Show(dialectDir(flag), approved...)
}

// dialectDir is where own dialects are: the flag, else the environment, else the
// usual folder if it is there.
func dialectDir(flag string) string {
	dir := flag
	if dir == "" {
		dir = os.Getenv("BINDERY_DIALECTS")
	}
	if usual := filepath.Join(DataDir(), "dialects"); dir == "" {
		if _, err := os.Stat(usual); err == nil {
			dir = usual
		}
	}
	return dir
}

// ApprovedDialects are the hashes of the dialects of all products that quality
// has approved by signature.
func ApprovedDialects(ctx context.Context, d *dhr.DHR) ([]string, error) {
	products, err := d.Products(ctx)
	if err != nil {
		return nil, err
	}
	var hashes []string
	for _, p := range products {
		signed, err := d.Approved(ctx, p.REF, p.Version)
		if err != nil {
			return nil, err
		}
		if !signed {
			continue
		}
		kept, err := d.DialectsOf(ctx, p)
		if err != nil {
			return nil, err
		}
		for _, k := range kept {
			hashes = append(hashes, k.Hash)
		}
	}
	return hashes, nil
}

// BuiltinDialects are those that come along with this program.
func BuiltinDialects() []station.DialectRef {
	set, err := dialect.Load("")
	if err != nil {
		panic(err) // they are embedded
	}
	return DialectRefs(set.All())
}

// DialectRefs are the names and hashes of dialects.
func DialectRefs(list []*dialect.Dialect) []station.DialectRef {
	var named []station.DialectRef
	for _, d := range list {
		named = append(named, station.DialectRef{Name: d.Name, Hash: d.Hash})
	}
	return named
}

// OwnDialects are those of a product that do not come along.
func OwnDialects(kept []record.DialectView) []record.OwnDialect {
	built := BuiltinDialects()
	var own []record.OwnDialect
	for _, k := range kept {
		if slices.Contains(built, station.DialectRef{Name: k.Name, Hash: k.Hash}) {
			continue
		}
		o := record.OwnDialect{DialectView: k}
		if one, err := dialect.ParseStored(k.Name, k.Text); err == nil { // else it is not read with either
			o.Unlisted = one.UnlistedCommands()
		}
		o.Text = dialect.FileOf(k.Text)
		own = append(own, o)
	}
	return own
}

// Fixture says how the device of an order is asked: in the dialect of the
// order's product, as the record keeps it, or in the one that is named instead.
// own are the dialects of [Dialects]: those that do not come along take the
// place of others of their name, so that nothing of one's own is passed over
// unseen. Where quality has approved the product by signature, no dialect but
// the product's is Approved, and none where another is named instead (see
// [station.Product.Overrides]). Of an order that is not known the run will tell.
func Fixture(ctx context.Context, d *dhr.DHR, order, instead string, own *dialect.Set) (fixtures.Config, error) {
	cfg := fixtures.Config{Dialect: instead, Dialects: own, Clock: SystemClock{}}
	o, err := d.Order(ctx, order)
	if errors.Is(err, dhr.ErrNotFound) {
		return cfg, nil
	} else if err != nil {
		return cfg, err
	}
	p, err := d.Product(ctx, o.REF, o.Version)
	if err != nil {
		return cfg, err
	}
	if cfg.OverridesProduct = p.Overrides(instead); instead == "" {
		cfg.Dialect = p.Dialect
	}
	kept, err := keptDialects(ctx, d, p)
	if err != nil {
		return cfg, err
	}
	if cfg.Dialects, err = among(kept, own, cfg.Dialect == station.AutoDialect); err != nil {
		return cfg, err
	}
	signed, err := d.Approved(ctx, p.REF, p.Version)
	if err != nil || !signed {
		return cfg, err
	}
	cfg.Approved = []string{} // not nil: none
	if cfg.OverridesProduct {
		return cfg, nil
	}
	for _, a := range p.ReadBy(DialectRefs(kept), BuiltinDialects()) {
		cfg.Approved = append(cfg.Approved, a.Hash)
	}
	return cfg, nil
}

// keptDialects are those that the record keeps for a version of a product.
func keptDialects(ctx context.Context, d *dhr.DHR, p station.Product) ([]*dialect.Dialect, error) {
	kept, err := d.DialectsOf(ctx, p)
	if err != nil {
		return nil, err
	}
	var list []*dialect.Dialect
	for _, k := range kept {
		one, err := dialect.ParseStored(k.Name, k.Text)
		if err != nil {
			return nil, station.NewFault(station.ProductNotReady, "dialect "+k.Name, err)
		}
		list = append(list, one)
	}
	return list, nil
}

// among is the set of dialects that one is taken from. To find out which a
// device speaks, those that the product names are tried, where it names any.
func among(kept []*dialect.Dialect, own *dialect.Set, auto bool) (*dialect.Set, error) {
	built, err := dialect.Load("")
	if err != nil {
		return nil, err
	}
	list := built.All()
	if auto && len(kept) > 0 {
		list = list[:1] // the generic one
	}
	list = append(append([]*dialect.Dialect{}, list...), kept...)
	for _, o := range own.All() {
		if !o.Built {
			list = append(list, o)
		}
	}
	return dialect.NewSet(list...)
}
