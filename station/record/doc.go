// SPDX-License-Identifier: Apache-2.0

// Package record says what the record shows: to a person who walks through it,
// and on the way to paper. It holds values only: station/dhr fills them; ui,
// station/report and the command line read them.
package record
