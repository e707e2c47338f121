// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"errors"
	"testing"

	"bindery/station"
)

// NoError stops the test at an error.
func NoError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// FaultCode is the code of a fault, "" where err is none.
func FaultCode(err error) station.Code {
	var f *station.Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}

// RefusalCode is the code of a refusal, "" where there was no error; any other
// stops the test.
func RefusalCode(t testing.TB, err error) station.Code {
	t.Helper()
	var no *station.Refusal
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &no):
		t.Fatal(err)
	}
	return no.Finding.Code
}
