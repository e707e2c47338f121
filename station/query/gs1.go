// SPDX-License-Identifier: Apache-2.0

package query

import (
	"net/url"
	"regexp"
	"strings"

	"bindery/station"
	"bindery/station/identity"
)

// aiLengths are the application identifiers that the labels of devices have,
// with the length of their value: all of it where that is fixed, else at most
// (GS1 General Specifications §3).
var aiLengths = map[string]int{
	"00": 18, "01": 14, "02": 14, "10": 20, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2, "21": 20, "22": 20, "30": 8, "37": 8,
	"90": 30, "91": 90, "92": 90, "93": 90, "94": 90, "95": 90, "96": 90, "97": 90, "98": 90, "99": 90,
	"235": 28, "8002": 20, "240": 30, "241": 30, "242": 6, "243": 20, "250": 30, "251": 30, "400": 30, "710": 20, "711": 20, "712": 20, "713": 20, "714": 20, "715": 20,
}

// elements are the values of GS1 data by their identifiers.
type elements map[string]string

// gs1 are the interpretations of a text as what the code of a label holds: an
// element string with or without parentheses, or a Digital Link. Where separators are
// lacking there may be several.
func (p parser) gs1(text, identifier string) []Interpretation {
	ways := []elements{}
	switch {
	case strings.Contains(text, "://"):
		ways = digitalLink(text)
	case bareLink.MatchString(text):
		ways = digitalLink("https://" + text)
	case strings.HasPrefix(text, "("):
		ways = inParentheses(text)
	case gs1Identifiers[identifier] || gtinFirst.MatchString(text):
		ways = p.elementStrings(text)
	}
	var list []Interpretation
	for _, e := range ways {
		list = append(list, udi(e)...)
	}
	return list
}

var (
	gs1Identifiers = map[string]bool{"]C1": true, "]d2": true, "]Q3": true, "]e0": true, "]J1": true}
	bareLink       = regexp.MustCompile(`^[0-9A-Za-z.-]+\.[A-Za-z]{2,}/(?:[^ ]*/)?(?:01|gtin)/[0-9]{8,14}(?:[/?]|$)`)
	gtinFirst      = regexp.MustCompile(`^\x1d?(?:01[0-9]{14}|8002[0-9]{15}$)`)
)

// udi makes interpretations of elements. All that the code says must be so in the
// record: another maker's label may have a serial like ours.
func udi(e elements) []Interpretation {
	r := Interpretation{Kind: UDI}
	if g := e["01"]; g != "" {
		code, err := identity.ParseGTIN(g)
		if err != nil {
			return []Interpretation{refused(UDI, g, identity.GTINCheckDigit, nil)}
		}
		r.All = exact(GTINField, string(code))
	}
	if lot := e["10"]; lot != "" {
		r.All = append(r.All, exact(LotField, lot)...)
	}
	if device := e["8002"]; device != "" {
		return ofDevice(device, e["21"], r.All)
	}
	switch serial := e["21"]; {
	case serial != "":
		r.Value, r.Any = serial, []Term{{SerialField, Exactly, serial}, {SerialField, Folded, serial}}
		r.Reasons = []Reason{GS1Unit}
	case len(r.All) > 0: // of all that it names the last is the narrowest
		last := len(r.All) - 1
		r.Value, r.Any, r.All = r.All[last].Value, r.All[last:], r.All[:last]
		r.Reasons = []Reason{GS1Lot}
	default:
		return nil
	}
	return []Interpretation{r}
}

// ofDevice makes interpretations of GS1 data that names a device by its IMEI (AI 8002),
// with all else that must be so.
func ofDevice(device, serial string, all []Term) []Interpretation {
	if serial != "" {
		all = append(all, Term{SerialField, Folded, serial})
	}
	var list []Interpretation
	if decimal(device) {
		list = imei(device)
	}
	for i := range list {
		list[i].All = all
		if list[i].Refused == "" {
			list[i].Reasons = append([]Reason{GS1Device}, list[i].Reasons...)
		}
	}
	return list
}

var inHRI = regexp.MustCompile(`\(([0-9]{2,4})\)`)

