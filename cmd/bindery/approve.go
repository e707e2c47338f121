// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// approve shows a definition whole before it asks for the password: nobody signs
// what they have not been shown.
//
// The signer must have seen what they sign (21 CFR 11.50, 11.70): it is shown
// before the password is asked for, and its hash goes with the signature, so that
// the record refuses when another version came in between.
func (c *cli) approve() *cobra.Command {
	var badge, meaning string
	var version int
	cmd := &cobra.Command{
		Use:   "approve REF --badge BADGE",
		Short: "Sign a product definition (not by the person who imported it)",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			if !slices.Contains(station.Meanings, station.Meaning(meaning)) {
				return nil, wrongUse("--meaning is authorship, review, approval or responsibility")
			}
			sheet, err := d.ProductView(ctx, args[0], version)
			if err != nil {
				return nil, err
			}
			// On stderr: stdout is for the answer, also with --json.
			showDefinition(wire.Err, sheet)
			s, err := signed(&c.secrets, badge, station.Meaning(meaning))
			if err != nil {
				return nil, err
			}
			s.Shown = sheet.Hash
			return answerLeaf(d.ApproveProduct(ctx, s, sheet.REF, sheet.Version))
		}),
	}
	cmd.Flags().IntVar(&version, "version", 0, "of the definition (default: the newest)")
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	cmd.Flags().StringVar(&meaning, "meaning", string(station.Approval), "what the signature means: authorship, review, approval or responsibility")
	return cmd
}

// showDefinition shows what is about to be signed, with the whole text of
// dialects that do not come along with the program.
func showDefinition(w io.Writer, s record.ProductView) {
	fmt.Fprintf(w, "%s version %d, brought in by %s\n  %s, %s, GTIN %s\n", s.REF, s.Version, s.Author, s.Name, s.Maker, s.GTIN)
	fmt.Fprintf(w, "  serial   %s\n  modules  %s\n  firmware %s\n", s.SerialPattern, orAny(s.Modules), orAny(s.Firmware))
	fmt.Fprintf(w, "  SIM %s, IMEIs %d, market %s, warn below %d\n", s.SIM, s.IMEIs, s.Market, s.WarnFree)
	fmt.Fprintf(w, "  layout   %s %s\n  dialect  %s %s\n", s.Layout, s.LayoutHash, s.Dialect, s.DialectHash)
	// A dialect that comes along was reviewed with the program. One that a site
	// has written sends commands to every device, so that the whole of it is part
	// of what is approved.
	for _, own := range wire.OwnDialects(s.Dialects) {
		fmt.Fprintf(w, "  %s is a dialect of your own, %s:\n", own.Name, own.Hash)
		for _, cmd := range own.Unlisted {
			fmt.Fprintf(w, "    it sends %s, which is not among the commands that are known to read\n", cmd)
		}
		for line := range strings.Lines(string(own.Text)) {
			fmt.Fprintf(w, "    %s\n", strings.Map(printable, strings.TrimRight(line, "\r\n")))
		}
	}
}

// printable keeps what somebody wrote into a dialect from moving the cursor of who
// reads it before signing.
func printable(r rune) rune {
	if r != '\t' && !unicode.IsPrint(r) {
		return '·'
	}
	return r
}

// orAny is a list of what is allowed; an empty one allows all, and must not look
// like none.
func orAny(list []string) string {
	if len(list) == 0 {
		return "any"
	}
	return strings.Join(list, ", ")
}
