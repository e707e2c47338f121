// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// manyUnits copies the first unit so many times, past the ledger: a list does
// not look there.
const manyUnits = `PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN; DROP TRIGGER bindings_ours;
CREATE TEMP TABLE n AS WITH RECURSIVE c (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM c WHERE v < %d) SELECT v FROM c;
INSERT INTO units (serial, work_order, ref, version, disposition, made, leaf, made_zone, folded) SELECT printf('CX-%%07d', v), work_order, ref, version, disposition, made, u.leaf, made_zone, printf('cx-%%07d', v) FROM n, units u WHERE serial = 'CL-000001';
INSERT INTO bindings (id, serial, superseded, imei, imei2, iccid, imsi, eid, allocation, maker, model, firmware, at, person, leaf)
	SELECT v + 100, printf('CX-%%07d', v), 0, printf('35812309%%07d', 2000000 + v), imei2, printf('8949022%%012d', v), imsi, eid, allocation,
	maker, model, firmware, at, person, b.leaf FROM n, bindings b WHERE serial = 'CL-000001';
INSERT INTO attempts (id, serial, work_order, person, station, started, ended, outcome, code, leaf)
	SELECT v + 100, printf('CX-%%07d', v), work_order, person, station, started, ended, outcome, code, a.leaf
	FROM n, attempts a WHERE serial = 'CL-000001';
INSERT INTO prints (id, serial, n, binding, layout_hash, hash, printer, state, reason, at, person, approver, leaf)
	SELECT v + 100, printf('CX-%%07d', v), 1, v + 100, layout_hash, hash, printer, state, reason, at, person, approver, p.leaf
	FROM n, prints p WHERE serial = 'CL-000001';
COMMIT;`

// sameColumns is what the list of units has, as anybody would ask for it.
const sameColumns = `SELECT 'bindery-units/2', u.serial, u.disposition, u.work_order, o.lot, u.ref, u.version, p.name, p.gtin, u.made,
	b.id, iif(b.superseded, 'superseded', 'live'), b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.maker, b.model, b.firmware, b.at, b.person,
	(SELECT name FROM people WHERE id = b.person), (SELECT station FROM attempts WHERE serial = u.serial AND started = b.at LIMIT 1),
	a.tac, a.snr_from, a.snr_to, a.cert, l.n, l.state, l.layout_hash, l.hash, coalesce(b.leaf, u.leaf), u.made_zone, date(u.made, u.made_zone), l.proof,
	e.body ->> 'at', e.body ->> 'who', (SELECT name FROM people WHERE id = e.body ->> 'who'), e.body ->> 'why',
	(SELECT count(*) FROM attempts WHERE serial = u.serial), (SELECT count(*) FROM attempts WHERE serial = u.serial AND outcome IS NOT 'pass'),
	(SELECT count(*) FROM attempts t JOIN verdicts v ON v.attempt = t.id WHERE t.serial = u.serial AND t.outcome = 'pass'
		AND instr(CAST(v.findings AS TEXT), '"level":"warn"')),
	(SELECT count(*) FROM prints WHERE serial = u.serial), coalesce(w.n, 0), (SELECT count(*) FROM moves WHERE serial = u.serial AND signature IS NULL)
	FROM units u JOIN orders o ON o.id = u.work_order JOIN products p ON p.ref = u.ref AND p.version = u.version
	LEFT JOIN bindings b ON b.serial = u.serial LEFT JOIN allocations a ON a.id = b.allocation
	LEFT JOIN leaves e ON e.number = b.leaf AND b.superseded <> 0 LEFT JOIN (SELECT serial, count(*) AS n FROM alarms GROUP BY serial) w ON w.serial = u.serial
	LEFT JOIN prints l ON l.serial = u.serial AND l.n = (SELECT max(n) FROM prints WHERE serial = u.serial AND binding = b.id)
	WHERE u.work_order = 'WO-1' ORDER BY u.serial`

// BenchmarkUnitsCSV sets the list of 100,000 units, or of BINDERY_BENCH_UNITS,
// against sqlite3 -csv with the same columns. They take turns, so that they
// share the noise.
func BenchmarkUnitsCSV(b *testing.B) {
	sqlite, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("sqlite3 is not here to compare with")
	}
	many := 100_000
	if n, err := strconv.Atoi(os.Getenv("BINDERY_BENCH_UNITS")); err == nil {
		many = n
	}
	path := copied(b, "lot", makeLot)
	ask := exec.Command(sqlite, path)
	ask.Stdin = strings.NewReader(fmt.Sprintf(manyUnits, many))
	if out, err := ask.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	d := openLater(b, path)
	job := report.ExportJob{
		Subject: units(record.ByOrder, "WO-1"), Form: report.CSV, File: filepath.Join(b.TempDir(), "out.csv"), By: "quality",
		Clock: stationtest.NewClock(), Overwrite: true,
	}
	output := ".output " + filepath.Join(b.TempDir(), "theirs.csv")
	var ours, theirs time.Duration
	for b.Loop() {
		began := time.Now()
		_, err := report.Export(b.Context(), d, job)
		ours += time.Since(began)
		if err != nil {
			b.Fatal(err)
		}
		began = time.Now()
		if out, err := exec.Command(sqlite, "-csv", "-header", "-cmd", output, path, sameColumns).CombinedOutput(); err != nil {
			b.Fatalf("%v: %s", err, out)
		}
		theirs += time.Since(began)
	}
	b.ReportMetric(float64(many*b.N)/ours.Seconds(), "units/s")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "x-sqlite3")
}
