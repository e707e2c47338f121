// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"

	"bindery/station"
	"bindery/station/identity"
)

// What the fields of each kind of entry are called. Whether they fit together,
// and with what the record holds, is for the record to say.

// productOf reads a definition of a product. The functions here name each column
// once: from them an import also knows which columns there are.
func productOf(r *importRow) station.Product {
	return station.Product{
		// What must be there is asked for by must, so that it is missed by its column and
		// row; or gives what holds where a column is left out.
		REF:           r.must("ref"),
		Name:          r.must("name"),
		Maker:         r.must("maker"),
		GTIN:          identity.GTIN(r.must("gtin")),
		SerialPattern: r.must("serial"),
		Modules:       r.list("modules"),
		Firmware:      r.list("firmware"),
		Dialect:       strings.Join(r.list("dialect"), listSeparator), // see dialectsOf
		SIM:           station.SIMRule(r.or("sim", string(station.SIMRequired))),
		IMEIs:         r.number("imeis", 1),
		Market:        r.text("market"),
		Layout:        r.must("layout"),
		WarnFree:      r.number("warn_free", 0),
		ScanBack:      station.ScanMethod(r.text("scan_back")),
	}
}

// allocationOf reads a range of serial numbers under a TAC.
func allocationOf(r *importRow) station.Allocation {
	return station.Allocation{
		TAC:      identity.TAC(r.must("tac")),
		From:     r.number("from", 0),
		To:       r.number("to", 999999),
		Product:  r.must("product"),
		Owner:    r.or("owner", "own"),
		Cert:     r.text("cert"),
		CertDate: r.day("cert_date"),
		Note:     r.text("note"),
		Station:  r.text("station"),
	}
}

// orderOf reads an order.
func orderOf(r *importRow) station.Order {
	return station.Order{
		ID:      r.must("id"),
		REF:     r.must("ref"),
		Version: r.number("version", 0),
		Lot:     r.must("lot"),
		Planned: r.number("planned", 0),
	}
}

// personOf reads a person. A secret is never in a file: see bindery people secret.
func personOf(r *importRow) station.Person {
	return station.Person{
		ID:    r.must("id"),
		Name:  r.must("name"),
		Badge: r.must("badge"),
		Role:  station.Role(r.must("role")),

		TrainedUntil: r.day("trained_until"),
	}
}
