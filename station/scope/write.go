// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"fmt"
	"strings"
	"unicode"
)

// Text writes an expression as [Parse] reads it.
func Text(e Expr) string {
	switch e := e.(type) {
	case And:
		return joinText(e, " and ", func(p Expr) bool { _, or := p.(Or); _, and := p.(And); return or || and })
	case Or:
		return joinText(e, " or ", func(p Expr) bool { _, or := p.(Or); return or })
	case Not:
		switch e.Of.(type) {
		case And, Or:
			return "not (" + Text(e.Of) + ")"
		}
		return "not " + Text(e.Of)
	case Is:
		return string(e.Field) + ":" + quote(e.Value, stopOf(e.Field))
	case Range:
		return e.text()
	case SNRs:
		return fmt.Sprintf("snr:%s/%d..%d", e.TAC, e.From, e.To)
	case ListExpr:
		items := make([]string, len(e.Items))
		for i, item := range e.Items {
			items[i] = quote(item, ",")
		}
		return "list:" + strings.Join(items, ",")
	case FileExpr:
		return "in:" + quote(e.Name, "")
	}
	return ""
}

func joinText(parts []Expr, by string, inBrackets func(Expr) bool) string {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = Text(p)
		if inBrackets(p) {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, by)
}

func (r Range) text() string {
	equal := "="
	if r.OpenFrom || r.OpenTo {
		equal = ""
	}
	switch {
	case r.To == "":
		return string(r.Field) + ">" + equal + quote(r.From, "")
	case r.From == "":
		return string(r.Field) + "<" + equal + quote(r.To, "")
	}
	return string(r.Field) + ":" + quote(r.From, "..") + ".." + quote(r.To, "..")
}

func stopOf(f Field) string {
	if f.Ranged() {
		return ".."
	}
	return ""
}

// quote puts a value in quotes where it would not be read back without.
func quote(v, stop string) string {
	signs := v == "" || v[0] == '=' || strings.ContainsFunc(v, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`()"`, r) })
	dots := stop == ".." && (strings.Contains(v, stop) || strings.HasPrefix(v, ".") || strings.HasSuffix(v, "."))
	if !signs && !dots && (stop != "," || !strings.Contains(v, stop)) {
		return v
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(v) + `"`
}
