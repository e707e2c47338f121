// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// What guessing costs, by RFC 9106 §4. Only this package's tests set them lower,
// as they make many hashes and guess none.
var (
	// hashCost is what a new hash costs: the choice for memory that is tight, as
	// one hash at a time on a bench PC; about 50 ms.
	hashCost = argon2id.Params{Memory: 32 * 1024 /* KiB */, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}
	// sealCost is what a passphrase of a key file costs: the second choice, about
	// 0.1 s once a start. A file that asks for more than [mayCost] is not one of
	// ours.
	sealCost = argon2id.Params{Memory: 64 * 1024 /* KiB */, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: chacha20poly1305.KeySize}
)

// What a hash or a key that stands in a file may ask of this computer: some
// times what ours ask, and some seconds of work at most. A file that somebody
// hands us must not be able to stop the station.
const (
	mostMemory  = 256 * 1024 // KiB
	leastMemory = 8          // KiB a thread; RFC 9106, 3.1
	mostPasses  = 16
	mostThreads = 16
	mostHash    = 256 // characters of a hash in its text form
	leastSalt   = 8   // bytes; RFC 9106, 3.1
	leastSum    = 16  // bytes: what a shorter one holds is found by trying
)

var errCost = errors.New("a PIN, password or key is kept in a way that no program of ours keeps one")

// mayCost refuses costs of argon2id that no file of ours has: too high, or so low
// that argon2 would take others in their place.
func mayCost(memory, passes uint32, threads uint8) error {
	if memory > mostMemory || memory < leastMemory*uint32(threads) || passes < 1 || passes > mostPasses || threads < 1 || threads > mostThreads {
		return errCost
	}
	return nil
}

// textOf is the one way to write a hash. DecodeHash passes over what stands before
// and behind numbers.
func textOf(c *argon2id.Params, salt, sum []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Iterations, c.Parallelism,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum))
}
