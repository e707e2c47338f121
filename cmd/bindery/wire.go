// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"bindery/labels"
	"bindery/station/dhr"
)

// layoutSet draws with every layout that the record holds.
func layoutSet(ctx context.Context, d *dhr.DHR, dpi int) (*labels.Set, error) {
	kept, err := d.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	set := labels.NewSet(dpi)
	for _, k := range kept {
		l, err := labels.Parse(k.Name, k.Text)
		if err != nil {
			return nil, err
		}
		set.Add(l)
	}
	return set, nil
}

// dialectOf is the dialect of the product that an order builds; "auto" where
// the order is not known, which the run itself will say.
func dialectOf(ctx context.Context, d *dhr.DHR, order string) string {
	o, err := d.Order(ctx, order)
	if err != nil {
		return "auto"
	}
	p, err := d.Product(ctx, o.REF, o.Version)
	if err != nil {
		return "auto"
	}
	return p.Dialect
}
