// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"
	"time"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestAStrayScanIsNamedForWhatItIs(t *testing.T) {
	open, full := stationtest.Order(), stationtest.Order()
	full.Taken, full.Passed = full.Planned, 19
	other := station.Order{ID: "WO-7", Planned: 5, Passed: 5, Closed: true}
	at := time.Date(2026, 7, 14, 10, 2, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		order station.Order
		text  station.ScannedText
		code  station.Code // "" for a serial that goes its way
		value string
	}{
		"a serial of the product":          {open, station.ScannedText{Text: "CL-000007"}, "", ""},
		"one more than was planned":        {full, station.ScannedText{Text: "CL-000007"}, station.OrderComplete, "WO-1, 19 / 20"},
		"a unit of an order that is full":  {full, station.ScannedText{Text: "CL-000007", Begun: true}, "", ""},
		"an IMEI":                          {open, station.ScannedText{Text: stationtest.IMEI(3)}, station.ScanIMEI, "•••••••••••0032"},
		"an ICCID":                         {open, station.ScannedText{Text: stationtest.ICCID(3)}, station.ScanICCID, "•••••••••••••••0031"},
		"an IMSI":                          {open, station.ScannedText{Text: stationtest.Reading(3).IMSI}, station.ScanIMSI, "•••••••••••0003"},
		"the label of a unit that passed":  {open, station.ScannedText{Text: "x", Label: "CL-000141", Outcome: station.Pass, At: at}, station.ScanLabelPassed, "CL-000141, 2026-07-14 10:02:00 +00:00"},
		"the label of a unit that has not": {open, station.ScannedText{Text: "x", Label: "CL-000141", Outcome: station.Aborted, At: at}, station.ScanLabel, "CL-000141"},
		"an order that is closed":          {open, station.ScannedText{Text: "WO-7", Order: &other}, station.ScanOrder, "WO-7, 5 / 5"},
		"the code of a product":            {open, station.ScannedText{Text: "09506000134352", REF: "CL-100"}, station.ScanProduct, "CL-100"},
		"a serial of another product":      {open, station.ScannedText{Text: "PM-1", Other: "PM-4"}, station.ScanOtherProduct, "PM-4"},
		"anything else":                    {open, station.ScannedText{Text: "hello\x1b[2J"}, station.ScanUnknown, "hello␛[2J"},
		"a number within other things":     {open, station.ScannedText{Text: "x" + stationtest.IMEI(3) + "y"}, station.ScanUnknown, "x•••••••••••0032y"},
	} {
		f := station.NameStrayScan(stationtest.Product(), c.order, c.text)
		switch {
		case f == nil && c.code == "":
		case f == nil, f.Code != c.code, f.Value != c.value:
			t.Errorf("%s: %+v, want %s of %q", name, f, c.code, c.value)
		}
	}
}
