// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

var readingAlone = station.Reading{IMEI: "356938035643809", ICCID: "89882390000262826558", IMSI: "001010123456789", SIM: station.SIMReady}

// butReading is that with a change.
func butReading(change func(*station.Reading)) station.Reading {
	r := readingAlone
	change(&r)
	return r
}

// readingsAlone are what can be wrong with a reading by itself.
var readingsAlone = map[string]struct {
	reading station.Reading
	warns   []station.Code
	fails   []station.Code
}{
	"a sound reading has no findings": {reading: readingAlone},
	"no SIM is a warning": {
		reading: butReading(func(r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMAbsent, "", "" }),
		warns:   []station.Code{station.SIMIsAbsent},
	},
	"a modem that is switched off is a warning, and no bad SIM": {
		reading: butReading(func(r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMOff, "", "" }),
		warns:   []station.Code{station.ModemOff},
	},
	"a SIM without a number is a warning": {
		reading: butReading(func(r *station.Reading) { r.ICCID = "" }),
		warns:   []station.Code{"iccid-missing"},
	},
	"an ICCID whose check digit is off is a warning": {
		reading: butReading(func(r *station.Reading) { r.ICCID = "89882390000262826559" }),
		warns:   []station.Code{"iccid-check-digit"},
	},
	"no IMEI fails": {
		reading: butReading(func(r *station.Reading) { r.IMEI = "" }),
		fails:   []station.Code{"imei-missing"},
	},
	"an unstable IMEI is said once": {
		reading: butReading(func(r *station.Reading) {
			r.IMEI, r.Findings = "", []station.Finding{station.NewFinding(station.IMEIUnstable, "")}
		}),
		fails: []station.Code{station.IMEIUnstable},
	},
	"the second IMEI is judged when there is one": {
		reading: butReading(func(r *station.Reading) { r.IMEI2 = "35693803564380" }),
		fails:   []station.Code{"imei-14-digits"},
	},
	"numbers of the SIM that are not numbers fail": {
		reading: butReading(func(r *station.Reading) { r.ICCID, r.IMSI, r.EID = "12", "x", "89" }),
		fails:   []station.Code{"eid-malformed", "iccid-malformed", "imsi-malformed"},
	},
}

func TestAReadingIsJudgedByItselfWhereThereIsNoProduct(t *testing.T) {
	for name, tt := range readingsAlone {
		t.Run(name, func(t *testing.T) {
			var warns, fails []station.Code
			for _, f := range station.JudgeReading(tt.reading).Findings {
				if f.Level == station.LevelWarn {
					warns = append(warns, f.Code)
				} else {
					fails = append(fails, f.Code)
				}
			}
			if d := cmp.Diff(tt.warns, warns); d != "" {
				t.Error("warnings:", d)
			}
			if d := cmp.Diff(tt.fails, fails); d != "" {
				t.Error("failures:", d)
			}
		})
	}
}

func TestAnIMEIIsDoubtedThatIsAnotherNumberOrAnotherEachTime(t *testing.T) {
	for _, code := range station.Codes() {
		v := station.Verdict{Findings: []station.Finding{station.NewFinding(station.SIMIsAbsent, ""), station.NewFinding(code, "")}}
		doubted := map[station.Code]bool{station.IMEIUnstable: true, station.IMEIIsIMSI: true}
		if got := v.DoubtsIMEI(); got != doubted[code] {
			t.Errorf("%s: %v", code, got)
		}
	}
	if (station.Verdict{}).DoubtsIMEI() {
		t.Error("an IMEI is doubted of which nothing is said")
	}
}
