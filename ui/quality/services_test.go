// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// desk plays the part of the record at the desk of quality. did is what was
// written, in the order in which it was.
type desk struct {
	disposition station.Disposition
	moves       []record.TransitionView
	proof       record.UnitProof
	signatures  []record.Signature
	gaveUp      []record.BindingView
	alarms      []station.Alarm
	left        []station.Blocker
	own         Preferences
	did         []string
	clip        string
	refusal     error
	flags       []record.FlagView
	sims        []record.Subscription
	imported    *record.ImportedUnitView
	compared    CompareJob      // the last
	found       *record.Matches // by every search, when there is one
	unread      error           // what a search comes to
	exporting   chan struct{}   // an export waits for it, when there is one
}

func newDesk() desk {
	return desk{
		disposition: station.Passed, proof: record.UnitProof{OK: true, Leaves: 5, Signed: 5, Checkpoint: 46},
		alarms: []station.Alarm{{ID: 3, Code: station.IMEIInUse, Serial: "CL-000104", Text: "This IMEI is already bound to another unit (CL-000101).", At: uitest.Noon, By: "p1"}},
	}
}

func (d *desk) wrote(format string, args ...any) (int64, error) {
	if d.refusal != nil {
		return 0, d.refusal
	}
	d.did = append(d.did, fmt.Sprintf(format, args...))
	return int64(80 + len(d.did)), nil
}

func (d *desk) services(b *bench) Services {
	s := Services{
		BadgeHolder: b.BadgeHolder, SignIn: b.SignIn, SetSecret: b.SetSecret,
		Waiting: func(context.Context) (map[record.WorkList]int, error) {
			return map[record.WorkList]int{record.Quarantined: 1, record.OpenAlarms: len(d.alarms), record.OpenOrders: 1, record.Today: 40}, nil
		},
		Units: func(ctx context.Context, s record.WorkList, skip int) ([]record.Match, error) {
			if s != record.Today {
				return nil, nil
			}
			found, err := b.library().Find(ctx, "CL", skip)
			return found.Units, err
		},
		Alarms: func(context.Context) ([]station.Alarm, error) { return d.alarms, nil },
		Orders: func(context.Context) ([]station.OrderCounts, error) {
			return []station.OrderCounts{d.order().OrderCounts}, nil
		},
		Lots:        func(context.Context) ([]string, error) { return []string{"2607A"}, nil },
		Definitions: func(context.Context) ([]station.Product, error) { return []station.Product{definition.Product}, nil },
		Order:       func(context.Context, string) (record.OrderView, error) { return d.order(), nil },
		Lot: func(_ context.Context, lot string) (record.LotView, error) {
			o := d.order()
			return record.LotView{SignedLot: record.SignedLot{
				Lot: lot, Orders: []station.OrderCounts{o.OrderCounts}, Labels: []record.SignedLabels{{Order: o.Order, LabelReconciliation: o.Labels}}, Shown: strings.Repeat("5e", 32),
			}, Left: d.left, Signatures: d.signatures}, nil
		},
		Definition: func(context.Context, string, int) (DefinitionView, error) {
			s := definition
			s.Signatures = d.signatures
			return s, nil
		},
		Folder: "exports",
		PersonName: func(id string) string {
			return station.DisplayName(id, map[string]string{"p-1001": "M. Alvarez", "p1": "J. Petrov"}[id])
		},
		ReadPreferences: func(string) (Preferences, error) { return d.own, nil },
		KeepPreferences: func(_ string, own Preferences) error { d.own = own; return nil },
		Copy:            func(text string) { d.clip = text },
		Now:             func() time.Time { return uitest.Noon },
	}
	d.scopes(&s, b)
	d.carrier(&s)
	d.cases(&s, b)
	d.before(&s)
	d.writes(&s, b)
	return s
}

// scopes adds what is asked of the units of an incident: of each scope the three
// units of a lot.
func (d *desk) scopes(s *Services, b *bench) {
	s.ScopeCount = func(context.Context, scope.Expr) (int, error) { return 3, nil }
	s.ScopeUnits = func(ctx context.Context, _ scope.Expr, skip int) ([]record.Match, error) {
		found, err := b.library().Find(ctx, "CL-00010", skip)
		return found.Units[:min(3, len(found.Units))], err
	}
	s.ScopeValues = func(_ context.Context, f scope.Field) ([]string, error) {
		return map[scope.Field][]string{scope.Lot: {"2607B", "2607A"}, scope.Firmware: {"R07A08"}, scope.TAC: {"98000042"}, scope.SNR: {"98000042"}}[f], nil
	}
}

