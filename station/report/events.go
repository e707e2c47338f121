// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"strings"

	"bindery/station"
	"bindery/station/record"
)

// addMoves adds the changes of a unit's disposition that people made.
func (o *pdfReport) addMoves(list []record.TransitionView) {
	if len(list) == 0 {
		return
	}
	o.putHeading("Changes of disposition", 16)
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"Time", 30, s, false}, gridColumn{"From, to", 38, s, false}, gridColumn{"By, agreed by", 44, s, false},
		gridColumn{"Reason", 48, s, false}, gridColumn{"Leaf", 14, s, true})
	for _, m := range list {
		signed := ""
		if m.Signature != 0 {
			signed = fmt.Sprintf("signature %d", m.Signature)
		}
		g.addRow(clock(m.At), fmt.Sprintf("%s → %s", m.From, m.To), joined(o.person(m.By), o.person(m.Second)),
			joined(m.Reason, signed), fmt.Sprint(m.Leaf))
	}
}

// addAlarms adds what stopped a unit, and who settled it.
func (o *pdfReport) addAlarms(list []record.AlarmView) {
	if len(list) == 0 {
		return
	}
	o.putHeading("Alarms", 16)
	s := textStyle{o.regular, 7.5, 20}
	g := o.beginGrid(gridColumn{"Raised", 30, s, false}, gridColumn{"What happened", 66, s, false}, gridColumn{"Closed, by", 42, s, false},
		gridColumn{"Reason", 36, s, false})
	for _, a := range list {
		closed := "OPEN"
		if !a.Closed.IsZero() {
			closed = joined(clock(a.Closed), o.person(a.ClosedBy))
		}
		g.addRow(clock(a.At), string(a.Code)+": "+a.Text, closed, a.Reason)
	}
}

// addSignatures adds signatures as 21 CFR 11.50 asks: printed name, date and time, and
// what the signature means; with the hash of what was signed (11.70).
func (o *pdfReport) addSignatures(list []record.Signature) {
	for _, s := range list {
		o.putHeading(fmt.Sprintf("Signed: %s of %s", s.Meaning, signedSubject(s.Subject)), 20)
		o.putFacts([]fact{
			{"Printed name", s.Name, false}, {"Person, role", joined(s.By, s.Role), false}, {"Meaning", string(s.Meaning), false},
			{"Local time", station.LocalTime(s.At, s.Zone), false}, {"UTC", clock(s.At), false},
			{"Signature, leaf", fmt.Sprintf("%d, leaf %d", s.ID, s.Leaf), false},
		})
		o.putParagraph(textStyle{o.mono, 6.5, 60}, "SHA-256 of what was signed: "+s.Hash)
		o.addSignatureStatus(s.Holds)
	}
}

// addSignatureStatus says how far a signature over a lot still holds (11.70), in bold
// where it no longer does.
func (o *pdfReport) addSignatureStatus(h *record.SignatureStatus) {
	if h == nil {
		return
	}
	o.y++
	look := o.body()
	if !h.Whole() {
		look = o.strong()
	}
	for _, line := range h.Lines(o.person) {
		o.putParagraph(look, line)
	}
}

// signedSubject is what a signature is about, in words.
func signedSubject(subject string) string {
	kind, name, _ := strings.Cut(subject, ":")
	if at := strings.LastIndexByte(name, '/'); kind == "product" && at >= 0 {
		name = name[:at] + ", version " + name[at+1:]
	}
	return kind + " " + name
}
