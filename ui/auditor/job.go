// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"

	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Verify has the whole record recomputed, or shows how that goes.
func (a *Model) Verify() {
	if a.busy() {
		return
	}
	e := a.start(&backgroundJob{does: "verify"})
	goOn(a, e, a.a.Verify, func(v Verification) {
		a.last = &v
		e.onPage = e.onPage || !v.OK // what is wrong is not missed
		e.ended = a.verifiedPage(v)
	})
}

// HandOver asks for the folder of a bundle: of the chosen unit, order, lot or
// days, or of the unit that what is chosen belongs to. It waits until that has been
// read: what is on the page before is of another place.
func (a *Model) HandOver() {
	switch {
	case a.busy(), a.awaits(a.HandOver):
	case a.nodePage.Units.Kind == "":
		a.say(a.s.Words.Say("room.no-units"))
	default:
		a.job = &backgroundJob{does: "hand", units: a.nodePage.Units, onPage: true, asks: true}
		a.say("")
	}
}

func (a *Model) handOver(folder string) {
	e := a.job
	e.asks = false
	h := BundleJob{By: a.person.ID, Units: e.units, Folder: orSay(folder, a.a.Exports)}
	a.start(e)
	goOn(a, e, func(ctx context.Context, progress func(done, of int64)) (Bundle, error) {
		return a.a.HandOver(ctx, h, progress)
	}, func(got Bundle) { e.ended = a.handedPage(got) })
}

// busy shows the job that is under way, if there is one.
func (a *Model) busy() bool {
	if a.job == nil || !a.job.running() {
		return false
	}
	a.job.onPage = true
	a.redraw()
	return true
}

func (a *Model) start(e *backgroundJob) *backgroundJob {
	a.job, e.onPage, a.status = e, true, ""
	return e
}

// goOn does a job in a goroutine of its own. What comes after it was given
// up is dropped.
func goOn[T any](a *Model, e *backgroundJob, do func(context.Context, func(done, of int64)) (T, error), then func(T)) {
	ctx, cancel := context.WithCancel(a.ctx)
	e.cancel = cancel
	go func() {
		got, err := do(ctx, func(done, of int64) {
			a.s.Post(func() {
				e.done, e.of = done, of
				if a.job == e && e.running() {
					a.redraw()
				}
			})
		})
		a.s.Post(func() {
			cancel()
			e.cancel = nil
			switch {
			case a.job != e: // the person has signed out
				return
			case e.given && err != nil:
				e.ended = a.band("", widget.StepWarn, a.s.Words.Say(e.does+".stopped"), a.s.Words.Say(e.does+".nothing"))
			case err != nil:
				e.ended = a.band(widget.Caution, widget.StepWarn, screen.FailureText(a.s.Words, err), a.s.Words.Say(e.does+".nothing"))
			default:
				then(got)
			}
			a.redraw()
		})
	}()
	a.redraw()
}

// dismiss gives up what is shown and runs, or closes what is shown and has
// ended, or was not begun.
func (a *Model) dismiss() {
	e := a.job
	if e.running() {
		e.given = true
		e.cancel()
		return
	}
	a.job = nil
	a.redraw()
}

// offPage lets one read on while a job runs.
func (a *Model) offPage() {
	switch e := a.job; {
	case e == nil:
	case e.running():
		e.onPage = false
	default:
		a.job = nil
	}
}

// stopJob gives up what runs, when the person leaves.
func (a *Model) stopJob() {
	if a.job != nil && a.job.running() {
		a.job.cancel()
	}
	a.job = nil
}
