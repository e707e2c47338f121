// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// checkDB looks at the file, as a monitoring job does each night; what the record
// says is for verify.
//
// It asks what SQLite and the disk say, and is for each morning.
// bindery verify asks what the ledger says, and is for an audit: a
// file can be sound whose rows were changed, and the other way round. When the
// disk is low is [station.RecordSpace], the same as the light at the screen.
func (c *cli) checkDB() *cobra.Command {
	return &cobra.Command{
		Use:   "check-db",
		Short: "Check the file of the record: its pages, its references, the disk",
		Long:  "Check the file of the record: its pages, its references and the free disk space.\nbindery verify checks what the record says.",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			h, err := d.Check(ctx)
			if err != nil {
				return nil, err
			}
			if !h.OK {
				err = errNo
			}
			return health{h}, err
		}),
	}
}

// clockLine says how far the times in the record can be believed.
var clockLine = map[station.ClockState]string{
	station.ClockSynchronised:    "the clock of this computer is synchronised",
	station.ClockNotSynchronised: "the clock of this computer is NOT synchronised: set up a time server (systemd-timesyncd, chrony)",
	station.ClockUnknown:         "the system does not say whether its clock is synchronised",
}

// health is what was found, as the record tells it.
type health struct{ record.Health }

func (h health) text(w io.Writer) {
	fmt.Fprintf(w, "pages %s, %s at nothing, %s, %d MB, %d MB free on the disk\n",
		h.Integrity, station.Counted(h.ForeignKeys, "row that points", "rows that point"), leafCount(h.Leaves), h.Bytes>>20, h.FreeBytes>>20)
	if h.Parts != "ok" {
		fmt.Fprintf(w, "the index of parts is damaged (%s); the rows are not: %s\n", h.Parts, rebuildHint)
	}
	fmt.Fprintln(w, clockLine[h.Clock])
	// What is not checked is said, and not what is: an empty list of devices lets
	// everything in, and looks the same as a list that somebody has filled.
	for _, k := range []station.DeviceKind{station.DeviceStation, station.DevicePort, station.DevicePrinter} {
		if !slices.Contains(h.Checked, k) {
			fmt.Fprintf(w, "any %s may feed the record: bindery devices\n", k)
		}
	}
	// Not a no of this verb: a record of an hour has none yet, and a script that
	// watches for the lack reads backup from the JSON.
	if h.Backup == nil {
		fmt.Fprintln(w, "no backup was made yet: bindery backup")
		return
	}
	fmt.Fprintf(w, "last good backup %s: %s, %s, %d since\n", local(h.Backup.At), h.Backup.File, leafCount(h.Backup.Leaves), h.Leaves-h.Backup.Leaves)
}
