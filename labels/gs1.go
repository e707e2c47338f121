// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// gs separates the fields of a GS1 element string (GS1 General Specifications
// §7.8): what a reader sends for the FNC1 between them.
const gs = "\x1d"

// ai is what the GS1 syntax dictionary says of one application identifier.
type ai struct {
	title    string
	min, max int    // characters
	digits   bool   // else the set of 82 (§7.11)
	fixed    bool   // of the lengths that need no separator (§7.8.5)
	kind     string // "key" (ends in a check digit), "date", ""
	needs    string // companions: one of each group, groups by "; "
	bars     string // AIs that it may not stand with
}

// anyItem is the group of AIs that name what a code is about.
const anyItem = "01 02 8006 8026"

// ais are the identifiers that a device, its carton or its pallet may carry.
// Source: GS1 syntax dictionary (github.com/gs1/gs1-syntax-dictionary).
var ais = map[string]ai{
	"00":   {title: "SSCC", min: 18, max: 18, digits: true, fixed: true, kind: "key"},
	"01":   {title: "GTIN", min: 14, max: 14, digits: true, fixed: true, kind: "key", bars: "02 37"},
	"02":   {title: "CONTENT", min: 14, max: 14, digits: true, fixed: true, kind: "key", needs: "37"},
	"10":   {title: "BATCH/LOT", min: 1, max: 20, needs: anyItem},
	"11":   {title: "PROD DATE", min: 6, max: 6, digits: true, fixed: true, kind: "date", needs: anyItem},
	"13":   {title: "PACK DATE", min: 6, max: 6, digits: true, fixed: true, kind: "date", needs: anyItem},
	"17":   {title: "USE BY", min: 6, max: 6, digits: true, fixed: true, kind: "date", needs: anyItem},
	"20":   {title: "VARIANT", min: 2, max: 2, digits: true, fixed: true, needs: anyItem},
	"21":   {title: "SERIAL", min: 1, max: 20, needs: "01 8006"},
	"22":   {title: "CPV", min: 1, max: 20, needs: "01"},
	"30":   {title: "VAR. COUNT", min: 1, max: 8, digits: true, needs: "01 02"},
	"37":   {title: "COUNT", min: 1, max: 8, digits: true, needs: "00; 02 8026"},
	"240":  {title: "ADDITIONAL ID", min: 1, max: 30, needs: anyItem},
	"241":  {title: "CUST. PART No.", min: 1, max: 30, needs: anyItem},
	"250":  {title: "SECONDARY SERIAL", min: 1, max: 30, needs: "01 8006; 21"},
	"400":  {title: "ORDER NUMBER", min: 1, max: 30},
	"8002": {title: "CMT No.", min: 1, max: 20},
	"8012": {title: "VERSION", min: 1, max: 20, needs: "01 8006"},
	"91":   {title: "INTERNAL", min: 1, max: 90},
	"92":   {title: "INTERNAL", min: 1, max: 90},
	"93":   {title: "INTERNAL", min: 1, max: 90},
}

// elementTemplate is one AI with the template of its value.
type elementTemplate struct {
	ai    string
	value template
}

var aiForm = regexp.MustCompile(`^\((\d{2,4})\)`)

// parseElements splits "(01){gtin}(21){serial}" into its AIs before any value
// is filled in, so that no value can add one.
func parseElements(s string) ([]elementTemplate, error) {
	var all []elementTemplate
	seen := map[string]bool{}
	for s != "" {
		m := aiForm.FindStringSubmatch(s)
		if m == nil {
			return nil, &errField{"GS1 data does not start with an AI in parentheses", `Write it as "(01){gtin}(21){serial}".`}
		}
		if _, ok := ais[m[1]]; !ok {
			return nil, &errField{"(" + m[1] + ") is no AI that this program knows", "Use one of the AIs in docs/layouts.md."}
		}
		if seen[m[1]] {
			return nil, &errField{"(" + m[1] + ") appears twice", "Take one out."}
		}
		s = s[len(m[0]):]
		end := strings.IndexByte(s, '(')
		if end < 0 {
			end = len(s)
		}
		t, err := parseTemplate(s[:end])
		if err != nil {
			return nil, err
		}
		if len(t) == 0 {
			return nil, &errField{"(" + m[1] + ") has no value", "Write a field or text after it."}
		}
		all, s = append(all, elementTemplate{m[1], t}), s[end:]
		seen[m[1]] = true
	}
	if len(all) == 0 {
		return nil, &errField{"the code has no data", `Write it as "(01){gtin}(21){serial}".`}
	}
	return all, companions(all, seen)
}