// writes adds what a person does at the desk.
func (d *desk) writes(s *Services, b *bench) {
	s.Move = func(_ context.Context, m record.MoveRequest) (int64, error) {
		leaf, err := d.wrote("move %s to %s by %s with %q: %s", m.Serial, m.To, m.By, m.Second, m.Reason)
		if err == nil {
			d.moves = append(d.moves, record.TransitionView{From: d.disposition, To: m.To, Reason: m.Reason, By: m.By, Second: m.Second, At: uitest.Noon.Add(time.Hour), Leaf: leaf})
			d.disposition = m.To
		}
		return leaf, err
	}
	s.CloseAlarm = func(_ context.Context, id int64, by, reason string) (int64, error) {
		d.alarms = nil
		return d.wrote("close alarm %d by %s: %s", id, by, reason)
	}
	s.CloseOrder = func(_ context.Context, order, by, reason string) (int64, error) {
		return d.wrote("close order %s by %s: %s", order, by, reason)
	}
	s.RebuildIndex = func(_ context.Context, by, reason string) (int64, error) {
		return d.wrote("rebuild the index by %s: %s", by, reason)
	}
	s.ExplainLabels = func(_ context.Context, order, by, reason string) (int64, error) {
		return d.wrote("explain %s by %s: %s", order, by, reason)
	}
	s.Flags = func(context.Context) ([]record.FlagView, error) { return d.flags, nil }
	s.Flag = func(_ context.Context, by string, f record.FlagRequest) (int64, error) {
		leaf, err := d.wrote("flag %s %s by %s: %s", f.Serial, f.Flag, by, f.Reason)
		if err == nil {
			d.flags = append(d.flags, record.FlagView{Serial: f.Serial, Flag: f.Flag, Since: uitest.Noon, At: uitest.Noon, Reason: f.Reason, By: by, Leaf: leaf})
		}
		return leaf, err
	}
	s.Unflag = func(_ context.Context, by, serial string, f station.Flag, reason string) (int64, error) {
		at := uitest.Noon.Add(time.Hour)
		d.flags[0].Ended, d.flags[0].EndedBy, d.flags[0].EndReason = &at, by, reason
		return d.wrote("unflag %s %s by %s: %s", serial, f, by, reason)
	}
	d.signs(s, b)
}

// signs adds what a person does there that is signed or taken away.
func (d *desk) signs(s *Services, b *bench) {
	s.ReleaseLot = func(ctx context.Context, sign record.Signing, lot string) (int64, error) {
		return d.signed(ctx, b, sign, "lot "+lot)
	}
	s.Approve = func(ctx context.Context, sign record.Signing, ref string, version int) (int64, error) {
		return d.signed(ctx, b, sign, fmt.Sprintf("%s/%d", ref, version))
	}
	s.Reveal = func(_ context.Context, by, act string, serials []string, kinds ...string) (int64, error) {
		if err := station.Allow(b.id(by), station.MayReveal); err != nil {
			return 0, err
		}
		return d.wrote("%s of %d units by %s: %s", act, len(serials), by, strings.Join(kinds, ", "))
	}
	s.Export = func(ctx context.Context, h Handover, progress func(done, of int64)) (record.Export, error) {
		progress(30, 100)
		if d.exporting != nil {
			select {
			case <-d.exporting:
			case <-ctx.Done():
				return record.Export{}, station.NewFault(station.ExportStopped, "", ctx.Err())
			}
		}
		leaf, err := d.wrote("export %s %s as %s to %s", h.Of, h.Name, h.Form, h.Folder)
		return record.Export{Files: []string{h.Folder + "/" + h.Name + "." + h.Form}, Leaf: leaf}, err
	}
}

func (d *desk) order() record.OrderView {
	counts := station.OrderCounts{Order: "WO-118204", Lot: "2607A", Planned: 500, Built: 40, Passed: 39, Scrapped: 1}
	return record.OrderView{OrderCounts: counts, Labels: station.LabelReconciliation{Printed: 41, Applied: 40, Void: 1}, Left: d.left}
}

var definition = DefinitionView{
	ProductView: record.ProductView{Product: station.Product{
		REF: "CL-4G-01", Version: 2, Name: "CardioLink 4G", GTIN: "09521234543213", Maker: "Example Cardiac Ltd", SerialPattern: `CL-\d{6}`,
		SIM: station.SIMRequired, IMEIs: 1, Dialect: "acme", DialectHash: strings.Repeat("ac", 32), Market: "EU", Layout: "device-50x25", LayoutHash: strings.Repeat("1d", 32),
	},
		Author: "p-2001", Hash: strings.Repeat("7c", 32)},
	Own: []record.OwnDialect{{DialectView: record.DialectView{Name: "acme", Hash: strings.Repeat("ac", 32), Text: []byte("name = \"acme\"\n[ask]\nimei = [\"AT+MYIMEI?\"]\n")}, Unlisted: []string{"AT+MYIMEI?"}}},
}

func (d *desk) signed(ctx context.Context, b *bench, s record.Signing, what string) (int64, error) {
	p, err := b.CheckSecret(s.Badge, station.Password, s.Password)
	if err != nil {
		return 0, err
	}
	leaf, err := d.wrote("%s signs %s: %s over %.4s", p.ID, what, s.Meaning, s.Shown)
	d.signatures = append(d.signatures, record.Signature{Meaning: s.Meaning, Name: p.Name, Role: string(p.Role), Hash: s.Shown, At: uitest.Noon, Zone: "+02:00", Leaf: leaf})
	return leaf, err
}

// id is the person of an ID.
func (b *bench) id(id string) station.Person {
	for _, p := range b.People {
		if p.ID == id {
			return p
		}
	}
	return station.Person{}
}

// bench is a desk of quality, and whether its person has signed out.
type bench struct {
	*uitest.Harness
	*uitest.Roster
	desk
	out bool
}

func newBench() *bench {
	return &bench{Harness: uitest.NewHarness(), Roster: uitest.NewRoster(), desk: newDesk()}
}

// deskPalette is that of the pictures.
func deskPalette() widget.Palette { return widget.PaletteNamed(os.Getenv("BINDERY_THEME")) }

// read opens the screen for this bench and somebody of quality.
func (b *bench) read(t *testing.T, size fyne.Size) (*Screen, fyne.Window) {
	t.Helper()
	p := deskPalette()
	w := uitest.OpenWindow(t, p)
	st := NewScreen(t.Context(), w, p, b.Services(), b.desk.services(b), b.library(), func() { b.out = true })
	st.Show(b.People["B-QA"])
	w.Resize(size)
	b.Settle(t, func() bool { return !st.Model.looks }) // a key is for what is seen
	return st, w
}
