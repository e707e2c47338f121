// SPDX-License-Identifier: Apache-2.0

// Package quality is the desk of quality and leads: what waits for them, search,
// one unit's history, and what they may do with a unit, an alarm, an order, a
// lot or a product definition.
package quality
