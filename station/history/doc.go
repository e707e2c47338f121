// SPDX-License-Identifier: Apache-2.0

// Package history brings lists of units that were made before the record into
// it: a table in, rows out, in memory that does not grow with them. Which column
// is what is said by a mapping; nothing is guessed and nothing repaired. It
// knows no record but by what it asks of one (Record).
package history
