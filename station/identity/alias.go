// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// Alias is a name that stands for an identity in tickets and logs. Whoever has
// the key can make it of the number again; nobody can make the number of it.
type Alias string

// NewAlias is the alias of a number of a kind under a key: the first 80 bits of
// its HMAC-SHA-256, in base 32 without the letters that look like digits, as
// al-0123-4567-89ab-cdef. The number is the whole one, as the record has it.
func NewAlias(key []byte, kind Kind, full string) Alias {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(string(kind) + "\x00" + full)) // a hash takes everything
	return grouped(aliasText.EncodeToString(mac.Sum(nil)[:10]))
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
