// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"
	"time"

	"bindery/station"
	"bindery/station/identity"

	"github.com/google/go-cmp/cmp"
)

// a case and a reading that have nothing wrong with them
func soundCase() station.UnitContext {
	return station.UnitContext{
		Station: "bench-1", Serial: "CL-000142",
		Order:   station.Order{ID: "WO-1", REF: "CL4G", Version: 1, Lot: "2607A", Planned: 20},
		Product: station.Product{REF: "CL4G", Version: 1, SerialPattern: `CL-\d{6}`, Modules: []string{"EG25"}, Firmware: []string{"R07"}},
		Allocations: []station.Allocation{
			{ID: 1, TAC: "35693803", From: 500000, To: 599999, Product: "CL4G"},
			{ID: 2, TAC: "49015420", From: 0, To: 999999, Product: "TR2"},
		},
	}
}

func soundReading() station.Reading {
	return station.Reading{
		IMEI: "356938035643809", ICCID: "89882390000262826558", IMSI: "001010123456789",
		Model: "EG25", Firmware: "R07", SIM: station.SIMReady,
	}
}

// soundBinding is what a unit is bound to by soundReading.
func soundBinding() station.Binding {
	return station.Binding{
		Serial: "CL-000142", IMEI: "356938035643809", ICCID: "89882390000262826558", IMSI: "001010123456789", Model: "EG25", Firmware: "R07",
	}
}

// faults lists the codes of a verdict at level fail and, marked "~", warn.
func faults(v station.Verdict) []string {
	var codes []string
	for _, f := range v.Findings {
		switch f.Level {
		case station.LevelFail:
			codes = append(codes, string(f.Code))
		case station.LevelWarn:
			codes = append(codes, "~"+string(f.Code))
		case station.LevelPass:
		}
	}
	return codes
}

// boundTo is the binding of another unit with the same numbers.
func boundTo(serial string) []station.Binding {
	return []station.Binding{{Serial: serial, IMEI: "356938035643809", ICCID: "89882390000262826558"}}
}

// boundUnit is the unit of the case as it was bound before, with a change.
func boundUnit(change func(*station.Binding)) *station.Unit {
	b := soundBinding()
	change(&b)
	return &station.Unit{Serial: "CL-000142", Binding: &b}
}

// unitOf is the unit of the case under an order.
func unitOf(d station.Disposition, order string) *station.Unit {
	return &station.Unit{Serial: "CL-000142", Order: order, Disposition: d, Binding: &station.Binding{At: time.Unix(0, 0).UTC()}}
}

