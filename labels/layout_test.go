// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"bindery/station"
)

const sizeLine = "size = [50, 25]\n"

func withText(body string) string {
	return sizeLine + "[[text]]\nat = [2, 2]\ncap = 1.5\n" + body
}

func withCode(body string) string {
	return sizeLine + "[[code]]\nat = [10, 5]\nkind = \"code128\"\n" + body
}

// layoutMistakes are layouts with one mistake each, and what is said of it.
var layoutMistakes = map[string]struct{ layout, says string }{
	"nothing":                    {"", "does not say how large"},
	"no TOML":                    {"size = [50", "line 1: this cannot be read"},
	"no size":                    {"[[text]]\nat=[1,1]\ncap=1.5\ntext='x'", "size: the layout does not say how large"},
	"a size of nothing":          {"size = [0, 25]\n[[text]]\nat=[1,1]\ncap=1.5\ntext='x'", "line 1, size: a label of 0 × 25 mm"},
	"a size in metres":           {"size = [5000, 25]\n[[text]]\nat=[1,1]\ncap=1.5\ntext='x'", "line 1, size"},
	"a size that is not":         {"size = [nan, 25]\n[[text]]\nat=[1,1]\ncap=1.5\ntext='x'", "line 1, size"},
	"no element":                 {sizeLine, "has no element"},
	"an unknown key":             {withText("text = 'x'\ncolour = 'red'"), "line 6, text.colour: there is no such key"},
	"an unknown table":           {sizeLine + "[[texts]]\nat = [1, 1]", "line 2, texts: there is no such key"},
	"a number in quotes":         {sizeLine + "[[text]]\nat = [2, 2]\ncap = \"1.5\"\ntext = 'x'", "line 4, text.cap: this is of the wrong kind. Write a number without quotes."},
	"a text without quotes":      {withText("text = serial"), "line 5: this cannot be read"},
	"a number for a text":        {withText("text = 5"), "line 5, text.text: this is of the wrong kind. Write a text in quotes."},
	"a comma in a number":        {withText("text = 'x'\nwidth = 1,5"), "line 6: this cannot be read"},
	"a key twice":                {sizeLine + sizeLine, "line 2, size: this cannot be read (key size is already defined)"},
	"a table in single brackets": {sizeLine + "[text]\nat = [2, 2]\ncap = 1.5\ntext = 'x'", "line 2, text: there may be several of this. Write it in double brackets"},
	"three numbers for a place":  {sizeLine + "[[text]]\nat = [2, 2, 2]\ncap = 1.5\ntext = 'x'", "line 3, at: this is not a pair"},
	"one number for a place":     {sizeLine + "[[text]]\nat = [2]\ncap = 1.5\ntext = 'x'", "line 3, at: this is not a pair"},
	"no place":                   {sizeLine + "[[text]]\ncap = 1.5\ntext = 'x'", "line 2, [[text]] 1, at: the element has no place"},
	"no text":                    {withText(""), "line 2, [[text]] 1, text: there is no text"},
	"an unknown field":           {withText("text = 'SN {sn}'"), "line 5, [[text]] 1, text: there is no field {sn}"},
	"an open brace":              {withText("text = '{serial'"), "a brace does not belong"},
	"a wrong form":               {withText("text = '{serial:upper}'"), "{serial:upper} is not a form"},
	"a date without a form":      {withText("text = '{made}'"), "{made:} is not a form"},
	"a date form that is none":   {withText("text = '{made:YYYY-MM}'"), "{made:YYYY-MM} is not a form"},
	"a date without its year":    {withText("text = '{made:01-02}'"), "{made:01-02} is not a form"},
	"a line end in a text":       {withText("text = \"a\\nb\""), "control character"},
	"a glyph that is missing":    {withText("text = '心 {serial}'"), "line 5, [[text]] 1, text: the font has no '心'"},
	"capitals too small":         {sizeLine + "[[text]]\nat = [2, 2]\ncap = 0.5\ntext = 'x'", "line 4, [[text]] 1, cap"},
	"an alignment that is none":  {withText("align = 'middle'\ntext = 'x'"), "\"middle\" is no alignment"},
	"an unknown code":            {sizeLine + "[[code]]\nat=[1,1]\nkind = 'pdf417'", "\"pdf417\" is no kind of code"},
	"a module of nothing":        {withCode("height = 6\ndata = '{imei}'"), "a module of 0 mm is not allowed"},
	"bars of no height":          {withCode("module = 0.25\ndata = '{imei}'"), "bars 0 mm high"},
	"a code without data":        {withCode("module = 0.25\nheight = 6"), "the code has no data"},
	"an unknown symbol":          {sizeLine + "[[symbol]]\nat=[1,1]\nkind='CE'\nsize=3", "\"CE\" is no symbol"},
	"a symbol without size":      {sizeLine + "[[symbol]]\nat=[1,1]\nkind='MD'", "1.5 to 50 mm"},
	"a rule of nothing":          {sizeLine + "[[rule]]\nat=[1,1]", "a rule has a width"},
	"a frame that is all line":   {sizeLine + "[[rule]]\nat=[1,1]\nsize=[5,5]\nthick=3", "no room inside"},
	"an image that is none":      {sizeLine + "[[image]]\nat=[1,1]\nwidth=5\npng='AAAA'", "no PNG"},
	"a million labels":           {sizeLine + "[repeat]\nacross = 1000000\n[[text]]\nat=[1,1]\ncap=1.5\ntext='x'", "line 2, repeat"},
	"a sheet that is too small":  {sizeLine + "[repeat]\nacross = 2\nsheet = [80, 25]\n[[text]]\nat=[1,1]\ncap=1.5\ntext='x'", "the sheet is smaller"},
	"a link on a linear code":    {withCode("module = 0.25\nheight = 6\nlink = 'https://example.com'\ndata = '(01){gtin}'"), "only a qr code"},
	"a link that is none":        {sizeLine + "[[code]]\nat=[10,5]\nkind='qr'\nmodule=0.3\nlink='example'\ndata='(01){gtin}'", "the link is no web address"},
}

