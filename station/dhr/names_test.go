// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/stationtest"
)

// What the rooms of the record test with, by short names.
var (
	open        = dhrtest.Open
	factory     = dhrtest.Factory
	furnish     = dhrtest.Furnish
	furnishWith = dhrtest.FurnishWith
	imported    = dhrtest.Imported
	bench       = dhrtest.Bench
	provision   = dhrtest.Provision
	passes      = dhrtest.Passes
	sound       = dhrtest.Sound
	written     = dhrtest.Written
	passed      = dhrtest.Passed
	try         = dhrtest.Try
	secondOrder = dhrtest.SecondOrder
	full        = dhrtest.Full
	done        = dhrtest.Done
	listOf      = dhrtest.ListOf
	raw         = storetest.Copy
	forge       = storetest.Forge
	column      = storetest.Column
	must        = storetest.Exec
	sqlite      = storetest.ExecFile
	write       = storetest.Write
	replace     = storetest.Replace
	noError     = stationtest.NoError
)
