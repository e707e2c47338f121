// SPDX-License-Identifier: Apache-2.0

// Package reconcile compares the list of a carrier or portal with the record:
// a file in, a class for each of its rows out, and what the carrier lacks. It
// reads what portals export ([Open]), finds out which column is what, by the
// shapes that are known (shapes/*.toml) or by what the columns hold
// ([Mapping]), and asks the record through a [Book]. It never repairs a number:
// one that was damaged is told as such and tied to no unit.
//
// A file is read twice: which SIM stands in it with two devices is known only
// at its end. Between the readings some 20 bytes a row are kept; everything
// else is as large for a million rows as for one.
package reconcile