func TestMistakesInALayoutNameLineKeyAndCure(t *testing.T) {
	for name, c := range layoutMistakes {
		t.Run(name, func(t *testing.T) {
			l, err := Parse("test", []byte(c.layout))
			var f *station.Fault
			if l != nil || !errors.As(err, &f) || f.Code != station.LabelRefused {
				t.Fatalf("got %v, %v", l, err)
			}
			if all := fmt.Sprint(MistakesOf(err)); !strings.Contains(all, c.says) {
				t.Errorf("says %q, want %q in it", all, c.says)
			}
			for _, m := range MistakesOf(err) {
				if m.Cure == "" || !strings.HasSuffix(m.Cure, ".") {
					t.Errorf("%q has no cure", m.Message)
				}
			}
		})
	}
}

func TestAllMistakesAreToldInTheOrderOfTheLines(t *testing.T) {
	_, err := Parse("test", []byte(`size = [50, 25]
[[code]]
at = [2, 2]
kind = "code128"
module = 0.01
height = 6
data = "{imai}"
[[text]]
cap = 1.5
text = "{serail}"
`))
	var lines []int
	for _, m := range MistakesOf(err) {
		lines = append(lines, m.Line)
	}
	if fmt.Sprint(lines) != "[5 7 8 10]" {
		t.Errorf("the lines are %v: %v", lines, MistakesOf(err))
	}
}

func TestWhatDoesNotFitOnPaperIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		layout, says string
		dpi          int
	}{
		"text wider than its room": {sizeLine + "[[text]]\nat=[2,2]\ncap=2\nwidth=10\ntext='{serial}'", "has room for 10.0 mm", 203},
		"text over the edge":       {sizeLine + "[[text]]\nat=[40,2]\ncap=2\ntext='{serial}'", "has room for 10.0 mm", 203},
		"text below the edge":      {sizeLine + "[[text]]\nat=[2,24]\ncap=2\ntext='{serial}'", "beyond the edge", 203},
		"a quiet zone cut off":     {sizeLine + "[[code]]\nat=[1,2]\nkind='code128'\nmodule=0.25\nheight=6\ndata='{imei}'", "1.5 mm beyond the edge of the label, quiet zone", 203},
		"a code over a text": {sizeLine + "[[text]]\nat=[2,2]\ncap=2\ntext='{serial}'\n[[code]]\nat=[5,3]\nkind='code128'\nmodule=0.25\nheight=6\ndata='{imei}'",
			"this overlaps [[text]] 1 in line 2", 203},
		"text in a quiet zone": {sizeLine + "[[code]]\nat=[20,3]\nkind='gs1-datamatrix'\nmodule=0.4\ndata='(01){gtin}'\n[[text]]\nat=[13,3]\ncap=2\nwidth=10\ntext='ABCD'",
			"overlaps [[code]] 1", 203},
		"a module below the GS1 minimum at 203 dpi": {sizeLine + "[[code]]\nat=[20,3]\nkind='gs1-datamatrix'\nmodule=0.26\ndata='(01){gtin}'",
			"a module is 2 dots, 0.250 mm; gs1-datamatrix needs 0.254 mm. Ask for 0.375 mm", 203},
		"readable UDI that the code does not say": {sizeLine + "[[code]]\nat=[20,3]\nkind='gs1-datamatrix'\nmodule=0.375\ndata='(01){gtin}(21){serial}'\n[[text]]\nat=[2,20]\ncap=1.5\ntext='(01){gtin}(10){lot}'",
			"line 10, [[text]] 1, text: this reads like GS1 data, and no code", 203},
		"a code with too much in it": {sizeLine + "[[code]]\nat=[3,3]\nkind='code128'\nmodule=0.19\nheight=6\ndata='{serial}{serial}{serial}{serial}{serial}{serial}'", "takes at most 48", 203},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mustParse(t, c.layout).Draw(sampleUnmarked(), c.dpi)
			if got := fmt.Sprint(MistakesOf(err)); !strings.Contains(got, c.says) {
				t.Errorf("says %q, want %q in it", got, c.says)
			}
		})
	}
	// The same module is three dots and just enough at 300 dpi.
	ok := mustParse(t, sizeLine+"[[code]]\nat=[20,3]\nkind='gs1-datamatrix'\nmodule=0.26\ndata='(01){gtin}'")
	if _, err := ok.Draw(sampleUnmarked(), 300); err != nil {
		t.Error(err)
	}
}

