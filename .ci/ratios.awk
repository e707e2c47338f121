# SPDX-License-Identifier: Apache-2.0
# Passes the output of benchmarks on, then says what they compare: every metric
# that is called x-…. It fails when one of them did.

BEGIN {
	aim["x-raw"] = "at most 1.6"; aim["x-sqlite3"] = aim["x-growth"] = "at most 2"
	says["x-raw"] = "durable bind ÷ the same bytes written over old ones + fdatasync"
	says["x-fsync"] = "durable bind ÷ the same with fsync, as the driver does"
	says["x-row"] = "durable bind ÷ a commit of one bare row"
	says["x-sha256"] = "verify, leaves, rows and file ÷ SHA-256 of the leaves alone"
	says["x-growth"] = "finding a unit in the largest record ÷ in the smallest, p50"
	says["x-sqlite3"] = "list of units as CSV ÷ sqlite3 -csv of the same columns"
}

{ print; fflush() }

/^(--- )?FAIL/ { failed = 1 }

/^Benchmark/ {
	name = $1
	sub(/^Benchmark/, "", name)
	sub(/-[0-9]+$/, "", name)
	for (i = 3; i < NF; i += 2) {
		if ($(i + 1) ~ /^x-/) line(name, $i, $(i + 1))
	}
}

function line(name, value, unit) {
	lines[++n] = sprintf("%-34s %7.2f  %s%s", name, value, says[unit] ? says[unit] : unit, aim[unit] ? "; aim: " aim[unit] : "")
}

END {
	print "\nRatios"
	for (i = 1; i <= n; i++) print lines[i]
	exit failed
}
