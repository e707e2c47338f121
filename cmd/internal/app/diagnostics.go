// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"context"
	"errors"
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
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/ui/setup"
	"bindery/ui/widget"
)

// fitter is the bench as the set-up screen sees it.
func (b *bench) fitter() setup.Diagnostics {
	return setup.Diagnostics{Parts: b.parts, Try: b.try, Watch: b.watchDrafts}
}

// parts lists the ports, the printer, the layouts of the record and those that
// are being written.
func (b *bench) parts(ctx context.Context) ([]setup.Component, error) {
	key, err := b.keyPart(ctx)
	if err != nil {
		return nil, err
	}
	found, err := port.List(ctx)
	if err != nil {
		return nil, station.NewFault(station.PortMissing, "", err)
	}
	var parts []setup.Component
	if !listed(found, b.settings.Port) {
		parts = append(parts, b.otherPort())
	}
	for _, p := range found {
		parts = append(parts, b.portPart(p))
	}
	parts = append(parts, b.printerPart(ctx))
	layouts, err := b.dhr.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	for _, l := range layouts {
		parts = append(parts, b.layoutPart(l))
	}
	return append(append(parts, key), b.drafts()...), nil
}

func (b *bench) printerPart(ctx context.Context) setup.Component {
	p := setup.Component{ID: "printer", Name: b.printer.Name(), Kind: "printer", Facts: []setup.Fact{{Name: "dpi", Value: strconv.Itoa(b.settings.DPI)}}}
	if printers.NoResolution(b.printer.Printer) {
		p.Note = "printer.no-resolution"
	}
	switch c := b.printer.condition(ctx); c {
	case "":
	case printers.Ready:
		p.State = widget.StepDone
	default:
		p.State, p.Lacks = widget.StepWarn, string(c)
	}
	return p
}

func listed(found []port.Info, path string) bool {
	for _, p := range found {
		if p.Path == path || p.Stable == path {
			return true
		}
	}
	return false
}

// otherPort is the port of the settings when it is no hardware of this
// machine: a link, a simulated device, or nothing.
func (b *bench) otherPort() setup.Component {
	p := setup.Component{ID: b.settings.Port, Name: b.settings.Port, Kind: "port", State: widget.StepNow}
	err := port.CheckName(b.settings.Port)
	if _, gone := filepath.EvalSymlinks(b.settings.Port); gone != nil {
		err = station.NewFault(station.PortMissing, b.settings.Port, gone)
	}
	if err != nil {
		p.State, p.Cure = widget.StepWarn, said(err)
	}
	return p
}

func (b *bench) portPart(i port.Info) setup.Component {
	p := setup.Component{ID: i.Path, Name: i.Path, Kind: "port"}
	if i.Naming != port.NamedByID {
		p.Note = "port." + string(i.Naming)
	}
	if i.Stable != i.Path {
		p.Facts = append(p.Facts, setup.Fact{Name: "stable", Value: i.Stable})
	}
	if i.Path == b.settings.Port || i.Stable == b.settings.Port {
		p.State = widget.StepNow
	}
	if i.USB.Vendor != "" {
		p.Facts = append(p.Facts, setup.Fact{Name: "usb", Value: strings.TrimSpace(fmt.Sprintf("%s:%s %s", i.USB.Vendor, i.USB.Product, i.USB.Name))})
	}
	switch {
	case i.Holder.PID != 0:
		f := station.NewFault(station.PortBusy, i.Holder.Name, nil)
		p.State, p.Cure = widget.StepWarn, f.Message+" "+f.Next
		p.Facts = append(p.Facts, setup.Fact{Name: "holder", Value: fmt.Sprintf("%s (%d)", i.Holder.Name, i.Holder.PID)})
	case i.Denied != "":
		f := station.NewFault(station.PortDenied, i.Path, nil)
		p.State, p.Cure = widget.StepWarn, f.Message+" "+f.Next
		p.Facts = append(p.Facts, setup.Fact{Name: "group", Value: i.Denied})
	}
	return p
}