func TestTextShrinksOnlyAsFarAsItMay(t *testing.T) {
	l := mustParse(t, sizeLine+"[[text]]\nat=[2,2]\ncap=3\nshrink=1.5\nwidth=20\ntext='{serial}'")
	v := sampleUnmarked()
	label, err := l.Draw(v, 203)
	if err != nil {
		t.Fatal(err)
	}
	w := label.drawing.items[0].(textItem)
	if width := w.box(); width.x1-width.x0 > 160 || w.size*w.face.cap != 21 {
		t.Errorf("the text is %v wide and %v high", width, w.size*w.face.cap)
	}
	v.Serial = "CM-000142-CM-000142-CM"
	if got := refusedFor(t, l, v); !strings.Contains(got, "has room for 20.0 mm") {
		t.Errorf("says %q", got)
	}
}

func TestTextIsBrokenOnlyWhereTheLayoutAllowsIt(t *testing.T) {
	const layout = sizeLine + "[[text]]\nat=[2,2]\ncap=2\nwidth=30\nlines=%d\ntext='{maker}'"
	v := sampleUnmarked()
	v.Maker = "Example Medical Devices, Musterweg 1"
	label, err := mustParse(t, fmt.Sprintf(layout, 2)).Draw(v, 203)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range label.drawing.items {
		got = append(got, it.(textItem).text)
	}
	if want := "Example Medical|Devices, Musterweg 1"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := refusedFor(t, mustParse(t, fmt.Sprintf(layout, 1)), v); !strings.Contains(got, "has room for 30.0 mm") {
		t.Errorf("one line: %q", got)
	}
	v.Maker += " 12345 Musterstadt"
	if got := refusedFor(t, mustParse(t, fmt.Sprintf(layout, 2)), v); !strings.Contains(got, "more than 2 lines of 30.0 mm") {
		t.Errorf("two lines: %q", got)
	}
}

func TestAnImageKeepsItsShape(t *testing.T) {
	img := image.NewPaletted(image.Rect(0, 0, 4, 2), color.Palette{color.White, color.Black})
	img.Pix = []byte{1, 0, 1, 0, 0, 1, 0, 1}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	label := drawn(t, mustParse(t, sizeLine+"[[image]]\nat=[2,3]\nwidth=8\npng='"+base64.StdEncoding.EncodeToString(b.Bytes())+"'"), 203)
	for y := range 200 {
		for x := range 400 {
			px, py := (x-16)/16, (y-24)/16
			want := x >= 16 && y >= 24 && px < 4 && py < 2 && img.Pix[py*4+px] == 1
			if label.dots.black(x, y) != want {
				t.Fatalf("dot %d,%d is black: %v", x, y, !want)
			}
		}
	}
}

func TestSeveralLabelsOnASheetCountThemselves(t *testing.T) {
	l := mustParse(t, `size = [20, 10]
[repeat]
across = 2
down = 3
gap = [2, 1]
margin = [3, 4]
sheet = [60, 45]
[[text]]
at = [2, 2]
cap = 1.5
text = "{index} {serial}"
`)
	if w, h := l.Size(); w != 60 || h != 45 {
		t.Errorf("the sheet is %v × %v", w, h)
	}
	label, err := l.Draw(sampleUnmarked(), 203)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, it := range label.drawing.items {
		w := it.(textItem)
		got = append(got, fmt.Sprintf("%s at %g,%g", w.text[:1], w.x/8, w.y/8))
	}
	want := "1 at 5,7.5 2 at 27,7.5 3 at 5,18.5 4 at 27,18.5 5 at 5,29.5 6 at 27,29.5"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestASampleIsMarkedAndStillReads(t *testing.T) {
	for _, l := range everyLayout(t) {
		plain := drawn(t, l, 203)
		marked, err := l.Draw(SampleValues(), 203)
		if err != nil {
			t.Fatal(err)
		}
		more := 0
		for i := range plain.dots.bytes {
			if plain.dots.bytes[i]&^marked.dots.bytes[i] != 0 {
				t.Fatalf("%s: the mark takes dots away", l.Name())
			}
			if plain.dots.bytes[i] != marked.dots.bytes[i] {
				more++
			}
		}
		if more < len(plain.dots.bytes)/50 {
			t.Errorf("%s: the mark is hardly there (%d of %d bytes)", l.Name(), more, len(plain.dots.bytes))
		}
	}
}
