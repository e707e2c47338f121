// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// BenchmarkLabel is what one unit costs the station: bind the values, check
// them, draw the dots, read every code back, write the ZPL. "x-plain" is how
// many times as long as merely painting the same dots.
func BenchmarkLabel(b *testing.B) {
	for _, l := range Builtin() {
		b.Run(l.Name(), func(b *testing.B) {
			v := sampleUnmarked()
			d, ms := l.draw(v, perInch(203))
			if len(ms) > 0 {
				b.Fatal(ms)
			}
			plain := time.Now()
			const paints = 20
			for range paints {
				d.paint()
			}
			perPaint := time.Since(plain) / paints

			var took []time.Duration
			b.ResetTimer()
			for i := range b.N {
				v.Serial = fmt.Sprintf("CM-%06d", i)
				began := time.Now()
				label, err := l.Draw(v, 203)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := label.Encode("zpl"); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			b.StopTimer()
			slices.Sort(took)
			p50, p99 := took[len(took)/2], took[len(took)*99/100]
			b.ReportMetric(float64(p50.Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(p99.Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(p50)/float64(perPaint), "x-plain")
			b.ReportMetric(1/p50.Seconds(), "labels/s")
		})
	}
}

// BenchmarkCartonOf100 draws, checks and encodes the labels of a carton.
func BenchmarkCartonOf100(b *testing.B) {
	l := Builtin()[slices.IndexFunc(Builtin(), func(l *Layout) bool { return l.Name() == "device-50x25" })]
	v := sampleUnmarked()
	for range b.N {
		for i := range 100 {
			v.Serial = fmt.Sprintf("CM-%06d", i)
			label, err := l.Draw(v, 203)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := label.Encode("zpl"); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkPDF writes one label as PDF; nearly all of it is embedding fonts.
func BenchmarkPDF(b *testing.B) {
	label := benchLabel(b)
	for range b.N {
		if _, err := PDF(label); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPDFOf1000 writes a thousand labels into one document.
func BenchmarkPDFOf1000(b *testing.B) {
	all := slices.Repeat([]*Label{benchLabel(b)}, 1000)
	for range b.N {
		if _, err := PDF(all...); err != nil {
			b.Fatal(err)
		}
	}
}

func benchLabel(b *testing.B) *Label {
	b.Helper()
	label, err := Builtin()[0].Draw(sampleUnmarked(), 203)
	if err != nil {
		b.Fatal(err)
	}
	return label
}
