// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestWrapping(t *testing.T) {
	test.NewTempApp(t)
	const s = "This IMEI is not in a range that we own (TAC 35693803)."
	limit := width(s, 40, plain) * 0.7
	for name, lines := range map[string][]string{"wrap": wrap(s, 40, plain, limit), "balanced": balanced(s, 40, plain, limit)} {
		if len(lines) != 2 || strings.Join(lines, " ") != s || widest(lines, 40, plain) > limit {
			t.Errorf("%s gives %q", name, lines)
		}
	}
	even := balanced(s, 40, plain, limit)
	if a, b := width(even[0], 40, plain), width(even[1], 40, plain); a > 1.4*b || b > 1.4*a {
		t.Errorf("the lines %q are %v and %v wide", even, a, b)
	}
	if got := balanced("", 40, plain, limit); got != nil {
		t.Errorf("nothing gives %q", got)
	}
	if got := wrap("unbreakable", 40, plain, 1); len(got) != 1 {
		t.Errorf("one long word gives %q", got)
	}
}

func TestCut(t *testing.T) {
	test.NewTempApp(t)
	full := "folder:labels"
	if got := cut(full, 30, plain, width(full, 30, plain)); got != full {
		t.Errorf("what fits becomes %q", got)
	}
	got := cut(full, 30, plain, width(full, 30, plain)/2)
	if !strings.HasSuffix(got, "…") || width(got, 30, plain) > width(full, 30, plain)/2 {
		t.Errorf("what does not fit becomes %q", got)
	}
}

func TestUnitKeepsTextReadable(t *testing.T) {
	for _, c := range []struct {
		unit DesignPixel
		n    float32
		want float32
	}{{1, 32, 32}, {0.5, 32, 20}, {2.0 / 3, 52, 35}, {2, 28, 56}} {
		if got := c.unit.Text(c.n); got != c.want {
			t.Errorf("%v design pixels at unit %v are %v", c.n, c.unit, got)
		}
	}
}
