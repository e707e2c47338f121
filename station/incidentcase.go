// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"unicode/utf8"

	"bindery/station/identity"
)

// longestCaseName is how many characters the name of a case has at most.
const longestCaseName = 80

// CheckCaseName refuses what cannot be the name of a case: it stands in lists, on
// paper and in the ledger, so it carries no identity. Its error is a *Refusal
// case-wrong.
func CheckCaseName(name string) error {
	switch why := Unprintable(name); {
	case strings.TrimSpace(name) == "":
		return Refuse(CaseWrong, "it has no name.")
	case why != "":
		return Refuse(CaseWrong, "its name "+why+".")
	case identity.HasIdentity(name):
		return Refuse(CaseWrong, "its name holds what may be an identity.")
	case utf8.RuneCountInString(name) > longestCaseName:
		return Refuse(CaseWrong, "its name is longer than "+Counted(longestCaseName, "character", "characters")+".")
	}
	return nil
}

// CheckNewCase refuses to open a case under a name that another has, or that looks
// like that of another ([LookAlike]), and under one that will not do ([CheckCaseName]).
// Its error is a *Refusal. Who may open, update and close one, [MayKeepCase] says.
func CheckNewCase(name string, had []string) error {
	if err := CheckCaseName(name); err != nil {
		return err
	}
	for _, h := range had {
		switch {
		case Fold(h) == Fold(name):
			return Refuse(CaseWrong, "there is a case of this name already.")
		case LookAlike(h, name):
			return Refuse(CaseWrong, "there is a case "+Shown(h)+" already, whose name looks the same.")
		}
	}
	return nil
}

// CheckCaseOpen refuses to update or to close a case that is closed. Its error is a
// *Refusal.
func CheckCaseOpen(closed bool) error {
	if closed {
		return Refuse(CaseWrong, "it is closed.")
	}
	return nil
}

// CheckFollowers refuses to have a case followed up by somebody who does not work
// here. Its error is a *Refusal about the first of them.
func CheckFollowers(ids []string, works map[string]bool) error {
	for _, id := range ids {
		if !works[id] {
			return Refuse(CaseWrong, "nobody with the ID "+Shown(id)+" works here.")
		}
	}
	return nil
}

// CompareLists tells what a sorted list has that another did not have, and what
// it lacks.
func CompareLists(then, now []string) (added, gone []string) {
	for len(then) > 0 || len(now) > 0 {
		switch {
		case len(now) == 0 || len(then) > 0 && then[0] < now[0]:
			gone, then = append(gone, then[0]), then[1:]
		case len(then) == 0 || now[0] < then[0]:
			added, now = append(added, now[0]), now[1:]
		default:
			then, now = then[1:], now[1:]
		}
	}
	return added, gone
}
