// SPDX-License-Identifier: Apache-2.0

// Package dhr keeps the device history record: one SQLite file that holds
// every unit, what was done to it, by whom and why, and that shows when it was
// changed by anybody else.
//
// Everything that is written goes through one door, [DHR.write] in tx.go: a
// transaction that notes each row it writes, whole, in one audit leaf, which
// is the last row it writes. Every row names its leaf. Package verify holds the
// rows against the leaves and the leaves against each other.
//
// Two processes may work on one file at the same time. What must not happen
// twice is kept from it by the tables themselves (package migrations).
package dhr
