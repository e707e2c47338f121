// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bindery/station"
	"bindery/station/identity"
)

// values are what a template may name: those of the unit, and which label of
// the sheet this is.
type values struct {
	station.LabelValues
	index int // from 1
}

// template is a text with fields: "SN {serial}".
type template []templatePart

// templatePart is either literal text or a field with its form.
type templatePart struct {
	literal string
	field   string
	form    string // what follows the colon
}

// errField says what is wrong with a template or value, and the cure.
type errField struct{ message, cure string }

func (e *errField) Error() string { return e.message }

var fieldForm = regexp.MustCompile(`^\{([a-z0-9]+)(?::([^{}]*))?\}`)

// parseTemplate splits a text into literals and fields.
func parseTemplate(s string) (template, error) {
	var t template
	for s != "" {
		if m := fieldForm.FindStringSubmatch(s); m != nil {
			if err := knownField(m[1], m[2]); err != nil {
				return nil, err
			}
			t, s = append(t, templatePart{field: m[1], form: m[2]}), s[len(m[0]):]
			continue
		}
		if s[0] == '{' || s[0] == '}' {
			return nil, &errField{"a brace does not belong to a field", "Write a field as {serial} or {made:2006-01-02}."}
		}
		end := strings.IndexAny(s, "{}")
		if end < 0 {
			end = len(s)
		}
		if err := sound(s[:end]); err != nil {
			return nil, &errField{"the text " + err.Error(), "Write printable characters only, on one line."}
		}
		t, s = append(t, templatePart{literal: s[:end]}), s[end:]
	}
	return t, nil
}

func knownField(name, form string) error {
	f, ok := fields[name]
	if !ok {
		return &errField{"there is no field {" + name + "}", "Use one of: " + strings.Join(slices.Sorted(maps.Keys(fields)), " ") + "."}
	}
	if !f.form(form) {
		return &errField{fmt.Sprintf("{%s:%s} is not a form of this field", name, form), f.forms}
	}
	return nil
}

// expand fills the template in. A field that is empty or unsound for this unit
// is refused; a value is text and is never read again as a template.
func (t template) expand(v values) (string, error) {
	var b strings.Builder
	for _, p := range t {
		if p.field == "" {
			b.WriteString(p.literal)
			continue
		}
		s := fields[p.field].value(v, p.form)
		if s == "" {
			return "", &errField{"{" + p.field + "} is empty for this unit", "Take the field out of the layout, or give the unit or product this value."}
		}
		if err := sound(s); err != nil {
			return "", &errField{"{" + p.field + "} " + err.Error(), "Correct the value; a label takes printable characters only."}
		}
		if strings.TrimSpace(s) != s {
			return "", &errField{"{" + p.field + "} starts or ends with a space", "Correct the value; such a space is not seen on paper."}
		}
		if why := unsound(p.field, v); why != "" {
			return "", &errField{"{" + p.field + "} " + why, "Correct the value in the record."}
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// field is one value that a layout may name.
type field struct {
	value func(v values, form string) string
	form  func(string) bool // whether {name:form} makes sense
	forms string            // the cure when it does not
}

func plain(value func(values) string) field {
	return field{
		value: func(v values, _ string) string { return value(v) },
		form:  func(form string) bool { return form == "" },
		forms: "Write the field without a colon.",
	}
}

func imei(value func(values) identity.IMEI) field {
	return field{
		value: func(v values, form string) string {
			if form == "grouped" {
				return value(v).Grouped()
			}
			return value(v).Full()
		},
		form:  func(form string) bool { return form == "" || form == "grouped" },
		forms: "The only form is grouped, as in {imei:grouped}.",
	}
}

var fields = map[string]field{
	"serial":  plain(func(v values) string { return v.Serial }),
	"imei":    imei(func(v values) identity.IMEI { return v.IMEI }),
	"imei2":   imei(func(v values) identity.IMEI { return v.IMEI2 }),
	"iccid":   plain(func(v values) string { return v.ICCID.Full() }),
	"eid":     plain(func(v values) string { return v.EID.Full() }),
	"ref":     plain(func(v values) string { return v.REF }),
	"product": plain(func(v values) string { return v.Product }),
	"maker":   plain(func(v values) string { return v.Maker }),
	"gtin":    plain(func(v values) string { return string(v.GTIN) }),
	"lot":     plain(func(v values) string { return v.Lot }),
	"order":   plain(func(v values) string { return v.Order }),
	"index":   plain(func(v values) string { return strconv.Itoa(v.index) }),
	"quantity": plain(func(v values) string {
		if v.Quantity <= 0 {
			return ""
		}
		return strconv.Itoa(v.Quantity)
	}),
	"made": {
		value: func(v values, form string) string {
			if v.Made.IsZero() {
				return ""
			}
			return v.Made.Format(form)
		},
		form:  func(form string) bool { return dateForm.MatchString(form) && strings.Contains(form, "06") },
		forms: "Write the form as Go writes dates, with a year: 2006-01-02, 060102, 2006-01, 02 Jan 2006.",
	},
}

// dateForm takes the elements of a date in Go's reference form and separators.
var dateForm = regexp.MustCompile(`^(2006|06|January|Jan|01|02|[-./ ])+$`)

// unsound says what is wrong with a number that carries a check of its own;
// the words hold no digit of it.
func unsound(field string, v values) string {
	var err error
	switch field {
	case "imei":
		_, err = identity.ParseIMEI(v.IMEI.Full())
	case "imei2":
		_, err = identity.ParseIMEI(v.IMEI2.Full())
	case "iccid":
		_, err = identity.ParseICCID(v.ICCID.Full())
	case "eid":
		_, err = identity.ParseEID(v.EID.Full())
	case "gtin":
		_, err = identity.ParseGTIN(string(v.GTIN))
	}
	if err != nil {
		return "is not sound (" + err.Error() + ")"
	}
	return ""
}

// sound refuses what can't be printed as it is, and texts beyond all reason.
func sound(s string) error {
	if why := station.Unprintable(s); why != "" {
		return &errField{why, ""}
	}
	if n := utf8.RuneCountInString(s); n > station.LongestText {
		return &errField{fmt.Sprintf("has %d characters; a label takes at most %d", n, station.LongestText), ""}
	}
	return nil
}
