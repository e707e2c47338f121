// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/scope"
	"bindery/ui/i18n"
)

// AskCounter counts the questions of a screen, so that the late answer to an old
// one is dropped.
type AskCounter int

// Ask asks in a goroutine of its own and hands the answer over on the
// goroutine of the screen, unless something else was asked meanwhile.
func Ask[T any](ctx context.Context, post func(func()), n *AskCounter, ask func(context.Context) (T, error), then func(T, error)) {
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

// FailureText says why something gave no answer.
func FailureText(w i18n.Catalogue, err error) string {
	what, _ := RefusalText(w, err)
	return what
}

// RefusalText says why something was not done, and what to do.
func RefusalText(w i18n.Catalogue, err error) (what, next string) {
	var refusal *station.Refusal
	if errors.As(err, &refusal) {
		return w.Finding(refusal.Finding)
	}
	var wrong *scope.ExprError
	if errors.As(err, &wrong) {
		return w.Translate(wrong.Message), w.Translate(wrong.Cure)
	}
	var fault *station.Fault
	if !errors.As(err, &fault) {
		fault = station.NewFault(station.RecordFault, "no code", err)
	}
	return w.Fault(fault)
}
