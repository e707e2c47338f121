// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// eid is that of the n-th SIM, an eUICC: digits 31 and 32 make the whole number
// 1 modulo 97 (GSMA SGP.02).
func eid(n int) string {
	digits, rest := "8904903212345123451234567890"+[]string{"00", "01", "02", "03", "04", "05", "06", "07", "08", "09"}[n%10], 0
	for _, d := range digits + "00" {
		rest = (rest*10 + int(d-'0')) % 97
	}
	check := 98 - rest
	return digits + string(rune('0'+check/10)) + string(rune('0'+check%10))
}

// crooked is a record of a lot in which one unit went straight through, one was
// scanned wrongly twice, one got a second label, and one got another module;
// the operator of all has left since.
func crooked(t *testing.T) *dhr.DHR {
	t.Helper()
	return openWith(t, copied(t, "crooked", makeCrooked), stationtest.NewClock())
}

func makeCrooked(ctx context.Context, path string) (err error) {
	clock := stationtest.NewClock()
	d, err := dhr.Open(ctx, path, dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	move := func(m record.MoveRequest) error { return leaf(d.Move(ctx, m)) }
	for _, do := range []func() error{
		func() error { return setUp(ctx, d) },
		func() error { return scanned(ctx, d, clock, 1, 1) },
		func() error {
			return scanned(ctx, d, clock, 2, 2, station.ScanAnswer{Text: "another"}, station.ScanAnswer{Text: "another"})
		},
		func() error { return scanned(ctx, d, clock, 3, 3, station.ScanAnswer{Reprint: "smeared"}) },
		func() error { return scanned(ctx, d, clock, 4, 4) },
		func() error {
			return move(record.MoveRequest{Serial: stationtest.Serial(4), To: station.Reworked, By: "lead", Second: "quality", Reason: "module was noisy"})
		},
		func() error { return scanned(ctx, d, clock, 4, 14) },
		func() error { return leaf(d.RetirePerson(ctx, "admin", "operator", "moved to another site")) },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// scanned provisions a unit with a device that has an EID, and answers the
// station before its label is scanned.
func scanned(ctx context.Context, d *dhr.DHR, clock station.Clock, serial, device int, before ...station.ScanAnswer) error {
	reading := stationtest.Reading(device)
	reading.EID = eid(device)
	b := &station.Bench{
		DUT: stationtest.FakeDUT{Reading: reading}, Records: d, Binder: d, Prints: d,
		Labels: drawers()[1], Printer: &stationtest.FakePrinter{}, Clock: clock, Dialects: stationtest.Dialects(),
	}
	right, watch := stationtest.Scans()
	r := b.Provision(ctx, station.Job{Order: "WO-1", Serial: stationtest.Serial(serial), By: "operator"},
		func(ctx context.Context, wrong int) (station.ScanAnswer, error) {
			if len(before) > 0 {
				answer := before[0]
				before = before[1:]
				return answer, nil
			}
			return right(ctx, wrong)
		}, watch)
	if r.Outcome != station.Pass {
		return errors.Join(errors.New(string(r.Outcome)), r.Fault)
	}
	return nil
}

// squeezed is the text of a paper with one blank between words.
func squeezed(t *testing.T, d *dhr.DHR, s report.Subject) string {
	t.Helper()
	return regexp.MustCompile(`\s+`).ReplaceAllString(strings.Join(pages(t, export(t, d, s, report.PDF)), "\n"), " ")
}

// An inspector asks first for what did not go straight. A pass is not straight
// because it is a pass.
func TestThePaperOfALotBeginsWithEverythingThatDidNotGoStraightAndCountsIt(t *testing.T) {
	d := crooked(t)
	text := squeezed(t, d, units(record.ByLot, "L2603"))
	for _, want := range []string{
		"Attempts that did not pass 0 0", "Passes with warnings 1 1", "Labels that were reprinted, destroyed or left open 3 2",
		"Bindings that were superseded 1 1", "Alarms 0 0", "Changes of disposition, one unit at a time 1 1",
		"Of 4 serials, 1 went straight through",
		"label-mismatch × 2", "label: 1 void", "label: 2 verified", "smeared", "binding: 4 superseded", "module was noisy", "The quality (quality)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestABindingThatWasGivenUpSaysWhenByWhomAndWhyOnEveryPaper(t *testing.T) {
	d := crooked(t)
	r, err := d.Show(t.Context(), stationtest.Serial(4))
	if err != nil {
		t.Fatal(err)
	}
	old, live := r.Bindings[0], r.Bindings[1]
	if old.SupersededAt == nil || !old.SupersededAt.Equal(r.Moves[0].At) && old.SupersededAt.Sub(r.Moves[0].At).Abs().Seconds() > 1 ||
		old.SupersededBy != "lead" || old.SupersededSecond != "quality" || old.SupersededWhy != "module was noisy" {
		t.Errorf("the record says %+v", old)
	}
	if live.SupersededAt != nil || live.SupersededBy+live.SupersededSecond+live.SupersededWhy != "" {
		t.Errorf("of the live binding the record says %+v", live)
	}
	at := old.SupersededAt.UTC().Format("2006-01-02 15:04:05")
	for name, c := range map[string]struct {
		subject report.Subject
		want    []string
	}{
		"unit":     {units(record.BySerial, stationtest.Serial(4)), []string{"Superseded " + at, "The lead (lead), The quality (quality)", "Reason module was noisy"}},
		"lot":      {units(record.ByLot, "L2603"), []string{"superseded " + at + " by The lead", "module was noisy"}},
		"forward":  {trace(record.ByLot, "L2603"), []string{"module was noisy"}},
		"backward": {trace(record.ByIdentity, stationtest.IMEI(4)), []string{"Superseded " + at, "By The lead (lead)", "Reason module was noisy"}},
	} {
		text := squeezed(t, d, c.subject)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, text)
			}
		}
	}
}

// A number that is read from two lines is copied wrongly one day.
func TestNoIdentityBreaksOverTwoLinesOnAnyPaper(t *testing.T) {
	d := crooked(t)
	for name, s := range map[string]report.Subject{
		"unit": units(record.BySerial, stationtest.Serial(4)), "lot": units(record.ByLot, "L2603"),
		"forward": trace(record.ByLot, "L2603"), "backward": trace(record.ByIdentity, eid(4)), "of a serial": trace(record.BySerial, stationtest.Serial(4)),
	} {
		text := strings.Join(pages(t, export(t, d, s, report.PDF)), "\n")
		for _, n := range []int{4, 14} {
			for _, number := range []string{eid(n), stationtest.IMEI(n), stationtest.ICCID(n)} {
				if !strings.Contains(text, number) {
					t.Errorf("%s: %s is not on one line", name, number)
				}
			}
		}
		for _, line := range strings.Split(text, "\n") {
			for _, word := range strings.Fields(line) {
				if len(word) >= 10 && len(word) < 32 && strings.Contains(eid(4)+" "+eid(14), word) {
					t.Errorf("%s: a part of an EID stands alone: %s", name, word)
				}
			}
		}
	}
}

func TestWhoHasLeftIsStillNamed(t *testing.T) {
	d := crooked(t)
	for name, s := range map[string]report.Subject{
		"unit": units(record.BySerial, stationtest.Serial(1)), "lot": units(record.ByLot, "L2603"), "forward": trace(record.ByLot, "L2603"), "audit": {Kind: report.Audit},
	} {
		text := squeezed(t, d, s)
		if !strings.Contains(text, "The operator (operator)") && !strings.Contains(text, "The operator") {
			t.Errorf("%s does not name the operator", name)
		}
	}
	if got := rows(t, export(t, d, units(record.ByLot, "L2603"), report.CSV)); got[0]["bound_by_name"] != "The operator" {
		t.Errorf("the table has %q", got[0]["bound_by_name"])
	}
}
