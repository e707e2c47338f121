// SPDX-License-Identifier: Apache-2.0

package i18n_test

import (
	"cmp"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	gocmp "github.com/google/go-cmp/cmp"
	"golang.org/x/image/font/sfnt"

	"bindery/station"
	"bindery/station/query"
	"bindery/ui/i18n"
)

func TestEveryLanguageSaysTheSameThings(t *testing.T) {
	english := i18n.For("en")
	for _, l := range i18n.Languages() {
		c := i18n.For(l)
		for _, k := range english.Keys() {
			if !c.Has(k) {
				t.Errorf("%s has no text for %s", l, k)
				continue
			}
			if english.Counts(k) != c.Counts(k) {
				t.Errorf("%s: %s has a form for one only in one of the languages", l, k)
			}
			for n := range 3 {
				if a, b := strings.Count(english.Count(k, n), "{}"), strings.Count(c.Count(k, n), "{}"); a != b {
					t.Errorf("%s: %s has %d places to fill in, not %d", l, k, b, a)
				}
			}
		}
		for _, k := range c.Keys() {
			code, of := strings.CutPrefix(k, "what.")
			if !of {
				code, of = strings.CutPrefix(k, "next.")
			}
			reason, why := strings.CutPrefix(k, "because.")
			switch {
			case of && station.NewFinding(station.Code(code), "").Message == "", why && query.Reason(reason).Sentence() == "":
				t.Errorf("%s: %s is about a code that does not exist", l, k)
			case !of && !why && !english.Has(k):
				t.Errorf("%s: %s is not in English", l, k)
			}
		}
	}
}

func TestEveryReasonOfASearchIsSaidInEveryLanguage(t *testing.T) {
	for _, l := range i18n.Languages() {
		c := i18n.For(l)
		for _, r := range query.Reasons() {
			if said := c.Reason(r); said == "" || l != "en" && said == r.Sentence() {
				t.Errorf("%s says of %s: %q", l, r, said)
			}
		}
	}
}

func TestEveryCodeIsSaidInEveryLanguage(t *testing.T) {
	for _, l := range i18n.Languages() {
		c := i18n.For(l)
		for _, code := range station.Codes() {
			f := station.NewFinding(code, "{}")
			what, next := c.Finding(f)
			if strings.Count(f.Message, "{}") != strings.Count(what, "{}") {
				t.Errorf("%s: %s has other places to fill in than %q", l, code, f.Message)
			}
			if l != "en" && (!c.Has("what."+string(code)) || f.Next != "" && !c.Has("next."+string(code))) {
				t.Errorf("%s does not say what %s is, or what to do about it", l, code)
			}
			if (next == "") != (f.Next == "") {
				t.Errorf("%s: %s says what to do in one of the languages only", l, code)
			}
		}
	}
}

// Who stands at a screen has no terminal.
func TestNoSentenceOfAScreenNamesAVerbOfTheCommandLine(t *testing.T) {
	for _, l := range i18n.Languages() {
		c := i18n.For(l)
		for _, code := range station.Codes() {
			what, next := c.Finding(station.NewFinding(code, ""))
			if terminal.MatchString(what + " " + next) {
				t.Errorf("%s: %s: %s %s", l, code, what, next)
			}
		}
		for _, k := range c.Keys() {
			if terminal.MatchString(c.Say(k)) {
				t.Errorf("%s: %s: %s", l, k, c.Say(k))
			}
		}
	}
	for english, own := range phrases(t, translated()[0]) {
		if terminal.MatchString(english + " " + own) {
			t.Errorf("%q: %q", english, own)
		}
	}
}

// terminal finds a command and an option of one.
var terminal = regexp.MustCompile(`bindery [a-z]|--[a-z]`)

// The verbs are those of docs/record-format.md, which tells of each.
func TestEveryVerbOfTheLedgerIsSaidInEveryLanguage(t *testing.T) {
	page, err := os.ReadFile("../../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile("(?m)^\\| `what` \\| a verb: (.*) \\|$").FindSubmatch(page)
	if line == nil {
		t.Fatal("docs/record-format.md has no list of verbs")
	}
	var verbs []string
	for _, m := range regexp.MustCompile("`([a-z-]+)(…?)`").FindAllStringSubmatch(string(line[1]), -1) {
		if m[2] == "" {
			verbs = append(verbs, m[1])
			continue
		}
		for _, d := range []station.Disposition{station.Quarantined, station.Passed, station.Reworked, station.Scrapped, station.Imported, station.Superseded} {
			verbs = append(verbs, m[1]+string(d))
		}
	}
	if len(verbs) < 60 {
		t.Errorf("only %d verbs were found", len(verbs))
	}
	for _, l := range i18n.Languages() {
		c := i18n.For(l)
		for _, v := range verbs {
			if !c.Has("entry." + v) {
				t.Errorf("%s does not say what %s is", l, v)
			}
		}
	}
}

// Of two texts under one key the later would win without a word.
func TestNoKeyStandsTwiceInACatalogue(t *testing.T) {
	for _, l := range i18n.Languages() {
		content, err := os.ReadFile(l + ".json")
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`(?m)^  "([^"]+)":`).FindAllSubmatch(content, -1)
		if n := len(i18n.For(l).Keys()); len(found) != n {
			t.Errorf("%s has %d lines for %d keys", l, len(found), n)
		}
	}
}

