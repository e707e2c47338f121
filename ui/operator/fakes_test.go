// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// bench plays the part of the station: a test sends what the run says and
// reads what the screen answers.
type bench struct {
	*uitest.Harness
	*uitest.Roster
	orders      []station.Order
	recent      []record.LastAttempt
	before      string // order of which the line is not cleared
	cleared     string // how the line was, as the record was told
	performance station.Performance
	strays      []string // what was scanned in place of a serial

	accepted bool // the clock was

	provision func(ctx context.Context, t station.Job, scan station.ScanBack, watch func(station.Event)) station.Result
}

func newBench() *bench {
	return &bench{
		Harness: uitest.NewHarness(),
		Roster:  uitest.NewRoster(),
		orders: []station.Order{
			{ID: "WO-118204", REF: "CL4G-01", Version: 1, Lot: "2607A", Planned: 500, Passed: 142},
			{ID: "WO-118205", REF: "CL4G-01", Version: 1, Lot: "2607B", Planned: 200},
			{ID: "WO-117990", REF: "CL4G-01", Version: 1, Lot: "2606F", Planned: 50, Passed: 50, Closed: true},
		},
		performance: station.Performance{Passed: 142, Judged: 146, FirstPass: 140, Median: 6200 * time.Millisecond, Hour: [station.HourParts]int{4, 5, 5, 6, 0, 0, 5, 6, 6, 5, 4, 3}, Span: time.Hour},
		recent: []record.LastAttempt{
			{Serial: "CL-000141", Outcome: station.Pass, Took: 6200 * time.Millisecond},
			{Serial: "CL-000140", Outcome: station.Pass, Took: 5900 * time.Millisecond},
			{Serial: "CL-000139", Outcome: station.Fail, Code: station.TACNotAllocated, Took: 2100 * time.Millisecond},
			{Serial: "CL-000139", Outcome: station.Errored, Code: station.DUTUnplugged, Took: 900 * time.Millisecond},
			{Serial: "CL-000138", Outcome: station.Aborted, Took: 12300 * time.Millisecond},
			{Serial: "CL-000137", Outcome: station.Pass, Took: 6000 * time.Millisecond},
		},
	}
}

func (b *bench) services() Services {
	return Services{
		Empty: len(b.People) == 0,
		SetUp: b.setUp,
		SettleClock: func(_ context.Context, badge, secret string) error {
			if p := b.People[badge]; p.Role != station.Admin || secret != uitest.PIN {
				return station.Refuse(station.PersonNotAllowed, p.ID)
			}
			b.Doubt, b.accepted = nil, true
			return nil
		},
		BadgeHolder: b.BadgeHolder, SignIn: b.SignIn, SetSecret: b.SetSecret,
		Orders: func(context.Context) ([]station.Order, error) { return append([]station.Order(nil), b.orders...), nil },
		Product: func(_ context.Context, ref string, version int) (station.Product, error) {
			return cardioLink(ref, version), nil
		},
		ShiftPerformance: func(context.Context) (station.Performance, error) { return b.performance, nil },
		OrderPerformance: func(context.Context, string) (station.Performance, error) { return b.performance, nil },
		StrayScan: func(_ context.Context, order, _, text string) (*station.Finding, error) {
			b.strays = append(b.strays, text)
			i := slices.IndexFunc(b.orders, func(w station.Order) bool { return w.ID == order })
			return station.NameStrayScan(cardioLink("", 1), b.orders[i], station.ScannedText{Text: text}), nil
		},
		ClearanceDue: func(context.Context, string) (string, bool, error) { return b.before, b.before != "", nil },
		ClearLine: func(_ context.Context, order, by string, left int, reason string) error {
			b.before, b.cleared = "", fmt.Sprintf("%s: %d left, %q, by %s", order, left, reason, by)
			return nil
		},
		Recent: func(context.Context, string, int) ([]record.LastAttempt, error) { return b.recent, nil },
		Provision: func(ctx context.Context, t station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
			return b.provision(ctx, t, scan, watch)
		},
	}
}

func cardioLink(ref string, version int) station.Product {
	return station.Product{REF: ref, Version: version, Name: "CardioLink 4G", SerialPattern: `CL-\d{6}`}
}

func (b *bench) setUp(_ context.Context, admin station.Person, password string) error {
	admin.Role = station.Admin
	b.People, b.Asked = map[string]station.Person{admin.Badge: admin}, station.Password
	b.Secrets[admin.ID] = password
	return nil
}

