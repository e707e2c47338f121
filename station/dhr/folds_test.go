// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// inCapitals is how a key is refused that differs from another in capitals.
const inCapitals = "in capitals only"

func newPerson(id, badge string) station.Person {
	return station.Person{ID: id, Name: "New", Badge: badge, Role: station.Operator}
}

func newOrder(id, lot string) station.Order {
	return station.Order{ID: id, REF: "CL-100", Lot: lot, Planned: 5}
}

func people(p ...station.Person) func(*dhr.DHR) (record.Import, error) {
	return bring(p, (*dhr.DHR).ImportPeople)
}

func orders(o ...station.Order) func(*dhr.DHR) (record.Import, error) {
	return bring(o, (*dhr.DHR).ImportOrders)
}

func newProduct(ref string) func(*dhr.DHR) (record.Import, error) {
	return bring(dhrtest.ProductRows(with(stationtest.Product(), func(p *station.Product) { p.REF = ref })), (*dhr.DHR).ImportProductRows)
}

var keysTakenForOne = map[string]struct {
	do   func(*dhr.DHR) (record.Import, error)
	want string // "" when it comes in
}{
	"an ID in capitals":                {people(newPerson("LEAD", "N-1")), inCapitals},
	"an ID in wide letters":            {people(newPerson("ｌｅａｄ", "N-1")), inCapitals},
	"a badge with Caps Lock":           {people(newPerson("new", "b-LEAD")), "that of lead " + inCapitals},
	"a badge in wide letters":          {people(newPerson("new", "Ｂ-lead")), "that of lead " + inCapitals},
	"two IDs of one file":              {people(newPerson("new", "N-1"), newPerson("New", "N-2")), inCapitals},
	"two badges of one file":           {people(newPerson("new", "N-1"), newPerson("another", "n-1")), inCapitals},
	"a badge that reads as an order":   {people(newPerson("new", "wo-1")), "reads as the order WO-1"},
	"an order in small letters":        {orders(newOrder("wo-1", "L2603")), inCapitals},
	"two orders of one file":           {orders(newOrder("WO-7", "L2603"), newOrder("Wo-7", "L2603")), inCapitals},
	"a lot in small letters":           {orders(newOrder("WO-7", "l2603")), inCapitals},
	"an order that reads as a badge":   {orders(newOrder("B-LEAD", "L2603")), "somebody's badge"},
	"a product in small letters":       {newProduct("cl-100"), inCapitals},
	"the same lot and product":         {orders(newOrder("WO-8", "L2603")), ""},
	"an ID that is only begun alike":   {people(newPerson("leader", "B-lead-2")), ""},
	"a product with another last sign": {newProduct("CL-100a"), ""},
}

// Whatever people scan, type or read names one thing: a scanner with Caps Lock
// on sends the badge of one person as that of another.
func TestKeysThatPeopleTakeForOneAreNeverTwo(t *testing.T) {
	d := dhrtest.Factory(t)
	for name, c := range keysTakenForOne {
		got, err := c.do(d)
		if err != nil {
			t.Fatal(name, err)
		}
		if c.want == "" && (got.Added != 1 || len(got.Errors) > 0) ||
			c.want != "" && (got.Added != 0 || len(got.Errors) != 1 || !strings.Contains(got.Errors[0].Message, c.want)) {
			t.Errorf("%s: %+v, want %q", name, got, c.want)
		}
	}
	dhrtest.Sound(t, d)
}

// What an admin changes is held to the same.
func TestABadgeThatAnAdminChangesIsTakenForNoOther(t *testing.T) {
	d := dhrtest.Factory(t)
	p, err := d.PersonByBadge(t.Context(), "B-quality")
	if err != nil {
		t.Fatal(err)
	}
	for badge, want := range map[string]station.Code{"B-lead": station.PersonMalformed, "b-lead": station.PersonMalformed, "Wo-1": station.PersonMalformed, "b-Quality": ""} {
		_, err := d.ChangePerson(t.Context(), "admin", with(p, func(p *station.Person) { p.Badge = badge }), "a new badge")
		if want == "" && err != nil || want != "" && refused(t, err) != want {
			t.Errorf("the badge %s: %v", badge, err)
		}
	}
	dhrtest.Sound(t, d)
}

// A name that nobody can tell from another is that of no station and no device.
func TestANameThatPeopleCannotTellFromAnotherIsNotRecorded(t *testing.T) {
	d := dhrtest.Factory(t)
	build(t, d, "WO-1", 1)
	for _, name := range []string{"bench\u200b-1", "bench-1 ", "\u202ebench", "bench\n1", "bеnch-1"} { // the last has a Cyrillic е
		_, err := dhr.Open(t.Context(), d.Path(), dhr.Options{Clock: stationtest.NewClock(), Station: name})
		if refused(t, err) != station.NameMalformed {
			t.Errorf("a station %q: %v", name, err)
		}
	}
	for _, name := range []string{"BENCH-1", "ｂench-1"} {
		o := openAs(t, d.Path(), name)
		if _, err := o.EnrolKey(t.Context(), "admin", "a second bench"); refused(t, err) != station.NameMalformed {
			t.Errorf("a station %q beside bench-1: %v", name, err)
		}
	}
	for _, v := range []station.Device{
		{Kind: station.DevicePrinter, Name: "", Allowed: true},
		{Kind: station.DevicePrinter, Name: "tcp://10.0.0.7:9100\u202e", Allowed: true},
		{Kind: station.DevicePort, Name: "/dev/ttyUSB0\x1b", Allowed: true},
		{Kind: station.DeviceStation, Name: "bench-1 ", Allowed: true},
	} {
		if _, err := d.ListDevice(t.Context(), "admin", v, "x"); refused(t, err) != station.NameMalformed {
			t.Errorf("a %s %q: %v", v.Kind, v.Name, err)
		}
	}
	dhrtest.Sound(t, d)
}

func TestABadgeThatLooksLikeAnotherIsRefused(t *testing.T) {
	for _, c := range []struct {
		first, second string
		added         int
	}{
		{"B-77", "B\u201077", 1}, {"B\u201177", "B-77", 1}, {"B\u201277", "B\u201377", 1}, {"B\u221277", "B-77", 1}, {"B-77", "B-٧٧", 1}, {"B-77", "B-78", 2}, {"B\u201177", "B-78", 2},
	} {
		d := signing(t)
		n := 0
		for id, badge := range map[string]string{"new-1": c.first, "new-2": c.second} {
			got, err := d.ImportPeople(t.Context(), "admin", []station.Person{newPerson(id, badge)})
			stationtest.NoError(t, err)
			n += got.Added
		}
		if n != c.added {
			t.Errorf("%q and %q: %d were added, want %d", c.first, c.second, n, c.added)
		}
	}
}
