// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"bindery/station/reconcile"
)

// reckoned is a Book of any size: the n-th unit has the n-th SIM and IMEI.
type reckoned struct{ units int }

const reckonedIssuer = "8944501"

func (b reckoned) Cards(_ context.Context, iccids []string) ([]reconcile.Card, error) {
	var all []reconcile.Card
	for _, id := range iccids {
		if len(id) != 19 || !strings.HasPrefix(id, reckonedIssuer) {
			continue
		}
		if n, err := strconv.Atoi(id[len(reckonedIssuer):18]); err == nil && n < b.units && numbered(reckonedIssuer, n, 19) == id {
			all = append(all, b.card(n))
		}
	}
	return all, nil
}

func (b reckoned) card(n int) reconcile.Card {
	return reconcile.Card{ICCID: numbered(reckonedIssuer, n, 19), Serial: "UN-" + strconv.Itoa(n), Live: true, IMEI: imeiOf("35391805", n%100_000)}
}

func (reckoned) Devices(context.Context, []string) ([]reconcile.RecordedDevice, error) {
	return nil, nil
}

func (b reckoned) Live(_ context.Context, _ string, each func(reconcile.Card) error) error {
	for n := range b.units {
		if err := each(b.card(n)); err != nil {
			return err
		}
	}
	return nil
}

// reckonedList is a list of so many rows with eleven columns.
func reckonedList(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("ICCID,MSISDN,IMSI,IMEI,SIM Status,Rate Plan,Communication Plan,Cycle to Date Usage (MB),Activated,Device ID,Custom 1\r\n")
	for n := range rows {
		fmt.Fprintf(&b, "%q,%q,%q,%q,\"Activated\",\"IoT 10 MB\",\"LTE-M SMS\",\"1,215.103\",\"7/7/2026 06:06\",\"\",\"\"\r\n",
			numbered(reckonedIssuer, n, 19), fmt.Sprintf("88%011d", n), fmt.Sprintf("23450%010d", n), imeiOf("35391805", n%100_000))
	}
	return b.Bytes()
}

func TestMemoryDoesNotGrowWithTheListBeyondItsIndex(t *testing.T) {
	peak := func(rows int) uint64 {
		list := reckonedList(rows)
		f, err := reconcile.Open("list", bytes.NewReader(list), int64(len(list)))
		if err != nil {
			t.Fatal(err)
		}
		var before, now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		most := uint64(0)
		_, err = f.Run(t.Context(), reckoned{rows}, reconcile.Options{Progress: func(p reconcile.Progress) {
			if p.Rows%40_960 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				most = max(most, now.HeapAlloc-min(now.HeapAlloc, before.HeapAlloc))
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		return most
	}
	const small, large, perRow = 10_000, 110_000, 64 // bytes: an index that grows has room to spare
	if a, b := peak(small), peak(large); b > a+(large-small)*perRow {
		t.Errorf("%d bytes for %d rows, %d for %d", a, small, b, large)
	}
}

func BenchmarkAMillionRows(b *testing.B) {
	const rows = 1_000_000
	list := reckonedList(rows)
	f, err := reconcile.Open("list", bytes.NewReader(list), int64(len(list)))
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	r := csv.NewReader(bytes.NewReader(list))
	for r.ReuseRecord = true; ; {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			break
		}
	}
	plain := time.Since(start)
	for b.Loop() {
		told := 0
		sum, err := f.Run(b.Context(), reckoned{rows}, reconcile.Options{Row: func(reconcile.ClassifiedRow) error { told++; return nil }})
		if err != nil || told != rows || sum.Rows != rows {
			b.Fatal(err, told, sum)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(plain), "times-a-plain-read")
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
