// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"regexp"

	"github.com/spf13/cobra"

	"bindery/fixtures"
	"bindery/station"
	"bindery/station/identity"
)

// read asks a device who it is, and binds nothing.
//
// Its user holds a device that was refused, or one that is not known yet, and
// wants to see what it says. It needs no record, and writes none:
// [station.JudgeReading] judges what a number is by itself, without an order or a
// range.
func (c *cli) read() *cobra.Command {
	var config fixtures.Config
	cmd := &cobra.Command{
		Use:   "read --port PORT",
		Short: "Read the identity of the DUT",
		Long: `Read the identity of the DUT in one dialogue and show it, with every byte that went
over the line. Checks that need a product are left out; a missing SIM is only a
warning. The exit code is 1 when a number from the DUT is invalid by itself.`,
		Args: cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			dut, err := c.fixture(cmd.Context(), config)
			if err != nil {
				return nil, err
			}
			reading, err := dut.Identify(cmd.Context(), func(s string) { fmt.Fprintln(cmd.ErrOrStderr(), s) })
			a := readAnswer(reading, err)
			if err == nil && failed(a.Findings) {
				err = errNo
			}
			return a, err
		}),
	}
	cmd.Flags().StringVar(&config.Port, "port", "", "serial port of the DUT")
	cmd.Flags().StringVar(&config.Dialect, "dialect", "auto", "dialect of the module")
	cmd.Flags().IntVar(&config.Baud, "baud", 0, "line rate; 0 tries what the dialect names")
	require(cmd, "port")
	return cmd
}

// readOut is what a DUT said of itself; null is what it did not say.
type readOut struct {
	IMEI         *string           `json:"imei"`
	IMEI2        *string           `json:"imei2"`
	IMEISV       *string           `json:"imeisv"`
	ICCID        *string           `json:"iccid"`
	IMSI         *string           `json:"imsi"`
	EID          *string           `json:"eid"`
	Manufacturer *string           `json:"manufacturer"`
	Model        *string           `json:"model"`
	Firmware     *string           `json:"firmware"`
	Dialect      *string           `json:"dialect"`
	Findings     []station.Finding `json:"findings"`
	Evidence     []exchange        `json:"evidence"`
}

// exchange is one piece of evidence; t is in milliseconds since the dialogue
// began. It is another form than that of the record, which counts microseconds:
// scripts read this one.
type exchange struct {
	T    float64           `json:"t"`
	Dir  station.Direction `json:"dir"`
	Text station.WireBytes `json:"text"`
}

// readAnswer is not a copy of the reading: it judges each number by itself. After a fault no number is shown:
// a dialogue that broke off has proved nothing.
func readAnswer(r station.Reading, err error) *readOut {
	a := &readOut{Findings: []station.Finding{}, Evidence: []exchange{}}
	for _, e := range r.Evidence {
		a.Evidence = append(a.Evidence, exchange{float64(e.T.Microseconds()) / 1000, e.Dir, e.Text})
	}
	if err != nil {
		a.Findings = append(a.Findings, findingOf(err))
		return a
	}
	verdict := station.JudgeReading(r)
	a.Findings = append(a.Findings, verdict.Findings...)
	if !verdict.DoubtsIMEI() { // no script takes them for it
		a.IMEI, a.IMEI2 = shaped(fifteenDigits, r.IMEI), shaped(fifteenDigits, r.IMEI2)
	}
	a.IMEISV, a.IMSI = parsed(identity.ParseIMEISV, r.IMEISV), parsed(identity.ParseIMSI, r.IMSI)
	a.ICCID, a.EID = parsed(identity.ParseICCID, r.ICCID), shaped(thirtyTwoDigits, r.EID)
	a.Manufacturer, a.Model, a.Firmware, a.Dialect = orNull(r.Manufacturer), orNull(r.Model), orNull(r.Firmware), orNull(r.Dialect)
	return a
}

// An IMEI or EID with a wrong check digit is shown as it was given, beside the
// finding that says so: people need it to see what is wrong.
var (
	fifteenDigits   = regexp.MustCompile(`^[0-9]{15}$`)
	thirtyTwoDigits = regexp.MustCompile(`^[0-9]{32}$`)
)

// shaped gives a text only when it has the shape of such a number.
func shaped(shape *regexp.Regexp, s string) *string {
	if !shape.MatchString(s) {
		return nil
	}
	return &s
}

// parsed is the number in its own form, or null when the text is none. In its own
// form, so that a script compares the same number with itself, however a module
// writes it.
func parsed[N interface{ Full() string }](parse func(string) (N, error), s string) *string {
	n, err := parse(s)
	if err != nil {
		return nil
	}
	return orNull(n.Full())
}

// The dialogue is left out: it is for --json, and hides the numbers on a terminal.
func (a *readOut) text(w io.Writer) {
	for _, line := range []struct {
		name  string
		value *string
	}{
		{"IMEI", a.IMEI}, {"IMEI 2", a.IMEI2}, {"IMEISV", a.IMEISV}, {"ICCID", a.ICCID}, {"IMSI", a.IMSI}, {"EID", a.EID},
		{"Maker", a.Manufacturer}, {"Model", a.Model}, {"Firmware", a.Firmware}, {"Dialect", a.Dialect},
	} {
		if line.value != nil {
			fmt.Fprintf(w, "%-9s %s\n", line.name, *line.value)
		}
	}
	printFindings(w, a.Findings)
}
