// SPDX-License-Identifier: Apache-2.0

// Package screen is what the screens of several rooms share: a list with the
// page of what is chosen in it, questions to the record, the session behind the
// lock, how times are written.
package screen
