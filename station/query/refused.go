// SPDX-License-Identifier: Apache-2.0

package query

import (
	"maps"
	"slices"
	"strings"

	"bindery/station/identity"
)

// Why a text is not looked for, or is no sound number when nothing has it. What
// can be wrong with a number by itself has its codes in package identity.
const (
	Empty    identity.Code = "empty"
	Exponent identity.Code = "exponent"
	Zeroed   identity.Code = "digits-zeroed"
	Floated  identity.Code = "digits-rounded"
	Hidden   identity.Code = "all-hidden"
	TooShort identity.Code = "too-short"
	TooLong  identity.Code = "too-long"
	Apart    identity.Code = "known-apart"
)

const wholeAgain = "In the program that the file comes from, export it again, and open it with the column set to text " +
	"(Excel: Data, From Text/CSV, Transform, type Text; LibreOffice: mark the column in the import, type Text); then all digits are there."

// sentences say what is wrong and how it is cured.
var sentences = map[identity.Code]string{
	Empty:                     "There is nothing to look for.",
	Exponent:                  "A spreadsheet has turned the number into an exponent: the digits that it left out are not in this text. " + wholeAgain,
	Zeroed:                    "All digits after the fifteenth are 0: a spreadsheet keeps fifteen and has lost the others. " + wholeAgain,
	Floated:                   "A program has kept the number as a decimal one, as the .0 behind it tells, and such a number has fifteen digits: the others are made up. " + wholeAgain,
	Hidden:                    "Every digit is hidden (a cell that is too narrow shows ### too): copy the number from where it can be seen.",
	TooShort:                  "So short a part would lead to almost everything: give four characters of it at least.",
	Apart:                     "No four of the characters that are not hidden follow one another, and so little would lead to almost everything: give four in one piece at least, such as the last four.",
	TooLong:                   "So much text is no value of a unit. If it is a list, put it into a file and ask for the scope in:FILE.",
	identity.IMEICheckDigit:   "The text has the form of an IMEI, but its check digit is wrong: a digit was mistyped. Nothing is looked for that is merely like it; read the number again.",
	identity.IMEIKnownDefault: "Modules that were never programmed give this number: it does not tell one device from another.",
	identity.ICCIDCheckDigit: "The text has the form of an ICCID, but its last digit is not the check digit of the others: a digit was mistyped, or the check digit was left out. " +
		"Nothing is looked for that is merely like it; read the number again.",
	identity.EIDCheckDigits: "The text has the form of an EID, but its check digits are wrong: a digit was mistyped. Nothing is looked for that is merely like it; read the number again.",
	identity.GTINCheckDigit: "The text has the form of a UDI, but the check digit of its GTIN is wrong: a digit was mistyped. Scan the label again.",
}

// foundReasons take the place of a refusal when the record has such a number
// after all: nothing was mistyped then.
var foundReasons = map[identity.Code]Reason{
	Zeroed:                    FoundZeroed,
	identity.IMEICheckDigit:   FoundIMEI,
	identity.IMEIKnownDefault: FoundKnownDefault,
	identity.ICCIDCheckDigit:  FoundICCID,
	identity.EIDCheckDigits:   FoundEID,
}

// Refusals are the codes of all refusals, sorted. They are for the tests of other
// packages, which hold the screens to all of them.
func Refusals() []identity.Code { return slices.Sorted(maps.Keys(sentences)) }

// refuse is an item of which nothing can be looked for.
func refuse(text string, code identity.Code) Item {
	return Item{text, []Interpretation{{Kind: Refused, Refused: code}}}
}

// refused is an interpretation that is taken only for what the record has exactly
// so.
func refused(kind TextKind, value string, code identity.Code, terms []Term) Interpretation {
	return Interpretation{Kind: kind, Value: value, Refused: code, Any: terms}
}

// Why says in English why a text may be that, or why nothing is looked for,
// without the number itself.
func (r Interpretation) Why() string {
	if r.Refused != "" {
		return sentences[r.Refused]
	}
	var said []string
	for _, reason := range r.Reasons {
		said = append(said, reason.Sentence())
	}
	return strings.Join(said, " ")
}