// found is what the steps of a good unit find.
var found = map[station.Step]string{
	station.StepSerial: "CL-000142", station.StepDevice: "EC25-E", station.StepIMEI: "•••••••••••4567",
	station.StepAllocation: "TAC 35693803", station.StepSIM: "•••••••••••••••4321", station.StepBind: "record 812",
	station.StepLabel: "serial-50x25", station.StepPrint: "folder:labels", station.StepScan: "equal", station.StepComplete: "record 815",
}

// walk plays a unit up to, not including, the step last; it returns the steps.
func walk(watch func(station.Event), serial string, last station.Step) []station.StepResult {
	var steps []station.StepResult
	for _, s := range station.Steps {
		if s == last {
			break
		}
		watch(station.Event{Step: s, Started: true})
		steps = append(steps, ends(watch, serial, s, station.Pass))
	}
	return steps
}

func ends(watch func(station.Event), serial string, s station.Step, o station.Outcome) station.StepResult {
	res := station.StepResult{Step: s, Outcome: o, Took: 600 * time.Millisecond, Found: found[s]}
	e := station.Event{Step: s, Result: res}
	if s == station.StepLabel {
		e.Label = uitest.SampleLabel(serial)
	}
	watch(e)
	return res
}

// good walks a unit as the station would, label scan and all.
func good(ctx context.Context, t station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
	res := station.Result{Outcome: station.Pass, Serial: t.Serial, Label: uitest.SampleLabel(t.Serial)}
	res.Steps = walk(watch, t.Serial, station.StepScan)
	watch(station.Event{Step: station.StepScan, Started: true})
	approver, prints := "", 1
	for wrong := 0; ; {
		a, err := scan(ctx, wrong)
		switch {
		case ctx.Err() != nil, errors.Is(err, station.ErrNoScan) && wrong == 0:
			res.Outcome = station.Aborted
			return res
		case err != nil:
			res.Outcome, res.Findings = station.Fail, []station.Finding{station.NewFinding(station.LabelMismatch, "")}
			return res
		case a.Reprint != "" && prints > 1 && a.Approver != "p3":
			f := station.NewFinding(station.PersonUnknown, "")
			watch(station.Event{Step: station.StepScan, Wrong: &f})
		case a.Reprint != "":
			prints, approver = prints+1, a.Approver
		case station.LabelHasCode(res.Label, a.Text):
			res.Print.Approver, res.Print.N = approver, prints
			res.Steps = append(res.Steps, ends(watch, t.Serial, station.StepScan, station.Pass), ends(watch, t.Serial, station.StepComplete, station.Pass))
			return res
		default:
			wrong++
			f := station.NewFinding(station.LabelMismatch, "")
			watch(station.Event{Step: station.StepScan, Wrong: &f})
		}
	}
}

// refused ends a unit at a step with a finding.
func refused(step station.Step, code station.Code, value string) func(context.Context, station.Job, station.ScanBack, func(station.Event)) station.Result {
	return func(_ context.Context, t station.Job, _ station.ScanBack, watch func(station.Event)) station.Result {
		steps := walk(watch, t.Serial, step)
		steps = append(steps, ends(watch, t.Serial, step, station.Fail))
		return station.Result{Outcome: station.Fail, Serial: t.Serial, Steps: steps, Findings: []station.Finding{station.NewFinding(code, value)}}
	}
}

// broken ends a unit in a fault of the bench.
func broken(code station.Code, detail string) func(context.Context, station.Job, station.ScanBack, func(station.Event)) station.Result {
	return func(_ context.Context, t station.Job, _ station.ScanBack, watch func(station.Event)) station.Result {
		steps := walk(watch, t.Serial, station.StepDevice)
		steps = append(steps, ends(watch, t.Serial, station.StepDevice, station.Errored))
		return station.Result{Outcome: station.Errored, Serial: t.Serial, Steps: steps, Fault: station.NewFault(code, detail, nil)}
	}
}

// OpenWindow makes the screen in a window of the test driver.
func (b *bench) open(t *testing.T, p widget.Palette, size fyne.Size) (*Screen, fyne.Window) {
	t.Helper()
	w := uitest.OpenWindow(t, p)
	o := NewScreen(t.Context(), w, p, b.Services(), b.services(), nil)
	o.Show()
	w.Resize(size)
	return o, w
}
