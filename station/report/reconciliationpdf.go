// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/record"
)

// mostListed is how many rows of a class are listed on paper: who needs more of
// them sorts a workbook. It bounds the memory too.
const mostListed = 1000

// reconciliationPDF is the result on paper: what a manager reads on the first
// page, then the rows that somebody has to look at, class by class.
type reconciliationPDF struct {
	*pageBuilder
	shown
	ctx     context.Context
	job     ReconciliationJob
	fonts   fonts
	out     *outputFiles
	rows    map[reconcile.Class][]reconcile.ClassifiedRow
	missing []reconcile.Card
	changes []reconcile.Change
	changed int
}

func newReconciliationPDF(ctx context.Context, job ReconciliationJob, out *outputFiles) (*reconciliationPDF, error) {
	f, err := newFonts()
	return &reconciliationPDF{
		ctx: ctx, job: job, fonts: f, out: out, shown: shown{job.Whole}, rows: map[reconcile.Class][]reconcile.ClassifiedRow{},
	}, err
}

// Row keeps a row that somebody has to look at.
func (p *reconciliationPDF) Row(row reconcile.ClassifiedRow) error {
	if c := row.Class; c != reconcile.Match && c != reconcile.Ignore && len(p.rows[c]) < mostListed {
		p.rows[c] = append(p.rows[c], row)
	}
	return nil
}

// Missing keeps a SIM that the list lacks.
func (p *reconciliationPDF) Missing(c reconcile.Card) error {
	if len(p.missing) < mostListed {
		p.missing = append(p.missing, c)
	}
	return nil
}

// Change keeps what became of a SIM.
func (p *reconciliationPDF) Change(c reconcile.Change) error {
	if p.changed++; len(p.changes) < mostListed {
		p.changes = append(p.changes, c)
	}
	return nil
}

func (p *reconciliationPDF) close() {}

func (p *reconciliationPDF) end(s reconcile.Summary, kept record.Reconciliation) error {
	foot := []string{
		fmt.Sprintf("Compared %s by %s, recorded in leaf %d. Times are UTC.", clock(p.job.At), p.job.Person, kept.Leaf),
		"SHA-256 of the list " + kept.Hash,
		"Made by " + p.job.Program,
	}
	name := identity.MaskIn(station.Shown(kept.File))
	p.pageBuilder = newPageBuilder(p.fonts, "Comparison of a carrier's list with the record", name, foot, p.job.At, p.job.Program)
	p.addSummary(s, kept, name)
	p.addLists(s)
	p.addChanges()
	if err := p.ctx.Err(); err != nil {
		return err
	}
	return p.out.writeVolume(p.ctx, func(w io.Writer) error { return p.finish(w, "") })
}

// addSummary adds the page for those who read no other.
func (p *reconciliationPDF) addSummary(s reconcile.Summary, kept record.Reconciliation, name string) {
	p.putTitle(fmt.Sprintf("Comparison %d of a carrier's list with the record", kept.Run), name)
	p.putFacts([]fact{
		{"Compared", clock(p.job.At) + " UTC", false}, {"By", p.job.Person, false},
		{"Read as", readAs(kept.Mapping), false}, {"Rows", strconv.Itoa(s.Rows), false},
		{"SIMs looked for", begins(s.Issuers), false}, {"Held against", heldAgainst(p.job.Since), false},
		{"Numbers", p.written(), false}, {"Reason", kept.Why, false},
	})
	p.y += 3
	p.putParagraph(textStyle{p.bold, 12, 20}, verdict(s))
	p.putHeading("What was found, and what to do", 20)
	g := p.beginGrid(gridColumn{"", 38, p.strong(), false}, gridColumn{"how many", 16, p.body(), true},
		gridColumn{"what it means", 54, p.body(), false}, gridColumn{"what to do", 66, p.body(), false})
	for _, c := range append(reconcile.Findings(), reconcile.Match, reconcile.Ignore) {
		n := s.Counts[c]
		if c == reconcile.Missing {
			n = s.Missing
		}
		if m := c.Description(); n > 0 {
			g.addRow(m.Title, strconv.Itoa(n), m.Text, m.Do)
		}
	}
	p.y += 1
	if s.Unread > 0 {
		p.putParagraph(p.body(), fmt.Sprintf("The ICCIDs of %s cannot be read, so that the SIM of each may count as missing.", station.Counted(s.Unread, "row", "rows")))
	}
	p.putParagraph(p.body(), "A damaged number is tied to no unit, and none is corrected to the nearest one that is known.")
	p.putHeading("How the list was read", 12)
	for _, c := range kept.Mapping.Columns {
		p.putParagraph(p.body(), fmt.Sprintf("%s is taken for %s.", columnShown(c), c.Role))
	}
}

// verdict is the result in one sentence.
func verdict(s reconcile.Summary) string {
	found := 0
	for _, c := range reconcile.Findings() {
		found += s.Counts[c]
	}
	agree := fmt.Sprintf("%d of %s agree with the record.", s.Counts[reconcile.Match], station.Counted(s.Rows, "row", "rows"))
	if found == 0 && s.Missing == 0 {
		return agree + " There is nothing to do."
	}
	return fmt.Sprintf("%s To look at: %s, and %s that the list lacks.", agree,
		station.Counted(found, "row", "rows"), station.Counted(s.Missing, "SIM", "SIMs"))
}

