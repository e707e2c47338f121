// SPDX-License-Identifier: Apache-2.0

// Package identity holds the numbers that a cellular device is known by, as
// value types: IMEI, IMEISV, TAC, ICCID, IMSI, EID and GTIN. It parses, checks
// and masks them and decides nothing else. Nothing here is guessed, padded or
// repaired: a text either is the number or it is refused with a [Code].
//
// Every type prints itself masked (String, %v, %s, slog); only Full gives the
// whole number, so that a number cannot reach a log by accident.
package identity
