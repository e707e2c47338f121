// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"slices"

	"bindery/station"
	"bindery/ui/screen"
)

// book is what the record says of the orders.
type book struct {
	orders []station.Order   // open ones, and closed ones with units to be reworked
	names  map[string]string // product name by order
}

// read asks the record for the orders that can be worked on, and their products' names.
func (o *Model) read(ctx context.Context) (book, error) {
	all, err := o.bench.Orders(ctx)
	if err != nil {
		return book{}, err
	}
	b := book{names: map[string]string{}}
	b.orders = slices.DeleteFunc(all, func(w station.Order) bool { return !w.CanMakeUnits() })
	for _, w := range b.orders {
		p, err := o.bench.Product(ctx, w.REF, w.Version)
		if err != nil {
			return book{}, err
		}
		b.names[w.ID] = p.Name
	}
	return b, nil
}

// askOrder shows the orders that can be worked on.
func (o *Model) askOrder() {
	askRecord(o, o.read, func(b book, err error) {
		if err != nil {
			o.refuse(screen.FailureText(o.s.Words, err))
			return
		}
		o.orders, o.names = b.orders, b.names
		o.state, o.chosen, o.result, o.label, o.recent = Choosing, screen.NoRow, nil, nil, nil
		o.order = station.Order{}
	})
}

// orderNumbered finds an order of those that can be worked on.
func (o *Model) orderNumbered(id string) (station.Order, bool) {
	for _, w := range o.orders {
		if w.ID == id {
			return w, true
		}
	}
	return station.Order{}, false
}

// orderStart is what there is to know of an order before work on it can begin.
type orderStart struct {
	product station.Product
	before  string // order of which the line is to be cleared first
	due     bool
}

// take makes an order the one that is worked on, once the line is clear.
func (o *Model) take(w station.Order) {
	ask := func(ctx context.Context) (j orderStart, err error) {
		if j.product, err = o.bench.Product(ctx, w.REF, w.Version); err == nil && o.bench.ClearanceDue != nil {
			j.before, j.due, err = o.bench.ClearanceDue(ctx, w.ID)
		}
		return j, err
	}
	askRecord(o, ask, func(j orderStart, err error) {
		if err != nil {
			o.refuse(screen.FailureText(o.s.Words, err))
			return
		}
		o.order, o.product, o.before, o.state, o.result, o.label = w, j.product, j.before, Ready, nil, nil
		if j.due {
			o.state = Clearing
		}
		o.refreshCounts()
	})
}

// refreshCounts reads the counts and the last units anew. It holds nothing up:
// the next scan does not wait for it.
func (o *Model) refreshCounts() {
	id := o.order.ID
	go func() {
		orders, err := o.bench.Orders(o.ctx)
		if err != nil {
			return // the next unit's own commit says what is wrong with the record
		}
		recent, err := o.bench.Recent(o.ctx, id, lastUnits)
		if err != nil {
			return
		}
		shift, err := o.bench.ShiftPerformance(o.ctx)
		if err != nil {
			return
		}
		o.s.Post(func() {
			i := slices.IndexFunc(orders, func(w station.Order) bool { return w.ID == id })
			if i < 0 || o.order.ID != id {
				return
			}
			o.order, o.recent, o.shift = orders[i], recent, shift
			o.redraw()
		})
	}()
}
