// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

func TestAReadingIsJudgedByItselfWhereThereIsNoProduct(t *testing.T) {
	sound := station.Reading{IMEI: "356938035643809", ICCID: "89882390000262826558", IMSI: "001010123456789", SIM: station.SIMReady}
	but := func(change func(*station.Reading)) station.Reading {
		r := sound
		change(&r)
		return r
	}
	tests := map[string]struct {
		reading station.Reading
		warns   []station.Code
		fails   []station.Code
	}{
		"a sound reading has no findings": {reading: sound},
		"no SIM is a warning": {
			reading: but(func(r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMAbsent, "", "" }),
			warns:   []station.Code{station.SIMIsAbsent},
		},
		"a modem that is switched off is a warning, and no bad SIM": {
			reading: but(func(r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMOff, "", "" }),
			warns:   []station.Code{station.ModemOff},
		},
		"a SIM without a number is a warning": {
			reading: but(func(r *station.Reading) { r.ICCID = "" }),
			warns:   []station.Code{"iccid-missing"},
		},
		"an ICCID whose check digit is off is a warning": {
			reading: but(func(r *station.Reading) { r.ICCID = "89882390000262826559" }),
			warns:   []station.Code{"iccid-check-digit"},
		},
		"no IMEI fails": {
			reading: but(func(r *station.Reading) { r.IMEI = "" }),
			fails:   []station.Code{"imei-missing"},
		},
		"an unstable IMEI is said once": {
			reading: but(func(r *station.Reading) {
				r.IMEI, r.Findings = "", []station.Finding{station.NewFinding(station.IMEIUnstable, "")}
			}),
			fails: []station.Code{station.IMEIUnstable},
		},
		"the second IMEI is judged when there is one": {
			reading: but(func(r *station.Reading) { r.IMEI2 = "35693803564380" }),
			fails:   []station.Code{"imei-14-digits"},
		},
		"numbers of the SIM that are not numbers fail": {
			reading: but(func(r *station.Reading) { r.ICCID, r.IMSI, r.EID = "12", "x", "89" }),
			fails:   []station.Code{"eid-malformed", "iccid-malformed", "imsi-malformed"},
		},
	}
	for name, tt := range tests {
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
