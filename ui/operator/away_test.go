// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"testing"

	"bindery/ui/uitest"
	"bindery/ui/widget"
)

func TestTheLockKeepsTheOrder(t *testing.T) {
	for _, c := range []struct {
		name, badge string
		person      string
		want        State
	}{
		{"for the same person, with the verdict", "B-OP", "p1", Passed},
		{"for another one, who takes the bench over", "B-O2", "p2", Ready},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench()
			b.provision = good
			o, w := b.open(t, widget.Palettes[0], uitest.Sizes[1])
			b.ready(t, o, w)
			uitest.Type(w, "CL-000142\n")
			b.at(t, o, Labelling)
			if o.Lock() {
				t.Fatal("it locked in the middle of a unit")
			}
			uitest.Type(w, "CL-000142\n")
			b.at(t, o, Passed)
			uitest.Type(w, "CL-0001") // half a scan
			if !o.Lock() {
				t.Fatal("it does not lock")
			}
			b.Drain()
			v := o.Model.view()
			if v.State != Away || v.Label != nil || o.entry.Text() != "" || v.Face.Say[1] != "Order WO-118204 is waiting." {
				t.Errorf("locked: %+v", v)
			}
			uitest.Type(w, "CL-000143\n") // no badge
			b.settled(t, o, Away)
			uitest.Type(w, c.badge+"\n")
			b.settled(t, o, Proving)
			if o.Lock(); o.Model.State() != Away { // nobody typed the PIN
				t.Fatalf("left alone the question for the PIN became %s", o.Model.State())
			}
			uitest.Type(w, c.badge+"\n482913\n")
			b.settled(t, o, c.want)
			if o.Model.order.ID != "WO-118204" || o.Model.person.ID != c.person {
				t.Errorf("%s is on order %q", o.Model.person.ID, o.Model.order.ID)
			}
		})
	}
}
