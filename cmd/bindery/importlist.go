// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/safefile"
)

// importSubscriptions brings in SIM swaps, which happen at the customer and never
// at this station. Without them a unit would be sought by a SIM that it gave up
// years ago. What a period may be is [station.CheckSubscription].
func (c *cli) importSubscriptions() *cobra.Command {
	var badge, source string
	cmd := &cobra.Command{
		Use:   "subscriptions FILE --source SYSTEM --badge BADGE",
		Short: "Import which SIM a unit was given in the field, from a CSV or XLSX file",
		Long: `Import which SIM a unit was given in the field, from a table with the columns
serial, iccid, imsi, eid, from, to, by and why. from is a time with its zone; to is
empty while the SIM is in the unit. The period of the SIM before ends there, and
bindery show SERIAL --at TIME still shows it. All or nothing.`,
		Example: "  bindery import subscriptions swaps.csv --source 'carrier portal' --badge QA-3001",
		Args:    cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			// An answer that rests on a list must be able to name it; cobra's own
			// message would not say why.
			if source == "" {
				return nil, wrongUse("say with --source which system the list comes from")
			}
			by, err := c.admit(ctx, d, badge)
			if err != nil {
				return nil, err
			}
			return importList(args[0], source, subscriptionOf, func(list record.SourceFile, rows []record.Subscription) (record.Import, error) {
				return d.ImportSubscriptions(ctx, by, list, rows)
			})
		}),
	}
	cmd.Flags().StringVar(&source, "source", "", "the system that it comes from")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who imports")
	require(cmd, "badge")
	return cmd
}

// subscriptionOf reads one row. An empty end is a SIM that is still in the unit,
// and not one that ended at no time.
func subscriptionOf(r *importRow) record.Subscription {
	s := record.Subscription{
		Serial: r.must("serial"), ICCID: r.must("iccid"), IMSI: r.text("imsi"), EID: r.text("eid"), From: r.moment("from"),
		SaidBy: r.text("by"), Reason: r.text("why"), Row: int64(r.n),
	}
	if to := r.moment("to"); !to.IsZero() {
		s.To = &to
	}
	return s
}

// readTableFile reads a table; what is wrong with it is wrong use. Only the first
// fault is told: such a table was made from a list of the record a moment ago.
func readTableFile[T any](path string, one func(*importRow) T) ([]T, error) {
	rows, bad, err := readFile(importFlags{file: path}, importer{fields: fieldsOf(one)})
	if err != nil {
		return nil, unreadable(path, err)
	}
	list := entries(rows, one)
	for _, r := range rows {
		bad = append(bad, r.faults...)
	}
	if len(bad) > 0 {
		return nil, wrongUse("%s: row %d: %s", filepath.Base(path), bad[0].Row, bad[0].Message)
	}
	return list, nil
}

// importList brings in the rows of a table, all or none. The hash of the file goes
// in with it, so that years later the list can be shown to be the one that was
// meant.
func importList[T any](path, source string, one func(*importRow) T, bring func(record.SourceFile, []T) (record.Import, error)) (answer, error) {
	hash, err := hashFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	rows, bad, err := readFile(importFlags{file: path}, importer{fields: fieldsOf(one)})
	if err != nil {
		return nil, err
	}
	list := entries(rows, one)
	for _, r := range rows {
		bad = append(bad, r.faults...)
	}
	if len(bad) > 0 {
		return &imported{Errors: listed(bad)}, errNo
	}
	done, err := bring(record.SourceFile{Name: identity.MaskIn(filepath.Base(path)), Hash: hash, Source: source}, list)
	if err != nil {
		return nil, err
	}
	out := &imported{done.Added, listed(merged(rows, done))}
	if len(out.Errors) > 0 {
		return out, errNo
	}
	return out, nil
}

// hashFile reads the file once more and keeps none of it: a list may have a
// million rows.
// unreadable says why a file that was named cannot be read, without its folder.
func unreadable(path string, err error) error {
	why := errors.Unwrap(err)
	if why == nil {
		why = err
	}
	return wrongUse("%s cannot be read: %v", station.Shown(filepath.Base(path)), why)
}

func hashFile(path string) (string, error) {
	f, _, err := safefile.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// moment takes a time that may be missing, with its zone. A moment without a zone
// is refused and not taken for that of this computer: lists come from elsewhere.
func (r *importRow) moment(key string) time.Time {
	text := r.text(key)
	t := station.Moment(text)
	if text != "" && t.IsZero() {
		r.fault(key, "%s is not a time with its zone, such as 2026-03-04T05:38:53Z", key)
	}
	return t
}
