// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"
	"time"

	"bindery/station"
)

// Record is all that the record holds of one unit.
type Record struct {
	Serial      string              `json:"serial"`
	Order       string              `json:"order"`
	Lot         string              `json:"lot"`
	REF         string              `json:"ref"`
	Version     int                 `json:"version"`
	Product     string              `json:"product"`
	GTIN        string              `json:"gtin"`
	Dialect     string              `json:"dialect"`      // of the product version: a name, or auto
	DialectHash string              `json:"dialect_hash"` // of its text, "" in versions from before it was kept
	Disposition station.Disposition `json:"disposition"`
	Made        *time.Time          `json:"made"`
	MadeZone    string              `json:"made_zone"` // of the station then; "" where it was not recorded yet
	MadeOn      station.Day         `json:"made_on"`   // the date of manufacture, as the label has it; "" where nothing was made
	Bindings    []BindingLine       `json:"bindings"`  // the oldest first, in all lists
	Attempts    []AttemptLine       `json:"attempts"`
	Prints      []PrintLine         `json:"prints"`
	Moves       []MoveLine          `json:"moves"`
	Alarms      []AlarmLine         `json:"alarms"`
	Signatures  []Signature         `json:"signatures"` // of its lot and its product version
	Leaves      []LeafLine          `json:"leaves"`
}

// BindingLine is one binding of the unit; the live one is not superseded.
type BindingLine struct {
	ID         int64     `json:"id"`
	Superseded bool      `json:"superseded"`
	IMEI       string    `json:"imei"`
	IMEI2      string    `json:"imei2"`
	ICCID      string    `json:"iccid"`
	IMSI       string    `json:"imsi"`
	EID        string    `json:"eid"`
	Allocation int64     `json:"allocation"`
	Maker      string    `json:"maker"`
	Model      string    `json:"model"`
	Firmware   string    `json:"firmware"`
	At         time.Time `json:"at"`
	By         string    `json:"by"`
	Leaf       int64     `json:"leaf"` // that wrote it last: once it is superseded, the one that did that

	// How it was given up; nil and "" while it is live.
	SupersededAt     *time.Time `json:"superseded_at"`
	SupersededBy     string     `json:"superseded_by"`     // person ID
	SupersededSecond string     `json:"superseded_second"` // person ID of who agreed, where that was due
	SupersededWhy    string     `json:"superseded_why"`
}

// AttemptLine is one try, with all that it showed.
type AttemptLine struct {
	ID       int64             `json:"id"`
	Order    string            `json:"order"`
	By       string            `json:"by"`
	Station  string            `json:"station"`
	Program  string            `json:"program"` // that began it; "" where the record does not say
	Started  time.Time         `json:"started"`
	Ended    *time.Time        `json:"ended"`   // nil while it is open
	Outcome  station.Outcome   `json:"outcome"` // "" while it is open
	Code     station.Code      `json:"code"`
	Findings []station.Finding `json:"findings"`
	Steps    []StepLine        `json:"steps"`
	Reading  *Reading          `json:"reading"` // nil when the device was not read
	Evidence []Exchange        `json:"evidence"`
	Leaf     int64             `json:"leaf"`
}

// PrintLine is one print of the unit's label.
type PrintLine struct {
	ID         int64              `json:"id"`
	N          int                `json:"n"`
	Binding    int64              `json:"binding"`
	LayoutHash string             `json:"layout_hash"`
	Hash       string             `json:"hash"`
	Printer    string             `json:"printer"`
	State      station.PrintState `json:"state"`
	Reason     string             `json:"reason"`
	At         time.Time          `json:"at"`
	By         string             `json:"by"`
	Approver   string             `json:"approver"`
	Proof      *ProofLine         `json:"proof"` // nil while the label is not proven
	Leaf       int64              `json:"leaf"`
}

// ProofLine is how a label was proven: "scanner", "typed", "argument", "drawing",
// or "not recorded". The numbers are 0 where the station did not see the keys.
type ProofLine struct {
	Method    string `json:"method"`
	Keys      int    `json:"keys"`
	MS        int64  `json:"ms"`         // from the first to the last
	LongestMS int64  `json:"longest_ms"` // between two
	Words     string `json:"words"`      // the same for people
}

// proofLine is the proof of a print; nil where there is none to speak of.
func proofLine(p station.Print) *ProofLine {
	words := p.Proven()
	if words == "" {
		return nil
	}
	l := &ProofLine{string(p.Proof.Method), p.Proof.Keys, p.Proof.Took.Milliseconds(), p.Proof.Longest.Milliseconds(), words}
	if l.Method == "" {
		l.Method = words
	}
	return l
}

