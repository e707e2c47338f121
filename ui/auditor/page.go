// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// page is what stands on the right: the job, or the fact that is chosen and
// the leaf behind it.
func (a *Model) page() []widget.Para {
	switch e := a.job; {
	case e != nil && e.onPage && e.ended != nil:
		return e.ended
	case e != nil && e.onPage && e.asks:
		return a.askPage(e)
	case e != nil && e.onPage:
		return a.runningPage(e)
	case a.nodePage == nil && a.status != "":
		return a.band(widget.Caution, widget.StepWarn, a.status, "")
	case a.nodePage == nil:
		return nil
	}
	return a.stopPage(*a.nodePage)
}

// stopPage tells a place: whether what it says holds, what it is, its row,
// what is inside, then the leaf and its proof.
func (a *Model) stopPage(s record.Page) []widget.Para {
	name := a.entitled(s.Kind, shownUnless(s.Whole, s.Title))
	ps := append([]widget.Para{{Kind: widget.Title, Name: name, Text: a.state(s.State)}}, a.tookPage()...)
	if s.Leaf != nil {
		ps = append(ps, a.holds(*s.Leaf)...)
	}
	ps = append(ps, widget.Para{Kind: widget.Plain, Text: a.sentence(s)})
	for _, f := range s.Facts {
		ps = append(ps, a.item(a.column(f.Name), a.value(f.Value)))
	}
	ps = append(ps, a.insidePage(s)...)
	if s.Leaf != nil && s.Leaf.Hash != "" {
		ps = append(ps, a.leafPage(*s.Leaf)...)
	}
	return ps
}

// tookPage says what the text was taken for by which one came to what is chosen,
// and why.
func (a *Model) tookPage() []widget.Para {
	if a.chosen() > 0 || a.here().took == nil {
		return nil
	}
	m := *a.here().took
	head, lines := screen.Interpretation(a.s.Words, m)
	ps := a.band("", "", head, lines[0])
	for _, line := range lines[1:] {
		ps = append(ps, widget.Para{Kind: widget.Plain, Text: line})
	}
	return ps
}

// holds says at once whether what stands here can be trusted: what is wrong,
// or how far it is proven.
func (a *Model) holds(l record.LeafStatus) []widget.Para {
	say, number, size := a.s.Words.Say, groupedInt(l.Number), groupedInt(l.Size)
	switch {
	case len(l.Wrong) > 0:
		var ps []widget.Para
		for _, w := range l.Wrong {
			ps = append(ps, a.band(widget.Bad, widget.StepFail, say("wrong."+string(w)), say("wrong.then"))...)
		}
		return ps
	case l.Proven:
		return a.band("", widget.StepDone, say("proof.proven", size, l.Key), say("proof.checked", number))
	}
	why := say("proof.not-yet-say", number, size)
	if l.Size == 0 {
		why = say("proof.none-say", number)
	}
	return a.band("", widget.StepWarn, say("proof.not-yet"), why)
}

// sentence says what a place is, in plain words, with the facts that its
// catalogue entry names.
func (a *Model) sentence(s record.Page) string {
	text := a.s.Words.Say("about." + string(s.Kind))
	if s.Kind == record.KindUnit && len(s.Facts) == 0 {
		text = a.s.Words.Say("about.refused")
	}
	text = named.ReplaceAllStringFunc(text, func(m string) string {
		for _, f := range s.Facts {
			if f.Name == m[1:len(m)-1] {
				return a.value(f.Value)
			}
		}
		return "–"
	})
	if s.Units.Kind == record.KindUnit && !s.Whole && masks[s.Kind] {
		text += " " + a.s.Words.Say("room.whole", keyWhole)
	}
	return text
}

var named = regexp.MustCompile(`\{[a-z_]+\}`)

// masks are the places that show identities masked.
var masks = map[record.NodeKind]bool{record.KindBinding: true, record.KindEvidence: true, record.KindVerdict: true, record.KindLeaf: true}

// digest is a hash in groups of eight digits, on two lines.
func (a *Model) digest(name, hex string) []widget.Para {
	var groups []string
	for group := range slices.Chunk([]byte(hex), 8) {
		groups = append(groups, string(group))
	}
	half := (len(groups) + 1) / 2
	return []widget.Para{a.item(name, strings.Join(groups[:half], " ")), a.item("", strings.Join(groups[half:], " "))}
}

func (a *Model) item(name, value string) widget.Para {
	return widget.Para{Kind: widget.Item, Name: name, Text: value}
}

