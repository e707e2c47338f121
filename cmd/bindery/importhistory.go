// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/history"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/safefile"
)

// historyImport holds the flags of the verb.
type historyImport struct {
	file, givenUp, source, mapping, sheet, badge string
}

// importHistory brings in the units of the system before this one, which is how
// most sites begin. They are believed less than our own: no device was read. So
// they go through clashes, a sample and a signature (history.go) before anything
// counts them.
func (c *cli) importHistory() *cobra.Command {
	i := &historyImport{}
	cmd := &cobra.Command{
		Use:   "history FILE --source SYSTEM [--given-up FILE]",
		Short: "Import units that another system made, from a CSV or XLSX file",
		Long: `Import units that were made before this record, from a CSV or XLSX file with a
header; docs/import.md lists the fields. Their bindings are of another origin:
never observed by this station. Every row is read before any is written; when one
is wrong, nothing is imported. The file is kept as evidence. A list does not count
until its clashes are decided, a second person has compared a sample, and quality
has signed it: see bindery history. To continue a stopped import, import the same
file again.`,
		Example: `  bindery import history units.csv --given-up swaps.csv --source 'MES 2019' --badge QA-3001
  bindery import history alt.xlsx --source ERP --map mapping.json --badge QA-3001`,
		Args: cobra.ExactArgs(1),
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			i.file = args[0]
			if i.source == "" {
				return nil, wrongUse("say with --source which system the list comes from")
			}
			return c.importHistoryFiles(cmd.Context(), *i)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&i.givenUp, "given-up", "", "list of bindings that were given up, which goes with it")
	f.StringVar(&i.source, "source", "", "the system that it comes from")
	f.StringVar(&i.mapping, "map", "", `JSON file that says which column is what, such as {"serial": "Serial No", "imei": "IMEI 1"}`)
	f.StringVar(&i.sheet, "sheet", "", "sheet of an XLSX file (default: the only visible one with content)")
	f.StringVar(&i.badge, "badge", "", "badge of the person who imports (default, while the record has no admin: the account that runs this)")
	return cmd
}

// importHistoryFiles opens both lists before the record: a name that is wrong
// makes no record, and no half of an import.
func (c *cli) importHistoryFiles(ctx context.Context, i historyImport) (answer, error) {
	mapping, err := readMapping(i.mapping)
	if err != nil {
		return nil, err
	}
	var lists []history.List
	for _, of := range []struct {
		kind station.HistoryKind
		path string
	}{{station.UnitList, i.file}, {station.GivenUpList, i.givenUp}} {
		if of.path == "" {
			continue
		}
		f, size, err := safefile.Open(of.path)
		if err != nil {
			return nil, unreadable(of.path, err)
		}
		defer f.Close() // it was only read
		l := history.List{Kind: of.kind, Source: i.source, Name: identity.MaskIn(filepath.Base(of.path)), File: f, Size: size}
		// The mapping is of the list of units; that of what was given up has the
		// names of docs/import.md.
		if of.kind == station.UnitList {
			l.Mapping, l.Sheet = mapping, i.sheet
		}
		lists = append(lists, l)
	}
	d, by, err := c.createAs(ctx, i.badge)
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // what was committed is on disk
	return importLists(ctx, d, by, lists)
}

// importLists imports the lists and tells what is due next. It may be stopped and
// called again: what is in the record already is known by the hash of the file.
func importLists(ctx context.Context, d *dhr.DHR, by string, lists []history.List) (answer, error) {
	files, err := history.Import(ctx, d, by, lists, historyProgress(wire.Err))
	var wrong *history.ListError
	if errors.As(err, &wrong) {
		out := &imported{Errors: wrong.Rows}
		// A list with the wrong header has a fault in each row: the first ones tell it.
		if wrong.More > 0 {
			out.Errors = append(out.Errors, record.RowError{Message: fmt.Sprintf("and %d more", wrong.More)})
		}
		return out, errNo
	} else if err != nil {
		return nil, err
	}
	_, clashes, err := d.Clashes(ctx, files[0].ID)
	return &importedHistory{Files: files, Clashes: clashes}, err
}

// readMapping reads which column is what. An empty one is refused: it would leave
// all columns out, and the list would look as if it had no units.
func readMapping(path string) (m history.FieldColumns, err error) {
	if path == "" {
		return nil, nil
	}
	text, err := safefile.Read(path, safefile.MostOfText) // a mapping is small: not a list that was named by mistake
	if err != nil {
		return nil, wrongUse("the mapping cannot be read: %v", err)
	}
	if err := json.Unmarshal(text, &m); err != nil || len(m) == 0 {
		return nil, wrongUse("the mapping is not a JSON object of texts: %v", err)
	}
	return m, nil
}

// historyProgress tells on a terminal how far an import is.
func historyProgress(w io.Writer) history.ProgressFunc {
	words := map[string]string{history.Reading: "rows read", history.Keeping: "parts kept", history.Adding: "rows imported"}
	return func(what string, l history.List, done, of int64) {
		// A line for each row would take longer than the import.
		if done%10_000 != 0 && done != of {
			return
		}
		// A CSV file does not say how many rows it has before its end.
		if of > 0 {
			fmt.Fprintf(w, "%s: %d of %d %s\n", l.Name, done, of, words[what])
			return
		}
		fmt.Fprintf(w, "%s: %d %s\n", l.Name, done, words[what])
	}
}

// importedHistory tells what is due next, by the number that the verbs ask for.
type importedHistory struct {
	Files   []station.HistoryFile `json:"files"`
	Clashes int                   `json:"clashes"`
}

func (h *importedHistory) text(w io.Writer) {
	for _, f := range h.Files {
		fmt.Fprintf(w, "list %d: %s of %s; nothing of it counts yet\n", f.ID, station.Counted(*f.Rows, "row", "rows"), f.Name)
	}
	id := h.Files[0].ID
	if h.Clashes > 0 {
		fmt.Fprintf(w, "%s to decide: bindery history clashes %d, then bindery history leave-out %d FILE\n", station.Counted(h.Clashes, "clash", "clashes"), id, id)
	}
	fmt.Fprintf(w, "next: bindery history sample %d, bindery history compare %d, bindery history accept %d\n", id, id, id)
}
