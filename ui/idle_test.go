// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"bindery/ui/operator"
	"bindery/ui/uitest"
)

func TestIdleLocksAfterItsTimeAndNotBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		busy, locks := false, 0
		i := newIdle(ctx, 15*time.Minute, func(f func()) { f() }, func() bool {
			if !busy {
				locks++
			}
			return !busy
		})
		after := func(d time.Duration, want int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if locks != want {
				t.Fatalf("locked %d times, want %d", locks, want)
			}
		}
		after(14*time.Minute, 0)
		i.touch()
		after(15*time.Minute-time.Second, 0)
		after(2*time.Second, 1)
		after(time.Hour, 1) // once is enough
		busy = true
		i.touch()
		after(20*time.Minute, 1)
		busy = false // the unit has ended
		after(2*time.Second, 2)
		i.touch()
		stop()
		after(time.Hour, 2)
	})
}

// stationAt opens all screens of one window, with nobody signed in.
func stationAt(t *testing.T) (*shell, *Station, fyne.Window) {
	t.Helper()
	b, st, w := qualityAt(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyEscape)
	b.at(t, st.operator, operator.SignIn)
	return b, st, w
}

func TestQualityComesBackToWhatWasBeingRead(t *testing.T) {
	for _, c := range []struct {
		name, badge string
		back        bool
	}{
		{"the same person finds the unit again", "B-QA", true},
		{"an admin gets their own screen", "B-AD", false},
		{"an operator gets the bench", "B-OP", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, st, w := qualityAt(t, uitest.Sizes[1])
			uitest.Type(w, "000105\n")
			b.Settle(t, func() bool { return uitest.PageText(st.quality.Page) != "" })
			history := uitest.PageText(st.quality.Page)
			if !st.lock() || w.Content() != st.operator.Frame {
				t.Fatal("the screen for reading does not lock")
			}
			uitest.Type(w, c.badge+"\n")
			b.at(t, st.operator, operator.Proving)
			uitest.Type(w, "482913\n")
			switch c.badge {
			case "B-QA":
				b.Settle(t, func() bool { return w.Content() == st.quality.Frame })
			case "B-AD":
				b.Settle(t, func() bool { return w.Content() == st.setup.Frame })
			default:
				b.at(t, st.operator, operator.Choosing)
			}
			if back := w.Content() == st.quality.Frame; back != c.back || back && uitest.PageText(st.quality.Page) != history {
				t.Errorf("back to the unit: %v", back)
			}
		})
	}
}

func TestEveryTouchPutsTheLockOff(t *testing.T) {
	_, st, w := stationAt(t)
	for name, do := range map[string]func(){
		"a key":        func() { uitest.Type(w, "x") },
		"Escape":       func() { uitest.Press(w, fyne.KeyEscape) },
		"a tap":        func() { test.TapCanvas(w.Canvas(), fyne.NewPos(300, 300)) },
		"the wheel":    func() { st.quality.Page.Scrolled(&fyne.ScrollEvent{}) },
		"a row's pick": func() { st.setup.Rows.Tapped(&fyne.PointEvent{}) },
	} {
		st.idle.timer.Stop()
		if do(); !st.idle.timer.Stop() {
			t.Errorf("%s does not count", name)
		}
	}
}
