// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"testing"

	"github.com/alexedwards/argon2id"
)

// What the program itself asks for, kept before the tests ask for less.
var ownHashCost, ownSealCost = hashCost, sealCost

func init() {
	hashCost.Memory, sealCost.Memory = 64, 64 // KiB
}

func TestToGuessASecretOrAPassphraseCostsWhatRFC9106Says(t *testing.T) {
	for name, c := range map[string]struct{ got, want argon2id.Params }{
		"a secret":     {ownHashCost, argon2id.Params{Memory: 32 << 10, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}},
		"a passphrase": {ownSealCost, argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", name, c.got, c.want)
		}
		if err := mayCost(c.got.Memory, c.got.Iterations, c.got.Parallelism); err != nil {
			t.Errorf("%s would not be read again: %v", name, err)
		}
	}
}
