// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"bindery/station"
	"bindery/station/report/bundle"
	"bindery/station/safefile"
)

// isBundle reports whether a file is a zip, as bundles are.
func isBundle(path string) bool {
	f, _, err := safefile.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == "PK\x03\x04"
}

// checkBundle checks a bundle with no record at hand. It is what whoever gets one
// does, who has nothing else from us. So it uses report/bundle alone, which knows
// no record.
func checkBundle(ctx context.Context, path string, keys []string) (answer, error) {
	checked, err := bundle.Verify(ctx, path, keys...)
	if err != nil {
		return nil, err
	}
	b := &bundleCheck{VerifyResult: checked, FirstFault: orNull(checked.FirstFault)}
	if !checked.OK {
		return b, errNo
	}
	// A bundle has one, and --json has the same members as for a record.
	b.Checkpoints = 1
	return b, nil
}

// bundleCheck is what checking a bundle found.
type bundleCheck struct {
	bundle.VerifyResult
	Checkpoints int     `json:"checkpoints"`
	FirstFault  *string `json:"first_fault"`
}

func (b *bundleCheck) text(w io.Writer) {
	if !b.OK {
		fmt.Fprintf(w, "NOT SOUND: %s\n", shown(b.FirstFault))
		return
	}
	fmt.Fprintf(w, "sound: %s, %s, %s, %s, %s\n", b.Subject, station.Counted(b.Units, "unit", "units"),
		station.Counted(b.Rows, "row", "rows"), leafCount(b.Leaves), station.Counted(b.Labels, "label", "labels"))
	// Without a key from elsewhere it only proves that it was not changed since
	// somebody signed it, and not who.
	if !b.KeyGiven {
		fmt.Fprintln(w, "  the key is the one in the bundle: compare it with the station's, or give --key")
	}
}
