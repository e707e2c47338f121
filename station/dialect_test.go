// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

func hash(digit string) string { return strings.Repeat(digit, 64) }

func TestADialectIsHeldAgainstTheProduct(t *testing.T) {
	builtin := []station.DialectRef{{Name: "generic", Hash: hash("0")}, {Name: "quectel", Hash: hash("1")}}
	acme := station.DialectRef{Name: "acme", Hash: hash("a")}
	named := func(name string, list ...station.DialectRef) (station.Product, []station.DialectRef) {
		return station.Product{Dialect: name, DialectHash: hash("f")}, list
	}
	old := func(name string) (station.Product, []station.DialectRef) { return station.Product{Dialect: name}, nil }
	for _, c := range []struct {
		name string
		of   func() (station.Product, []station.DialectRef)
		read station.DialectRef
		may  bool
	}{
		{"the one that it names", func() (station.Product, []station.DialectRef) { return named("acme", acme) }, acme, true},
		{"another text under its name", func() (station.Product, []station.DialectRef) { return named("acme", acme) }, station.DialectRef{Name: "acme", Hash: hash("b")}, false},
		{"its text under another name", func() (station.Product, []station.DialectRef) { return named("acme", acme) }, station.DialectRef{Name: "quectel", Hash: acme.Hash}, false},
		{"one that comes along, in place of it", func() (station.Product, []station.DialectRef) { return named("acme", acme) }, builtin[1], false},
		{"none", func() (station.Product, []station.DialectRef) { return named("acme", acme) }, station.DialectRef{}, false},
		{"one of its list", func() (station.Product, []station.DialectRef) { return named("auto", acme, builtin[0]) }, builtin[0], true},
		{"one that comes along and is not on its list", func() (station.Product, []station.DialectRef) { return named("auto", acme, builtin[0]) }, builtin[1], false},
		{"before hashes, the one of the name that comes along", func() (station.Product, []station.DialectRef) { return old("quectel") }, builtin[1], true},
		{"before hashes, one's own of the name", func() (station.Product, []station.DialectRef) { return old("quectel") }, station.DialectRef{Name: "quectel", Hash: hash("b")}, false},
		{"before hashes, another that comes along", func() (station.Product, []station.DialectRef) { return old("quectel") }, builtin[0], false},
		{"before hashes, auto takes each that comes along", func() (station.Product, []station.DialectRef) { return old("auto") }, builtin[1], true},
		{"before hashes, auto takes no other", func() (station.Product, []station.DialectRef) { return old("auto") }, acme, false},
		{"before hashes, a name that nothing comes along under", func() (station.Product, []station.DialectRef) { return old("acme") }, acme, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, list := c.of()
			known := station.UnitContext{Product: p, Dialects: p.ReadBy(list, builtin)}
			r := station.Reading{Dialect: c.read.Name, DialectHash: c.read.Hash}
			v, err := station.JudgeDialect(known, r)
			if want := map[bool][]string{true: nil, false: {"~dialect-other"}}[c.may]; err != nil || !cmp.Equal(want, faults(v)) {
				t.Errorf("before it is approved: %v, %v", faults(v), err)
			}
			known.Signed = true
			v, err = station.JudgeDialect(known, r)
			var f *station.Fault
			if c.may != (err == nil) || !c.may && (!errors.As(err, &f) || f.Code != station.DialectNotApproved) || len(v.Findings) > 0 {
				t.Errorf("once it is approved: %v, %v", faults(v), err)
			}
		})
	}
}

func TestADialectThatIsNamedInsteadIsAnotherThoughTheDeviceSpeaksIt(t *testing.T) {
	quectel := station.DialectRef{Name: "quectel", Hash: hash("1")}
	known := station.UnitContext{Product: station.Product{Dialect: station.AutoDialect}, Dialects: []station.DialectRef{quectel}}
	r := station.Reading{Dialect: quectel.Name, DialectHash: quectel.Hash, Overridden: true}
	if v, err := station.JudgeDialect(known, r); err != nil || !cmp.Equal([]string{"~dialect-other"}, faults(v)) {
		t.Errorf("before it is approved: %v, %v", faults(v), err)
	}
	known.Signed = true
	var f *station.Fault
	if _, err := station.JudgeDialect(known, r); !errors.As(err, &f) || f.Code != station.DialectNotApproved {
		t.Errorf("once it is approved: %v", err)
	}
}

func TestAListOfDialectsIsWrittenInOneWay(t *testing.T) {
	a, b := station.DialectRef{Name: "acme", Hash: hash("b")}, station.DialectRef{Name: "generic", Hash: hash("a")}
	text := station.DialectList([]station.DialectRef{b, a, b})
	if want := hash("b") + "  acme\n" + hash("a") + "  generic\n"; string(text) != want {
		t.Errorf("%q", text)
	}
	got, err := station.ParseDialectList(text)
	if d := cmp.Diff([]station.DialectRef{a, b}, got); err != nil || d != "" {
		t.Error(d, err)
	}
	for _, bad := range []string{"x", hash("a") + " acme\n", hash("a") + "  a b\n", hash("A") + "  acme\n"} {
		if _, err := station.ParseDialectList([]byte(bad)); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestToNameADialectIsToNameAnotherUnlessTheProductNamesIt(t *testing.T) {
	for _, c := range []struct {
		of, instead string
		want        bool
	}{
		{"auto", "", false}, {"auto", "auto", false}, {"auto", "generic", true}, {"auto", "quectel", true},
		{"quectel", "", false}, {"quectel", "quectel", false}, {"quectel", "auto", true}, {"quectel", "Quectel", true}, {"quectel", "generic", true},
	} {
		if got := (station.Product{Dialect: c.of}).Overrides(c.instead); got != c.want {
			t.Errorf("%q for a product that says %q: %v", c.instead, c.of, got)
		}
	}
}
