// SPDX-License-Identifier: Apache-2.0

package station

import "testing"

func TestASignatureMeansSomethingAndAnApprovalIsOne(t *testing.T) {
	for m, want := range map[Meaning]struct{ means, approves Code }{
		Approval:       {"", ""},
		Review:         {"", MeaningWrong},
		Authorship:     {"", MeaningWrong},
		Responsibility: {"", MeaningWrong},
		"approved":     {MeaningWrong, MeaningWrong},
		"":             {MeaningWrong, MeaningWrong},
	} {
		if got := refused(AllowMeaning(m)); got != want.means {
			t.Errorf("%q as a meaning: %q, want %q", m, got, want.means)
		}
		if got := refused(AllowApproval(m)); got != want.approves {
			t.Errorf("%q as an approval: %q, want %q", m, got, want.approves)
		}
	}
}

func TestOnlyAnApprovalApproves(t *testing.T) {
	for _, c := range []struct {
		name   string
		signed []Meaning
		want   bool
	}{
		{"nothing", nil, false},
		{"a review", []Meaning{Review}, false},
		{"whoever wrote it and whoever answers for it", []Meaning{Authorship, Responsibility}, false},
		{"an approval", []Meaning{Approval}, true},
		{"an approval after a review", []Meaning{Review, Approval}, true},
		{"a review after an approval", []Meaning{Approval, Review}, true},
		{"an unknown meaning", []Meaning{"approved"}, false},
	} {
		if got := Approved(c.signed); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if got := MayBuild(c.signed, true); got != c.want {
			t.Errorf("built, where the site can sign, after %s: %v, want %v", c.name, got, c.want)
		}
		if !MayBuild(c.signed, false) {
			t.Errorf("not built, where the site cannot sign yet, after %s", c.name)
		}
	}
}