// layoutPart draws a layout with sample values, which shows whether it can be
// drawn at all.
func (b *bench) layoutPart(l dhr.Layout) setup.Component {
	p := setup.Component{ID: "layout " + l.Hash, Name: l.Name, Kind: "layout", State: widget.StepDone, Facts: []setup.Fact{{Name: "hash", Value: l.Hash[:16] + "…"}}}
	img, err := b.sample(l.Hash)
	if err != nil {
		p.State, p.Cure = widget.StepFail, said(err)
		return p
	}
	p.Image = img
	return p
}

func (b *bench) sample(hash string) (image.Image, error) {
	label, err := b.layouts.Label(hash, labels.SampleValues())
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
func (b *bench) keyPart(ctx context.Context) (setup.Component, error) {
	s, err := b.dhr.KeyState(ctx)
	p := setup.Component{ID: "key", Name: station.KeyName(s.Public), Kind: "key", State: widget.StepDone}
	switch e := s.Enrolment; {
	case err != nil:
		return p, err
	case e != nil:
		p.Facts = append(p.Facts, setup.Fact{Name: "station", Value: e.Station}, setup.Fact{Name: "enrolled", Value: joinedBy(*e)})
	default:
		if _, err := b.dhr.Station(ctx); err != nil {
			p.State, p.Cure = widget.StepWarn, said(err)
		}
	}
	return p, nil
}

func joinedBy(e station.Enrolment) string {
	return strings.TrimSpace(station.Timestamp(e.At.In(wire.Clock{}.Now().Location())) + " " + e.By)
}

// tryKey enrols a key that is not enrolled, by the admin who asks for it.
func (b *bench) tryKey(ctx context.Context, by station.Person, p setup.Component) (setup.Component, error) {
	if p.State == widget.StepDone {
		return p, nil
	}
	if _, err := b.dhr.EnrolKey(ctx, by.ID, "enrolled at the screen"); err != nil {
		return p, err
	}
	if err := b.known(ctx); err != nil {
		return p, err
	}
	return b.keyPart(ctx)
}

// try reads the device on a port, prints a sample label, or enrols the key.
func (b *bench) try(ctx context.Context, by station.Person, part string) (setup.Component, error) {
	parts, err := b.parts(ctx)
	if err != nil {
		return setup.Component{}, err
	}
	for _, p := range parts {
		switch {
		case p.ID != part:
		case p.Kind == "key":
			return b.tryKey(ctx, by, p)
		case p.Kind == "port":
			return b.tryPort(ctx, p), nil
		case p.Kind == "printer":
			return p, b.tryPrinter(ctx, parts)
		default:
			return p, nil
		}
	}
	return setup.Component{}, station.NewFault(station.PortMissing, part, nil)
}

func (b *bench) tryPort(ctx context.Context, p setup.Component) setup.Component {
	dut, err := fixtures.New(fixtures.Config{Port: p.ID, Baud: b.settings.Baud, Dialect: "auto", Dialects: b.dialects, Clock: wire.Clock{}})
	if err != nil {
		p.State, p.Cure = widget.StepFail, said(err)
		return p
	}
	r, err := dut.Identify(ctx, nil)
	if err != nil {
		p.State, p.Cure = widget.StepFail, said(err)
		return p
	}
	p.State, p.Cure = widget.StepDone, ""
	for _, f := range []setup.Fact{
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
func (b *bench) tryPrinter(ctx context.Context, parts []setup.Component) error {
	for _, p := range parts {
		if hash, ok := strings.CutPrefix(p.ID, "layout "); ok && p.State == widget.StepDone {
			label, err := b.layouts.Label(hash, labels.SampleValues())
			if err != nil {
				return err
			}
			return b.printer.Print(ctx, "sample-1", label)
		}
	}
	return station.NewFault(station.LabelRefused, "the record has no layout.", nil)
}

// said is what a person is told of an error.
func said(err error) string {
	var fault *station.Fault
	if errors.As(err, &fault) {
		return fault.Message + " " + fault.Next
	}
	return err.Error()
}
