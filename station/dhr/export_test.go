// SPDX-License-Identifier: Apache-2.0

package dhr

// What the benchmarks of the rooms beside this one measure with.
var (
	Generated = generated
	BenchIMEI = benchIMEI
	Took      = took
	Micros    = us
	Quantile  = quantile
)
