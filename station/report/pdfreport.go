// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"fmt"
	"io"

	"bindery/station"
)

// mostPages is how many pages a volume has before the next begins: all of a
// PDF is in memory until it is written.
var mostPages = 1000 // a variable for tests alone

// pdfReport is the papers of an export, one for each volume.
type pdfReport struct {
	*exporter
	*pageBuilder
	fonts    fonts
	out      *outputFiles
	volume   int
	products map[string]station.Product
	layouts  map[string]string // names by hash
}

// turnVolume ends a volume that is full and begins the next.
func (o *pdfReport) turnVolume(ctx context.Context) error {
	if len(o.pages) < mostPages {
		return ctx.Err()
	}
	if err := o.closeVolume(ctx, false); err != nil {
		return err
	}
	o.beginVolume()
	return nil
}

// beginVolume starts a volume.
func (o *pdfReport) beginVolume() {
	o.volume++
	foot := []string{
		fmt.Sprintf("Taken %s by %s at %s, recorded in leaf %d. Times are UTC.", clock(o.exported.At), o.person(o.By), o.exported.Station, o.exported.Leaf),
		fmt.Sprintf("Checkpoint over %s, root %s", station.Counted(o.exported.Checkpoint.Size, "leaf", "leaves"), o.exported.Checkpoint.Root),
		"Made by " + o.exported.Program,
	}
	o.pageBuilder = newPageBuilder(o.fonts, o.Subject.title(), o.Subject.name(), foot, o.exported.At, o.exported.Program)
	if o.volume > 1 {
		o.putTitle(fmt.Sprintf("Volume %d", o.volume), o.Subject.name())
		o.putParagraph(o.small(), "This volume goes on where the one before it ends.")
	}
}

// closeVolume puts the state of the record at the end of a volume and writes it.
func (o *pdfReport) closeVolume(ctx context.Context, end bool) error {
	if err := o.addRecordState(); err != nil {
		return err
	}
	volume := ""
	switch {
	case !end:
		volume = fmt.Sprintf("Volume %d · ", o.volume)
	case o.volume > 1:
		volume = fmt.Sprintf("Volume %d, the last · ", o.volume)
	}
	return o.out.writeVolume(ctx, func(w io.Writer) error { return o.finish(w, volume) })
}

// product is a version of a product definition.
func (o *pdfReport) product(ctx context.Context, ref string, version int) (station.Product, error) {
	key := fmt.Sprintf("%s/%d", ref, version)
	if p, ok := o.products[key]; ok {
		return p, nil
	}
	p, err := o.snap.Product(ctx, ref, version)
	o.products[key] = p
	return p, err
}

// addRecordState says which state of the record the paper shows, and how that is checked.
func (o *pdfReport) addRecordState() error {
	const side = 34.0
	o.about = o.Subject.name() // of a page that may begin here
	o.putHeading("State of the record", side+18)
	from, y := len(o.pages), o.y
	text := textStyle{o.regular, 8, 40}
	narrow := wide - side - 8
	for _, part := range []struct {
		style textStyle
		text  string
	}{
		{text, fmt.Sprintf("This paper shows the record as it stood with leaf %d of its audit trail. The station signed "+
			"this checkpoint over all of them:", o.exported.Checkpoint.Size)},
		{textStyle{o.mono, 6.5, 20}, string(o.exported.Note)},
		{text, "Signed with the key"},
		{textStyle{o.mono, 6.5, 20}, o.exported.Key},
		{text, "The code holds the checkpoint. Compare it with the one that was kept away from the station, and check the " +
			"record against it with: bindery verify --checkpoint FILE. A paper can be copied and changed; the record shows it."},
	} {
		o.y += 0.6
		for _, line := range split(part.text) {
			lines := part.style.wrap(line, narrow)
			o.y += o.putLines(left, part.style, lines)
		}
	}
	if from != len(o.pages) {
		return nil
	}
	err := o.putQR(right-side, y+1, side, string(o.exported.Note))
	o.y = max(o.y, y+side+2)
	return err
}
