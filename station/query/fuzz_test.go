// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"strings"
	"testing"

	"bindery/station/identity"
	"bindery/station/query"
)

// FuzzParse holds the interpretations to what the package promises: each text has one,
// no reason repeats an identity, and no number is looked up whose digits do not
// stand in the text, but for a check digit that follows from them.
func FuzzParse(f *testing.F) {
	for _, q := range asked {
		f.Add(q.text)
	}
	known := query.KnownSerials(`CL-\d{7}`)
	f.Fuzz(func(t *testing.T, text string) {
		items := query.Parse(text, known)
		if len(items) == 0 {
			t.Fatal("no item")
		}
		sources := spellings(text)
		for _, item := range items {
			if len(item.Interpretations) == 0 {
				t.Fatalf("%q has no interpretation", item.Text)
			}
			for _, r := range item.Interpretations {
				if r.Kind == "" || r.Why() == "" || identity.HasIdentity(r.Why()) {
					t.Errorf("%q: %q, %q", text, r.Kind, r.Why())
				}
				if len(r.Any) == 0 && r.Refused == "" {
					t.Errorf("%q: a %s that is neither looked for nor refused", text, r.Kind)
				}
				for _, term := range r.Any {
					checkTerm(t, text, sources, r, term)
				}
			}
		}
	})
}

func checkTerm(t *testing.T, text string, sources []string, r query.Interpretation, term query.Term) {
	t.Helper()
	if term.Value == "" || term.How == query.Pattern && strings.Trim(term.Value, "?*") == "" {
		t.Errorf("%q: %s looks for everything", text, r.Kind)
	}
	if r.Refused != "" && term.How != query.Exactly {
		t.Errorf("%q: refused (%s), and a part of it is looked for", text, r.Refused)
	}
	switch term.Field {
	case query.IMEIField, query.ICCIDField, query.IMSIField, query.EIDField:
	case query.SerialField, query.OrderField, query.LotField, query.REFField, query.GTINField, query.LabelField, query.LeafField, query.AttemptField, query.AliasField:
		return
	}
	if term.How != query.Pattern && !stands(sources, term.Value) {
		t.Errorf("%q: %q is not in it", text, term.Value)
	}
	for _, known := range strings.FieldsFunc(term.Value, func(c rune) bool { return c == '?' || c == '*' }) {
		if term.How == query.Pattern && !stands(sources, known) {
			t.Errorf("%q: %q is not in it", text, known)
		}
	}
}

// stands reports that a value is in one of the texts, whole or but for the check
// digit behind it.
func stands(sources []string, value string) bool {
	for _, s := range sources {
		body := value[:len(value)-1]
		if strings.Contains(s, value) || len(body) > 13 && strings.Contains(s, body) &&
			strings.Trim(body, "0123456789") == "" && value[len(body)] == identity.LuhnDigit(body) {
			return true
		}
	}
	return false
}

// spellings are a text without what may group digits, and that with the nibbles
// of its bytes swapped.
func spellings(text string) []string {
	plain := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "_", "", ",", "", "'", "").Replace(query.Clean(text)))
	all := []string{plain}
	for from := 0; from < 2 && from < len(plain); from++ {
		s := plain[from:]
		s, _ = identity.SwapNibbles(s[:len(s)/2*2])
		all = append(all, s)
	}
	return all
}

func TestATextThatIsTooLongIsAList(t *testing.T) {
	for _, text := range []string{strings.Repeat("9", 70000), strings.Repeat("CL-0000001\n", 3) + many(1001)} {
		items := query.Parse(text, query.Known{})
		if len(items) != 1 || items[0].Interpretations[0].Refused != query.TooLong {
			t.Errorf("%d items", len(items))
		}
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("CL-")
		for d := 1000000; d > 0; d /= 10 {
			b.WriteByte(byte('0' + i/d%10))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestAPatternMatchesWhatItLeavesOpen(t *testing.T) {
	for _, c := range []struct {
		pattern, value string
		want           bool
	}{
		{"98*11", "980000420221511", true}, {"98*12", "980000420221511", false}, {"*", "", true}, {"?", "", false},
		{"98??", "9800", true}, {"98??", "980", false}, {"*22*15*", "980000420221511", true}, {"a*b*c", "A-b-bC", true}, {"8*8", "8", false},
	} {
		if got := (query.Term{Field: query.IMEIField, How: query.Pattern, Value: c.pattern}).Matches(c.value); got != c.want {
			t.Errorf("%s on %s: %v", c.pattern, c.value, got)
		}
	}
}
