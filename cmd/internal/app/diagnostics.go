// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"path/filepath"
	"strconv"
	"strings"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/fixtures/port"
	"bindery/labels"
	"bindery/labels/printers"
	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/setup"
	"bindery/ui/widget"
)

// diagnostics is the station as the set-up screen sees it.
//
// Its user is an admin who never opens a terminal: what is plugged in, what is
// wrong with it, and what to do, in the sentences of station's codes.
func (a *App) diagnostics() setup.Diagnostics {
	return setup.Diagnostics{Parts: a.parts, Try: a.try, Watch: a.watchDrafts}
}

// parts lists the ports, the printer, the layouts of the record and those that are
// being written. The key is asked for first, though it is shown near the end:
// where the record cannot be read nothing else is worth a look.
func (a *App) parts(ctx context.Context) ([]setup.Component, error) {
	key, err := a.keyPart(ctx)
	if err != nil {
		return nil, err
	}
	found, err := port.List(ctx)
	if err != nil {
		return nil, station.NewFault(station.PortMissing, "", err)
	}
	var parts []setup.Component
	if !hasPort(found, a.settings.Port) {
		parts = append(parts, a.otherPort())
	}
	for _, p := range found {
		parts = append(parts, a.portPart(p))
	}
	parts = append(parts, a.printerPart(ctx))
	layouts, err := a.dhr.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	// The order is that of a fitter: what is plugged in first, then what is printed,
	// then what is signed with, and at the end what is only being written.
	for _, l := range layouts {
		parts = append(parts, a.layoutPart(l))
	}
	return append(append(parts, key), a.drafts()...), nil
}

// printerPart warns only of what the printer says itself: many have no way back, and
// silence is no fault.
func (a *App) printerPart(ctx context.Context) setup.Component {
	p := setup.Component{ID: "printer", Name: a.printer.Name(), Kind: "printer", Facts: []record.Fact{{Name: "dpi", Value: strconv.Itoa(a.settings.DPI)}}}
	if printers.NoResolution(a.printer.Printer) {
		p.Note = "printer.no-resolution"
	}
	if c := a.printer.condition(ctx); c == printers.Ready {
		p.State = widget.StepDone
	} else if c != "" {
		p.State, p.Lacks = widget.StepWarn, string(c)
	}
	return p
}

// hasPort reports whether a port is among those found, under either of its names.
func hasPort(found []port.Info, path string) bool {
	for _, p := range found {
		if p.Path == path || p.Stable == path {
			return true
		}
	}
	return false
}

// otherPort is the port of the settings when it is no hardware of this
// machine: a link, a simulated device, or nothing.
func (a *App) otherPort() setup.Component {
	p := setup.Component{ID: a.settings.Port, Name: a.settings.Port, Kind: "port", State: widget.StepNow}
	err := port.CheckName(a.settings.Port)
	if _, gone := filepath.EvalSymlinks(a.settings.Port); gone != nil {
		err = station.NewFault(station.PortMissing, a.settings.Port, gone)
	}
	if err != nil {
		p.State, p.Err = widget.StepWarn, err
	}
	return p
}

// portPart marks the port of the settings, and tells the name that stays when it is
// plugged in elsewhere.
func (a *App) portPart(i port.Info) setup.Component {
	p := setup.Component{ID: i.Path, Name: i.Path, Kind: "port"}
	// Two adapters of one make have no number of their own: the screen then says that
	// the place in which it is plugged in counts.
	if i.Naming != port.NamedByID {
		p.Note = "port." + string(i.Naming)
	}
	if i.Stable != i.Path {
		p.Facts = append(p.Facts, record.Fact{Name: "stable", Value: i.Stable})
	}
	if i.Path == a.settings.Port || i.Stable == a.settings.Port {
		p.State = widget.StepNow
	}
	if i.USB.Vendor != "" {
		p.Facts = append(p.Facts, record.Fact{Name: "usb", Value: strings.TrimSpace(fmt.Sprintf("%s:%s %s", i.USB.Vendor, i.USB.Product, i.USB.Name))})
	}
	// A port that somebody holds is told before one that may not be opened: with
	// the holder gone the other may be all that is left.
	switch {
	case i.Holder.PID != 0:
		p.State, p.Err = widget.StepWarn, station.NewFault(station.PortBusy, i.Holder.Name, nil)
		p.Facts = append(p.Facts, record.Fact{Name: "holder", Value: fmt.Sprintf("%s (%d)", i.Holder.Name, i.Holder.PID)})
	case i.Denied != "":
		p.State, p.Err = widget.StepWarn, station.NewFault(station.PortDenied, i.Path, nil)
		p.Facts = append(p.Facts, record.Fact{Name: "group", Value: i.Denied})
	}
	return p
}

