// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"os"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
	"bindery/ui/setup"
	"bindery/ui/widget"
)

func peopleByRole() map[station.Role]station.Person {
	who := map[station.Role]station.Person{}
	for _, one := range stationtest.People() {
		who[one.Role] = one
	}
	return who
}

// An admin, who never opens a terminal, enrols a new key on the set-up screen.
func TestTheSetUpScreenEnrolsAKeyThatWasLost(t *testing.T) {
	b := withUnit(t)
	part := func() setup.Component {
		t.Helper()
		p, err := b.keyPart(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	if p := part(); p.State != widget.StepDone || len(p.Facts) != 2 || p.Facts[0].Value != "Station 3" {
		t.Errorf("at first: %+v", p)
	}
	if err := os.Remove(b.dhr.KeyFile()); err != nil {
		t.Fatal(err)
	}
	if err := b.load(t.Context()); err != nil { // the station starts all the same
		t.Fatal(err)
	}
	if name := b.stationName(); name != "" {
		t.Errorf("it is called %q", name)
	}
	p := part()
	if p.State != widget.StepWarn || p.Err == nil {
		t.Errorf("after it was lost: %+v", p)
	}
	who := peopleByRole()
	var no *station.Refusal
	if _, err := b.tryKey(t.Context(), who[station.Lead], p); !errors.As(err, &no) || no.Finding.Code != station.PersonNotAllowed {
		t.Errorf("a lead: %v", err)
	}
	if p, err := b.tryKey(t.Context(), who[station.Admin], p); err != nil || p.State != widget.StepDone {
		t.Errorf("an admin: %+v, %v", p, err)
	}
	if name := b.stationName(); name != "Station 3" {
		t.Errorf("it is called %q", name)
	}
}
