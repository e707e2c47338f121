// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
	"bindery/station/identity"
)

// answer is what a verb has to say: its JSON form, or the same as text.
type answer interface {
	text(w io.Writer)
}

// longAnswer is one that writes its JSON itself, for it may be larger than
// memory.
type longAnswer interface {
	answer
	writeJSON(w io.Writer) error
}

// The exit codes. Scripts rely on them; see docs/command-line.md.
const (
	exitDone     = 0
	exitNo       = 1 // a verdict or a check said no
	exitWrongUse = 2
	exitFault    = 3
)

// errNo ends a verb whose answer says no; the answer tells why.
var errNo = errors.New("no")

// useError says that the command was used wrongly.
type useError struct{ message string }

// Error is the message: there is nothing more to tell.
func (e *useError) Error() string { return e.message }

// wrongUse is for what the caller can cure in the call itself: its exit code is
// another than that of a refusal or of a fault.
func wrongUse(format string, args ...any) error { return &useError{fmt.Sprintf(format, args...)} }

// verbError is an error of a verb, as against one that cobra found in the
// arguments.
type verbError struct{ err error }

func (e *verbError) Error() string { return e.err.Error() }
func (e *verbError) Unwrap() error { return e.err }

// failure is the JSON form of an error that came without an answer.
type failure struct {
	Error station.Finding `json:"error"`
}

// printJSON leaves <, > and & as they are: the answer goes to a program and not
// into a page.
//
// It is indented, for people read it too, and a program does not mind.
func printJSON(w io.Writer, v any) {
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return // of a value that has no JSON form
	}
	_, _ = io.WriteString(w, escaped(text.String())) // a reader that went away is told by its own exit code
}

// escaped writes what a terminal would not show, which stands in strings only,
// as JSON has it: who reads it has every value as it is.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if s := string(r); r < utf8.RuneSelf && r != 0x7f || station.Visible(s, "\n") == s {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, "\\u%04x", unit)
		}
	}
	return b.String()
}

// exitCode maps how a command ended to what the shell is told.
//
// The order matters: an error of cobra has no verbError around it and is wrong
// use, whatever it wraps; and a refusal is a no (1) and never a fault (3), for a
// script retries a fault and must not retry a unit that was refused.
func exitCode(err error) int {
	var verb *verbError
	var use *useError
	var noSecret wire.NoSecretError
	var refusal *station.Refusal
	switch {
	case err == nil:
		return exitDone
	case !errors.As(err, &verb), errors.As(err, &use), errors.As(err, &noSecret), conflictIn(err) != nil:
		return exitWrongUse
	case errors.Is(err, errNo), errors.As(err, &refusal):
		return exitNo
	}
	return exitFault
}

// explain prints an error to people: what happened, what was kept, what to do.
//
// It is masked as a whole at the end and not part by part: whatever was typed or
// read may have got into any of them, and stderr goes into logs.
func explain(out io.Writer, err error) {
	w := &strings.Builder{}
	defer func() { _, _ = io.WriteString(out, identity.MaskIn(w.String())) }() // what was typed may stand in it
	var fault *station.Fault
	var refusal *station.Refusal
	switch {
	case err == nil, errors.Is(err, errNo):
	case len(labels.MistakesOf(err)) > 0:
		fmt.Fprintln(w, "bindery: the layout has mistakes")
		for _, m := range labels.MistakesOf(err) {
			fmt.Fprintln(w, " ", m)
		}
	case conflictIn(err) != nil:
		fmt.Fprintf(w, "bindery: %v\n  %s\n", conflictIn(err), whereElse(conflictIn(err)))
	case errors.As(err, &fault):
		fmt.Fprintln(w, "bindery:", fault)
		for _, s := range []string{fault.Kept, fault.Next} {
			if s != "" {
				fmt.Fprintln(w, " ", s)
			}
		}
		if fault.Err != nil {
			fmt.Fprintf(w, "  (%v)\n", fault.Err)
		}
	case errors.As(err, &refusal):
		fmt.Fprintf(w, "bindery: %v\n  %s\n", refusal, refusal.Finding.Next)
	default:
		fmt.Fprintln(w, "bindery:", err)
	}
}

// findingOf is an error as a finding, the form that --json has for it. It is
// masked as what people see is: JSON of a failure ends in the same logs.
func findingOf(err error) station.Finding {
	f := finding(err)
	f.Message, f.Value = identity.MaskIn(f.Message), identity.MaskIn(f.Value)
	return f
}

// finding gives every error the form of a finding, so that a script has one shape
// to read, whatever went wrong.
func finding(err error) station.Finding {
	var fault *station.Fault
	var refusal *station.Refusal
	var use *useError
	var noSecret wire.NoSecretError
	switch {
	case conflictIn(err) != nil:
		there := conflictIn(err)
		return station.Finding{Code: "wrong-use", Level: station.LevelFail, Message: there.Error() + ".", Next: whereElse(there)}
	case errors.As(err, &fault):
		return fault.Finding()
	case errors.As(err, &refusal):
		return refusal.Finding
	case errors.As(err, &use), errors.As(err, &noSecret):
		return station.Finding{Code: "wrong-use", Level: station.LevelFail, Message: err.Error(), Next: "See bindery help."}
	}
	return station.NewFault(station.RecordFault, "see the message", err).Finding()
}

// orNull is nil for "", which JSON shows as null: what was not read.
func orNull[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	t := string(s)
	return &t
}

// printFindings shows findings under a line of text. A pass is left out: of ten
// steps that went well nobody reads ten lines.
func printFindings(w io.Writer, fs []station.Finding) {
	for _, f := range fs {
		if f.Level != station.LevelPass {
			fmt.Fprintf(w, "  %s  %s: %s %s\n", f.Level, f.Code, f.Message, f.Next)
		}
	}
}

// leafCount is so many leaves in words.
func leafCount[N int | int64](n N) string { return station.Counted(n, "leaf", "leaves") }
