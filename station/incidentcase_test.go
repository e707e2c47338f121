// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
	"testing"

	"bindery/station/identity"
)

func TestACaseHasANameThatPeopleCanReadAndThatGivesNobodyAway(t *testing.T) {
	for name, ok := range map[string]bool{
		"stolen pallet, Porto": true, "2026-07": true, strings.Repeat("é", 80): true,
		"": false, " \t": false, "a\x1b[31m": false, strings.Repeat("x", 81): false,
		"SIM " + string(testICCID): false,
	} {
		if err := CheckCaseName(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// testICCID is one that nobody has.
const testICCID identity.ICCID = "8999922001013962533"

func TestTwoListsDifferByWhatOneHasAndTheOtherHasNot(t *testing.T) {
	for _, c := range []struct{ then, now, added, gone string }{
		{"", "", "", ""}, {"a b", "a b", "", ""}, {"", "a b", "a b", ""}, {"a b", "", "", "a b"},
		{"a c e", "b c d", "b d", "a e"}, {"a", "a b", "b", ""}, {"b", "a b", "a", ""}, {"a b", "b", "", "a"},
	} {
		added, gone := CompareLists(strings.Fields(c.then), strings.Fields(c.now))
		if !slices.Equal(added, strings.Fields(c.added)) || !slices.Equal(gone, strings.Fields(c.gone)) {
			t.Errorf("%q to %q: %q added, %q gone", c.then, c.now, added, gone)
		}
	}
}

func TestACaseHasANameOfItsOwnAndIsFollowedUpWhileItIsOpenByWhoWorksHere(t *testing.T) {
	const refused = "case-wrong: The case cannot be saved: "
	works := map[string]bool{"lead": true, "quality": true, "retired": false}
	for _, c := range []struct {
		what string
		err  error
		want string
	}{
		{"a new one", CheckNewCase("pallet 7", []string{"pallet 8"}), ""}, {"a second of the name", CheckNewCase("Pallet 7", []string{"pallet 8", "pallet 7"}), "there is a case of this name already."},
		{"one without a name", CheckNewCase(" ", nil), "it has no name."},
		{"one that looks like another", CheckNewCase("pallet  7", []string{"pallet 7"}), "there is a case pallet 7 already, whose name looks the same."},
		{"one that is open", CheckCaseOpen(false), ""}, {"one that is closed", CheckCaseOpen(true), "it is closed."},
		{"followed up by nobody", CheckFollowers(nil, works), ""}, {"by two", CheckFollowers([]string{"lead", "quality"}, works), ""},
		{"by who left", CheckFollowers([]string{"lead", "retired", "none"}, works), "nobody with the ID retired works here."},
		{"by who never was", CheckFollowers([]string{"x\x1b", "lead"}, works), "nobody with the ID x· works here."},
	} {
		if c.want != "" {
			c.want = refused + c.want
		}
		got := ""
		if c.err != nil {
			got = c.err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

func TestNamesLookAlikeThatDifferInWhatNobodySees(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"cold solder", "Cold Solder", true}, {"cold solder", "cold  solder ", true}, {"cold solder", "coldsolder", true}, {"cold solder", "cold\u00a0solder", true},
		{"cold solder", "c\u043eld s\u043elder", true}, {"PALLET", "\u0420ALLET", true}, {"lot 7-8", "lot 7\u20138", true}, {"\u041a\u041e\u0414", "\u043a\u043e\u0434", true},
		{"lot 7", "lot 8", false}, {"pallet", "palette", false}, {"", "x", false},
	} {
		if LookAlike(c.a, c.b) != c.alike || LookAlike(c.b, c.a) != c.alike {
			t.Errorf("%q and %q: alike %v", c.a, c.b, !c.alike)
		}
	}
}
