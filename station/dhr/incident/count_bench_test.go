// SPDX-License-Identifier: Apache-2.0

package incident_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"bindery/station/dhr/incident"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/scope"
	"bindery/station/stationtest"
)

// benchKinds are a condition of each kind, which a good part of the units meet.
var benchKinds = []string{
	"tac:35812309", "snr:35812309/100000..600000", "maker:value-1", "module:value-2", "firmware>=value-3", "ref:CL-100", "lot:L2600", "order:value-4",
	"made>=2026-03-20", "station:value-1", "operator:value-2", "issuer:8988", "layout:device", "dialect:value-1", "program>=value-2",
	"disposition:quarantined", "flag:lost", "in:list",
}

// BenchmarkScopeCount counts every pair of kinds, joined by and, in the columns of so
// many units. The columns are made as such, without the rows.
func BenchmarkScopeCount(b *testing.B) {
	for _, units := range []int64{1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) {
			d := made(b)
			fillColumns(b, d.Path(), units)
			var pairs []scope.Expr
			for i, one := range benchKinds {
				for _, other := range benchKinds[i+1:] {
					pairs = append(pairs, readList(b, one+" and "+other))
				}
			}
			var each []time.Duration
			for b.Loop() {
				for _, e := range pairs {
					began := time.Now()
					_, err := incident.Count(b.Context(), d.Reader(), e, time.UTC)
					stationtest.NoError(b, err)
					each = append(each, time.Since(began))
				}
			}
			slices.Sort(each)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(each[len(each)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(each[len(each)-1].Microseconds())/1000, "max-ms")
		})
	}
}

func readList(t testing.TB, text string) scope.Expr {
	t.Helper()
	e, err := scope.Parse(text)
	stationtest.NoError(t, err)
	e, err = scope.ReadFiles(e, func(string) ([]string, error) { return []string{stationtest.Serial(1), stationtest.IMEI(5)}, nil })
	stationtest.NoError(t, err)
	return e
}

// fillColumns makes columns of so many units, of which no two neighbours are alike.
func fillColumns(b *testing.B, path string, units int64) {
	b.Helper()
	db := storetest.Edit(b, path)
	tx, err := db.BeginTx(b.Context(), nil)
	stationtest.NoError(b, err)
	defer tx.Rollback() // after the commit there is nothing to roll back
	exec := func(text string, args ...any) {
		_, err := tx.ExecContext(b.Context(), text, args...)
		stationtest.NoError(b, err)
	}
	exec(`UPDATE scope_reach SET unit = ?, seen = (SELECT max(number) FROM leaves)`, units)
	const texts = 40
	for _, c := range store.ScopeColumns {
		for code := int64(1); code <= texts && c <= store.ScopeDialect; code++ {
			exec(`INSERT OR IGNORE INTO scope_values VALUES (?, ?, ?)`, int64(c), code, benchText(c, code))
		}
		values := make([]int64, store.ScopeChunk)
		for n := int64(0); n <= units/store.ScopeChunk; n++ {
			for i := range values {
				values[i] = benchValue(c, n*store.ScopeChunk+int64(i), texts)
			}
			p := store.Pack(values)
			exec(`INSERT INTO scope_chunks VALUES (?, ?, ?, ?)`, store.ChunkID(c, n), p.Low, p.High, p.Bytes)
		}
	}
	stationtest.NoError(b, tx.Commit())
}

// benchText is the text of a number in a column.
func benchText(c store.ScopeColumn, code int64) string {
	named := map[store.ScopeColumn]string{
		store.ScopeDisposition: []string{"released", "quarantined"}[code%2], store.ScopeProduct: fmt.Sprintf("CL-100/%d", code),
		store.ScopeOrder: fmt.Sprintf("WO-%d", code),
	}
	return cmp.Or(named[c], fmt.Sprintf("value-%d", code))
}

// benchValue is what a column has of the n-th unit.
func benchValue(c store.ScopeColumn, n, texts int64) int64 {
	if c <= store.ScopeDialect {
		return 1 + n*7919/16%texts
	}
	return map[store.ScopeColumn]int64{
		store.ScopeMade: store.MadeValue(stationtest.Start.Add(time.Duration(n) * time.Second)),
		store.ScopeIMEI: 358123090000000 + 10*n,
		store.ScopeSIM:  0x898823900000000 + n*7919%0x10000000,
	}[c]
}
