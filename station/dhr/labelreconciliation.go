// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// Labels gives the account of the labels of an order; ErrNotFound when there is
// no such order.
func (d *DHR) Labels(ctx context.Context, order string) (record.OrderLabels, error) {
	a := record.OrderLabels{Order: store.Text(order), Explained: []record.Justification{}, Units: []record.UnitLabels{}}
	if _, err := d.Order(ctx, order); err != nil {
		return a, err
	}
	each := func(query string, args []any, do func(func(...any) error) error) error {
		return d.reads.Each(ctx, query, args, do)
	}
	var err error
	if a.Units, err = labelsOf(each, a.Order); err != nil {
		return a, store.AsFault(err)
	}
	a.LabelReconciliation = total(a.Units)
	a.Accounted = a.Settled()
	err = each(`SELECT account, reason, person, at, leaf FROM explanations WHERE work_order = ? ORDER BY id`, []any{a.Order},
		func(scan func(...any) error) error {
			var e record.Justification
			var account []byte
			if err := scan(&account, &e.Reason, &e.By, (*store.Instant)(&e.At), &e.Leaf); err != nil {
				return err
			}
			err := json.Unmarshal(account, &e.Account)
			a.Explained = append(a.Explained, e)
			a.Accounted = a.Accounted || e.Account == a.LabelReconciliation
			return err
		})
	return a, store.AsFault(err)
}

// labelsOf counts the labels of each unit of an order, in the order of their
// serials.
func labelsOf(each func(string, []any, func(func(...any) error) error) error, order string) ([]record.UnitLabels, error) {
	units := []record.UnitLabels{}
	var prints []station.Print // of the last unit
	done := func() {
		if n := len(units); n > 0 {
			units[n-1].LabelReconciliation = station.ReconcileLabels(units[n-1].Disposition, prints)
		}
		prints = nil
	}
	err := each(`SELECT u.serial, u.disposition, coalesce(p.binding, 0), coalesce(p.state, ''), coalesce(p.reason, ''), coalesce(p.proof, '')
		FROM units u LEFT JOIN prints p ON p.serial = u.serial WHERE u.work_order = ? ORDER BY u.serial, p.n`, []any{order},
		func(scan func(...any) error) error {
			var u record.UnitLabels
			var p station.Print
			if err := scan(&u.Serial, &u.Disposition, &p.Binding, &p.State, &p.Reason, &p.Proof.Method); err != nil {
				return err
			}
			if n := len(units); n == 0 || units[n-1].Serial != u.Serial {
				done()
				units = append(units, u)
			}
			if p.State != "" {
				prints = append(prints, p)
			}
			return nil
		})
	done()
	return units, err
}

func total(units []record.UnitLabels) (a station.LabelReconciliation) {
	for _, u := range units {
		a = a.Plus(u.LabelReconciliation)
	}
	return a
}

// ExplainLabels records why the labels of an order do not add up, so that it
// can be closed.
func (d *DHR) ExplainLabels(ctx context.Context, order, by, reason string) (leaf int64, err error) {
	if _, err := d.Order(ctx, order); err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "explain-labels", subject: "order:" + order, who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayExplainLabels, reason); err != nil {
			return err
		}
		a, err := countLabels(t, order)
		if err != nil {
			return err
		}
		if err := station.AllowExplainLabels(order, a.LabelReconciliation, a.Explained); err != nil {
			return err
		}
		_, err = t.Insert("explanations", store.Values{
			"work_order": order, "account": accountText(a.LabelReconciliation), "reason": reason, "person": by, "at": store.Stamp(t.Now),
		})
		return err
	})
}

// orderState is what the rules about closing and release ask of an order.
func orderState(c station.OrderCounts, a record.SignedLabels) station.OrderState {
	return station.OrderState{OrderCounts: c, Labels: a.LabelReconciliation, Explained: a.Explained}
}

// countLabels counts the labels of an order.
func countLabels(q store.Queryer, order string) (a record.SignedLabels, err error) {
	a.Order = store.Text(order)
	units, err := labelsOf(q.Each, a.Order)
	if err != nil {
		return a, err
	}
	a.LabelReconciliation = total(units)
	err = q.Get("SELECT EXISTS (SELECT 1 FROM explanations WHERE work_order = ? AND account = ?)",
		[]any{a.Order, accountText(a.LabelReconciliation)}, &a.Explained)
	return a, err
}

func accountText(a station.LabelReconciliation) string {
	body, _ := json.Marshal(a) // six numbers
	return string(body)
}
