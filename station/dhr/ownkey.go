// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"strings"
	"sync"

	"bindery/station/ledger"
	"bindery/station/safefile"
)

// ownKey is the key of this program, as its file has it.
type ownKey struct {
	sync.Mutex
	text    string // of the file, when the rest was taken from it
	public  string // as the file says; proven once private is there
	private string // "" before a passphrase was given
}

// shown is the public key that a file shows without a passphrase; "" where it
// has none that can be used. A file that was read is not read again.
func (k *ownKey) shown(file string) string {
	k.Lock()
	defer k.Unlock()
	if k.public == "" {
		text, err := safefile.Read(file, safefile.MostOfKey)
		if err == nil {
			k.public, err = publicIn(string(text))
		}
		if err != nil {
			return ""
		}
	}
	return k.public
}

// publicIn is the public key in the text of a key file.
func publicIn(text string) (string, error) {
	if isSealed(text) {
		return strings.TrimSpace(strings.Split(text+"\n", "\n")[1]), nil
	}
	return ledger.PublicOf(strings.TrimSpace(text))
}
