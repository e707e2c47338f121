// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"bindery/station"
	"bindery/station/identity"
)

// TAC is the one of the factory's allocation. Its SNRs 100000 to 199999 are
// the factory's.
const TAC = "35812309"

// Layout is the text of the factory's label layout; to this package a layout
// is only a name.
const Layout = "a layout for tests"

// Dialect is the text of the dialect by which the factory's devices are read;
// to this package it is only a name.
const Dialect = "a dialect for tests"

// Dialects are those that come along with the factory's program.
func Dialects() []station.DialectRef {
	sum := sha256.Sum256([]byte(Dialect))
	return []station.DialectRef{{Name: "quectel", Hash: hex.EncodeToString(sum[:])}}
}

// Product is what the factory makes.
func Product() station.Product {
	return station.Product{
		REF: "CL-100", Name: "CardioLink", GTIN: "09506000134352", Maker: "Example Devices",
		SerialPattern: `CL-\d{6}`, Dialect: "auto", SIM: station.SIMRequired, IMEIs: 1, Market: "EU", Layout: "device", WarnFree: 10,
	}
}

// Allocation is the factory's range of numbers.
func Allocation() station.Allocation {
	return station.Allocation{TAC: TAC, From: 100000, To: 199999, Product: "CL-100", Owner: "own", Cert: "TAC-1", CertDate: "2026-01-05"}
}

// Order is the factory's work order.
func Order() station.Order {
	return station.Order{ID: "WO-1", REF: "CL-100", Lot: "L2603", Planned: 20}
}

// People are one of each role, with IDs and badges named after it.
func People() []station.Person {
	var list []station.Person
	for _, r := range []station.Role{station.Operator, station.Lead, station.Quality, station.Auditor, station.Admin} {
		list = append(list, station.Person{ID: string(r), Name: "The " + string(r), Badge: "B-" + string(r), Role: r})
	}
	return list
}

// Serial is the n-th serial of the product.
func Serial(n int) string { return fmt.Sprintf("CL-%06d", n) }

// IMEI is the n-th number of the allocation.
func IMEI(n int) string {
	s := fmt.Sprintf("%s%06d", TAC, 100000+n)
	return s + string(identity.LuhnDigit(s))
}

// ICCID is the number of the n-th SIM.
func ICCID(n int) string {
	s := fmt.Sprintf("898823900002%06d", n)
	return s + string(identity.LuhnDigit(s))
}

// Reading is what the n-th device says.
func Reading(n int) station.Reading {
	return station.Reading{
		IMEI: IMEI(n), ICCID: ICCID(n), IMSI: fmt.Sprintf("001010%09d", n), Manufacturer: "Quectel", Model: "EG91",
		Firmware: "EG91EFBR06A05M4G", SIM: station.SIMReady,
		Dialect: "quectel", DialectHash: Dialects()[0].Hash, Port: "port-1", Baud: 115200,
		Evidence: []station.Exchange{
			{T: 0, Dir: station.Sent, Text: []byte("AT+CGSN\r")},
			{T: 1200, Dir: station.Received, Text: []byte("\r\n" + IMEI(n) + "\r\n\r\nOK\r\n\xff\x00")},
		},
	}
}
