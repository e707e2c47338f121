// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/identity"
)

// check judges numbers without a record and without a device, as the station would.
func (c *cli) check() *cobra.Command {
	return &cobra.Command{
		Use:   "check VALUE...",
		Short: "Check numbers by themselves: what each is, and what is wrong with it",
		Long: `Check numbers by themselves: is each an IMEI, IMEISV, ICCID, IMSI, EID or GTIN,
and is it valid? Spaces and hyphens are removed first; nothing else is repaired.
The exit code is 1 when any value is invalid or unknown.`,
		Example: "  bindery check 35-693803-123456-4 89882390000262826558",
		Args:    cobra.MinimumNArgs(1),
		RunE: c.verb(func(_ *cobra.Command, args []string) (answer, error) {
			var all checks
			var err error
			for _, arg := range args {
				// All are judged, also behind one that is wrong: who checks a list wants the list.
				ch := checkValue(arg)
				all = append(all, ch)
				if !ch.sound() {
					err = errNo
				}
			}
			return all, err
		}),
	}
}

// checks are in the order of the arguments.
type checks []checked

// checked is one number and what was found of it.
type checked struct {
	Input    string            `json:"input"`
	Kind     identity.Kind     `json:"kind"`
	Value    string            `json:"value"` // as checked: without separators, in the number's own form
	Findings []station.Finding `json:"findings"`
}

// separators are what people and labels put between groups of digits.
var separators = strings.NewReplacer(" ", "", "-", "")

// checkValue finds out by itself what kind of number it is. A finding holds no more
// of it than its last four digits: it may end up in a log.
func checkValue(input string) checked {
	value := separators.Replace(strings.TrimSpace(input))
	kind, codes := identity.Check(value)
	ch := checked{Input: input, Kind: kind, Value: value, Findings: []station.Finding{}}
	// What no kind knows is a finding, too: a script that looks only at the
	// findings must not take it for sound.
	if kind == identity.KindUnknown {
		codes = []station.Code{station.NumberUnknown}
	}
	for _, code := range codes {
		ch.Findings = append(ch.Findings, station.NewFinding(code, identity.Mask(value, 0, 4)))
	}
	if id, err := identity.ParseICCID(value); kind == identity.KindICCID && err == nil {
		ch.Value = id.Full()
	}
	if gtin, err := identity.ParseGTIN(value); kind == identity.KindGTIN && err == nil {
		ch.Value = string(gtin)
	}
	return ch
}

// sound is that nothing fails; a warning leaves a number of use.
func (c checked) sound() bool { return !failed(c.Findings) }

// failed reports whether one of them is a no.
func failed(fs []station.Finding) bool {
	return slices.ContainsFunc(fs, func(f station.Finding) bool { return f.Level == station.LevelFail })
}

func (cs checks) text(w io.Writer) {
	for _, c := range cs {
		word := "sound"
		if !c.sound() {
			word = "not sound"
		}
		fmt.Fprintf(w, "%s  %s  %s\n", c.Value, c.Kind, word)
		printFindings(w, c.Findings)
	}
}
