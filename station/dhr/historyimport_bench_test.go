// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/history"
	"bindery/station/stationtest"
)

// BenchmarkImportHistory brings lists of units from before the record in.
func BenchmarkImportHistory(b *testing.B) {
	const rows = 20_000
	var list bytes.Buffer
	list.WriteString("serial,imei,imei2,iccid,imsi,eid,maker,module,firmware,ref,lot,order,station,bound_at\n")
	for n := range rows {
		fmt.Fprintf(&list, "OLD-%07d,%s,,%s,%s,,Quectel,EG91,EG91EFBR06A%02dM4G,CL-9,L%d,W%d,line-%d,2020-01-%02dT00:00:00Z\n", n, dhr.BenchIMEI(n), stationtest.ICCID(n),
			stationtest.Reading(n).IMSI, n%30, n/10_000, n/1000, n%5, 1+n/1000)
	}
	var took time.Duration
	for b.Loop() {
		d, err := dhr.Open(b.Context(), filepath.Join(b.TempDir(), "dhr.db"), dhr.Options{Clock: stationtest.NewClock(), Station: "bench"})
		stationtest.NoError(b, err)
		_, err = d.ImportPeople(b.Context(), "", stationtest.People())
		stationtest.NoError(b, err)
		began := time.Now()
		files, err := history.Import(b.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.csv", list.Bytes())}, nil)
		took += time.Since(began)
		stationtest.NoError(b, err)
		if *files[0].Rows != rows {
			b.Fatalf("%d rows", *files[0].Rows)
		}
		stationtest.NoError(b, d.Close())
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(took.Seconds()*1e6/float64(b.N*rows), "us/row")
}
