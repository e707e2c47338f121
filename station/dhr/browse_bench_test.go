// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"testing"
	"time"

	"bindery/station/dhr"
	"bindery/station/dhr/browse"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// BenchmarkBrowse asks what the reading room asks at each step, in a lot of
// 1,000 units and in one of 10,000.
func BenchmarkBrowse(b *testing.B) {
	lot := record.Node{Kind: record.KindLot, Name: "L2603"}
	for _, units := range []int{1_000, 10_000} {
		d := dhr.Generated(b, b.TempDir(), units)
		if _, err := d.Checkpoint(b.Context(), ""); err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name string
			ask  func() error
		}{
			{"lot/first-page", func() error { _, _, err := browse.New(d).Links(b.Context(), lot, 0, 200); return err }},
			{"lot/last-page", func() error { _, _, err := browse.New(d).Links(b.Context(), lot, units-200, 200); return err }},
			{"lot/page", func() error { _, err := browse.New(d).Page(b.Context(), lot); return err }},
			{"binding/page", func() error {
				_, err := browse.New(d).Page(b.Context(), record.Node{Kind: record.KindBinding, Name: fmt.Sprint(units / 2)})
				return err
			}},
			{"unit/links", func() error {
				_, _, err := browse.New(d).Links(b.Context(), record.Node{Kind: record.KindUnit, Name: stationtest.Serial(units / 2)}, 0, 200)
				return err
			}},
			{"person/links", func() error {
				_, _, err := browse.New(d).Links(b.Context(), record.Node{Kind: record.KindPerson, Name: "operator"}, 0, 200)
				return err
			}},
		} {
			b.Run(fmt.Sprintf("units=%d/%s", units, c.name), func(b *testing.B) {
				var each []time.Duration
				for b.Loop() {
					each = append(each, dhr.Took(c.ask))
				}
				b.ReportMetric(dhr.Micros(dhr.Quantile(each, 0.5)), "p50-us")
			})
		}
	}
}
