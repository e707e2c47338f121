// SPDX-License-Identifier: Apache-2.0

package record

import (
	"crypto/sha256"
	"encoding/hex"
)

// DialectView is what a family of modules is asked by, as the record keeps it:
// named by the hash of its text, so that it cannot change under its name. The
// text of one with the name [station.AutoDialect] is a [station.DialectList].
type DialectView struct {
	Name string
	Hash string // SHA-256 of Text, hex
	Text []byte
}

// NewDialect names a text.
func NewDialect(name string, body []byte) DialectView {
	sum := sha256.Sum256(body)
	return DialectView{Name: name, Hash: hex.EncodeToString(sum[:]), Text: body}
}

// LayoutView is a label layout as the record keeps it: named by the hash of its
// text, so that it cannot change under its name.
type LayoutView struct {
	Name string
	Hash string // SHA-256 of Text, hex
	Text []byte
}

// NewLayout is a layout that the record need not have.
func NewLayout(name string, body []byte) LayoutView {
	sum := sha256.Sum256(body)
	return LayoutView{Name: name, Hash: hex.EncodeToString(sum[:]), Text: body}
}

// OwnDialect is one that does not come along with this program, with the text of
// its own file and the commands in it that are not known to read: what somebody
// who approves it must have in sight.
type OwnDialect struct {
	DialectView
	Unlisted []string
}
