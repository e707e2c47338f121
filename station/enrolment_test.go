// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"slices"
	"testing"

	"bindery/station"
)

func enrolments(list ...string) (l station.Enrolments) {
	for i := 0; i < len(list); i += 2 {
		l = append(l, station.Enrolment{Key: list[i], Station: list[i+1], Leaf: int64(i/2 + 1)})
	}
	return l
}

func codeOf(err error) station.Code {
	var f *station.Fault
	var r *station.Refusal
	switch {
	case errors.As(err, &f):
		return f.Code
	case errors.As(err, &r):
		return r.Finding.Code
	}
	return ""
}

func TestAStationIsItsKey(t *testing.T) {
	for name, c := range map[string]struct {
		l          station.Enrolments
		key, named string
		want       string
		code       station.Code
	}{
		"a record in which none is":              {nil, "k1", "", "", ""},
		"its key, told nothing":                  {enrolments("k1", "A"), "k1", "", "A", ""},
		"its key, told its name":                 {enrolments("k1", "A"), "k1", "A", "A", ""},
		"its key, told another name":             {enrolments("k1", "A"), "k1", "B", "A", station.StationOtherName},
		"another key, told its name":             {enrolments("k1", "A"), "k2", "A", "", station.StationNotEnrolled},
		"no key at all":                          {enrolments("k1", "A"), "", "", "", station.StationNotEnrolled},
		"a key that was replaced":                {enrolments("k1", "A", "k2", "A"), "k1", "", "", station.StationNotEnrolled},
		"the key that replaced it":               {enrolments("k1", "A", "k2", "A"), "k2", "", "A", ""},
		"a key that was replaced and came back":  {enrolments("k1", "A", "k2", "A", "k1", "A"), "k1", "", "A", ""},
		"one that went over to another station":  {enrolments("k1", "A", "k1", "B"), "k1", "", "B", ""},
		"told the name that it had before":       {enrolments("k1", "A", "k1", "B"), "k1", "A", "B", station.StationOtherName},
		"one of two":                             {enrolments("k1", "A", "k2", "B"), "k2", "", "B", ""},
		"one of two, told the name of the other": {enrolments("k1", "A", "k2", "B"), "k2", "A", "B", station.StationOtherName},
	} {
		got, err := c.l.Check(c.key, c.named)
		if got != c.want || codeOf(err) != c.code {
			t.Errorf("%s: %q %v, want %q %s", name, got, err, c.want, c.code)
		}
	}
}

func TestAnEnrolmentLastsUntilItsKeyOrItsStationIsEnrolledAgain(t *testing.T) {
	l := enrolments("k1", "A", "k2", "B", "k1", "C", "k2", "C", "k1", "A")
	for key, want := range map[string][][2]int64{
		"k1": {{l[0].Leaf, l[2].Leaf}, {l[2].Leaf, l[3].Leaf}, {l[4].Leaf, 0}},
		"k2": {{l[1].Leaf, l[3].Leaf}, {l[3].Leaf, 0}},
		"k3": nil,
	} {
		var got [][2]int64
		for _, s := range l.Spans(key) {
			got = append(got, [2]int64{s.Leaf, s.Ended})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
}

func TestWhatAKeyIsCalledWhenItIsEnrolled(t *testing.T) {
	for name, c := range map[string]struct {
		l          station.Enrolments
		key, named string
		want       string
		code       station.Code
	}{
		"the first":                             {nil, "k1", "", "host", ""},
		"the first, with a name":                {nil, "k1", "A", "A", ""},
		"in the place of the only one":          {enrolments("k1", "A"), "k2", "", "A", ""},
		"the same, replaced before":             {enrolments("k1", "A", "k2", "A"), "k3", "", "A", ""},
		"beside the only one":                   {enrolments("k1", "A"), "k2", "B", "B", ""},
		"one of two, which nobody says":         {enrolments("k1", "A", "k2", "B"), "k3", "", "", station.StationNameMissing},
		"one of two, by name":                   {enrolments("k1", "A", "k2", "B"), "k3", "B", "B", ""},
		"again, as it is":                       {enrolments("k1", "A", "k2", "B"), "k2", "", "B", ""},
		"again, under another name":             {enrolments("k1", "A"), "k1", "B", "B", ""},
		"where the only one had another before": {enrolments("k1", "A", "k1", "B"), "k2", "", "B", ""},
	} {
		got, err := c.l.NameFor(c.key, c.named, "host")
		if got != c.want || codeOf(err) != c.code {
			t.Errorf("%s: %q %v, want %q %s", name, got, err, c.want, c.code)
		}
	}
}

func TestAKeyIsCalledByItsNameAndHash(t *testing.T) {
	for key, want := range map[string]string{"bindery/a+1a2b3c4d+AZ+z/9=": "bindery/a+1a2b3c4d", "bindery/a+1a2b3c4d": "bindery/a+1a2b3c4d", "": ""} {
		if got := station.KeyName(key); got != want {
			t.Errorf("%q is called %q, want %q", key, got, want)
		}
	}
}

func TestAKeyIsEnrolledUnderANameThatIsNewForItAndNoOthers(t *testing.T) {
	for name, c := range map[string]struct {
		l         station.Enrolments
		key, name string
		want      station.Code
	}{
		"the first":                         {nil, "k1", "A", ""},
		"under another name":                {enrolments("k1", "A"), "k1", "B", ""},
		"under its own":                     {enrolments("k1", "A"), "k1", "A", station.NothingDue},
		"in the place of another key":       {enrolments("k1", "A"), "k2", "A", ""},
		"once more, after it was replaced":  {enrolments("k1", "A", "k2", "A"), "k1", "A", ""},
		"under one that looks as another's": {enrolments("k1", "Bench"), "k2", "bench", station.NameMalformed},
		"under one that looks as its own":   {enrolments("k1", "Bench"), "k1", "bench", station.NameMalformed},
	} {
		if got := codeOf(c.l.AllowEnrol(c.key, c.name)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
