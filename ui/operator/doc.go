// SPDX-License-Identifier: Apache-2.0

// Package operator is the screen at the bench: sign in, choose the order, then
// only scan. Whoever signs in does so here, and here the lock hides a session.
package operator
