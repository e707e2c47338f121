// SPDX-License-Identifier: Apache-2.0

package station

import (
	"reflect"

	"bindery/station/identity"
)

// CompleteProduct is p with what may be left out filled in, and its GTIN in 14
// digits.
func CompleteProduct(p Product) Product {
	if p.Dialect == "" {
		p.Dialect = AutoDialect
	}
	if p.SIM == "" {
		p.SIM = SIMRequired
	}
	if p.IMEIs == 0 {
		p.IMEIs = 1
	}
	if p.Modules == nil {
		p.Modules = []string{}
	}
	if p.Firmware == nil {
		p.Firmware = []string{}
	}
	if gtin, err := identity.ParseGTIN(string(p.GTIN)); err == nil {
		p.GTIN = gtin
	}
	if p.ScanBack == ByScanner {
		p.ScanBack = "" // is the rule where none is set
	}
	return p
}

// SameDefinition reports whether two versions of a product are alike in all but
// their numbers.
func SameDefinition(p, was Product) bool {
	p.Version = was.Version
	return reflect.DeepEqual(p, was)
}

// AddsVersion reports whether p is to be another version beside was, the newest of
// its REF; the zero value where there is none. A product need not say which version
// it is: then its Version is 0.
func AddsVersion(p, was Product) bool {
	return was.Version == 0 || !SameDefinition(p, was) || p.Version != 0 && p.Version != was.Version
}

// NextVersion numbers a version that comes after was, and says what is wrong with
// another number that p was given.
func NextVersion(p, was Product) (next int, wrong []FieldError) {
	next = was.Version + 1
	if p.Version != 0 && p.Version != next {
		var e errs
		e.add("version", "The next version of product %s is %d, not %d.", p.REF, next, p.Version)
		return next, e
	}
	return next, nil
}

// VersionUse is what a version of a product is there for.
type VersionUse struct {
	Newest bool // it is the newest of its product
	Built  bool // an open order builds it
}

// AwaitsApproval reports whether a version that was signed with these meanings is yet
// to be approved. One that no order builds, and that another came after, waits for
// nothing.
func (u VersionUse) AwaitsApproval(signed []Meaning) bool {
	return (u.Newest || u.Built) && !Approved(signed)
}

// NamesLayout reports whether p names a layout: by its hash, by its name, or by
// both. Of several, the newest is meant.
func (p Product) NamesLayout(name, hash string) bool {
	return (p.Layout != "" || p.LayoutHash != "") && names(p.Layout, name) && names(p.LayoutHash, hash)
}

// NamesDialect reports whether p names a dialect: by its name, and by its hash where
// it gives one. Of several, the newest is meant.
func (p Product) NamesDialect(d DialectRef) bool {
	return p.Dialect == d.Name && names(p.DialectHash, d.Hash)
}

// names reports whether what was given, if anything was, is this.
func names(given, this string) bool { return given == "" || given == this }
