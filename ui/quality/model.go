// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"errors"
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Model is the view model of the desk of quality and leads. One is at one of
// three places: at home, where all that waits is listed; at a list; or before
// what lies open, a unit for instance. Escape goes back by one. An form is
// what one is about to do there.
type Model struct {
	s        screen.Services
	services Services
	r        RecordReader
	ctx      context.Context
	show     func(screen.ListDetailView)
	leave    func()
	person   station.Person
	away     func() // where one goes back to who came for units from before only; nil at the whole desk
	own      Preferences
	built    *scopeItem // the scope that was begun; nil before

	home         *listing
	list         *listing // nil at home
	open         item     // nil while nothing lies open
	form         *form    // nil while nothing is asked
	call         widget.Call
	status       string
	asked        screen.AskCounter
	counting     screen.AskCounter  // what waits, at home
	looks        bool               // the record is asked
	early        []string           // keys that were pressed meanwhile, for what the answer leads to
	indexDamaged bool               // a search could not read the index of parts
	cancelVerify context.CancelFunc // calls off the verification that is under way; else nil

	whole  string          // serial whose identities are shown whole
	folded map[string]bool // headings that were folded or unfolded by hand
	takes  map[string]func()
}

// item is what can lie open: a unit, an alarm, an order, a lot, a product
// definition.
type item interface {
	// build writes its page.
	build(p *paragraphBuilder)
	// name and aside are how it stands in its list, aside being its state.
	name() string
	aside(q *Model) string
	// actions are what this person may do with it.
	actions(q *Model) []action
	// again reads it anew.
	again(ctx context.Context, q *Model) (item, error)
}

// action is one thing that can be done: its control, and what it does.
type action struct {
	widget.Action
	do func()
}

// refuse says why something was not done, and what to do.
func (q *Model) refuse(err error) {
	var fault *station.Fault
	if errors.As(err, &fault) && fault.Code == station.IndexDamaged {
		q.offerRebuild(true)
	}
	what, next := screen.RefusalText(q.s.Words, err)
	q.call = widget.Call{Tone: widget.Lock, Shape: widget.Padlock, Word: q.say("quality.refused"), Say: []string{what, next}}
}

// called is what somebody is called, by person ID.
func (q *Model) called(id string) string {
	if id == "" || q.services.PersonName == nil {
		return id
	}
	return q.services.PersonName(id)
}

func (q *Model) say(key string, fill ...string) string { return q.s.Words.Say(key, fill...) }

func (q *Model) redraw() { q.show(q.view()) }

// listing is a list to choose from.
type listing struct {
	name    string
	heads   []string
	entries []listEntry
	chosen  int
	byHand  bool // chosen with the arrows or the pointer: Enter alone takes nothing else
	large   bool
	actions []action

	units int            // on this page, of a list of units
	skip  int            // on the pages before
	page  func(skip int) // reads another page; nil when there is but one
	leave func()         // goes back to where the list came from; nil is home
}

// listEntry is one row of a list.
type listEntry struct {
	cells []string
	row   widget.ListRow // as it stands beside a page
	open  func()
}

// form is something that a person is about to do: what is asked of them, one
// thing after the other in the one entry, and then the action itself. Until that
// nothing is changed, and Escape leaves it so.
type form struct {
	q            *Model
	word         string
	asks         []*ask
	at           int // of asks
	note         string
	hush         bool                                              // a badge is looked up: what is typed meanwhile may be its PIN
	early        []string                                          // what was typed meanwhile
	proof        *signer                                           // of who signs, or of a second person; may be nil
	prove        func(ctx context.Context) error                   // that, before the action; nil where proof is
	do           func(ctx context.Context) (leaf int64, err error) // nil where the asks were all
	files        func() []string                                   // that the action has made; may be nil
	then         func()                                            // what goes on once all was asked, where there is nothing to do; may be nil
	finish       func()                                            // shows what the action came to; may be nil
	left         func()                                            // instead of saying that nothing was changed; may be nil
	cancellable  bool                                              // can be called off under way
	cancelAction context.CancelFunc                                // while it is under way
	share        string                                            // of the action that is done, percent
}

// ask is one thing that is asked.
type ask struct {
	key    string // of its words
	secret station.Credential
	usual  string // what Enter alone stands for
	says   func() []string
	rows   func() []widget.ListRow // to choose from; nil where only a text is wanted
	chosen int
	byHand bool              // see listing
	take   func(text string) // goes on with the form, or says why not
	pick   func(row int)
}

// paragraphBuilder collects the paragraphs of a page, and what is done when one of them is
// taken: every value can be copied, and what is long can be folded.
type paragraphBuilder struct {
	q     *Model
	paras []widget.Para
	takes map[string]func()
}

// begins has p sit down before nothing.
func (q *Model) begins(p station.Person) {
	q.person, q.list, q.open, q.form, q.cancelVerify, q.call, q.whole = p, nil, nil, nil, nil, widget.Call{}, ""
	q.built = nil
	q.folded, q.status = map[string]bool{}, q.say("quality.start")
}

func n(i int) string { return strconv.Itoa(i) }

// signer is somebody who is to prove who they are.
type signer struct {
	holder station.BadgeHolder
	kind   station.Credential
	secret string
}

// scopeItem is the scope of an incident that is being built by choosing: its lines
// on the left, and what it comes to on the right. Each change counts anew.
type scopeItem struct {
	q     *Model
	whole *scopeNode
	lines []*scopeNode // as they stand
	count int
	wrong error // why it could not be counted
	asked screen.AskCounter
	stop  context.CancelFunc // of the count that is under way; else nil
}
