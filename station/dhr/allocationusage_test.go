// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// The account is held against one that counts every binding by itself, over
// records in which numbers are given up, taken again and stand second.
func TestTheAccountOfRangesCountsAsByHand(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
			d, _ := newRecord(t, clock)
			_, err := d.ImportDialects(t.Context(), "", []record.DialectView{{Name: "auto", Text: station.DialectList(stationtest.Dialects())}})
			if err != nil {
				t.Fatal(err)
			}
			_, err = d.ImportProductRows(t.Context(), "", []ProductRow{{Product: stationtest.Product()}})
			stationtest.NoError(t, err)
			_, err = d.ImportOrders(t.Context(), "", []station.Order{stationtest.Order()})
			stationtest.NoError(t, err)
			low, high := benchAllocation(0), benchAllocation(0)
			low.To, high.From, high.To = 29, 30, 79
			_, err = d.ImportAllocations(t.Context(), "", []station.Allocation{low, high})
			stationtest.NoError(t, err)
			made := playedBindings(t, d, rand.New(rand.NewPCG(seed, 1)), clock)
			got, err := d.AllocationUsage(t.Context())
			stationtest.NoError(t, err)
			for _, a := range got {
				if diff := cmp.Diff(byHand(a.Allocation, made, clock.At.Add(-station.ForecastOver)), a); diff != "" {
					t.Errorf("%06d to %06d (-by hand +got):\n%s", a.From, a.To, diff)
				}
			}
		})
	}
}

type madeBinding struct {
	serial     string
	snr, snr2  int // 0 for none in snr2
	allocation int64
	at         time.Time
}

// playedBindings binds numbers of both ranges over three months, and gives
// those up whose serials come again.
func playedBindings(t *testing.T, d *DHR, r *rand.Rand, clock *stationtest.SetClock) (made []madeBinding) {
	t.Helper()
	free := map[int]bool{}
	for n := range 80 {
		free[n] = n > 0
	}
	db := storetest.Edit(t, d.Path())
	take := func() int {
		for {
			if n := r.IntN(80); free[n] {
				free[n] = false
				return n
			}
		}
	}
	for i := range 30 {
		b := madeBinding{serial: stationtest.Serial(i % 12), snr: take(), allocation: 1, at: clock.At.Truncate(time.Millisecond)}
		if r.IntN(3) == 0 {
			b.snr2 = take()
		}
		if b.snr >= 30 {
			b.allocation = 2
		}
		b.insert(t, db, i+1)
		if i < 18 { // the serial comes again
			_, err := db.ExecContext(t.Context(), `UPDATE bindings SET superseded = id, ended = at WHERE id = ?`, i+1)
			stationtest.NoError(t, err)
			free[b.snr], free[b.snr2] = true, b.snr2 > 0
		}
		made = append(made, b)
		clock.At = clock.At.Add(72 * time.Hour)
	}
	return made
}

// insert writes a binding with its unit, where that is not there yet.
func (b madeBinding) insert(t *testing.T, db *sql.DB, id int) {
	t.Helper()
	imei := func(n int) string { return fmt.Sprintf("35812309%06d0", n) }
	second := ""
	if b.snr2 > 0 {
		second = imei(b.snr2)
	}
	_, err := db.ExecContext(t.Context(), `INSERT OR IGNORE INTO units (serial, work_order, ref, version, disposition, made, leaf, folded)
		VALUES (?1, 'WO-1', 'CL-100', 1, 'in-process', '2026-01-01T00:00:00.000Z', 1, lower(?1))`, b.serial)
	stationtest.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `INSERT INTO bindings VALUES (?, ?, 0, ?, ?, '', '', '', ?, '', '', '', ?, 'operator', 1, '')`,
		id, b.serial, imei(b.snr), second, b.allocation, store.Stamp(b.at))
	stationtest.NoError(t, err)
}

func byHand(a station.Allocation, made []madeBinding, since time.Time) record.AllocationView {
	acc := record.AllocationView{Allocation: a, Since: since}
	serials := map[int]map[string]bool{}
	least, most := a.To+1, -1
	for _, b := range made {
		for i, n := range []int{b.snr, b.snr2} {
			if n < a.From || n > a.To || i == 1 && n == 0 {
				continue
			}
			if serials[n] == nil {
				serials[n] = map[string]bool{}
			}
			serials[n][b.serial] = true
			least, most = min(least, n), max(most, n)
		}
	}
	acc.Used, acc.Free = len(serials), a.To-a.From+1-len(serials)
	if acc.Used > 0 {
		acc.Gaps = most - least + 1 - acc.Used
	}
	for _, s := range serials {
		if len(s) > 1 {
			acc.Twice++
		}
	}
	var first time.Time
	if acc.Lately, first = latelyByHand(a, made, since); acc.Lately > 0 && first.After(since) {
		acc.Since = first
	}
	return acc
}

// latelyByHand is how many bindings took from a range since a moment, and when
// the first of all did.
func latelyByHand(a station.Allocation, made []madeBinding, since time.Time) (lately int, first time.Time) {
	for _, b := range made {
		if b.allocation != a.ID {
			continue
		}
		if first.IsZero() {
			first = b.at
		}
		if !b.at.Before(since.Truncate(time.Millisecond)) {
			lately++
		}
	}
	return lately, first
}