// readings are what can be wrong with a reading under a case, and the codes of it.
var readings = []struct {
	name string
	edit func(*station.UnitContext, *station.Reading)
	want []string
}{
	{"all is well", nil, nil},
	{"no IMEI", func(_ *station.UnitContext, r *station.Reading) { r.IMEI = "" }, []string{"imei-missing"}},
	{"IMEISV", func(_ *station.UnitContext, r *station.Reading) { r.IMEI = "3569380356438001" }, []string{"imei-is-imeisv"}},
	{"the IMSI where the IMEI was asked", func(_ *station.UnitContext, r *station.Reading) { r.IMSI = r.IMEI }, []string{"imei-is-imsi"}},
	{"wrong check digit", func(_ *station.UnitContext, r *station.Reading) { r.IMEI = "356938035643808" }, []string{"imei-check-digit"}},
	{"unstable, whatever the digits say", func(_ *station.UnitContext, r *station.Reading) {
		r.Findings = []station.Finding{station.NewFinding(station.IMEIUnstable, "")}
	}, []string{"imei-unstable"}},
	{"a TAC that nobody gave us", func(_ *station.UnitContext, r *station.Reading) { r.IMEI = "352099001761481" }, []string{"tac-not-allocated"}},
	{"a TAC of another product", func(_ *station.UnitContext, r *station.Reading) { r.IMEI = "490154203237518" }, []string{"tac-other-product"}},
	{"our TAC, SNR outside", func(c *station.UnitContext, _ *station.Reading) { c.Allocations[0].To = 564379 }, []string{"snr-out-of-range"}},
	{"last SNR of the range", func(c *station.UnitContext, _ *station.Reading) { c.Allocations[0].To = 564380 }, nil},
	{"first SNR of the range", func(c *station.UnitContext, _ *station.Reading) { c.Allocations[0].From = 564380 }, nil},
	{"our TAC, but this range is another product's", func(c *station.UnitContext, _ *station.Reading) {
		c.Allocations[0].To = 509999
		c.Allocations[1] = station.Allocation{TAC: "35693803", From: 510000, To: 599999, Product: "TR2"}
	}, []string{"tac-other-product"}},
	{"reserved to another station", func(c *station.UnitContext, _ *station.Reading) { c.Allocations[0].Station = "bench-2" }, []string{"snr-other-station"}},
	{"reserved to this station", func(c *station.UnitContext, _ *station.Reading) { c.Allocations[0].Station = "bench-1" }, nil},
	{"IMEI and SIM of another unit", func(c *station.UnitContext, _ *station.Reading) { c.Conflicting = boundTo("CL-000001") }, []string{"imei-in-use", "iccid-in-use"}},
	{"IMEI of this unit", func(c *station.UnitContext, _ *station.Reading) { c.Conflicting = boundTo("CL-000142") }, nil},
	{"eUICC of another unit", func(c *station.UnitContext, r *station.Reading) {
		r.EID, c.Conflicting = "89049032123451234512345678901235", []station.Binding{{Serial: "CL-000001", EID: "89049032123451234512345678901235"}}
	}, []string{"eid-in-use"}},
	{"IMSI of another unit", func(c *station.UnitContext, r *station.Reading) {
		c.Conflicting = []station.Binding{{Serial: "CL-000001", IMSI: identity.IMSI(r.IMSI)}}
	}, nil},
	{"serial comes back as it was", func(c *station.UnitContext, _ *station.Reading) { c.Unit = boundUnit(func(*station.Binding) {}) }, nil},
	{"serial comes back with another IMEI", func(c *station.UnitContext, _ *station.Reading) {
		c.Unit = boundUnit(func(b *station.Binding) { b.IMEI = "356938035643817" })
	}, []string{"imei-changed", "serial-in-use"}},
	{"serial comes back with another SIM", func(c *station.UnitContext, _ *station.Reading) {
		c.Unit = boundUnit(func(b *station.Binding) { b.ICCID, b.IMSI = "8944501611212321532", "001010123456780" })
	}, []string{"iccid-changed", "imsi-changed"}},
	{"serial comes back with another EID, module and firmware", func(c *station.UnitContext, r *station.Reading) {
		c.Unit = boundUnit(func(b *station.Binding) { b.Model, b.Firmware = "EG21", "R06" })
		r.EID = "89049032123451234512345678901235"
	}, []string{"module-changed", "firmware-changed", "eid-changed"}},
	{"serial comes back without its IMSI", func(c *station.UnitContext, r *station.Reading) {
		c.Unit, r.IMSI = boundUnit(func(*station.Binding) {}), ""
	}, []string{"imsi-changed"}},
	{"serial comes back without its SIM, which is said once", func(c *station.UnitContext, r *station.Reading) {
		c.Unit, r.SIM, r.ICCID, r.IMSI = boundUnit(func(*station.Binding) {}), station.SIMAbsent, "", ""
	}, []string{"sim-absent"}},
	{"serial comes back without its SIM, and it may have none", func(c *station.UnitContext, r *station.Reading) {
		c.Unit, c.Product.SIM = boundUnit(func(*station.Binding) {}), station.SIMOptional
		r.SIM, r.ICCID, r.IMSI = station.SIMAbsent, "", ""
	}, []string{"iccid-changed", "imsi-changed"}},
	{"serial comes back with a SIM, and it had none", func(c *station.UnitContext, _ *station.Reading) {
		c.Unit, c.Product.SIM = boundUnit(func(b *station.Binding) { b.ICCID, b.IMSI = "", "" }), station.SIMOptional
	}, []string{"iccid-changed", "imsi-changed"}},
	{"serial comes back with another SIM for the test, and the product has none", func(c *station.UnitContext, _ *station.Reading) {
		c.Unit, c.Product.SIM = boundUnit(func(b *station.Binding) { b.ICCID, b.IMSI = "", "001010123456780" }), station.SIMNone
	}, nil},
	{"two IMEIs come back in their order", func(c *station.UnitContext, r *station.Reading) {
		c.Product.IMEIs, r.IMEI2 = 2, "356938035643817"
		c.Unit = boundUnit(func(b *station.Binding) { b.IMEI2 = "356938035643817" })
	}, nil},
	{"two IMEIs come back the other way round", func(c *station.UnitContext, r *station.Reading) {
		c.Product.IMEIs, r.IMEI, r.IMEI2 = 2, "356938035643817", r.IMEI
		c.Unit = boundUnit(func(b *station.Binding) { b.IMEI2 = "356938035643817" })
	}, []string{"imeis-swapped"}},
	{"the second of two IMEIs is another", func(c *station.UnitContext, r *station.Reading) {
		c.Product.IMEIs, r.IMEI2 = 2, "356938035643825"
		c.Unit = boundUnit(func(b *station.Binding) { b.IMEI2 = "356938035643817" })
	}, []string{"imei-changed", "serial-in-use"}},
	{"the first of two IMEIs is now the second", func(c *station.UnitContext, r *station.Reading) {
		c.Product.IMEIs, r.IMEI, r.IMEI2 = 2, "356938035643825", r.IMEI
		c.Unit = boundUnit(func(b *station.Binding) { b.IMEI2 = "356938035643817" })
	}, []string{"imei-changed", "serial-in-use", "imei-changed", "serial-in-use"}},
	{"what the record could not hold as it came is no difference", func(c *station.UnitContext, r *station.Reading) {
		c.Product.Firmware, r.Firmware = nil, "R07\xff"
		c.Unit = boundUnit(func(b *station.Binding) { b.Firmware = "R07\uFFFD" })
	}, nil},
	{"another module", func(_ *station.UnitContext, r *station.Reading) { r.Model = "BG96" }, []string{"module-not-allowed"}},
	{"another firmware", func(_ *station.UnitContext, r *station.Reading) { r.Firmware = "R06" }, []string{"firmware-not-allowed"}},
	{"no SIM", func(_ *station.UnitContext, r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMAbsent, "", "" }, []string{"sim-absent"}},
	{"no SIM, and none is due", func(c *station.UnitContext, r *station.Reading) {
		c.Product.SIM, r.SIM, r.ICCID, r.IMSI = station.SIMNone, station.SIMAbsent, "", ""
	}, nil},
	{"no SIM, and one may be", func(c *station.UnitContext, r *station.Reading) {
		c.Product.SIM, r.SIM, r.ICCID, r.IMSI = station.SIMOptional, station.SIMAbsent, "", ""
	}, nil},
	{"SIM locked", func(_ *station.UnitContext, r *station.Reading) { r.SIM = station.SIMLocked }, []string{"sim-locked"}},
	{"modem switched off", func(_ *station.UnitContext, r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMOff, "", "" }, []string{"modem-off"}},
	{"modem switched off, no SIM asked for", func(c *station.UnitContext, r *station.Reading) {
		c.Product.SIM, r.SIM, r.ICCID, r.IMSI = station.SIMNone, station.SIMOff, "", ""
	}, nil},
	{"SIM faulty", func(_ *station.UnitContext, r *station.Reading) { r.SIM = station.SIMFault }, []string{"sim-fault"}},
	{"no ICCID", func(_ *station.UnitContext, r *station.Reading) { r.ICCID = "" }, []string{"iccid-missing"}},
	{"ICCID of the wrong industry", func(_ *station.UnitContext, r *station.Reading) { r.ICCID = "0044200053671052499" }, []string{"iccid-malformed"}},
	{"ICCID without a check digit that fits", func(_ *station.UnitContext, r *station.Reading) { r.ICCID = "898602C0123456789012" }, []string{"~iccid-check-digit"}},
	{"IMSI too long", func(_ *station.UnitContext, r *station.Reading) { r.IMSI += "0" }, []string{"imsi-malformed"}},
	{"EID wrong", func(_ *station.UnitContext, r *station.Reading) { r.EID = "89049032123451234512345678901236" }, []string{"eid-check-digits"}},
	{"two IMEIs due, one given", func(c *station.UnitContext, _ *station.Reading) { c.Product.IMEIs = 2 }, []string{"imei-missing"}},
	{"two IMEIs due, the same twice", func(c *station.UnitContext, r *station.Reading) {
		c.Product.IMEIs, r.IMEI2 = 2, r.IMEI
	}, []string{"imei-same-twice"}},
	{"two IMEIs due, two given", func(c *station.UnitContext, r *station.Reading) {
		c.Product.IMEIs, r.IMEI2 = 2, "356938035643817"
	}, nil},
}

