// SPDX-License-Identifier: Apache-2.0

package dhr

// What the benchmarks of the rooms beside this one measure with.
var (
	Generated = generated
	Took      = took
	Micros    = us
	Quantile  = quantile
)