// inParentheses takes apart the form that is printed for people.
func inParentheses(text string) []elements {
	at := inHRI.FindAllStringSubmatchIndex(text, -1)
	e := elements{}
	for i, a := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		ai, value := text[a[2]:a[3]], strings.TrimSpace(text[a[1]:end])
		if aiLengths[ai] == 0 || len(value) > aiLengths[ai] || e[ai] != "" {
			return nil
		}
		e[ai] = value
	}
	if len(at) == 0 || at[0][0] != 0 {
		return nil
	}
	return []elements{e}
}

// mostWays is how many ways to split data without separators are looked up.
const mostWays = 8

// elementStrings takes apart data as a scanner sends it. What came in place of
// the separator is tried in the order in which station knows it; data with none
// of them may be split in several ways, those with a serial of ours first.
func (p parser) elementStrings(text string) []elements {
	for _, s := range station.Separators() {
		rest := strings.TrimPrefix(text, s)
		if !strings.Contains(rest, s) {
			continue
		}
		if e := parted(strings.Split(rest, s)); e != nil {
			return []elements{e}
		}
	}
	var ways, ours []elements
	if len(text) > longestData {
		return nil
	}
	steps := mostSteps
	split(strings.TrimPrefix(text, station.Separators()[0]), elements{}, &steps, func(e elements) bool {
		if p.known.serial(e["21"]) {
			ours = append(ours, e)
		} else if len(ways) < mostWays {
			ways = append(ways, e)
		}
		return len(ours) < mostWays
	})
	ways = append(ours, ways...)
	return ways[:min(len(ways), mostWays)]
}

// parted reads fields between separators: in each, any number of elements of a
// fixed length and then one more at most. nil when they are no GS1 data.
func parted(fields []string) elements {
	e := elements{}
	for _, f := range fields {
		for f != "" {
			ai := aiOf(f)
			if ai == "" || e[ai] != "" {
				return nil
			}
			value := f[len(ai):]
			if station.FixedLength(ai) {
				if len(value) < aiLengths[ai] {
					return nil
				}
				value = value[:aiLengths[ai]]
			}
			if value == "" || len(value) > aiLengths[ai] {
				return nil
			}
			e[ai], f = value, f[len(ai)+len(value):]
		}
	}
	return e
}

// aiOf is the identifier that data begins with; "" when none is known.
func aiOf(data string) string {
	for _, n := range []int{2, 3, 4} {
		if len(data) > n && aiLengths[data[:n]] > 0 {
			return data[:n]
		}
	}
	return ""
}

// Data without separators has at most so many elements and characters, and is
// taken apart in at most so many steps: the ways grow with the power of the
// elements, and what no scanner sends is not worth them.
const (
	deepest     = 6
	longestData = 120
	mostSteps   = 10000
)

// split gives the ways in which data without separators may be elements, until
// yield says that it is enough. It reports whether to go on.
func split(data string, have elements, steps *int, yield func(elements) bool) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if data == "" {
		whole := elements{}
		for ai, v := range have {
			whole[ai] = v
		}
		return len(have) == 0 || yield(whole)
	}
	ai := aiOf(data)
	if ai == "" || have[ai] != "" || len(have) == deepest {
		return true
	}
	rest := data[len(ai):]
	least, longest := 1, min(aiLengths[ai], len(rest))
	if station.FixedLength(ai) {
		least = aiLengths[ai]
	}
	defer delete(have, ai)
	for n := longest; n >= least; n-- {
		have[ai] = rest[:n]
		if !split(rest[n:], have, steps, yield) {
			return false
		}
	}
	return true
}

var linkNames = map[string]string{"gtin": "01", "lot": "10", "ser": "21", "cpv": "22"}

// digitalLink takes apart a GS1 Digital Link: pairs of identifier and value in
// the path, from the GTIN on, and more in the query.
func digitalLink(text string) []elements {
	u, err := url.Parse(text)
	if err != nil {
		return nil
	}
	path := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	e := elements{}
	add := func(ai, value string) {
		if n, ok := linkNames[ai]; ok {
			ai = n
		}
		if v, err := url.PathUnescape(value); err == nil && aiLengths[ai] > 0 {
			e[ai] = v
		}
	}
	for i := 0; i+1 < len(path); i++ {
		if len(e) > 0 || path[i] == "01" || path[i] == "gtin" {
			add(path[i], path[i+1])
			i++
		}
	}
	for ai, values := range u.Query() {
		if e["01"] != "" && e[ai] == "" {
			add(ai, values[0])
		}
	}
	if e["01"] == "" {
		return nil
	}
	return []elements{e}
}
