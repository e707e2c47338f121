// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/scope"
	"bindery/ui/i18n"
)

// Asked counts the questions of a screen, so that the late answer to an old
// one is dropped.
type Asked int

// Ask asks in a goroutine of its own and hands the answer over on the
// goroutine of the screen, unless something else was asked meanwhile.
func Ask[T any](ctx context.Context, post func(func()), n *Asked, ask func(context.Context) (T, error), then func(T, error)) {
	*n++
	mine := *n
	go func() {
		v, err := ask(ctx)
		post(func() {
			if *n == mine {
				then(v, err)
			}
		})
	}()
}

// Unable says why something gave no answer.
func Unable(w i18n.Catalogue, err error) string {
	what, _ := WhyNot(w, err)
	return what
}

// WhyNot says why something was not done, and what to do.
func WhyNot(w i18n.Catalogue, err error) (what, next string) {
	var refusal *station.Refusal
	if errors.As(err, &refusal) {
		return w.Finding(refusal.Finding)
	}
	var wrong *scope.Error
	if errors.As(err, &wrong) {
		return w.Said(wrong.Message), w.Said(wrong.Cure)
	}
	var fault *station.Fault
	if !errors.As(err, &fault) {
		fault = station.NewFault(station.RecordFault, "no code", err)
	}
	return w.Fault(fault)
}
