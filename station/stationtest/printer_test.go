// SPDX-License-Identifier: Apache-2.0

package stationtest_test

import (
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestThePrinterOfTheTestsKeepsToWhatTheStationAsksOfAPrinter(t *testing.T) {
	stationtest.RunPrinter(t, func(t *testing.T) stationtest.PrinterSetup {
		l, err := stationtest.Labels{}.Label("", station.LabelValues{Serial: "CM-1"})
		if err != nil {
			t.Fatal(err)
		}
		p := &stationtest.FakePrinter{}
		return stationtest.PrinterSetup{
			Printer: p, Label: l,
			Out: func() int { return len(p.Jobs) },
			Break: func() {
				p.Err = station.NewFault(station.PrinterFault, "it is switched off.", nil)
			},
			Mend: func() { p.Err = nil },
		}
	})
}
