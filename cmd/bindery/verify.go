// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/safefile"
)

// verify checks a record, or a bundle without any record.
//
// Its user is an auditor, or a job at night, who trusts neither the record nor the
// bench. So it opens nothing for writing where a file is named, and takes what it
// is held against from outside: whoever can rewrite the record can rewrite every
// checkpoint in it, but not a note that somebody else has kept. What is sound is
// decided in station/dhr/verify and report/bundle alone; here only the answer is
// put into words and an exit code.
func (c *cli) verify() *cobra.Command {
	var keys, notes []string
	cmd := &cobra.Command{
		Use:   "verify [RECORD|BUNDLE]",
		Short: "Check the whole record, or a bundle by itself",
		Long: `Check the whole record: every leaf against the one before it, every row of every
table against its leaf, and every signed checkpoint. The record is also compared
with checkpoints that were kept elsewhere (--checkpoint, --copies) and with keys
that you know (--key); without them, a record that was rewritten as a whole would
look sound. A bundle is checked without the record.`,
		Args: cobra.MaximumNArgs(1),
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			for i := range keys {
				keys[i] = readKey(keys[i])
			}
			// A bundle is known by what is in it and not by its name: an auditor
			// gets it by mail, under any.
			if len(args) == 1 && isBundle(args[0]) {
				return checkBundle(cmd.Context(), args[0], keys)
			}
			open := c.open
			if len(args) == 1 {
				open = func(ctx context.Context) (*dhr.DHR, error) { return c.openReadOnly(ctx, args[0]) }
			}
			against := record.Against{Keys: keys}
			for _, file := range notes {
				// A note is a few lines: a file beyond the limit of a key is none,
				// and is not read whole to find that out.
				note, err := safefile.Read(file, safefile.MostOfKey)
				if err != nil {
					return nil, wrongUse("%v", err)
				}
				against.Notes = append(against.Notes, note)
			}
			return verifyRecord(cmd, open, against)
		}),
	}
	cmd.Flags().StringArrayVar(&keys, "key", nil, "public key of a station that you trust, or a file with it (default: those that the record names)")
	cmd.Flags().StringArrayVar(&notes, "checkpoint", nil, "file with a checkpoint that was kept elsewhere")
	return cmd
}

// readKey is a key that was given as text or as a file. A file that cannot be read
// is taken for the text itself, which then matches no signature: the answer says
// that the key has not signed, and nothing is believed by mistake.
func readKey(s string) string {
	if text, err := safefile.Read(s, safefile.MostOfKey); err == nil {
		return strings.TrimSpace(string(text))
	}
	return s
}

// verification is what verifying found, as the record's own report tells it.
type verification struct{ record.VerifyReport }

// trustedYet is what can be trusted of a record that is found wrong before it is
// open. The other codes are faults of the bench, such as a disk that is gone: they
// say nothing of the record, and end with another exit code.
var trustedYet = map[station.Code]string{
	station.RecordDamaged: "Nothing, until the file is restored from a good backup.",
	station.RecordSetBack: "What was written up to the end of this copy, once bindery verify without the newer checkpoints calls it sound.",
}

// verifyRecord answers also for a record that cannot be opened for what was done to it:
// what is still to be trusted is what the caller has to know.
func verifyRecord(cmd *cobra.Command, open func(context.Context) (*dhr.DHR, error), against record.Against) (answer, error) {
	d, err := open(cmd.Context())
	var fault *station.Fault
	if errors.As(err, &fault) {
		if trusted, ok := trustedYet[fault.Code]; ok {
			return verification{record.VerifyReport{FirstFault: fault.Message, Trusted: trusted, Keys: []*record.KeyUse{}}}, errNo
		}
	}
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // nothing was written
	// The mirror comes after the record is open, for only then is it known which
	// of the files in a shared folder are of this record.
	copied, err := readCopies(cmd, d)
	if err != nil {
		return nil, err
	}
	against.Notes = append(against.Notes, copied...)
	r, err := verify.RecordAgainst(cmd.Context(), d.Reader(), against, showProgress(cmd.ErrOrStderr()))
	if err != nil {
		return nil, err
	}
	// A record that is wrong is a no and not a fault: the bench works, and a
	// script tells the two apart by the exit code.
	if !r.OK {
		err = errNo
	}
	return verification{r}, err
}