func TestJudge(t *testing.T) {
	for _, c := range readings {
		t.Run(c.name, func(t *testing.T) {
			known, r := soundCase(), soundReading()
			if c.edit != nil {
				c.edit(&known, &r)
			}
			v := station.Judge(known, r)
			if d := cmp.Diff(c.want, faults(v)); d != "" {
				t.Error(d)
			}
			for _, f := range v.Findings {
				if f.Message == "" || (f.Level == station.LevelFail && f.Next == "") {
					t.Errorf("%s has no sentence", f.Code)
				}
				for _, secret := range []string{r.IMEI, r.ICCID, r.IMSI} {
					if len(secret) > 12 && (f.Value == secret) {
						t.Errorf("%s shows %s", f.Code, secret)
					}
				}
			}
		})
	}
}

// serials are what can be wrong with a serial before the device is asked, and the
// codes of it.
var serials = []struct {
	name string
	edit func(*station.UnitContext)
	want []string
}{
	{"new", func(*station.UnitContext) {}, nil},
	{"not a serial of the product", func(c *station.UnitContext) { c.Serial = "CL-00014" }, []string{"serial-format"}},
	{"nothing, under a pattern that allows it", func(c *station.UnitContext) { c.Serial, c.Product.SerialPattern = "", ".*" }, []string{"serial-format"}},
	{"more than a serial", func(c *station.UnitContext) { c.Serial = "CL-000142\n" }, []string{"serial-format"}},
	{"an invisible character, under a pattern that allows it", func(c *station.UnitContext) {
		c.Serial, c.Product.SerialPattern = "CL-1\u200b", "[^x]+"
	}, []string{"serial-format"}},
	{"an escape, under a pattern that allows it", func(c *station.UnitContext) {
		c.Serial, c.Product.SerialPattern = "CL-1\x1b[31m", ".+"
	}, []string{"serial-format"}},
	{"a line end, under a pattern that allows it", func(c *station.UnitContext) {
		c.Serial, c.Product.SerialPattern = "CL\n1", "(?s).+"
	}, []string{"serial-format"}},
	{"a blank at the end, under a pattern that allows it", func(c *station.UnitContext) {
		c.Serial, c.Product.SerialPattern = "CL-1 ", ".+"
	}, []string{"serial-format"}},
	{"a blank within, under a pattern that allows it", func(c *station.UnitContext) {
		c.Serial, c.Product.SerialPattern = "CL 1", ".+"
	}, nil},
	{"an IMEI in the serial field", func(c *station.UnitContext) { c.Serial = "356938035643809" }, []string{"serial-format"}},
	{"in other capitals than that of a unit", func(c *station.UnitContext) { c.Twin = "cl-000142" }, []string{"serial-other-case"}},
	{"of another order", func(c *station.UnitContext) { c.Unit = unitOf(station.InProcess, "WO-2") }, []string{"serial-other-order"}},
	{"in process", func(c *station.UnitContext) { c.Unit = unitOf(station.InProcess, "WO-1") }, nil},
	{"passed before", func(c *station.UnitContext) { c.Unit = unitOf(station.Passed, "WO-1") }, []string{"~unit-passed"}},
	{"in quarantine", func(c *station.UnitContext) { c.Unit = unitOf(station.Quarantined, "WO-1") }, []string{"unit-quarantined"}},
	{"scrapped", func(c *station.UnitContext) { c.Unit = unitOf(station.Scrapped, "WO-1") }, []string{"unit-scrapped"}},
	{"released", func(c *station.UnitContext) { c.Unit = unitOf(station.Released, "WO-1") }, []string{"unit-released"}},
	{"stopped by an alarm", func(c *station.UnitContext) { c.Alarms = []station.Alarm{{Code: station.IMEIChanged}} }, []string{"alarm-open"}},
	{"labels of the order before may lie about", func(c *station.UnitContext) { c.LineOf = "WO-0" }, []string{"~line-clearance-due"}},
	{"a product that quality has not approved", func(c *station.UnitContext) { c.Unapproved = true }, []string{"product-not-approved"}},
	{"a product that quality has not approved, in process", func(c *station.UnitContext) {
		c.Unapproved, c.Unit = true, unitOf(station.InProcess, "WO-1")
	}, []string{"product-not-approved"}},
	{"a product that quality has not approved, passed before", func(c *station.UnitContext) {
		c.Unapproved, c.Unit = true, unitOf(station.Passed, "WO-1")
	}, []string{"~unit-passed"}},
	{"order closed", func(c *station.UnitContext) { c.Order.Closed = true }, []string{"order-closed"}},
	{"order closed, new", func(c *station.UnitContext) { c.Order.Closed, c.Order.Taken = true, 20 }, []string{"order-closed", "order-complete"}},
	{"order closed and full, and this unit of it comes back from rework", func(c *station.UnitContext) {
		c.Order.Closed, c.Order.Taken, c.Unit = true, 20, unitOf(station.Reworked, "WO-1")
	}, nil},
	{"order closed, reworked under another", func(c *station.UnitContext) {
		c.Order.Closed, c.Unit = true, unitOf(station.Reworked, "WO-2")
	}, []string{"serial-other-order", "order-closed"}},
	{"order closed, scrapped", func(c *station.UnitContext) {
		c.Order.Closed, c.Unit = true, unitOf(station.Scrapped, "WO-1")
	}, []string{"order-closed", "unit-scrapped"}},
	{"order full", func(c *station.UnitContext) { c.Order.Taken, c.Order.Passed = 20, 20 }, []string{"order-complete"}},
	{"order full of units that have not passed yet", func(c *station.UnitContext) { c.Order.Taken, c.Order.Passed = 20, 3 }, []string{"order-complete"}},
	{"a place of the order left", func(c *station.UnitContext) { c.Order.Taken = 19 }, nil},
	{"order full, but this unit is one of them", func(c *station.UnitContext) {
		c.Order.Taken, c.Order.Passed, c.Unit = 20, 20, unitOf(station.Passed, "WO-1")
	}, []string{"~unit-passed"}},
	{"order full, but this unit of it is on its way", func(c *station.UnitContext) {
		c.Order.Taken, c.Unit = 20, unitOf(station.InProcess, "WO-1")
	}, nil},
}

