// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// Meaning is what a signature means.
type Meaning string

// The meanings that 21 CFR 11.50 names.
const (
	Authorship     Meaning = "authorship"
	Review         Meaning = "review"
	Approval       Meaning = "approval"
	Responsibility Meaning = "responsibility"
)

// Meanings lists them.
var Meanings = []Meaning{Authorship, Review, Approval, Responsibility}

// AllowMeaning refuses a signature that means nothing. Its error is a *Refusal.
func AllowMeaning(m Meaning) error {
	if !slices.Contains(Meanings, m) {
		return Refuse(MeaningWrong, string(m))
	}
	return nil
}

// AllowApproval refuses to accept a list or to release a lot by a signature that does
// not say that it is approved. Its error is a *Refusal.
func AllowApproval(m Meaning) error {
	if !Approved([]Meaning{m}) {
		return Refuse(MeaningWrong, string(m))
	}
	return nil
}

// Approved reports whether what was signed with these meanings is approved:
// that it was reviewed, or that somebody wrote it or answers for it, says
// nothing of the kind.
func Approved(signed []Meaning) bool { return slices.Contains(signed, Approval) }

// MayBuild reports whether units may be made of a product version that was
// signed with these meanings: once the site can sign, only of one that is
// approved.
func MayBuild(signed []Meaning, canSign bool) bool { return Approved(signed) || !canSign }
