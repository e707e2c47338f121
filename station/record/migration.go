// SPDX-License-Identifier: Apache-2.0

package record

// Migration is how far an older record is on its way to the form of this program.
// The first step is a copy of it as it was; each other one is one transaction.
type Migration struct {
	Step, Of int // that has begun, from 1
}
