// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/uitest"
)

// library is a record of forty units to read in.
func (b *bench) library() RecordReader {
	noon := uitest.Noon
	return RecordReader{
		Find: func(_ context.Context, text string, skip int) (record.Matches, error) {
			if b.unread != nil {
				return record.Matches{}, b.unread
			}
			if b.found != nil {
				return *b.found, nil
			}
			var units []record.Match
			for n := range 40 {
				if s := fmt.Sprintf("CL-%06d", 101+n); strings.Contains(s, text) {
					units = append(units, record.Match{Serial: s, Order: "WO-118204", Lot: "2607A", IMEI: "980000420001012", ICCID: "8999900000000001012", Disposition: station.Passed, BoundAt: &noon})
				}
			}
			return record.Matches{Interpreted: record.Interpreted{Took: "serial"}, Units: units[min(skip, len(units)):]}, nil
		},
		UnitHistory: func(_ context.Context, serial string) (UnitHistory, error) {
			picture, _ := uitest.SampleLabel(serial).Encode("png")
			sample, _, _ := image.Decode(bytes.NewReader(picture))
			return UnitHistory{UnitView: record.UnitView{
				Serial: serial, Order: "WO-118204", Lot: "2607A", REF: "CL-4G-01", Version: 1, Disposition: b.disposition,
				Bindings:   append(slices.Clone(b.gaveUp), record.BindingView{ID: 7, IMEI: "980000420001012", ICCID: "8999900000000001012", Model: "EG25", Firmware: "R07A08", At: uitest.Noon.Add(time.Minute), By: "p-1001"}),
				Attempts:   failedAndPassed(),
				Prints:     []record.PrintView{{N: 1, State: station.PrintVerified, At: uitest.Noon.Add(time.Minute), By: "p-1001", Hash: strings.Repeat("5f", 32), Proof: record.LabelProofOf(station.Print{State: station.PrintVerified})}},
				Leaves:     []record.LeafView{{}, {}, {}, {}, {Hash: strings.Repeat("ab", 32)}},
				Moves:      b.moves,
				Signatures: b.signatures,
				Flags:      slices.Clone(b.flags),
				SIMs:       b.sims,
				Imported:   b.imported,
			}, Proof: b.proof, Label: sample}, nil
		},
		Verify: func(_ context.Context, progress func(done, of int64)) (bool, string, error) {
			progress(5, 10)
			return true, "All 46 leaves are sound.", nil
		},
	}
}

// failedAndPassed are two attempts at a unit, of which the first found no SIM.
func failedAndPassed() []record.AttemptView {
	evidence := []record.ExchangeView{
		{Us: 4000, Dir: station.Sent, Text: []byte("AT+CGSN=1\r")},
		{Us: 12000, Dir: station.Received, Text: []byte("\r\n+CGSN: \"980000420001012\"\r\n\r\nOK\r\n")},
	}
	failed := record.AttemptView{By: "p-1001", Station: "Station 3", Evidence: evidence}
	passed, failedAt, passedAt := failed, uitest.Noon.Add(2*time.Second), uitest.Noon.Add(66*time.Second)
	failed.ID, failed.Started, failed.Ended, failed.Outcome, failed.Code = 1, uitest.Noon, &failedAt, station.Fail, station.SIMIsAbsent
	failed.Findings = []station.Finding{station.NewFinding(station.SIMIsAbsent, "")}
	passed.ID, passed.Started, passed.Ended, passed.Outcome = 2, uitest.Noon.Add(time.Minute), &passedAt, station.Pass
	return []record.AttemptView{failed, passed}
}

// reading opens the screens and signs quality in.
func reading(t *testing.T, size fyne.Size) (*bench, *Screen, fyne.Window) {
	t.Helper()
	b := newBench()
	st, w := b.read(t, size)
	return b, st, w
}

// page is what the whole page says, a line a paragraph.
func (q *Screen) page() string {
	var said []string
	for _, p := range q.View.Page {
		said = append(said, p.Name+" "+p.Text)
	}
	return strings.Join(said, "\n")
}

// unitHistory waits for the history of a unit.
func (b *bench) unitHistory(t *testing.T, st *Screen, serial string) *UnitHistory {
	t.Helper()
	var s *UnitHistory
	b.Settle(t, func() bool {
		var ok bool
		s, ok = st.Model.open.(*UnitHistory)
		return ok && s.Serial == serial
	})
	return s
}