// readCopies are the checkpoints of the folder of copies. Whoever names one wants
// them held against the record: where it has none of them, that is told, for
// without any a record that was written anew looks sound.
func readCopies(cmd *cobra.Command, d *dhr.DHR) ([][]byte, error) {
	copied, err := d.MirroredCheckpoints()
	f := cmd.Flag("copies")
	if err != nil || len(copied) > 0 || !f.Changed {
		return copied, err
	}
	folder := f.Value.String()
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, wrongUse("there is no folder %s with copies of checkpoints", folder)
	}
	return nil, wrongUse("no checkpoint in %s is named after this record; give each with --checkpoint", folder)
}

// showProgress counts on a terminal and is silent elsewhere.
func showProgress(w io.Writer) func(done, of int64) {
	t, ok := w.(wire.Terminal)
	if !ok || !wire.IsTerminal(t.File) {
		return nil
	}
	return func(done, of int64) { // numbers alone, written over each other
		fmt.Fprintf(t.File, "\r%d of %d", done, of)
		if done >= of {
			fmt.Fprint(t.File, "\r"+strings.Repeat(" ", 40)+"\r")
		}
	}
}

// A sound record still says what it was not held against. "sound" alone would be
// read as more than it is: see Long.
func (v verification) text(w io.Writer) {
	if v.OK {
		fmt.Fprintf(w, "sound: %s, %s, %s\n", leafCount(v.Leaves), station.Counted(v.Rows, "row", "rows"), checkpoints(v.Checkpoints))
		if v.Covered < v.Leaves {
			fmt.Fprintf(w, "  leaves at the end that are under no checkpoint yet: %d (bindery checkpoint)\n", v.Leaves-v.Covered)
		}
		if v.Elsewhere == 0 {
			fmt.Fprintln(w, "  compared with no checkpoint that was kept elsewhere (--checkpoint, --copies)")
		} else {
			fmt.Fprintf(w, "  compared with %s kept elsewhere\n", station.Counted(v.Elsewhere, "checkpoint that was", "checkpoints that were"))
		}
		v.keyLines(w)
		return
	}
	fmt.Fprintf(w, "NOT SOUND: %s\n", orDash(v.FirstFault))
	if v.FirstFault == string(verify.ErrParts) {
		fmt.Fprintln(w, "  to rebuild it: "+rebuildHint)
	}
	if v.Trusted != "" {
		fmt.Fprintf(w, "  can still be trusted: %s\n", v.Trusted)
	}
	v.keyLines(w)
}

// keyLines says of each key which station it made, and what it signed.
func (v verification) keyLines(w io.Writer) {
	for _, k := range v.Keys {
		fmt.Fprintf(w, "  key %s: ", station.KeyName(k.Key))
		if e := k.Enrolled; e != nil {
			fmt.Fprint(w, enrolledBy(*e))
		} else {
			fmt.Fprint(w, "not enrolled")
		}
		if k.Ended > 0 {
			fmt.Fprintf(w, "; replaced by another key in leaf %d", k.Ended)
		}
		fmt.Fprintln(w)
		// The newest first: what an auditor asks for is who had the station just
		// before.
		for _, e := range slices.Backward(k.Earlier) {
			fmt.Fprintf(w, "    before: %s, to leaf %d\n", enrolledBy(e.Enrolment), e.Ended)
		}
		if k.First != nil {
			fmt.Fprintf(w, "    signed %s, from %s (%s) to %s (%s)\n", checkpoints(k.Checkpoints),
				local(k.First.At), leafCount(k.First.Size), local(k.Last.At), leafCount(k.Last.Size))
		}
	}
}

// checkpoints is so many in words.
func checkpoints(n int) string { return station.Counted(n, "checkpoint", "checkpoints") }
