// SPDX-License-Identifier: Apache-2.0

package scope_test

import (
	"reflect"
	"testing"
	"time"

	"bindery/station/scope"
	"bindery/station/scope/scopetest"
)

func TestAScopeWithoutDaysMeansTheSameInEveryZone(t *testing.T) {
	there, here := time.FixedZone("", 9*60*60), time.FixedZone("", -5*60*60)
	for _, text := range []string{
		"made:2026-03-02", "made:2026-03-02..2026-03-04", "made>=2026-03-02", "made>2026-03-02", "made<2026-03-02", "made<=2026-03-02",
		"not made:2026-03-02", "lot:A or (made:2026-03-02 and not made:2026-03-02T08:00:00Z)", "made:2026-03-02T08:00:00.250Z", "firmware>=1.2",
	} {
		e, err := scope.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		f := scope.Fix(e, there)
		for hour := range 5 * 24 * 4 {
			u := scopetest.UnitFacts{Lot: "B", Firmware: "1.3", Made: time.Date(2026, 3, 1, 0, 15*hour, 0, 0, time.UTC)}
			if scopetest.Match(e, u, there) != scopetest.Match(f, u, here) {
				t.Errorf("%s became %s, which is another at %s", text, scope.Text(f), u.Made)
				break
			}
		}
		again, err := scope.ParseJSON(scope.JSON(f))
		if err != nil || !reflect.DeepEqual(again, f) {
			t.Errorf("%s is read back as %v, %v", scope.JSON(f), again, err)
		}
	}
}

func TestAScopeIsShownWithoutIdentitiesAndWithoutALongList(t *testing.T) {
	for text, want := range map[string]string{
		"list:8999922001013962533,CL-1 and lot:A": "list:•••••••••••••••2533,CL-1 and lot:A",
		"not (list:a,b,c,d,e,f or lot:A)":         `not (list:"6 items" or lot:A)`,
	} {
		e, err := scope.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := scope.Shown(e); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
