// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
)

// decodeScan as the text of --scan-back reads the printed picture instead.
const decodeScan = "decode"

// scanAnswers answers for the label scanner: from the flag, from the printed
// picture, or from the terminal.
//
// It never says that a scanner has read the label: only the screen can know that,
// by the speed of the keys. So each answer comes with how it was had, and whether
// that is enough is [station.Product.ScanBackRule].
type scanAnswers struct {
	text     string // of --scan-back
	reprint  string // of --reprint
	approver string // ID of who allows the reprint
	out      io.Writer
	serial   string // of the unit, as it was scanned
	label    station.Label
	refused  bool // the reprint
}

// watch keeps the label once it is drawn, and whether a reprint was refused.
func (s *scanAnswers) watch(e station.Event) {
	if e.Wrong != nil && e.Wrong.Step() != station.StepScan {
		s.refused = true
		if s.approver == "" {
			fmt.Fprintln(s.out, "  Give the badge of the person who allows it with --allowed-by.")
		}
	}
	if e.Label != nil {
		s.label = e.Label
	}
}

// answer is a station.ScanBack. The expected value is never shown. A wrong scan is
// not repeated from the flag: the same text would be wrong again, for ever.
func (s *scanAnswers) answer(_ context.Context, wrong int) (station.ScanAnswer, error) {
	switch {
	// A reprint that was refused ends the run, and does not fall back to the scan
	// of the label that was to be replaced.
	case s.refused:
		return station.ScanAnswer{}, station.ErrNoScan
	case s.reprint != "":
		reason := s.reprint
		// Once: the next scan is that of the new label.
		s.reprint = ""
		return station.ScanAnswer{Reprint: reason, Approver: s.approver}, nil
	case s.text == "" && wire.IsTerminal(os.Stdin):
		return s.ask()
	case s.text == "":
		fmt.Fprintln(s.out, "  The label waits to be scanned: give the same serial again with --scan-back.")
		return station.ScanAnswer{}, station.ErrNoScan
	case wrong > 0:
		return station.ScanAnswer{}, station.ErrNoScan
	case s.text == decodeScan:
		return s.decode()
	}
	return station.ScanAnswer{Text: s.text, Proof: station.ScanProof{Method: station.ByArgument}}, nil
}

// decode reads the picture as a scanner reads the label. It proves that the
// drawing can be read and not that paper carries it, which is why a product must
// allow it.
func (s *scanAnswers) decode() (station.ScanAnswer, error) {
	png, err := s.label.Encode("png")
	if err != nil {
		return station.ScanAnswer{}, err
	}
	codes, err := labels.Decode(png)
	if err != nil || len(codes) == 0 {
		return station.ScanAnswer{}, station.ErrNoScan
	}
	i := slices.IndexFunc(codes, func(text string) bool { return strings.Contains(text, s.serial) }) // as it is asked for
	return station.ScanAnswer{Text: codes[max(i, 0)], Proof: station.ScanProof{Method: station.ByDrawing}}, nil
}

// ask waits for what is typed into the terminal. It comes as a line, so that
// nobody knows whether a scanner has typed it.
func (s *scanAnswers) ask() (station.ScanAnswer, error) {
	fmt.Fprint(s.out, "  Scan the label: ")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return station.ScanAnswer{}, station.ErrNoScan
	}
	return station.ScanAnswer{Text: line, Proof: station.ScanProof{Method: station.ByHand}}, nil
}
