// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"reflect"
	"testing"

	"bindery/station"
)

func TestWhatADefinitionLeavesOutIsFilledIn(t *testing.T) {
	want := station.Product{Dialect: "auto", SIM: station.SIMRequired, IMEIs: 1, Modules: []string{}, Firmware: []string{}, GTIN: "04006381333931"}
	if got := station.CompleteProduct(station.Product{GTIN: "4006381333931", ScanBack: station.ByScanner}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	whole := station.Product{Dialect: "quectel", SIM: station.SIMNone, IMEIs: 2, Modules: []string{"EG25"}, Firmware: []string{"A"}, GTIN: "none", ScanBack: station.ByHand}
	if got := station.CompleteProduct(whole); !reflect.DeepEqual(got, whole) {
		t.Errorf("%+v", got)
	}
}

func TestAProductGetsAnotherVersionWhereItDiffers(t *testing.T) {
	was := station.Product{REF: "CL-1", Version: 2, Name: "One", Modules: []string{"A"}}
	for _, c := range []struct {
		what  string
		was   station.Product
		edit  func(*station.Product)
		adds  bool
		next  int
		wrong string
	}{
		{"the first", station.Product{}, func(*station.Product) {}, true, 1, ""},
		{"the first as 1", station.Product{}, func(p *station.Product) { p.Version = 1 }, true, 1, ""},
		{"the first as 2", station.Product{}, func(p *station.Product) { p.Version = 2 }, true, 1, "The next version of product CL-1 is 1, not 2."},
		{"the same", was, func(*station.Product) {}, false, 0, ""},
		{"the same by its number", was, func(p *station.Product) { p.Version = 2 }, false, 0, ""},
		{"the same under the next number", was, func(p *station.Product) { p.Version = 3 }, true, 3, ""},
		{"the same under an older number", was, func(p *station.Product) { p.Version = 1 }, true, 3, "The next version of product CL-1 is 3, not 1."},
		{"another name", was, func(p *station.Product) { p.Name = "Two" }, true, 3, ""},
		{"another module", was, func(p *station.Product) { p.Modules = []string{"B"} }, true, 3, ""},
		{"another name under the old number", was, func(p *station.Product) { p.Name, p.Version = "Two", 2 }, true, 3, "The next version of product CL-1 is 3, not 2."},
	} {
		p := was
		p.Version = 0
		c.edit(&p)
		if adds := station.AddsVersion(p, c.was); adds != c.adds {
			t.Errorf("%s: adds a version is %v", c.what, adds)
		} else if !adds {
			continue
		}
		next, wrong := station.NextVersion(p, c.was)
		if next != c.next {
			t.Errorf("%s: the next is %d", c.what, next)
		}
		saysOnly(t, c.what, wrong, "version", c.wrong)
	}
}

func TestAVersionAwaitsApprovalWhileSomethingIsBuiltByItOrWouldBe(t *testing.T) {
	reviewed, approved := []station.Meaning{station.Authorship, station.Review}, []station.Meaning{station.Review, station.Approval}
	for _, c := range []struct {
		use    station.VersionUse
		signed []station.Meaning
		awaits bool
	}{
		{station.VersionUse{}, nil, false},
		{station.VersionUse{Newest: true}, nil, true},
		{station.VersionUse{Built: true}, nil, true},
		{station.VersionUse{Newest: true, Built: true}, reviewed, true},
		{station.VersionUse{Newest: true, Built: true}, approved, false},
		{station.VersionUse{}, reviewed, false},
	} {
		if got := c.use.AwaitsApproval(c.signed); got != c.awaits {
			t.Errorf("%+v, signed as %v: %v", c.use, c.signed, got)
		}
	}
}

func TestAProductNamesALayoutAndADialectByNameOrHash(t *testing.T) {
	for _, c := range []struct {
		name, hash      string
		layout, dialect bool
	}{
		{"", "", false, false}, {"a", "", true, true}, {"a", "h", true, true}, {"", "h", true, false},
		{"b", "", false, false}, {"a", "i", false, false}, {"b", "h", false, false}, {"", "i", false, false},
	} {
		p := station.Product{Layout: c.name, LayoutHash: c.hash, Dialect: c.name, DialectHash: c.hash}
		if got := p.NamesLayout("a", "h"); got != c.layout {
			t.Errorf("the layout %q of hash %q: %v", c.name, c.hash, got)
		}
		if got := p.NamesDialect(station.DialectRef{Name: "a", Hash: "h"}); got != c.dialect {
			t.Errorf("the dialect %q of hash %q: %v", c.name, c.hash, got)
		}
	}
}
