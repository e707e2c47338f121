// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// flagging is a record in which quality sets flags.
type flagging struct{ *dhr.DHR }

func (d flagging) Flag(ctx context.Context, serial string, f station.Flag) error {
	_, err := d.DHR.Flag(ctx, "quality", record.FlagRequest{Serial: serial, Flag: f, Reason: "case 7"})
	return err
}

func (d flagging) Unflag(ctx context.Context, serial string, f station.Flag) error {
	_, err := d.DHR.Unflag(ctx, "quality", serial, f, "found")
	return err
}

func TestTheRecordKeepsToWhatTheStationAsksOfRecords(t *testing.T) {
	stationtest.RunRecords(t, func(t *testing.T) stationtest.History { return flagging{dhrtest.Factory(t)} })
}

func TestTheRecordTakesEveryFlagThatTheStationKnows(t *testing.T) {
	d, serial := flagging{dhrtest.Passed(t, 1)}, stationtest.Serial(0)
	for _, f := range station.Flags {
		if err := d.Flag(t.Context(), serial, f); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
}
