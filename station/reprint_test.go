// SPDX-License-Identifier: Apache-2.0

package station

import "testing"

func TestAUnitThatHasPassedGetsNoOtherLabel(t *testing.T) {
	for _, d := range []Disposition{"", InProcess, Passed, Quarantined, Reworked, Scrapped, Released} {
		want := Code("")
		if d == Passed {
			want = ReprintTooLate
		}
		if got := refused(AllowReprint("S-1", d)); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestAnotherLabelTakesAReasonAndFromTheSecondOnSomebodyBeside(t *testing.T) {
	for _, c := range []struct {
		name      string
		p, last   Print
		want      Code
		andSecond bool
	}{
		{"the first label", Print{}, Print{}, "", false},
		{"one after a label that never came out", Print{}, Print{N: 1, State: PrintVoid}, "", false},
		{"one after a rework", Print{}, Print{N: 3, State: PrintVoid}, "", true},
		{"the first reprint", Print{Reason: "smeared"}, Print{N: 1, State: PrintVoid}, "", false},
		{"the first reprint, with somebody beside", Print{Reason: "smeared", Approver: "lead"}, Print{N: 1, State: PrintVoid}, "", false},
		{"the second reprint", Print{Reason: "smeared"}, Print{N: 2, State: PrintVoid}, PersonNotAllowed, true},
		{"the second reprint, with somebody beside", Print{Reason: "smeared", Approver: "lead"}, Print{N: 2, State: PrintVoid}, "", true},
		{"in the place of a label that may be on the unit", Print{}, Print{N: 1, State: PrintSent}, ReasonMissing, false},
		{"in the place of a label that may be under way", Print{}, Print{N: 1, State: PrintIntended}, ReasonMissing, false},
		{"a reason of blanks", Print{Reason: "  "}, Print{N: 1, State: PrintVoid}, ReasonMissing, false},
		{"an approver and no reason", Print{Approver: "lead"}, Print{N: 2, State: PrintSent}, ReasonMissing, true},
	} {
		if got := refused(AllowPrint(c.p, c.last)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := ReprintTakesSecond(c.last); got != c.andSecond {
			t.Errorf("%s: takes somebody beside: %v", c.name, got)
		}
	}
}

func TestSomebodyElseIsAskedForWhereSomebodyElseWouldDo(t *testing.T) {
	for _, code := range Codes() {
		if got, want := TakesAnotherSecond(code), code == PersonUnknown || code == PersonNotAllowed; got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
	if !TakesAnotherSecond(refused(AllowPrint(Print{Reason: "smeared"}, Print{N: 2}))) {
		t.Error("the refusal of a reprint for want of a second person asks for nobody")
	}
}
