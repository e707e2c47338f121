// SPDX-License-Identifier: Apache-2.0

// Package report turns the device history record into papers, tables and
// bundles that can be handed over: PDF, CSV, JSON Lines, and one zip that is
// checked without the program that made it.
package report