// layoutPart draws a layout with sample values, which shows whether it can be
// drawn at all.
func (a *App) layoutPart(l record.LayoutView) setup.Component {
	// By its hash: two versions of a layout have one name.
	p := setup.Component{ID: "layout " + l.Hash, Name: l.Name, Kind: "layout", State: widget.StepDone, Facts: []record.Fact{{Name: "hash", Value: l.Hash[:16] + "…"}}}
	img, err := a.sample(l.Hash)
	if err != nil {
		p.State, p.Err = widget.StepFail, err
		return p
	}
	p.Image = img
	return p
}

// sample draws a layout with values that belong to no unit.
func (a *App) sample(hash string) (image.Image, error) {
	label, err := a.layouts.Label(hash, labels.SampleValues())
	if err != nil {
		return nil, err
	}
	picture, err := label.Encode("png")
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(picture))
}

// keyPart is what makes this station the one that it is.
func (a *App) keyPart(ctx context.Context) (setup.Component, error) {
	s, err := a.dhr.KeyState(ctx)
	p := setup.Component{ID: "key", Name: station.KeyName(s.Public), Kind: "key", State: widget.StepDone}
	// That nobody has enrolled the key is told in the words of the record, which has
	// other ones where it was enrolled for another station.
	switch e := s.Enrolment; {
	case err != nil:
		return p, err
	case e != nil:
		p.Facts = append(p.Facts, record.Fact{Name: "station", Value: e.Station}, record.Fact{Name: "enrolled", Value: enrolmentLine(*e)})
	default:
		if _, err := a.dhr.Station(ctx); err != nil {
			p.State, p.Err = widget.StepWarn, err
		}
	}
	return p, nil
}

// enrolmentLine tells when and by whom a key was enrolled.
func enrolmentLine(e station.Enrolment) string {
	return strings.TrimSpace(station.Timestamp(e.At.In(wire.SystemClock{}.Now().Location())) + " " + e.By)
}

// tryKey enrols a key that is not enrolled, by the admin who asks for it. A key
// that is enrolled is left as it is: Enter on a row must never make a leaf by
// mistake.
func (a *App) tryKey(ctx context.Context, by station.Person, p setup.Component) (setup.Component, error) {
	if p.State == widget.StepDone {
		return p, nil
	}
	if _, err := a.dhr.EnrolKey(ctx, by.ID, "enrolled at the screen"); err != nil {
		return p, err
	}
	if err := a.learnStationName(ctx); err != nil {
		return p, err
	}
	return a.keyPart(ctx)
}

// try reads the device on a port, prints a sample label, or enrols the key. The
// parts are read anew: what was on the screen a moment ago may be unplugged.
func (a *App) try(ctx context.Context, by station.Person, part string) (setup.Component, error) {
	parts, err := a.parts(ctx)
	if err != nil {
		return setup.Component{}, err
	}
	for _, p := range parts {
		switch {
		case p.ID != part:
		case p.Kind == "key":
			return a.tryKey(ctx, by, p)
		case p.Kind == "port":
			return a.tryPort(ctx, p), nil
		case p.Kind == "printer":
			return p, a.tryPrinter(ctx, parts)
		default:
			return p, nil
		}
	}
	return setup.Component{}, station.NewFault(station.PortMissing, part, nil)
}

// tryPort has the station find out by itself what the device speaks: no order says
// it. Numbers are masked: a set-up screen is photographed and sent to whoever
// helps.
func (a *App) tryPort(ctx context.Context, p setup.Component) setup.Component {
	dut, err := fixtures.New(fixtures.Config{Port: p.ID, Baud: a.settings.Baud, Dialect: "auto", Dialects: a.dialects, Clock: wire.SystemClock{}})
	if err != nil {
		p.State, p.Err = widget.StepFail, err
		return p
	}
	r, err := dut.Identify(ctx, nil)
	if err != nil {
		p.State, p.Err = widget.StepFail, err
		return p
	}
	p.State, p.Err = widget.StepDone, nil
	for _, f := range []record.Fact{
		{Name: "maker", Value: r.Manufacturer}, {Name: "model", Value: r.Model}, {Name: "firmware", Value: r.Firmware},
		{Name: "imei", Value: identity.Mask(r.IMEI, 0, 4)}, {Name: "iccid", Value: identity.Mask(r.ICCID, 0, 4)},
		{Name: "dialect", Value: r.Dialect}, {Name: "speed", Value: strconv.Itoa(r.Baud)},
	} {
		if f.Value != "" {
			p.Facts = append(p.Facts, f)
		}
	}
	return p
}

// tryPrinter prints the first layout with sample values; such a label carries
// the word SAMPLE and belongs to no unit.
func (a *App) tryPrinter(ctx context.Context, parts []setup.Component) error {
	for _, p := range parts {
		if hash, ok := strings.CutPrefix(p.ID, "layout "); ok && p.State == widget.StepDone {
			label, err := a.layouts.Label(hash, labels.SampleValues())
			if err != nil {
				return err
			}
			return a.printer.Print(ctx, "sample-1", label)
		}
	}
	return station.NewFault(station.LabelRefused, "the record has no layout.", nil)
}
