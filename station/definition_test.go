// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

func changedProduct(change func(*station.Product)) []station.FieldError {
	p := stationtest.Product()
	change(&p)
	return station.CheckProduct(p)
}

func changedAllocation(change func(*station.Allocation)) []station.FieldError {
	a := stationtest.Allocation()
	change(&a)
	return station.CheckAllocation(a)
}

func changedOrder(change func(*station.Order)) []station.FieldError {
	o := stationtest.Order()
	change(&o)
	return station.CheckOrder(o)
}

func changedPerson(change func(*station.Person)) []station.FieldError {
	p := stationtest.People()[0]
	change(&p)
	return station.CheckPerson(p)
}

// definitions are definitions of the factory with one change each, and what is said of
// it.
var definitions = map[string]struct {
	got  []station.FieldError
	want string // field: part of the message; "" when nothing is wrong
}{
	"the factory's product":            {changedProduct(func(*station.Product) {}), ""},
	"the factory's allocation":         {changedAllocation(func(*station.Allocation) {}), ""},
	"the factory's order":              {changedOrder(func(*station.Order) {}), ""},
	"the factory's operator":           {changedPerson(func(*station.Person) {}), ""},
	"a name in another script":         {changedProduct(func(p *station.Product) { p.Name = "心电监护仪" }), ""},
	"an ID of an account":              {changedPerson(func(p *station.Person) { p.ID = "account:root" }), "id: account of the computer"},
	"one in capitals":                  {changedPerson(func(p *station.Person) { p.ID = "ＡＣＣＯＵＮＴ:root" }), "id: account of the computer"},
	"a badge of two alphabets":         {changedPerson(func(p *station.Person) { p.Badge = "ОP-1001" }), "badge: two alphabets"}, // the О is Cyrillic
	"two alphabets, word by word":      {changedProduct(func(p *station.Product) { p.REF = "КЛ-4G" }), ""},
	"a badge with an umlaut":           {changedPerson(func(p *station.Person) { p.Badge = "Bü-1" }), ""},
	"a badge that looks Latin":         {changedPerson(func(p *station.Person) { p.Badge = "ОР-1001" }), "badge: each looks like a Latin one"}, // О and Р are Cyrillic
	"a lot of two words, one of it":    {changedOrder(func(o *station.Order) { o.Lot = "ОР-CL" }), "lot: each looks like a Latin one"},
	"a lot of Greek capitals":          {changedOrder(func(o *station.Order) { o.Lot = "ΑΒ1" }), "lot: each looks like a Latin one"},
	"an order that reads like an IMEI": {changedOrder(func(o *station.Order) { o.ID = stationtest.IMEI(7) }), "id: reads like an IMEI"},
	"an order of 14 digits":            {changedOrder(func(o *station.Order) { o.ID = stationtest.IMEI(7)[:14] }), ""},
	"serials of 15 digits":             {changedProduct(func(p *station.Product) { p.SerialPattern = `\d{15}` }), "serial: takes an IMEI"},
	"serials of up to 20 digits":       {changedProduct(func(p *station.Product) { p.SerialPattern = `[0-9]{6,20}` }), "serial: takes an IMEI"},
	"serials of 15 digits from 49":     {changedProduct(func(p *station.Product) { p.SerialPattern = `49\d{13}` }), "serial: takes an IMEI"},
	"serials of 14 digits":             {changedProduct(func(p *station.Product) { p.SerialPattern = `\d{14}` }), ""},
	"no REF":                           {changedProduct(func(p *station.Product) { p.REF = "" }), "ref: no REF"},
	"an invisible letter in a REF":     {changedProduct(func(p *station.Product) { p.REF = "CL\u200b" }), "ref: invisible character (U+200B)"},
	"a tab in a name":                  {changedProduct(func(p *station.Product) { p.Name = "Cardio\tLink" }), "name: control character (U+0009)"},
	"a name that is too long":          {changedProduct(func(p *station.Product) { p.Name = strings.Repeat("x", 121) }), "name: has 121 characters; at most 120"},
	"a maker that begins with a blank": {changedProduct(func(p *station.Product) { p.Maker = " ACME" }), "maker: begins or ends with a blank"},
	"a GTIN of zeros":                  {changedProduct(func(p *station.Product) { p.GTIN = "00000000000000" }), "gtin: all zeros"},
	"no GTIN":                          {changedProduct(func(p *station.Product) { p.GTIN = "" }), "gtin: gtin-malformed"},
	"a control character in a module":  {changedProduct(func(p *station.Product) { p.Modules = []string{"EG25", "EG\x00"} }), "modules: control character (U+0000)"},
	"three IMEIs":                      {changedProduct(func(p *station.Product) { p.IMEIs = 3 }), "imeis: 1 or 2"},
	"an unknown SIM rule":              {changedProduct(func(p *station.Product) { p.SIM = "maybe" }), "sim: required, optional or none"},
	"no end of a pattern":              {changedProduct(func(p *station.Product) { p.SerialPattern = "(" }), "serial: regular expression"},
	"a pattern without measure":        {changedProduct(func(p *station.Product) { p.SerialPattern = strings.Repeat("x", 1001) }), "serial: at most 1000"},
	"a warning beyond all numbers":     {changedProduct(func(p *station.Product) { p.WarnFree = 1 << 40 }), "warn_free: above 1000000000"},
	"a date that is none":              {changedAllocation(func(a *station.Allocation) { a.CertDate = "2026-02-30" }), `cert_date: not "2026-02-30"`},
	"a note of a page":                 {changedAllocation(func(a *station.Allocation) { a.Note = strings.Repeat("x", 1001) }), "note: at most 1000"},
	"a number below the first":         {changedAllocation(func(a *station.Allocation) { a.From = -1 }), "from: 0 to 999999"},
	"a number after the last":          {changedAllocation(func(a *station.Allocation) { a.To = 1000000 }), "to: 0 to 999999"},
	"a lot with a letter in two parts": {changedOrder(func(o *station.Order) { o.Lot = "u\u0308" }), "lot: put together from two characters"},
	"an order of nothing":              {changedOrder(func(o *station.Order) { o.Planned = 0 }), "planned: at least 1"},
	"an order beyond all numbers":      {changedOrder(func(o *station.Order) { o.Planned = 1 << 53 }), "planned: above 1000000000"},
	"a badge that turns around":        {changedPerson(func(p *station.Person) { p.Badge = "B\u202eX" }), "badge: direction of writing (U+202E)"},
	"a badge that nobody sees":         {changedPerson(func(p *station.Person) { p.Badge = "\u2800" }), "badge: invisible character (U+2800)"},
	"a badge that is half a letter":    {changedPerson(func(p *station.Person) { p.Badge = "B\xff" }), "badge: not valid UTF-8"},
	"a scanner's separator in a badge": {changedPerson(func(p *station.Person) { p.Badge = "B\x1d" }), "badge: GS1 separator"},
	"no name":                          {changedPerson(func(p *station.Person) { p.Name = "" }), "name: an ID, a name and a badge"},
	"an unknown role":                  {changedPerson(func(p *station.Person) { p.Role = "boss\x1b" }), `role: "boss·" is not a role`},
	"a training without an end":        {changedPerson(func(p *station.Person) { p.TrainedUntil = "soon" }), `trained_until: not "soon"`},
}

