// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"
)

// Alias is a name that stands for an identity in tickets and logs. Whoever has
// the key can make it of the number again; nobody can make the number of it.
type Alias string

// NewAlias is the alias of a number of a kind under a key: the first 80 bits of
// its HMAC-SHA-256, in base 32 without the letters that look like digits, as
// al-0123-4567-89ab-cdef. The number is the whole one, as the record has it. Bits
// that would read as a number, which [MaskIn] hides, are left for the 80 behind
// them.
func NewAlias(key []byte, kind Kind, full string) Alias {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(string(kind) + "\x00" + full)) // a hash takes everything
	return aliasOf(mac.Sum(nil))
}

func aliasOf(sum []byte) Alias {
	const size = 10 // bytes of one
	for len(sum) >= 2*size {
		if a := grouped(aliasText.EncodeToString(sum[:size])); maskNumbers(string(a)) == string(a) {
			return a
		}
		sum = sum[size:]
	}
	return grouped(aliasText.EncodeToString(sum[:size]))
}

// ParseAlias takes an alias in capitals or small letters, with its hyphens or
// without.
func ParseAlias(s string) (Alias, bool) {
	rest, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(s)), "al-")
	rest = strings.ReplaceAll(rest, "-", "")
	if _, err := aliasText.DecodeString(rest); !ok || err != nil || len(rest) != 16 {
		return "", false
	}
	return grouped(rest), true
}

var aliasText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

func grouped(s string) Alias {
	return Alias("al-" + s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:])
}

var (
	aliasForm = regexp.MustCompile(`(?i)\bal(?:-[0-9a-hjkmnp-tv-z]{4}){4}\b`)
	behindIt  = regexp.MustCompile(`^` + between + `((?:\p{Nd}` + between + `)*)`)
)

// aliasesIn are the places of the aliases in a text that are shown as they are:
// those that are no number by themselves and do not run into one. Digits behind
// one are its own or a whole number.
func aliasesIn(s string) (list [][]int) {
	if !strings.Contains(s, "l-") && !strings.Contains(s, "L-") {
		return nil
	}
	for _, at := range aliasForm.FindAllStringIndex(s, -1) {
		behind := behindIt.FindStringSubmatch(s[at[1]:])[1]
		if maskNumbers(s[at[0]:at[1]]) == s[at[0]:at[1]] && (behind == "" || maskNumbers(behind) != behind) {
			list = append(list, at)
		}
	}
	return list
}