// column is what a column of the record is called; one that the catalogue
// does not know is called as it is.
func (a *Model) column(name string) string {
	if strings.HasPrefix(name, "step.") {
		return a.s.Words.Say(name)
	}
	if key := "col." + name; a.s.Words.Say(key) != key {
		return a.s.Words.Say(key)
	}
	if state := a.state(name); state != "is."+name {
		return state
	}
	return strings.ReplaceAll(name, "_", " ")
}

// value is a value for people: a time in the zone of the station with UTC
// beside it, and the few words that stand for something in their language.
func (a *Model) value(v string) string {
	if t, err := time.Parse(time.RFC3339, v); err == nil {
		return screen.BothTimes(a.s.Local(t))
	}
	if key := "is." + v; a.s.Words.Say(key) != key {
		return a.s.Words.Say(key)
	}
	return v
}

// insidePage shows what a row carries: findings, the dialogue, a text.
func (a *Model) insidePage(s record.Page) []widget.Para {
	var ps []widget.Para
	for _, f := range s.Findings {
		what, _ := a.s.Words.Finding(f)
		ps = append(ps, widget.Para{Kind: widget.Heading, State: findingState(f.Level), Name: string(f.Code)}, widget.Para{Kind: widget.Plain, Text: what})
	}
	for _, e := range s.Evidence {
		ps = append(ps, screen.DialoguePara(e))
	}
	if s.Text != "" {
		ps = append(ps, widget.Para{Kind: widget.Heading, Name: a.s.Words.Say("leaf.text")})
		for line := range strings.Lines(s.Text) {
			ps = append(ps, widget.Para{Kind: widget.Dialogue, Text: strings.TrimRight(line, "\n")})
		}
	}
	return ps
}

func findingState(l station.Level) widget.StepState {
	switch l {
	case station.LevelPass:
		return widget.StepDone
	case station.LevelWarn:
		return widget.StepWarn
	case station.LevelFail:
	}
	return widget.StepFail
}

// leafPage tells the leaf behind a place.
func (a *Model) leafPage(l record.LeafStatus) []widget.Para {
	say := a.s.Words.Say
	state := widget.StepDone
	if len(l.Wrong) > 0 {
		state = widget.StepFail
	}
	ps := []widget.Para{{Kind: widget.Heading, State: state, Name: say("leaf.title", strconv.FormatInt(l.Number, 10))}}
	item := func(key, value string) {
		if value != "" {
			ps = append(ps, a.item(say("leaf."+key), value))
		}
	}
	item("what", say("entry.stored", a.s.Words.Entry(l.What), l.What))
	item("subject", l.Subject)
	item("when", screen.BothTimes(station.InZone(l.Time(), l.Zone)))
	item("who", orSay(l.Who, say("leaf.nobody")))
	item("where", l.Station)
	item("why", l.Why)
	item("new", newRows(l.Changes))
	for _, c := range l.Changes {
		for _, col := range c.Columns {
			was, is := orSay(a.value(col.Was), "–"), orSay(a.value(col.Is), "–")
			item("changed", strings.TrimSpace(c.Table+" "+c.Key)+": "+a.column(col.Name)+" "+was+" → "+is)
		}
	}
	ps = append(ps, a.digest(say("leaf.hash"), l.Hash)...)
	ps = append(ps, a.digest(say("leaf.prev"), l.Prev)...)
	if l.Proven {
		ps = append(ps, a.proofPage(l)...)
	}
	return ps
}

// newRows names the rows that a leaf wrote for the first time.
func newRows(changes []record.RowChange) string {
	var rows []string
	for _, c := range changes {
		if row := strings.TrimSpace(c.Table + " " + c.Key); c.New && !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	return strings.Join(rows, ", ")
}

// proofPage lists the hashes that lead from a leaf to the root that was signed.
func (a *Model) proofPage(l record.LeafStatus) []widget.Para {
	ps := []widget.Para{
		{Kind: widget.Heading, State: widget.StepDone, Name: a.s.Words.Say("proof.title")},
		a.item(a.s.Words.Say("proof.root"), l.Root),
	}
	for i, h := range l.Path {
		name := ""
		if i == 0 {
			name = a.s.Words.Say("proof.path")
		}
		ps = append(ps, a.digest(name, h)...)
	}
	return ps
}

func (a *Model) band(tone widget.ColourRole, state widget.StepState, name, text string) []widget.Para {
	return []widget.Para{{Kind: widget.Band, Tone: tone, State: state, Name: name, Text: text}}
}

func shownUnless(whole bool, s string) string {
	if whole {
		return s
	}
	return station.Shown(s)
}
