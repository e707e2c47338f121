// SPDX-License-Identifier: Apache-2.0

// Package stationtest helps to test with the domain: a clock that is set by
// hand, a small factory to work in, and benches whose device, labels and
// printer are simple stand-ins. [RunDUT], [RunPrinter] and [RunRecords] hold each
// implementation of a port to what package station states of it.
package stationtest
