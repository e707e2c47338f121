// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"errors"
	"slices"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/scope"
)

// listedSIMs are the SIMs of the rows that a case was made from, by serial; nil where
// it was made from no comparison, or the audience gets no SIMs. The one that is in a
// unit now may be the healthy one that took the place of it.
func listedSIMs(ctx context.Context, d *dhr.DHR, a station.Audience, e scope.Expr, units []string) (map[string][]station.ListedSIM, error) {
	var made []scope.ListExpr
	for _, l := range scope.Lists(e) {
		if l.Comparison != 0 {
			made = append(made, l)
		}
	}
	if len(made) == 0 || !a.TakesIdentities() {
		return nil, nil
	}
	sims := map[string][]station.ListedSIM{}
	for _, s := range units {
		sims[s] = []station.ListedSIM{}
	}
	for _, l := range made {
		if err := addListed(ctx, d, l, sims); err != nil {
			return nil, err
		}
	}
	var without []string
	for _, s := range units {
		if len(sims[s]) == 0 {
			without = append(without, s)
		}
	}
	if err := station.CheckComparedExport(a, without); err != nil {
		return nil, err
	}
	return sims, addIMSIs(ctx, d, sims)
}

// addListed adds the SIMs of one class of one comparison, each once.
func addListed(ctx context.Context, d *dhr.DHR, l scope.ListExpr, sims map[string][]station.ListedSIM) error {
	packed, err := d.ReconciliationEntries(ctx, l.Comparison)
	if errors.Is(err, dhr.ErrNotFound) {
		return nil // there is no SIM of it, which is refused
	} else if err != nil {
		return err
	}
	for e := range reconcile.Unpack(packed, &err) {
		has, wanted := sims[e.Serial]
		sim := station.ListedSIM{ICCID: e.SIM}
		if wanted && string(e.Class) == l.Class && !slices.Contains(has, sim) {
			sims[e.Serial] = append(has, sim)
		}
	}
	return err
}

func addIMSIs(ctx context.Context, d *dhr.DHR, sims map[string][]station.ListedSIM) error {
	var all []identity.ICCID
	for _, list := range sims {
		for _, s := range list {
			all = append(all, s.ICCID)
		}
	}
	known, err := incident.IMSIs(ctx, d.Reader(), all)
	for _, list := range sims {
		for i := range list {
			list[i].IMSI = known[list[i].ICCID]
		}
	}
	return err
}

// Swapped are the serials of a case whose SIM was changed since it was saved, as far
// as a file for an audience is about SIMs.
func Swapped(ctx context.Context, d *dhr.DHR, a station.Audience, units []string, since int64) ([]string, error) {
	if !a.TakesIdentities() {
		return nil, nil
	}
	return incident.Swapped(ctx, d.Reader(), units, since)
}
