// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/widget"
)

// flagged lists the flags that are in force.
func (s *UnitHistory) flagged() []station.Flag {
	var list []station.Flag
	for _, f := range s.Flags {
		if f.Ended == nil {
			list = append(list, f.Flag)
		}
	}
	return list
}

// imported is the disposition that a list of another system gives the unit; "" where
// none has it.
func (s *UnitHistory) imported() station.Disposition {
	if s.Imported == nil {
		return ""
	}
	return s.Imported.Disposition
}

// state is the disposition of the unit.
func (s *UnitHistory) state() station.Disposition {
	return station.DispositionOf(s.Disposition, s.imported())
}

// flagBands say loudly which flags are in force, since when, by whom and why.
func (s *UnitHistory) flagBands(p *paragraphBuilder) {
	for _, f := range s.Flags {
		if f.Ended == nil {
			text := p.q.say("flag.since", p.q.s.When(f.Since), p.q.called(f.By)) + " · " + f.Reason
			p.band(widget.Caution, widget.StepWarn, strings.ToUpper(p.q.say("flag."+string(f.Flag))), text)
		}
	}
}

// describeFlag tells a flag, with how it ended.
func describeFlag(p *paragraphBuilder, f record.FlagView) {
	state, name := widget.StepWarn, "page.flag"
	if f.Ended != nil {
		state, name = "", "page.flagended"
	}
	p.heading(state, p.q.say(name, p.q.say("flag."+string(f.Flag))), p.q.s.When(f.Since)+" · "+p.q.called(f.By))
	p.item("reason", f.Reason)
	p.item("saidby", f.SaidBy)
	if f.File != "" {
		p.item("list", p.q.say("page.listrow", f.File, n(int(f.Row))))
	}
	if f.Ended != nil {
		p.item("ended", p.q.s.When(*f.Ended)+" · "+p.q.called(f.EndedBy))
		p.item("endreason", f.EndReason)
	}
}

// origin tells where a unit from before the record comes from: a list of another
// system, which no station of ours has observed.
func (s *UnitHistory) origin(p *paragraphBuilder) {
	u := s.Imported
	if u == nil {
		return
	}
	p.heading("", p.q.say("page.imported"), p.q.say("unit."+string(u.Disposition)))
	p.plain(p.q.say("page.notobserved"))
	p.item("source", u.Source)
	p.item("list", p.q.say("page.listrow", u.File, n(int(u.Row))))
	p.item("filehash", u.FileHash)
	p.item("ref", u.REF)
	p.item("order", u.Order)
	p.item("lot", u.Lot)
	p.item("wasthere", strings.Join(given(u.Was, u.BoundAt, u.Operator, u.Station), " · "))
	if u.Changed != nil {
		p.item("originchanged", p.q.s.When(*u.Changed))
		p.people("by", u.By, u.Second)
		p.item("reason", u.Reason)
	}
	for _, b := range u.Bindings {
		s.importedBinding(p, b)
	}
}

func (s *UnitHistory) importedBinding(p *paragraphBuilder, b record.ImportedBindingView) {
	name := "page.importedlive"
	if !b.Live {
		name = "page.importedended"
	}
	p.heading("", p.q.say(name, b.Source), p.q.say("page.listrow", b.File, n(int(b.Row))))
	p.identity(s.Serial, "imei", identity.IMEI(b.IMEI).String(), b.IMEI)
	p.identity(s.Serial, "imei2", identity.IMEI(b.IMEI2).String(), b.IMEI2)
	p.identity(s.Serial, "iccid", identity.ICCID(b.ICCID).String(), b.ICCID)
	p.identity(s.Serial, "imsi", identity.IMSI(b.IMSI).String(), b.IMSI)
	p.identity(s.Serial, "eid", identity.EID(b.EID).String(), b.EID)
	p.item("module", strings.Join(given(b.Maker, b.Model, b.Firmware), " "))
	p.item("fromto", b.Dated+" – "+b.Undated)
	p.item("by", b.By)
	p.item("reason", b.Reason)
}

// subscriptions tells which SIM the unit was given in the field, from when to
// when, by whom and why, the newest first.
func (s *UnitHistory) subscriptions(p *paragraphBuilder) {
	for i := len(s.SIMs) - 1; i >= 0; i-- {
		c := s.SIMs[i]
		name, until := "page.simnow", "…"
		if c.To != nil {
			name, until = "page.simbefore", p.q.s.When(*c.To)
		}
		p.heading("", p.q.say(name), p.q.s.When(c.From)+" – "+until)
		p.identity(s.Serial, "iccid", identity.ICCID(c.ICCID).String(), c.ICCID)
		p.identity(s.Serial, "imsi", identity.IMSI(c.IMSI).String(), c.IMSI)
		p.identity(s.Serial, "eid", identity.EID(c.EID).String(), c.EID)
		p.item("saidby", c.SaidBy)
		p.item("reason", c.Reason)
		p.item("source", strings.Join(given(c.Source, p.q.say("page.listrow", c.File, n(int(c.Row)))), " · "))
		p.people("broughtby", c.By)
	}
}

// given are the texts that say something.
func given(texts ...string) []string {
	var list []string
	for _, t := range texts {
		if t != "" {
			list = append(list, t)
		}
	}
	return list
}
