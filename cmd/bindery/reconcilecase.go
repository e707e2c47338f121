// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/scope"
)

// classCase is a case that is opened of the units of one class of a comparison:
// what was found is followed up, without a list that somebody copies.
type classCase struct {
	name, class string
	people      []string
	units       map[string]bool
}

// check refuses what no case can be opened of, before the list is read.
func (k *classCase) check() error {
	switch {
	case k.name == "" && k.class == "" && len(k.people) == 0:
		return nil
	case k.name == "" || k.class == "":
		return wrongUse("--case names the case and --class the class whose units it is of: give both")
	case !slices.Contains(reconcile.Findings(), reconcile.Class(k.class)):
		var names []string
		for _, c := range reconcile.Findings() {
			names = append(names, string(c))
		}
		return wrongUse("there is no class %q to open a case of; the classes are %s", station.Shown(k.class), strings.Join(names, ", "))
	case k.class == string(reconcile.Unknown):
		return wrongUse("the SIMs of the class unknown are in no unit: there is no case to open of them")
	}
	k.units = map[string]bool{}
	return nil
}

// allow says before the list is read what opening the case would refuse after it.
func (k *classCase) allow(ctx context.Context, d *dhr.DHR, by station.Person) error {
	if k.name == "" {
		return nil
	}
	if err := station.Allow(by, station.MayKeepCase); err != nil {
		return err
	}
	list, err := d.Cases(ctx)
	if err != nil {
		return err
	}
	var had []string
	for _, c := range list {
		had = append(had, c.Name)
	}
	return station.CheckNewCase(k.name, had)
}

// take notes the unit of a row or of a missing SIM, once: a unit that stands in three
// rows is one device to look at.
func (k *classCase) take(class reconcile.Class, serial string) {
	if k.units != nil && string(class) == k.class && serial != "" {
		k.units[serial] = true
	}
}

// open opens the case after a comparison that was kept.
func (k *classCase) open(ctx context.Context, d *dhr.DHR, by, reason string, run int64) (units int, err error) {
	if k.name == "" {
		return 0, nil
	}
	if len(k.units) == 0 {
		return 0, wrongUse("no row of the class %s belongs to a unit, so no case was opened; the comparison is kept as number %d", k.class, run)
	}
	serials := slices.Sorted(maps.Keys(k.units))
	_, err = incident.OpenCase(ctx, d, by, record.NewCaseList{
		Name: k.name, People: k.people, Reason: fmt.Sprintf("%s (comparison %d, %s)", reason, run, k.class),
		Expr: scope.ListExpr{Items: serials, Comparison: run, Class: k.class},
	}, localZone())
	return len(serials), err
}
