// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/ui/uitest"
)

// largeRecord is a record of one lot of 10,000 units. ask is told of each question.
type largeRecord struct {
	sound   bool            // nothing in it is wrong
	held    chan struct{}   // what verify and hand over wait for
	asked   map[string]int  // by what
	whole   []record.Node   // shown whole
	bundles []BundleJob     // made
	wrong   []record.Wrong  // of every leaf
	size    int64           // of the newest checkpoint
	took    *record.Matches // what every text is taken for
}

func newLargeRecord() *largeRecord {
	return &largeRecord{sound: true, held: make(chan struct{}), asked: map[string]int{}, size: 40000}
}

const manyUnits = 10_000

func (s *largeRecord) archive() Services {
	return Services{ReadPage: s.stop, Links: s.ways, Verify: s.verify, RevealPage: s.stopWhole, HandOver: s.handOver, Exports: "/records/exports"}
}

func unitNumber(n int) record.Link {
	return record.Link{To: record.Node{Kind: record.KindUnit, Name: fmt.Sprintf("CL-%06d", n)}, Text: fmt.Sprintf("CL-%06d", n), State: "passed", At: uitest.Noon, By: "98000042•••••12"}
}

func (s *largeRecord) ways(_ context.Context, p record.Node, from, n int) ([]record.Link, int, error) {
	s.asked["ways"]++
	switch {
	case p.Kind == record.KindRecord:
		return []record.Link{{To: record.Node{Kind: record.KindLots}, Text: "1"}, {To: record.Node{Kind: record.KindPeople}, Text: "5"}}, 2, nil
	case p.Kind == record.KindLots:
		return []record.Link{{To: record.Node{Kind: record.KindLot, Name: "2607A"}, Text: "2607A", By: "1 × CL-4G-01"}}, 1, nil
	case p.Kind == record.KindLot:
		var list []record.Link
		for i := from; i < min(from+n, manyUnits); i++ {
			list = append(list, unitNumber(i))
		}
		return list, manyUnits, nil
	case p.Kind == record.KindUnit:
		return []record.Link{
			{To: record.Node{Kind: record.KindBinding, Name: "7"}, Text: "98000042•••••12", State: "live", At: uitest.Noon, By: "M. Alvarez (p1)"},
			{To: record.Node{Kind: record.KindAttempt, Name: "9"}, Text: "9", State: "pass", At: uitest.Noon, By: "M. Alvarez (p1)"},
		}, 2, nil
	case p.Kind == record.KindSearch:
		if p.Name == "CL-000777" {
			return []record.Link{unitNumber(777)}, 1, nil
		}
	}
	return nil, 0, nil
}

func (s *largeRecord) stop(_ context.Context, p record.Node) (record.Page, error) {
	s.asked["stop"]++
	stop := record.Page{Node: p, Title: p.Name}
	switch {
	case p.Kind == record.KindSearch:
		stop.Search = s.took
	case p.Kind == record.KindLot:
		stop.Units = p
	case p.Kind == record.KindUnit:
		stop.State, stop.Units = "passed", p
		stop.Facts = []record.Fact{{Name: "serial", Value: p.Name}}
	case p.Kind == record.KindBinding:
		stop.Title, stop.State, stop.Units = "98000042•••••12", "live", record.Node{Kind: record.KindUnit, Name: "CL-000777"}
		stop.Facts = []record.Fact{{Name: "serial", Value: "CL-000777"}, {Name: "imei", Value: "98000042•••••12"}, {Name: "person", Value: "M. Alvarez (p1)"}}
		stop.Leaf = &record.LeafStatus{
			LeafHead: ledger.LeafHead{
				Number: 31, At: uitest.Noon.UTC().Format(ledger.Stamp), Zone: "+02:00", Who: "M. Alvarez (p1)", Station: "Station 3",
				What: "bind", Subject: "unit:CL-000777", Why: "a new module", Prev: strings.Repeat("ab", 32),
			},
			Changes: []record.RowChange{{Table: "bindings", Key: "7", Here: true, New: true}, {Table: "units", Key: "CL-000777", Columns: []record.ColumnChange{{Name: "disposition", Was: "quarantined", Is: "reworked"}}}},
			Hash:    strings.Repeat("5f", 32), Size: s.size, Key: "bindery/Station-3+1a2b3c4d",
			Root: "BMpvlzpOSLw3jW1doHmv6ZvYCLDfW3cP1G3OmUCwR6M=", Path: []string{strings.Repeat("0a", 32), strings.Repeat("0b", 32)},
			Proven: s.size >= 31 && len(s.wrong) == 0, Wrong: s.wrong,
		}
	}
	return stop, nil
}

func (s *largeRecord) stopWhole(ctx context.Context, by string, p record.Node) (record.Page, error) {
	if by != "p6" {
		return record.Page{}, station.Refuse(station.PersonNotAllowed, "")
	}
	s.whole = append(s.whole, p)
	stop, err := s.stop(ctx, p)
	stop.Whole, stop.Title = true, "980000420001012"
	return stop, err
}

func (s *largeRecord) verify(ctx context.Context, progress func(done, of int64)) (Verification, error) {
	progress(1000, 40000)
	select {
	case <-ctx.Done():
		return Verification{}, station.NewFault(station.RecordFault, "", ctx.Err())
	case <-s.held:
	}
	v := Verification{VerifyReport: record.VerifyReport{OK: s.sound, Leaves: 40000, Rows: 90000, Checkpoints: 12, Covered: 39990, Trusted: "All of it, as far as the record can show by itself."}, At: uitest.Noon, Took: 1500 * time.Millisecond}
	if !s.sound {
		v.Leaves, v.FirstFault, v.Trusted = 411, "Leaf 412 was changed.", "Leaves 1 to 411, and what they say."
	}
	return v, nil
}

func (s *largeRecord) handOver(ctx context.Context, h BundleJob, progress func(done, of int64)) (Bundle, error) {
	progress(1, 2)
	select {
	case <-ctx.Done():
		return Bundle{}, station.NewFault(station.ExportStopped, "", ctx.Err())
	case <-s.held:
	}
	s.bundles = append(s.bundles, h)
	return Bundle{File: filepath.Join(h.Folder, "unit-CL-000777-at-20260714T120000.zip"), Units: 1, Leaf: 41, Size: 42, Key: "bindery/Station-3+1a2b3c4d+" + strings.Repeat("A", 44)}, nil
}