// MoveLine is one change of the unit's disposition that a person made.
type MoveLine struct {
	From      station.Disposition `json:"from"`
	To        station.Disposition `json:"to"`
	Reason    string              `json:"reason"`
	By        string              `json:"by"`
	Second    string              `json:"second"`
	Signature int64               `json:"signature"` // its ID, 0 where none was due
	At        time.Time           `json:"at"`
	Leaf      int64               `json:"leaf"`
}

// AlarmLine is one alarm about the unit.
type AlarmLine struct {
	ID       int64        `json:"id"`
	Code     station.Code `json:"code"`
	Text     string       `json:"text"`
	At       time.Time    `json:"at"`
	By       string       `json:"by"`
	Closed   *time.Time   `json:"closed"` // nil while it is open
	ClosedBy string       `json:"closed_by"`
	Reason   string       `json:"reason"`
}

// LeafLine is one leaf of the audit trail.
type LeafLine struct {
	Number int64           `json:"number"`
	Hash   string          `json:"hash"`
	Body   json.RawMessage `json:"body"` // as it was hashed
}

// Show gives the whole record of a unit. A serial that was only ever refused
// has attempts and no more; one that was never scanned gives ErrUnknown. Other
// capitals lead to it too.
func (d *DHR) Show(ctx context.Context, serial string) (Record, error) {
	serial, err := d.inItsCase(ctx, serial)
	if err != nil {
		return Record{}, err
	}
	serial = text(serial)
	r := Record{
		Serial: serial, Bindings: []BindingLine{}, Attempts: []AttemptLine{}, Prints: []PrintLine{}, Moves: []MoveLine{},
		Alarms: []AlarmLine{}, Signatures: []Signature{}, Leaves: []LeafLine{},
	}
	made := time.Time{}
	err = d.reads.each(ctx, `SELECT u.work_order, o.lot, u.ref, u.version, p.name, p.gtin, p.dialect, p.dialect_hash, u.disposition, u.made, u.made_zone
		FROM units u JOIN orders o ON o.id = u.work_order JOIN products p ON p.ref = u.ref AND p.version = u.version WHERE u.serial = ?`, []any{serial}, func(scan func(...any) error) error {
		r.Made = &made
		err := scan(&r.Order, &r.Lot, &r.REF, &r.Version, &r.Product, &r.GTIN, &r.Dialect, &r.DialectHash, &r.Disposition, (*instant)(&made), &r.MadeZone)
		r.MadeOn = station.DayIn(made, r.MadeZone)
		return err
	})
	if err != nil {
		return r, fault(err)
	}
	for _, part := range []func(context.Context, *Record) error{
		d.showBindings, d.showAttempts, d.showPrints, d.showMoves, d.showAlarms, d.showSignatures, d.showLeaves,
	} {
		if err := part(ctx, &r); err != nil {
			return r, fault(err)
		}
	}
	if r.Made == nil && len(r.Attempts) == 0 {
		return r, ErrUnknown
	}
	return r, nil
}

func (d *DHR) showBindings(ctx context.Context, r *Record) error {
	return d.reads.each(ctx, `SELECT b.id, b.superseded <> 0, b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.allocation, b.maker, b.model,
		b.firmware, b.at, b.person, b.leaf, l.body ->> 'at', coalesce(l.body ->> 'who', ''), coalesce(m.approver, ''), coalesce(l.body ->> 'why', '')
		FROM bindings b LEFT JOIN leaves l ON l.number = b.leaf AND b.superseded <> 0
		LEFT JOIN moves m ON m.serial = b.serial AND m.leaf = l.number
		WHERE b.serial = ? ORDER BY b.id`, []any{r.Serial}, func(scan func(...any) error) error {
		var b BindingLine
		var ended time.Time
		err := scan(&b.ID, &b.Superseded, &b.IMEI, &b.IMEI2, &b.ICCID, &b.IMSI, &b.EID, &b.Allocation, &b.Maker, &b.Model,
			&b.Firmware, (*instant)(&b.At), &b.By, &b.Leaf, (*instant)(&ended), &b.SupersededBy, &b.SupersededSecond, &b.SupersededWhy)
		if b.Superseded {
			b.SupersededAt = &ended
		}
		r.Bindings = append(r.Bindings, b)
		return err
	})
}