func TestQualityReadsTheHistoryOfAUnit(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[0])
	uitest.Type(w, "CL-0001\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	b.Clock.Add(time.Second) // else it were the second half of a CR LF
	uitest.Type(w, "\n")
	if m := st.Model; m.open != nil || !strings.HasPrefix(m.status, "Choose a row") {
		t.Errorf("Enter alone opens a row that nobody chose, or says %q", m.status)
	}
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyDown)
	uitest.Type(w, "\n")
	b.unitHistory(t, st, "CL-000102")

	all := st.page()
	for _, want := range []string{"CL-000102", "Record verified", "98000042•••••12", "PASS", "FAIL · sim-absent", "There is no SIM in the device."} {
		if !strings.Contains(all, want) {
			t.Errorf("the page does not say %q; it says\n%s", want, all)
		}
	}
	if strings.Contains(all, "980000420001012") {
		t.Error("the page shows a whole IMEI")
	}
	if i, j := strings.Index(all, "PASS"), strings.Index(all, "FAIL"); i > j {
		t.Error("the newest attempt does not stand first")
	}
	uitest.Press(w, fyne.KeyDown)
	b.unitHistory(t, st, "CL-000103")
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.Model.open == nil && st.Model.list != nil })
	uitest.Press(w, fyne.KeyEscape)
	if st.Model.list != nil || w.Content() != st.Frame {
		t.Error("escape does not lead back to what waits")
	}
}

func TestHomeCountsWhatWaits(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	says := func(want string) func() bool {
		return func() (found bool) {
			uitest.Texts(st.Table, 0, 0, func(text *canvas.Text, _ uitest.Area) { found = found || text.Text == want })
			return found
		}
	}
	b.Settle(t, says("40"))
	uitest.TakeFirst(w) // nothing is quarantined after all
	b.Settle(t, func() bool { return st.Model.status == "Quarantined: nothing is waiting." })
	if !says("Open alarms")() || !says("40")() {
		t.Error("it does not stand where it stood")
	}
	for range 4 {
		uitest.Press(w, fyne.KeyDown)
	}
	uitest.Type(w, "\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, says("40"))
}

func TestASearchThatFindsOneUnitOpensIt(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-000117\n")
	b.unitHistory(t, st, "CL-000117")
	uitest.Press(w, fyne.KeyEscape)
	if st.Model.open != nil || st.Model.list != nil {
		t.Error("escape does not lead home from a single unit")
	}
}

func TestADialogueUnfoldsAndFolds(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[0])
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	if strings.Contains(st.page(), "AT+CGSN=1") {
		t.Fatal("the dialogue is there unasked")
	}
	q := st.Model
	for id := range q.takes {
		if strings.HasPrefix(id, "attempt ") {
			q.Take(id)
		}
	}
	if all := st.page(); !strings.Contains(all, "AT+CGSN=1") || strings.Contains(all, "980000420001012") {
		t.Errorf("unfolded it says\n%s", all)
	}
}

func TestADamagedUnitIsSaidLoudly(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[0])
	b.proof = record.UnitProof{Leaves: 5, FirstFault: "A row of table bindings is not as leaf 3 wrote it."}
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	if all := st.page(); !strings.Contains(all, "DAMAGED") || !strings.Contains(all, "as leaf 3 wrote it") || strings.Contains(all, "Record verified") {
		t.Errorf("it says\n%s", all)
	}
}

func TestQualitySearchThatFindsNothingSaysSo(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "nonsense\n")
	b.Settle(t, func() bool { return st.Model.status == "Nothing matches nonsense." })
	if st.Model.open != nil {
		t.Error("a history is shown for nothing")
	}
}

func TestQualityVerifiesTheRecord(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF5)
	b.Settle(t, func() bool { return st.Model.call.Word == "The record is verified" })
	if say := st.Model.call.Say; len(say) != 1 || say[0] != "All 46 leaves are sound." {
		t.Error(say)
	}
}

func TestAVerificationIsCalledOff(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	var ended error
	st.Model.r.Verify = func(ctx context.Context, progress func(done, of int64)) (bool, string, error) {
		progress(3, 10)
		<-ctx.Done()
		ended = ctx.Err()
		return false, "", ctx.Err()
	}
	uitest.Press(w, fyne.KeyF5)
	b.says(t, st, "Verifying: 30 %")
	uitest.Type(w, "CL-000101\n")
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.Model.cancelVerify == nil })
	if c := st.View.Call; ended == nil || c.Word != "" || st.Model.open != nil {
		t.Errorf("%v, %+v", ended, c)
	}
}

func TestPageTurns(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	sees := func(want string) bool {
		found := false
		uitest.Texts(st.Page, 0, 0, func(text *canvas.Text, _ uitest.Area) { found = found || text.Text == want })
		return found
	}
	if !sees("CL-000101") || sees("last hash") {
		t.Fatal("the page does not begin at its beginning")
	}
	for range 5 {
		uitest.Press(w, fyne.KeyPageDown)
	}
	if sees("CL-000101") || !sees("last hash") {
		t.Error("page down does not lead to the end")
	}
	for range 5 {
		uitest.Press(w, fyne.KeyPageUp)
	}
	if !sees("CL-000101") {
		t.Error("page up does not lead back")
	}
}

func TestTheDeskTellsOfAKeypadToo(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyDown)
	uitest.Keypad(w, "118204")
	b.Drain()
	var says string
	uitest.Texts(st.Entry, 0, 0, func(text *canvas.Text, _ uitest.Area) { says += text.Text })
	if q := st.Model; q.list != nil || q.open != nil || says != "NumLock is off: the keypad sends no digits." {
		t.Errorf("the desk opened something, or says %q", says)
	}
}
