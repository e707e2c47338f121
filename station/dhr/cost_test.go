// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
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

// What is kept of a secret, and the cost of a key, stand in files that anybody may
// have made. Where nothing is asked of a kind it is as ours have it.
var costs = map[string]struct {
	memory, passes, threads string
	refused                 bool
}{
	"ours":                          {},
	"the most memory":               {memory: "262144"},
	"the most passes":               {passes: "16"},
	"the most threads":              {memory: "128", threads: "16"},
	"the least of all":              {memory: "8", passes: "1", threads: "1"},
	"a KiB too much":                {memory: "262145", refused: true},
	"100 GiB":                       {memory: "104857600", refused: true},
	"all that a number can say":     {memory: "4294967295", refused: true},
	"memory that wraps to little":   {memory: "4294968320", refused: true},
	"memory below zero":             {memory: "-64", refused: true},
	"no memory":                     {memory: "0", refused: true},
	"less memory than threads need": {memory: "15", threads: "2", refused: true},
	"a pass too many":               {passes: "17", refused: true},
	"passes for years":              {passes: "4294967295", refused: true},
	"no pass":                       {passes: "0", refused: true},
	"a thread too many":             {threads: "17", refused: true},
	"threads that wrap to two":      {threads: "258", refused: true},
	"no thread":                     {threads: "0", refused: true},
}

func TestAHashOfAnotherFormOrCostThanOursIsRefusedBeforeItIsComputed(t *testing.T) {
	const salt, sum = "c2FsdHNhbHRzYWx0c2FsdA", "c3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3U"
	for name, c := range costs {
		hash := fmt.Sprintf("$argon2id$v=19$m=%s,t=%s,p=%s$%s$%s", cmp.Or(c.memory, "32768"), cmp.Or(c.passes, "3"), cmp.Or(c.threads, "2"), salt, sum)
		if err := ours([]byte(hash)); (err != nil) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	sound := "$argon2id$v=19$m=32768,t=3,p=2$" + salt + "$" + sum
	for name, change := range map[string][2]string{
		"argon2i":                  {"argon2id", "argon2i"},
		"argon2d":                  {"argon2id", "argon2d"},
		"capitals":                 {"argon2id", "Argon2id"},
		"the version before":       {"v=19", "v=16"},
		"a version to come":        {"v=19", "v=20"},
		"a version and more":       {"v=19", "v=19x"},
		"no version":               {"$v=19", ""},
		"a cost that is no number": {"m=32768", "m=0x8000"},
		"a cost with a sign":       {"m=32768", "m=+32768"},
		"a cost that nobody knows": {"p=2", "p=2,data=AAAA"},
		"costs in another order":   {"m=32768,t=3", "t=3,m=32768"},
		"no salt":                  {salt, ""},
		"a salt of seven bytes":    {salt, "c2FsdHNhbA"},
		"a salt that is no base64": {salt, "salt!"},
		"no sum":                   {sum, ""},
		"a sum of fifteen bytes":   {sum, "c3Vtc3Vtc3Vtc3Vtc3Vt"},
		"a field too many":         {sum, sum + "$"},
		"a line behind it":         {sum, sum + "\n"},
		"something before it":      {"$argon2id", "x$argon2id"},
		"longer than any of ours":  {sum, strings.Repeat(sum[:40], 7)},
	} {
		hash := strings.Replace(sound, change[0], change[1], 1)
		if err := ours([]byte(hash)); err == nil || hash == sound {
			t.Errorf("%s is taken: %s", name, hash)
		}
	}
}

func TestAKeyOfAnotherCostThanOursIsRefusedBeforeItIsComputed(t *testing.T) {
	salt := make([]byte, leastSalt)
	for name, c := range costs {
		if strings.HasPrefix(name, "the most") {
			continue // taken, and seconds of work: the hash above shows it
		}
		cost := fmt.Sprintf("m=%s,t=%s,p=%s", cmp.Or(c.memory, "64"), cmp.Or(c.passes, "3"), cmp.Or(c.threads, "2"))
		text := fmt.Sprintf("bindery-key-1 argon2id %s %s\npublic\n%s\n", cost, base64.RawStdEncoding.EncodeToString(salt), strings.Repeat("A", 64))
		if _, err := openKey(text, passphrase); !errors.Is(err, errPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
		var memory, passes uint32
		var threads uint8
		if _, err := fmt.Sscanf(cost, "m=%d,t=%d,p=%d", &memory, &passes, &threads); err != nil {
			continue // no number of its type
		}
		if _, err := lock(passphrase, salt, passes, memory, threads); errors.Is(err, errCost) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := lock(passphrase, salt[1:], 1, 64, 1); !errors.Is(err, errCost) {
		t.Errorf("a salt of seven bytes: %v", err)
	}
}