func (d *DHR) showAttempts(ctx context.Context, r *Record) error {
	return d.reads.each(ctx, `SELECT a.id, a.work_order, a.person, a.station, a.program, a.started, a.ended, coalesce(a.outcome, ''), a.code,
		v.findings, v.steps, e.reading, e.exchanges, a.leaf
		FROM attempts a LEFT JOIN verdicts v ON v.attempt = a.id LEFT JOIN evidence e ON e.attempt = a.id
		WHERE a.serial = ? ORDER BY a.id`, []any{r.Serial}, func(scan func(...any) error) error {
		a, err := attemptFrom(scan)
		r.Attempts = append(r.Attempts, a)
		return err
	})
}

func attemptFrom(scan func(...any) error) (AttemptLine, error) {
	a := AttemptLine{Findings: []station.Finding{}, Steps: []StepLine{}, Evidence: []Exchange{}}
	var ended time.Time
	var findings, steps, reading, exchanges []byte
	err := scan(&a.ID, &a.Order, &a.By, &a.Station, &a.Program, (*instant)(&a.Started), (*instant)(&ended), &a.Outcome, &a.Code,
		&findings, &steps, &reading, &exchanges, &a.Leaf)
	if err != nil {
		return a, err
	}
	if !ended.IsZero() {
		a.Ended = &ended
	}
	for _, part := range []struct {
		text []byte
		into any
	}{{findings, &a.Findings}, {steps, &a.Steps}, {reading, &a.Reading}} {
		if part.text == nil {
			continue
		}
		if err := json.Unmarshal(part.text, part.into); err != nil {
			return a, err
		}
	}
	if exchanges != nil {
		a.Evidence, err = exchangesFrom(exchanges)
	}
	return a, err
}

func (d *DHR) showPrints(ctx context.Context, r *Record) error {
	return d.reads.each(ctx, `SELECT id, n, binding, layout_hash, hash, printer, state, reason, at, person, approver, leaf,
		proof, proof_keys, proof_ms, proof_longest_ms FROM prints WHERE serial = ? ORDER BY n`, []any{r.Serial}, func(scan func(...any) error) error {
		var p PrintLine
		var proof station.ScanProof
		err := scan(&p.ID, &p.N, &p.Binding, &p.LayoutHash, &p.Hash, &p.Printer, &p.State, &p.Reason, (*instant)(&p.At),
			&p.By, &p.Approver, &p.Leaf, &proof.Method, &proof.Keys, (*milliseconds)(&proof.Took), (*milliseconds)(&proof.Longest))
		p.Proof = proofLine(station.Print{State: p.State, Proof: proof})
		r.Prints = append(r.Prints, p)
		return err
	})
}

func (d *DHR) showMoves(ctx context.Context, r *Record) error {
	return d.reads.each(ctx, `SELECT was, became, reason, person, approver, coalesce(signature, 0), at, leaf
		FROM moves WHERE serial = ? ORDER BY id`, []any{r.Serial}, func(scan func(...any) error) error {
		var m MoveLine
		err := scan(&m.From, &m.To, &m.Reason, &m.By, &m.Second, &m.Signature, (*instant)(&m.At), &m.Leaf)
		r.Moves = append(r.Moves, m)
		return err
	})
}

func (d *DHR) showAlarms(ctx context.Context, r *Record) error {
	list, err := d.alarms(ctx, selectAlarm+` WHERE serial = ? ORDER BY id`, r.Serial)
	for _, a := range list {
		l := AlarmLine{ID: a.ID, Code: a.Code, Text: a.Text, At: a.At, By: a.By, ClosedBy: a.ClosedBy, Reason: a.Reason}
		if !a.Closed.IsZero() {
			l.Closed = &a.Closed
		}
		r.Alarms = append(r.Alarms, l)
	}
	return err
}

func (d *DHR) showSignatures(ctx context.Context, r *Record) (err error) {
	if r.Signatures, err = d.signatures(ctx, `WHERE subject IN (?, ?)`, "lot:"+r.Lot, productSubject(r.REF, r.Version)); err != nil {
		return err
	}
	return d.addSignatureStatus(ctx, r.Signatures, r.Serial)
}

func (d *DHR) showLeaves(ctx context.Context, r *Record) error {
	return d.reads.each(ctx, `SELECT number, lower(hex(hash)), body FROM leaves WHERE subject = ? ORDER BY number`,
		[]any{"unit:" + r.Serial}, func(scan func(...any) error) error {
			var l LeafLine
			var body string
			err := scan(&l.Number, &l.Hash, &body)
			l.Body = json.RawMessage(body)
			r.Leaves = append(r.Leaves, l)
			return err
		})
}
