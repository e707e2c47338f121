// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/scope"
)

// scope says which units an incident is about.
//
// Its user is quality on the first hour of an incident, who has to say how many
// units it is about. The expression is read by package station/scope and counted
// by dhr/incident, as the screens do it: two counts of one incident would be worse
// than none.
func (c *cli) scope() *cobra.Command {
	var file, badge string
	var save record.NewCaseList
	cmd := &cobra.Command{
		Use:   "scope EXPR",
		Short: "Count and list the units that an incident is about",
		Long: `Count and list the units that match an expression, such as

  tac:98000042 and not (lot:A260001 or disposition:scrapped)
  snr:98000042/22003..22060 and firmware>=BG95M3LAR02A04
  in:leaked.txt and made:2026-01-01..2026-02-01

A condition is about what a unit is bound to now. Days are in the time zone of this
computer. The file of in: has a serial or an identity on each line. With --save the
units are kept as a case; bindery case shows and updates it.`,
		Example: "  bindery scope 'lot:A260001' --save 'cold solder' --reason 'complaint 7013' --person QA-3002 --badge QA-3001",
		Args:    cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&file, "file", "", `a file with the expression as JSON, such as {"and": [{"tac": "98000042"}, {"lot": "A260001"}]}`)
	f := cmd.Flags()
	f.StringVar(&save.Name, "save", "", "keep the units as a case of this name")
	f.StringVar(&save.Reason, "reason", "", "why it is kept")
	f.StringArrayVar(&save.People, "person", nil, "ID of a person who follows it up; may be given several times")
	f.StringVar(&badge, "badge", "", "badge of the person who saves it")
	cmd.MarkFlagsRequiredTogether("save", "reason", "badge")
	cmd.RunE = c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		if err := noBlank(cmd, "save", "file"); err != nil {
			return nil, err
		}
		e, err := scopeOf(args, file)
		if err != nil {
			return nil, err
		}
		// Without a name nothing is written: to count is what one does ten times before
		// the scope is right.
		if save.Name == "" {
			return listScope(ctx, d, e)
		}
		return c.saveScope(ctx, d, e, save, badge)
	})
	return cmd
}

// saveScope keeps the units of a scope as a case. What of a list leads nowhere is
// told before it is kept and also where the answer is about the case.
func (c *cli) saveScope(ctx context.Context, d *dhr.DHR, e scope.Expr, save record.NewCaseList, badge string) (answer, error) {
	var err error
	if save.Expr, err = scope.ReadFiles(e, wire.Lines); err != nil {
		return nil, asWrongUse(err)
	}
	if err := noteLists(ctx, d, save.Expr); err != nil {
		return nil, err
	}
	by, err := c.admit(ctx, d, badge)
	if err != nil {
		return nil, err
	}
	if _, err := incident.OpenCase(ctx, d, by, save, localZone()); err != nil {
		return nil, asWrongUse(err)
	}
	return showCase(ctx, d, save.Name)
}

// scopeOf reads the expression, from the call or from a file. As JSON it comes
// from another program, which is spared the quoting of a shell.
func scopeOf(args []string, file string) (scope.Expr, error) {
	var e scope.Expr
	var err error
	switch {
	case (len(args) == 0) == (file == ""):
		return nil, wrongUse("give an expression, or a file with one (--file)")
	case file == "":
		e, err = scope.Parse(args[0])
	default:
		var text []byte
		// No more than people write by hand: a list of numbers goes into a file of its own.
		if text, err = safefile.Read(file, safefile.MostOfText); err != nil {
			return nil, unreadable(file, err)
		}
		e, err = scope.ParseJSON(bytes.TrimPrefix(text, []byte("\ufeff")))
	}
	return e, asWrongUse(err)
}

// asWrongUse is an expression that cannot be used, as the caller can cure it. It
// tells the place in the expression, since it is a long line that somebody has
// typed.
func asWrongUse(err error) error {
	var wrong *scope.ExprError
	if errors.As(err, &wrong) {
		return wrongUse("%v", wrong)
	}
	return err
}

// listScope asks a record for the units in a scope.
func listScope(ctx context.Context, d *dhr.DHR, e scope.Expr) (answer, error) {
	out := &scoped{Scope: scope.Shown(e), Units: []string{}}
	whole, err := scope.ReadFiles(e, wire.Lines)
	if err != nil {
		return nil, asWrongUse(err)
	}
	err = incident.Units(ctx, d.Reader(), whole, localZone(), func(serial string) { out.Units = append(out.Units, serial) })
	if err == nil {
		out.Lists, err = incident.Lists(ctx, d.Reader(), whole)
	}
	if err != nil {
		return nil, asWrongUse(err)
	}
	out.Count = len(out.Units)
	return out, nil
}

// localZone is the zone of this computer, in which a day is meant.
func localZone() *time.Location { return wire.SystemClock{}.Now().Location() }

// scoped are the units in a scope. Serials are whole: the list is what is handed
// to who looks for the units.
type scoped struct {
	Scope string             `json:"scope"` // as text, with identities masked
	Count int                `json:"count"`
	Units []string           `json:"units"`
	Lists []incident.ListUse `json:"lists"` // in the scope, and what of them leads nowhere
}

func (s *scoped) text(w io.Writer) {
	fmt.Fprintf(w, "%s: %d\n", station.Visible(s.Scope, ""), s.Count)
	printLists(w, s.Lists)
	for _, serial := range s.Units {
		fmt.Fprintln(w, station.Visible(serial, ""))
	}
}

// printLists tells which items of lists lead to no unit: of a list that was leaked
// these are the numbers that somebody has to ask about.
func printLists(w io.Writer, lists []incident.ListUse) {
	const most = 20 // of the numbers, so that the units stay in sight
	for _, l := range lists {
		name, of := "the list", "item"
		if l.File != "" {
			name, of = l.File, "line"
		}
		said := "each leads to a unit"
		if n := len(l.NoUnit); n > 0 {
			numbers := make([]string, min(n, most))
			for i := range numbers {
				numbers[i] = strconv.Itoa(l.NoUnit[i])
			}
			more := ""
			if n > most {
				more = ", …"
			}
			said = fmt.Sprintf("%s to no unit now (%s %s%s)", station.Counted(n, "item leads", "items lead"), of, strings.Join(numbers, ", "), more)
		}
		fmt.Fprintf(w, "%s: %s, %s\n", name, station.Counted(l.Items, "item", "items"), said)
	}
}

// noteLists tells the same beside an answer that is about something else.
func noteLists(ctx context.Context, d *dhr.DHR, e scope.Expr) error {
	lists, err := incident.Lists(ctx, d.Reader(), e)
	printLists(wire.Err, lists)
	return asWrongUse(err)
}