func TestJudgeSerial(t *testing.T) {
	for _, c := range serials {
		t.Run(c.name, func(t *testing.T) {
			known := soundCase()
			c.edit(&known)
			v := station.JudgeSerial(known)
			if d := cmp.Diff(c.want, faults(v)); d != "" {
				t.Error(d)
			}
			for _, f := range v.Findings {
				if f.Value == "356938035643809" {
					t.Error("an identity scanned in the wrong field is shown whole")
				}
			}
		})
	}
}

func TestEveryCodeHasItsSentences(t *testing.T) {
	for _, code := range station.Codes() {
		f := station.NewFinding(code, "x")
		if f.Message == "" || f.Level == "" {
			t.Errorf("%s has no sentence or level", code)
		}
		if f.Level != station.LevelPass && f.Next == "" {
			t.Errorf("%s does not say what to do next", code)
		}
	}
}

func TestEachNameThatAModuleGivesInOneAnswerIsItsName(t *testing.T) {
	r := station.Reading{Model: "FM150-AE", OtherModels: []string{"FM150"}, Firmware: "1.0", OtherFirmware: []string{"1.0-eu", "1.0-us"}}
	for _, tc := range []struct {
		models, firmware   []string
		model, fw          string
		module, firmwareOK bool
	}{
		{nil, nil, "FM150-AE", "1.0", true, true},
		{[]string{"FM150-AE"}, []string{"1.0"}, "FM150-AE", "1.0", true, true},
		{[]string{"FM150"}, []string{"1.0-us"}, "FM150", "1.0-us", true, true},
		{[]string{"FM150", "FM150-AE"}, nil, "FM150-AE", "1.0", true, true},
		{[]string{"L850"}, nil, "FM150-AE", "1.0", false, true},
		{nil, []string{"2.0"}, "FM150-AE", "1.0", true, false},
	} {
		p := station.Product{Modules: tc.models, Firmware: tc.firmware, SIM: station.SIMNone}
		if got := p.ResolveNames(r); got.Model != tc.model || got.Firmware != tc.fw || len(got.OtherModels)+len(got.OtherFirmware) > 0 {
			t.Errorf("%v %v: %q %q", tc.models, tc.firmware, got.Model, got.Firmware)
		}
		codes := map[station.Code]bool{}
		for _, f := range station.Judge(station.UnitContext{Product: p}, r).Findings {
			codes[f.Code] = true
		}
		if codes[station.ModuleNotAllowed] == tc.module || codes[station.FWNotAllowed] == tc.firmwareOK {
			t.Errorf("%v %v: %v", tc.models, tc.firmware, codes)
		}
	}
}
