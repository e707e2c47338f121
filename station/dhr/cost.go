// SPDX-License-Identifier: Apache-2.0

package dhr

import "errors"

// What a hash or a key that stands in a file may ask of this computer: some
// times what ours ask, and some seconds of work at most. A file that somebody
// hands us must not be able to stop the station.
const (
	mostMemory  = 256 * 1024 // KiB
	mostPasses  = 16
	mostThreads = 16
	mostHash    = 256 // characters of a hash in its text form
	leastSalt   = 8   // bytes; RFC 9106, 3.1
	leastSum    = 16  // bytes: what a shorter one holds is found by trying
)

var errCost = errors.New("a PIN, password or key is kept in a way that no program of ours keeps one")

// mayCost refuses costs of argon2id that no file of ours has.
func mayCost(memory, passes uint32, threads uint8) error {
	if memory > mostMemory || passes < 1 || passes > mostPasses || threads < 1 || threads > mostThreads {
		return errCost
	}
	return nil
}