func readAs(m reconcile.Mapping) string {
	switch {
	case m.Shape != "":
		return m.Shape
	case m.Name != "":
		return "the mapping " + station.Shown(m.Name)
	}
	return "what its columns hold"
}

func begins(issuers []string) string {
	if len(issuers) == 0 {
		return "none: no SIM of the list tells its issuer"
	}
	return "those that begin " + strings.Join(issuers, ", ")
}

func heldAgainst(since int64) string {
	if since == 0 {
		return ""
	}
	return fmt.Sprintf("comparison %d", since)
}

func (p *reconciliationPDF) written() string {
	if p.whole {
		return "whole"
	}
	return "masked"
}

func columnShown(c reconcile.Column) string {
	if c.Name == "" {
		return fmt.Sprintf("Column %d", c.At)
	}
	return fmt.Sprintf("Column %d, “%s”,", c.At, identity.MaskIn(station.Shown(c.Name)))
}

// addLists adds the rows of each class on pages of their own.
func (p *reconciliationPDF) addLists(s reconcile.Summary) {
	small := textStyle{p.regular, 7.5, 20}
	mono := textStyle{p.mono, 7.5, 20}
	for _, c := range reconcile.Findings() {
		rows := p.rows[c]
		if len(rows) == 0 {
			continue
		}
		p.beginList(c, s.Counts[c], len(rows))
		g := p.beginGrid(gridColumn{"Line", 14, small, true}, gridColumn{"Serial", 30, textStyle{p.bold, 7.5, 20}, false},
			gridColumn{"ICCID", 40, mono, false}, gridColumn{"IMEI", 30, mono, false}, gridColumn{"State", 26, small, false}, gridColumn{"Besides", 34, small, false})
		for _, r := range rows {
			g.addRow(strconv.Itoa(r.Line), r.Serial, p.iccid(r.ICCID), p.imei(r.Device), identity.MaskIn(station.Shown(r.State)), besides(r))
		}
	}
	if len(p.missing) == 0 {
		return
	}
	p.beginList(reconcile.Missing, s.Missing, len(p.missing))
	g := p.beginGrid(gridColumn{"Serial", 44, textStyle{p.bold, 7.5, 20}, false}, gridColumn{"ICCID", 50, mono, false},
		gridColumn{"IMEI", 40, mono, false}, gridColumn{"Flags", 40, small, false})
	for _, c := range p.missing {
		g.addRow(c.Serial, p.iccid(identity.ICCID(c.ICCID)), p.imei(identity.IMEI(c.IMEI)), strings.Join(c.Flags, ", "))
	}
}

// besides is what else is to be told of a row, in words.
func besides(r reconcile.ClassifiedRow) string {
	var all []string
	if r.Damage != "" {
		all = append(all, r.Damage.Text())
	}
	for _, c := range r.Labels {
		if c != r.Class {
			all = append(all, c.Description().Title)
		}
	}
	return strings.Join(append(all, r.Flags...), ", ")
}

// beginList begins the list of a class on a new page.
func (p *reconciliationPDF) beginList(c reconcile.Class, all, listed int) {
	m := c.Description()
	p.turnTo(m.Title)
	p.putHeading(fmt.Sprintf("%s: %d", m.Title, all), 20)
	p.putParagraph(p.body(), m.Text+" "+m.Do)
	if listed < all {
		p.putParagraph(p.strong(), fmt.Sprintf("The first %d are listed. All are in the result as .csv or .xlsx.", listed))
	}
	p.y += 2
}

// addChanges adds what became of the SIMs since the earlier comparison.
func (p *reconciliationPDF) addChanges() {
	if p.job.Since == 0 {
		return
	}
	p.turnTo("Changes")
	p.putHeading(fmt.Sprintf("Changes since comparison %d: %d", p.job.Since, p.changed), 20)
	if p.changed == 0 {
		p.putParagraph(p.body(), "No SIM is new, gone, with another device or of another class.")
		return
	}
	if p.changed > len(p.changes) {
		p.putParagraph(p.strong(), fmt.Sprintf("The first %d are listed. All are in the result as .csv or .xlsx.", len(p.changes)))
	}
	small := textStyle{p.regular, 7.5, 20}
	g := p.beginGrid(gridColumn{"Change", 20, small, false}, gridColumn{"Serial", 34, textStyle{p.bold, 7.5, 20}, false},
		gridColumn{"ICCID", 44, textStyle{p.mono, 7.5, 20}, false}, gridColumn{"Before", 38, small, false}, gridColumn{"Now", 38, small, false})
	for _, c := range p.changes {
		g.addRow(string(c.Kind), c.Serial, p.iccid(c.SIM), titles(c.Before), titles(c.After))
	}
}

func titles(list []reconcile.Class) string {
	var all []string
	for _, c := range list {
		all = append(all, c.Description().Title)
	}
	return strings.Join(all, ", ")
}
