// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"slices"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/query"
)

// StrayScan says what a text is that was scanned where a serial of an order was due
// ([station.NameStrayScan]), and keeps that it was scanned, masked, in a leaf: of no
// unit, so that no lot counts it. It is nil, and nothing is kept, where the text is a
// serial that the order takes.
func (d *DHR) StrayScan(ctx context.Context, order, by, text string) (*station.Finding, error) {
	o, err := d.Order(ctx, order)
	if errors.Is(err, store.ErrNotFound) {
		return nil, unknownOrder(order)
	} else if err != nil {
		return nil, err
	}
	p, err := d.Product(ctx, o.REF, o.Version)
	if err != nil {
		return nil, err
	}
	bare, _ := station.Unframed(store.Text(text))
	scanned, err := d.scannedText(ctx, p, bare)
	if err != nil {
		return nil, err
	}
	f := station.NameStrayScan(p, o, scanned)
	if f == nil {
		return nil, nil //nolint:nilnil // no finding is the answer
	}
	a := auditEntry{what: "stray-scan", subject: "order:" + o.ID, who: by, why: string(f.Code) + ": " + f.Value}
	_, err = d.write(ctx, a, func(t *tx) error { return t.may(by, station.MayProvision) })
	return f, err
}

// scannedText is what the record knows of a text where a serial of p was due.
func (d *DHR) scannedText(ctx context.Context, p station.Product, text string) (station.ScannedText, error) {
	s := station.ScannedText{Text: text}
	switch o, err := d.Order(ctx, text); {
	case err == nil:
		s.Order = &o
	case !errors.Is(err, store.ErrNotFound):
		return s, err
	}
	var err error
	if s.Begun, err = d.isUnit(ctx, text); err != nil {
		return s, err
	}
	products, err := d.Products(ctx)
	if err != nil {
		return s, err
	}
	known, err := d.knownSerials(ctx)
	if err != nil {
		return s, store.AsFault(err)
	}
	parsed := query.Parse(text, known)
	gtins := exactly(parsed, query.GTINField)
	for _, other := range products {
		switch {
		case text == other.REF || slices.Contains(gtins, string(other.GTIN)):
			s.REF = other.REF
		case other.REF != p.REF && other.SerialOK(text):
			s.Other = other.REF
		}
	}
	return s, d.labelOf(ctx, exactly(parsed, query.SerialField), &s)
}

// isUnit reports whether a serial is of a unit, in these very capitals.
func (d *DHR) isUnit(ctx context.Context, serial string) (is bool, err error) {
	err = d.reads.Row(ctx, "SELECT EXISTS (SELECT 1 FROM units WHERE serial = ?)", []any{serial}, []any{&is})
	return is, store.AsFault(err)
}

// labelOf finds the unit of whose label a text is: the first of the serials in it that
// is of a unit, and how its last attempt ended.
func (d *DHR) labelOf(ctx context.Context, serials []string, s *station.ScannedText) error {
	for _, serial := range serials {
		u, err := d.Unit(ctx, serial)
		if errors.Is(err, store.ErrNotFound) || err == nil && u.Serial == s.Text {
			continue
		}
		if err != nil {
			return err
		}
		s.Label = u.Serial
		return d.reads.Each(ctx, "SELECT coalesce(outcome, ''), coalesce(ended, started) FROM attempts WHERE serial = ? ORDER BY id DESC LIMIT 1",
			[]any{u.Serial}, func(scan func(...any) error) error { return scan(&s.Outcome, (*store.Instant)(&s.At)) })
	}
	return nil
}

// exactly are the whole values of a field that a text may have in it.
func exactly(items []query.Item, field query.TermField) []string {
	var list []string
	for _, item := range items {
		for _, i := range item.Interpretations {
			for _, t := range slices.Concat(i.Any, i.All) {
				if t.Field == field && (t.How == query.Exactly || t.How == query.Folded) {
					list = append(list, t.Value)
				}
			}
		}
	}
	return list
}
