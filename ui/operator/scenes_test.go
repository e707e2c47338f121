// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/stationtest"
	"bindery/ui/uitest"
)

// scene brings a fresh screen into one state.
type scene struct {
	name string
	play func(t *testing.T, b *bench, o *Screen, w fyne.Window)
}

func (b *bench) at(t *testing.T, o *Screen, s State) {
	t.Helper()
	b.Settle(t, func() bool { return o.Model.State() == s && !o.Model.looking })
}

func (b *bench) ready(t *testing.T, o *Screen, w fyne.Window) {
	t.Helper()
	uitest.Type(w, "B-OP\n482913\n")
	b.at(t, o, Choosing)
	uitest.Type(w, "WO-118204\n")
	b.Settle(t, func() bool { return len(o.Model.recent) > 0 })
}

func unit(provision func(context.Context, station.Job, station.ScanBack, func(station.Event)) station.Result, end State, after ...string) func(*testing.T, *bench, *Screen, fyne.Window) {
	return func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.ready(t, o, w)
		b.provision = provision
		uitest.Type(w, "CL-000142\n")
		for _, s := range after {
			b.at(t, o, Labelling)
			uitest.Type(w, s)
		}
		b.at(t, o, end)
	}
}

var scenes = []scene{
	{"stray scan", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.ready(t, o, w)
		for range 2 {
			uitest.Type(w, stationtest.IMEI(1)+"\n")
			b.at(t, o, StrayScan)
		}
	}},
	{"order complete", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.orders[0].Taken, b.orders[0].Passed = b.orders[0].Planned, 499
		b.ready(t, o, w)
		uitest.Type(w, "CL-000999\n")
		b.at(t, o, OrderDone)
	}},
	{"sign in", func(*testing.T, *bench, *Screen, fyne.Window) {}},
	{"pin", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.Ends = []station.Expiry{{What: "training", Days: 5}}
		uitest.Type(w, "B-OP\n")
		b.at(t, o, Proving)
		uitest.Type(w, "4829")
	}},
	{"wrong pin", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		uitest.Type(w, "B-OP\n111222\n")
		b.Settle(t, func() bool { return o.Model.notice != "" })
	}},
	{"password", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.Asked = station.Password
		uitest.Type(w, "B-OP\n")
		b.at(t, o, Proving)
		uitest.Press(w, fyne.KeyF2)
	}},
	{"account locked", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.Barred = station.Refuse(station.AccountLocked, "p-1001")
		uitest.Type(w, "B-OP\n482913\n")
		b.at(t, o, Barred)
	}},
	{"training expired", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.Refusal = station.Refuse(station.TrainingExpired, "2026-06-30")
		uitest.Type(w, "B-OP\n")
		b.at(t, o, Barred)
	}},
	{"no secret", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.None = "B-OP"
		uitest.Type(w, "B-OP\n")
		b.at(t, o, Barred)
	}},
	{"password expired", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.Asked, b.Barred = station.Password, station.Refuse(station.SecretExpired, "password")
		uitest.Type(w, "B-OP\n")
		b.at(t, o, Proving)
		uitest.Type(w, uitest.LongPassword+"\n")
		b.at(t, o, Renewing)
	}},
	{"idle", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		unit(good, Passed, "CL-000142\n")(t, b, o, w)
		b.Settle(t, o.Model.Lock)
	}},
	{"first start", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		o.Model.state = FirstTime
		o.Model.redraw()
	}},
	{"first password", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		o.Model.state = FirstTime
		uitest.Type(w, "p-5001\nR. Novak\nB-AD\nshort\n")
	}},
	{"orders", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		uitest.Type(w, "B-OP\n482913\n")
		b.at(t, o, Choosing)
	}},
	{"clear the line", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.before = "WO-118203"
		uitest.Type(w, "B-OP\n482913\nWO-118204\n")
		b.at(t, o, Clearing)
	}},
	{"labels left", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.before = "WO-118203"
		uitest.Type(w, "B-OP\n482913\nWO-118204\n")
		b.at(t, o, Clearing)
		uitest.Type(w, "3\n")
		b.at(t, o, Leftover)
	}},
	{"lead for labels left", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		b.before = "WO-118203"
		uitest.Type(w, "B-OP\n482913\nWO-118204\n")
		b.at(t, o, Clearing)
		uitest.Type(w, "3\n")
		b.at(t, o, Leftover)
		uitest.Type(w, "2\n")
	}},
	{"ready", func(t *testing.T, b *bench, o *Screen, w fyne.Window) { b.ready(t, o, w) }},
	{"working", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		unit(func(ctx context.Context, tk station.Job, _ station.ScanBack, watch func(station.Event)) station.Result {
			walk(watch, tk.Serial, station.StepDevice)
			watch(station.Event{Step: station.StepDevice, Started: true})
			watch(station.Event{Step: station.StepDevice, Hint: "slow device"})
			<-ctx.Done()
			return station.Result{Outcome: station.Aborted, Serial: tk.Serial}
		}, Working)(t, b, o, w)
		b.Settle(t, func() bool { return o.Model.run.hint != "" })
		uitest.Type(w, "CL-000143\n")
		o.Model.Health(StationHealth{Port: true, Printer: false, Record: true, Clock: true})
	}},
	{"scan the label", unit(good, Labelling)},
	{"wrong label", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		unit(good, Labelling, "CL-000777\n")(t, b, o, w)
		b.Settle(t, func() bool { return o.Model.run.wrong != nil && !o.Model.run.checking })
	}},
	{"reason", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		unit(good, Labelling)(t, b, o, w)
		uitest.Press(w, fyne.KeyF9)
		uitest.Press(w, fyne.KeyDown)
	}},
	{"locked", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		unit(good, Labelling)(t, b, o, w)
		for range 2 {
			uitest.Press(w, fyne.KeyF9)
			uitest.Press(w, fyne.KeyF1)
			b.Settle(t, func() bool { return !o.Model.run.checking && o.Model.state != Working })
		}
	}},
	{"pass", unit(good, Passed, "CL-000142\n")},
	{"fail", unit(refused(station.StepAllocation, station.TACNotAllocated, "86012345"), Failed)},
	{"fail long", unit(refused(station.StepSIM, "iccid-malformed", "••••••••••••••••4321"), Failed)},
	{"attention", unit(broken(station.DUTUnplugged, ""), Attention)},
	{"stopped", func(t *testing.T, b *bench, o *Screen, w fyne.Window) {
		unit(good, Labelling)(t, b, o, w)
		uitest.Press(w, fyne.KeyEscape)
		b.at(t, o, Stopped)
	}},
}
