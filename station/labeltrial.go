// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"slices"
)

// value is one field of a definition as it goes on a label.
type value struct {
	field, text string
	put         func(*LabelValues)
}

// TryProduct lists what the label of a product cannot carry, found by drawing
// it, or that no scan of it would prove the label. layout is the text of the
// layout that it names.
func TryProduct(t LabelTrial, layout []byte, p Product) []FieldError {
	base, fields := productValues(t, p)
	var codes []LabelCode // of the last that could be drawn
	wrong := trialLabel{
		try: tryOf(t, layout, &codes), base: base, fields: fields,
		rest: "layout", of: "product " + Shown(p.REF), mend: "Quality changes it", owner: Shown(p.Layout),
	}.fieldsAtFault()
	if len(wrong) > 0 || p.ScanBackRule() != ByScanner {
		return wrong
	}
	if len(Identifying(codes, with(base, fields))) == 0 {
		return []FieldError{{"layout", fmt.Sprintf("No code of the label of product %s carries the serial, so that a scan does not tell whose label it is. The owner of the layout %s puts the serial into a code.", Shown(p.REF), Shown(p.Layout))}}
	}
	return nil
}

// tryOf draws a layout for its problem and leaves the codes of the label.
func tryOf(t LabelTrial, layout []byte, codes *[]LabelCode) func(LabelValues) (problem string) {
	return func(v LabelValues) (problem string) {
		*codes, problem = t.TryLabel(layout, v)
		return problem
	}
}

// TryOrder lists what the label of an order's units cannot carry, found by
// drawing it. p is the product that the order builds.
func TryOrder(t LabelTrial, layout []byte, p Product, o Order) []FieldError {
	base, fields := productValues(t, p)
	var codes []LabelCode // looked at when the product came in
	return trialLabel{
		try: tryOf(t, layout, &codes), base: with(base, fields),
		fields: []value{
			{"lot", o.Lot, func(v *LabelValues) { v.Lot = o.Lot }},
			{"id", o.ID, func(v *LabelValues) { v.Order = o.ID }},
		},
		rest: "ref", of: "product " + Shown(p.REF), mend: "Whoever made the order changes it", owner: Shown(p.Layout),
	}.fieldsAtFault()
}

// trialLabel is a label that is drawn to find out what it cannot carry.
type trialLabel struct {
	try    func(LabelValues) (problem string)
	base   LabelValues // that fields are put into
	fields []value
	rest   string // the field that is named when none of fields is to blame
	of     string // whose label it is
	mend   string // who can mend a field
	owner  string // name of the layout
}

// fieldsAtFault names the fields that do not go with the others' sample values, else
// those without which the label could be drawn.
func (t trialLabel) fieldsAtFault() (list []FieldError) {
	what := t.try(with(t.base, t.fields))
	if what == "" {
		return nil
	}
	bare := t.try(t.base)
	for i, f := range t.fields {
		why := ""
		switch {
		case bare == "":
			why = t.try(with(t.base, []value{f}))
		case t.try(with(t.base, slices.Delete(slices.Clone(t.fields), i, i+1))) == "":
			why = what
		}
		if why != "" {
			list = append(list, FieldError{f.field, fmt.Sprintf("The label of %s cannot carry the %s %q: %s. %s, or the owner of the layout %s changes that.",
				t.of, f.field, Shown(f.text), why, t.mend, t.owner)})
		}
	}
	if list == nil {
		list = []FieldError{{t.rest, fmt.Sprintf("The label of %s cannot be drawn: %s. The owner of the layout %s mends it.", t.of, what, t.owner)}}
	}
	return list
}

// productValues are sample values as far as the product leaves them open, and
// those that it sets.
func productValues(t LabelTrial, p Product) (LabelValues, []value) {
	base := t.SampleValues()
	base.Sample = false
	if p.IMEIs != 2 {
		base.IMEI2 = ""
	}
	if p.SIM == SIMNone {
		base.ICCID, base.EID = "", ""
	}
	fields := []value{
		{"ref", p.REF, func(v *LabelValues) { v.REF = p.REF }},
		{"name", p.Name, func(v *LabelValues) { v.Product = p.Name }},
		{"maker", p.Maker, func(v *LabelValues) { v.Maker = p.Maker }},
		{"gtin", string(p.GTIN), func(v *LabelValues) { v.GTIN = p.GTIN }},
	}
	if serial := exampleSerial(p, base.Serial); serial != "" {
		fields = append(fields, value{"serial", serial, func(v *LabelValues) { v.Serial = serial }})
	}
	return base, fields
}

func with(v LabelValues, fields []value) LabelValues {
	for _, f := range fields {
		f.put(&v)
	}
	return v
}
