// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"strings"

	"bindery/station/record"
)

// addForwardTrace goes from a lot or order to its units, and from each to its label,
// module, firmware and SIM.
func (o *pdfReport) addForwardTrace(ctx context.Context) error {
	o.putTitle("Traceability, forward: what came of it", o.Subject.name())
	if err := o.addSummary(ctx); err != nil {
		return err
	}
	o.putHeading("From the units to what is in them", 20)
	small, mono := textStyle{o.regular, 7, 20}, textStyle{o.mono, 6.5, 20}
	return o.addUnitTable(ctx, []gridColumn{
		{"Serial, disposition", 23, textStyle{o.bold, 7, 20}, false}, {"IMEI, allocation", 29, mono, false},
		{"SIM: ICCID, IMSI, EID", 47, mono, false}, {"Module, firmware", 28, small, false}, {"Label: number, state, hash", 23, mono, false},
		{"Bound: when, by, where", 24, small, false},
	}, func(l *record.UnitLine) []string {
		o.countOne()
		return []string{
			l.Serial + " " + unitState(l), l.IMEI + " " + joined(l.IMEI2, allocationOf(l)), l.ICCID + " " + l.IMSI + " " + l.EID,
			joined(strings.TrimSpace(l.Maker+" "+l.Model), l.Firmware), labelOf(l), boundAt(l) + " " + joined(o.boundBy(l), l.Station) + o.supersededNote(l),
		}
	})
}

// allocationOf is the range of numbers by which an IMEI was allowed.
func allocationOf(l *record.UnitLine) string {
	if l.TAC == "" {
		return ""
	}
	return fmt.Sprintf("%s %06d–%06d", l.TAC, l.SNRFrom, l.SNRTo)
}

func labelOf(l *record.UnitLine) string {
	if l.Label == 0 {
		return "none"
	}
	return fmt.Sprintf("%d %s %s…", l.Label, l.LabelWas, l.Dots[:min(16, len(l.Dots))])
}

// addBackwardTrace goes from a number or serial to the units that ever held it, and
// says who bound it, when, where and by which rule.
func (o *pdfReport) addBackwardTrace(ctx context.Context) error {
	o.putTitle("Traceability, backward: where it came from", o.Subject.name())
	o.putHeading("Held by", 20)
	n := 0
	err := o.eachLine(ctx, func(l *record.UnitLine) error {
		if l.State == "" || !o.isTraced(l) {
			return nil
		}
		if n++; n > 1 {
			o.y += 2
			o.ensureRoom(50)
		}
		o.addTracedBinding(l)
		return nil
	})
	if err != nil {
		return err
	}
	switch {
	case n == 0 && o.Subject.Scope.By == record.ByIdentity:
		o.putParagraph(o.body(), "No binding has it: it is of a SIM that was put in in the field, which the unit below has with who says so.")
	case n == 0:
		o.putParagraph(o.body(), "Nothing was ever bound to this serial.")
	}
	return o.snap.Serials(ctx, o.Subject.Scope, func(serial string) error {
		r, err := o.snap.Show(ctx, serial)
		if err != nil {
			return err
		}
		o.countOne()
		return o.addUnit(ctx, r, true)
	})
}

// isTraced reports whether the binding of a line is one that is traced.
func (o *pdfReport) isTraced(l *record.UnitLine) bool {
	name := o.Subject.Scope.Name
	if o.Subject.Scope.By == record.BySerial {
		return true
	}
	return name == l.IMEI || name == l.IMEI2 || name == l.ICCID || name == l.IMSI || name == l.EID
}

// addTracedBinding says all that led to one binding.
func (o *pdfReport) addTracedBinding(l *record.UnitLine) {
	if l.Origin.Row != 0 {
		o.addTracedOrigin(l)
		return
	}
	state := l.State
	if l.GivenUp() {
		state = "superseded: the unit holds it no more"
	}
	o.putFacts([]fact{
		{"Unit", l.Serial, true}, {"Disposition", l.Disposition, false}, {"Binding", fmt.Sprintf("%d, %s", l.Binding, state), false},
		{"Order, lot", joined(l.Order, l.Lot), false}, {"Product", fmt.Sprintf("%s, %s version %d", l.Product, l.REF, l.Version), false},
		{"IMEI", l.IMEI, true}, {"IMEI 2", l.IMEI2, true}, {"ICCID", l.ICCID, true}, {"IMSI", l.IMSI, true},
		{"Who", o.person(l.BoundBy), false}, {"When", shortStamp(l.BoundAt), false}, {"Where", l.Station, false},
		{"By which rule", fmt.Sprintf("TAC %s, SNR %06d to %06d, %s", l.TAC, l.SNRFrom, l.SNRTo, certificate(l.Cert)), false},
		{"Module, firmware", joined(l.Maker+" "+l.Model, l.Firmware), false}, {"Label", labelOf(l), true},
		{"EID", l.EID, true}, {"Leaf", fmt.Sprint(l.Leaf), false},
		{"Superseded", shortStamp(l.GivenUpAt), false}, {"By", o.person(l.GivenUpBy), false}, {"Reason", l.GivenUpWhy, false},
	})
}

func certificate(name string) string {
	if name == "" {
		return "no certificate named"
	}
	return "certificate " + name
}
