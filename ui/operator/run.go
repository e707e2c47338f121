// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bytes"
	"context"
	"image"
	_ "image/png" // labels are previewed as PNG
	"slices"

	"bindery/station"
	"bindery/ui/sound"
)

// start sets a unit on its way.
func (o *Model) start(serial string) {
	ctx, cancel := context.WithCancel(o.ctx)
	r := &run{
		serial: serial, cancel: cancel,
		answers: make(chan *station.ScanAnswer, 1), steps: map[station.Step]station.StepResult{},
	}
	o.run, o.state, o.result, o.label = r, Working, nil, nil
	job := station.Job{Order: o.order.ID, Serial: serial, By: o.person.ID}
	watch := func(e station.Event) { o.s.Post(func() { o.takeEvent(r, e) }) }
	scan := func(ctx context.Context, _ int) (station.ScanAnswer, error) {
		o.s.Post(func() { o.awaitScan(r) })
		select {
		case a := <-r.answers:
			if a == nil {
				return station.ScanAnswer{}, station.ErrNoScan
			}
			return *a, nil
		case <-ctx.Done():
			return station.ScanAnswer{}, ctx.Err()
		}
	}
	go func() {
		defer cancel()
		res := o.bench.Provision(ctx, job, scan, watch)
		o.s.Post(func() { o.showResult(res) })
	}()
}

// takeEvent takes what a run says on its way.
func (o *Model) takeEvent(r *run, e station.Event) {
	switch {
	case e.Wrong != nil:
		o.showWrong(r, *e.Wrong)
	case e.Hint != "":
		r.hint = e.Hint
	case e.Started:
		r.now, r.hint = e.Step, ""
	default:
		r.steps[e.Step] = e.Result
	}
	if e.Label != nil {
		o.label = picture(e.Label)
	}
	o.redraw()
}

// awaitScan asks for the scan of the label that the run waits for.
func (o *Model) awaitScan(r *run) {
	r.checking = false
	if o.state == Working {
		o.state = Labelling
		o.s.Sound.Play(sound.Short)
	}
	o.redraw()
	o.drain()
}

// showWrong shows a scan that did not match, or, when it was a wish for a label
// that this person may not have, asks for a lead.
func (o *Model) showWrong(r *run, f station.Finding) {
	if o.state == Closing {
		return
	}
	o.state, r.wrong = Labelling, &f
	if r.reprint != "" && station.TakesAnotherSecond(f.Code) {
		o.state = Locked
	}
	if station.IsOtherLabel(f.Code) {
		o.s.Sound.Play(sound.Falling)
	} else {
		o.s.Sound.Play(sound.Repeated)
	}
}

// showResult shows the result, which stays until the next scan.
func (o *Model) showResult(res station.Result) {
	o.run, o.signIn, o.result = nil, nil, &res
	switch res.Outcome {
	case station.Pass:
		o.state = Passed
		o.s.Sound.Play(sound.Rising)
	case station.Fail:
		o.state = Failed
		o.s.Sound.Play(sound.Falling)
	case station.Aborted:
		o.state = Stopped
		if i := slices.IndexFunc(res.Findings, func(f station.Finding) bool { return f.Code == station.SerialBefore }); i >= 0 {
			o.showStray(res.Findings[i])
		}
	case station.Errored:
		o.state = Attention
		o.s.Sound.Play(sound.Repeated)
	}
	if o.closed != nil {
		o.closed()
		return
	}
	o.refreshCounts()
	o.redraw()
	o.drain()
}

// answer gives the run what it waits for.
func (r *run) answer(a *station.ScanAnswer) {
	r.checking, r.wrong = true, nil
	r.answers <- a
}

// giveUp tells the run that no scan will come.
func (r *run) giveUp() {
	if !r.checking {
		r.answer(nil)
	}
}

// picture decodes a label for the preview; what can't be shown is left out.
func picture(l station.Label) image.Image {
	png, err := l.Encode("png")
	if err != nil {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(png))
	if err != nil {
		return nil
	}
	return img
}