// companions checks that each AI stands with those that it belongs to and with
// none that it excludes.
func companions(all []elementTemplate, seen map[string]bool) error {
	for _, e := range all {
		for _, no := range strings.Fields(ais[e.ai].bars) {
			if seen[no] {
				return &errField{"(" + e.ai + ") and (" + no + ") cannot stand in one code", "Use (01) for the item itself, (02) and (37) for what a carton holds."}
			}
		}
		if ais[e.ai].needs == "" {
			continue
		}
		for group := range strings.SplitSeq(ais[e.ai].needs, "; ") {
			one := strings.Fields(group)
			if !slices.ContainsFunc(one, func(ai string) bool { return seen[ai] }) {
				return &errField{"(" + e.ai + ") may not stand without (" + one[0] + ")", "Add (" + one[0] + ") to the data."}
			}
		}
	}
	return nil
}

// elementString is one AI with its value.
type elementString struct{ ai, value string }

// expandElements fills the values in, each checked by the rule of its AI.
func expandElements(all []elementTemplate, v values) ([]elementString, error) {
	var out []elementString
	for _, e := range all {
		s, err := e.value.expand(v)
		if err != nil {
			return nil, err
		}
		if err := ais[e.ai].check(e.ai, s); err != nil {
			return nil, err
		}
		out = append(out, elementString{e.ai, s})
	}
	return out, nil
}

func (a ai) check(name, s string) error {
	what := fmt.Sprintf("the value of (%s) %s", name, a.title)
	for _, r := range s {
		switch {
		case a.digits && (r < '0' || r > '9'):
			return &errField{what + " is not all digits", "Correct the value; this AI takes digits only."}
		case !cset82(r):
			return &errField{fmt.Sprintf("%s holds %q, which GS1 codes cannot carry", what, r), "Use A-Z a-z 0-9 and ! \" % & ' ( ) * + , - . / : ; < = > ? _ only."}
		}
	}
	switch {
	case len(s) < a.min || len(s) > a.max:
		return &errField{fmt.Sprintf("%s has %d characters; this AI takes %s", what, len(s), a.length()), "Shorten or correct the value."}
	case a.kind == "key" && !checkDigit(s):
		return &errField{what + " has a wrong check digit", "Correct the number in the product."}
	case a.kind == "date" && !yymmdd(s):
		return &errField{what + " is not a date", "Write it as year, month, day: {made:060102}."}
	}
	return nil
}

func (a ai) length() string {
	if a.min == a.max {
		return fmt.Sprintf("exactly %d", a.max)
	}
	return fmt.Sprintf("%d to %d", a.min, a.max)
}

// cset82 reports whether r is in the character set of GS1 General
// Specifications §7.11, table 1.
func cset82(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' ||
		r < 0x80 && strings.ContainsRune("!\"%&'()*+,-./_:;<=>?", r)
}

// checkDigit reports whether the last digit is the GS1 check digit of the rest
// (§7.9: weights 3 and 1 from the right).
func checkDigit(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return sum%10 == 0
}

// yymmdd checks a date of AI form; day 00 means that no day is given (§3.4).
func yymmdd(s string) bool {
	month := (int(s[2]-'0'))*10 + int(s[3]-'0')
	day := (int(s[4]-'0'))*10 + int(s[5]-'0')
	if month < 1 || month > 12 {
		return false
	}
	days := []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if year := (int(s[0]-'0'))*10 + int(s[1]-'0'); month == 2 && year%4 != 0 {
		days = 28
	}
	return day <= days
}

// join writes elements one after the other, with sep where a field of variable
// length is not the last.
func join(es []elementString, sep string) string {
	var b strings.Builder
	for i, e := range es {
		b.WriteString(e.ai + e.value)
		if !ais[e.ai].fixed && i < len(es)-1 {
			b.WriteString(sep)
		}
	}
	return b.String()
}

// readable is the human-readable form: AIs in parentheses, which are not part
// of the data.
func readable(es []elementString) string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString("(" + e.ai + ")" + e.value)
	}
	return b.String()
}

// digitalLink writes elements as a GS1 Digital Link URI: the item and its
// qualifiers in the path, in the order of the standard, the rest as query
// (GS1 Digital Link: URI Syntax §4.9). Values are percent-encoded.
func digitalLink(base string, es []elementString) string {
	value := map[string]string{}
	for _, e := range es {
		value[e.ai] = e.value
	}
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(base, "/"))
	for _, ai := range linkPath {
		if v, ok := value[ai]; ok {
			b.WriteString("/" + ai + "/" + url.PathEscape(v))
		}
	}
	sep := "?"
	for _, e := range es {
		if !slices.Contains(linkPath, e.ai) {
			b.WriteString(sep + e.ai + "=" + url.QueryEscape(e.value))
			sep = "&"
		}
	}
	return b.String()
}

// linkPath are the AIs that stand in the path of a Digital Link.
var linkPath = []string{"01", "22", "10", "21"}

// checkLink says what is wrong with the base of a Digital Link or with its data.
func checkLink(base string, es []elementTemplate) error {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return &errField{"the link is no web address", `Write link = "https://id.example.com", without ? and #.`}
	}
	if !slices.ContainsFunc(es, func(e elementTemplate) bool { return e.ai == "01" }) {
		return &errField{"a Digital Link names a GTIN", "Add (01){gtin} to the data."}
	}
	return nil
}