func TestADefinitionNamesEachFieldThatIsWrong(t *testing.T) {
	for name, c := range definitions {
		t.Run(name, func(t *testing.T) {
			field, message, _ := strings.Cut(c.want, ": ")
			switch {
			case c.want == "" && len(c.got) == 0:
			case len(c.got) != 1 || c.got[0].Field != field || !strings.Contains(c.got[0].Message, message):
				t.Errorf("%+v, want %q", c.got, c.want)
			}
		})
	}
}

func TestAMessageAboutADefinitionHoldsNoIdentity(t *testing.T) {
	imei := stationtest.IMEI(7)
	p, o := stationtest.Product(), stationtest.Order()
	p.REF, p.SerialPattern = imei, "("
	o.ID, o.Planned = imei, 0
	for _, e := range append(station.CheckProduct(p), station.CheckOrder(o)...) {
		if strings.Contains(e.Message, imei) {
			t.Errorf("%+v", e)
		}
	}
}

func TestASerialThatOnlyLooksLatinIsNone(t *testing.T) {
	for _, c := range []struct {
		pattern, serial string
		want            bool
	}{
		{`..-\d`, "CL-1", true}, {`..-\d`, "СО-1", false}, {`..-\d`, "КЛ-1", true}, {`СО-\d`, "СО-1", true},
	} {
		if got := (station.Product{SerialPattern: c.pattern}).SerialOK(c.serial); got != c.want {
			t.Errorf("%q under %q: %v", c.serial, c.pattern, got)
		}
	}
}