// rejected are the words that stood for something that another word of the
// glossary says now, but for the keys where they mean something else.
var rejected = []struct {
	language, words, mean, but string
}{
	{"de", `Nachweis`, "Aufzeichnung (record)", ``},
	{"de", `[Aa]n(ge)?meld`, "eintragen (enrol)", `^(barred\.word|ask\.signer|quality\.home|setup\.keys|leaf\.nobody|place\.sign-in|about\.sign-in|entry\.sign-in|next\.(port-denied|display-fault))$`}, // sign in
	{"de", `Verbleib`, "Zustand (disposition)", ``},
	{"de", `abgelöst`, "ersetzt (superseded)", ``},
	{"de", `Gerätschaft|Arbeitsplatz`, "Betriebsmittel (device of a station)", ``},
	{"de", `(?i)Platz\b|des Platzes`, "Station (station), Linie (line)", `^(printer\.no-room|start\.next\.record-full|next\.(record-full|export-fault))$`}, // room
	{"de", `Etikettlayout|Etiketten-Layout`, "Etikettenlayout (label layout)", ``},
	{"de", `(?i)\btippen|ausgabe`, "eingeben (type), exportieren (export)", ``},
	{"de", `(?i)freig[ea]|\bgibt .* frei\b`, "genehmigen (approve)", `^(scope\.lots|act\.release|form\.release|blocker\.nothing-passed|lot\.(ready|blocked)|entry\.release-lot|field\.disposition\.for|next\.meaning-not-allowed|what\.(unit-released|lot-not-ready)|.*\.released)$`}, // release
	{"es", `(?i)\bpuestos?\b`, "estación (station), línea (line)", ``},
	{"es", `(?i)\bequipos?\b`, "unidad (unit), dispositivo (device)", `^(place\.device|about\.rules|what\.(device-not-allowed|imei-test-range))$`}, // equipment
	{"es", `registrad[ao] con|no (está |estaba )?registrada|registrar? (esta|la clave)`, "inscribir (enrol)", ``},
	{"es", `\bdestino\b`, "estado (disposition)", ``},
	{"es", `aprobad[oa]`, "apta (passed)", `^(definition\.approved|what\.product-not-approved)$`}, // approved
	{"es", `releída|\bleída`, "escaneada (scanned)", ``},
	{"es", `planificad`, "previsto (planned)", ``},
}

// docs/glossary.md has the words that were chosen.
func TestOneWordMeansOneThing(t *testing.T) {
	for _, r := range rejected {
		c, words, but := i18n.For(r.language), regexp.MustCompile(r.words), regexp.MustCompile(cmp.Or(r.but, `^$`))
		for _, k := range c.Keys() {
			if said := c.Say(k) + " " + c.Count(k, 1); words.MatchString(said) && !but.MatchString(k) {
				t.Errorf("%s: %s: the word is %s: %s", r.language, k, r.mean, said)
			}
		}
	}
}

func TestFontsHoldEveryCharacter(t *testing.T) {
	for _, face := range []fyne.Resource{theme.DefaultTextFont(), theme.DefaultTextBoldFont()} {
		f, err := sfnt.Parse(face.Content())
		if err != nil {
			t.Fatal(err)
		}
		var b sfnt.Buffer
		for _, l := range i18n.Languages() {
			c := i18n.For(l)
			for _, k := range c.Keys() {
				for _, r := range c.Say(k) + c.Count(k, 1) {
					if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 {
						t.Errorf("%s has no %q, which %s needs for %s", face.Name(), r, l, k)
					}
				}
			}
		}
	}
}

func TestWhatIsCountedAgreesWithItsNumber(t *testing.T) {
	for _, c := range []struct {
		language string
		n        int
		want     string
	}{
		{"en", 0, "Order WO-1 has 0 units in process."},
		{"en", 1, "Order WO-1 has 1 unit in process."},
		{"en", 2, "Order WO-1 has 2 units in process."},
		{"de", 1, "Auftrag WO-1 hat 1 Gerät in Arbeit."},
		{"de", 21, "Auftrag WO-1 hat 21 Geräte in Arbeit."},
		{"es", 1, "La orden WO-1 tiene 1 unidad en proceso."},
		{"es", 1_000_000, "La orden WO-1 tiene 1000000 unidades en proceso."}, // which Spanish counts as "many"
	} {
		if got := i18n.For(c.language).Count("blocker.units-in-process", c.n, "WO-1", strconv.Itoa(c.n)); got != c.want {
			t.Errorf("%s says of %d: %q", c.language, c.n, got)
		}
	}
	if got := i18n.For("en").Count("ready.word", 1); got != i18n.For("en").Say("ready.word") {
		t.Errorf("what counts nothing is %q", got)
	}
}

func TestFor(t *testing.T) {
	for in, want := range map[string]string{"de": "de", "de_AT.UTF-8": "de", "DE": "de", "": "en", "C.UTF-8": "en", "xx": "en", "es_MX": "es"} {
		if got := i18n.For(in).Language; got != want {
			t.Errorf("%q gives %s, want %s", in, got, want)
		}
	}
}

func TestFindingIsSaidWithItsValue(t *testing.T) {
	f := station.NewFinding(station.TACNotAllocated, "86012345")
	type said struct{ What, Next string }
	for l, want := range map[string]said{
		"en": {"This IMEI is not in a range that we own (TAC 86012345).", "Put the unit on the red shelf and call the lead."},
		"de": {"Diese IMEI liegt in keinem Bereich, der uns gehört (TAC 86012345).", "Gerät in das rote Regal legen und die Schichtleitung rufen."},
	} {
		what, next := i18n.For(l).Finding(f)
		if d := gocmp.Diff(want, said{what, next}); d != "" {
			t.Errorf("%s (-want +got):\n%s", l, d)
		}
	}
}
