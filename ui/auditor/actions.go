// SPDX-License-Identifier: Apache-2.0

package auditor

import "bindery/ui/widget"

// action is what a function key does here, and how the bar names it.
type action struct {
	widget.Action
	do func()
}

// keyWhole shows numbers whole; the page names it where it masks one.
const keyWhole = "F7"

// actions are what the function keys do, in the order of the bar. None of them
// changes the record, but for noting who took what.
func (a *Model) actions() []action {
	return []action{
		a.action("F5", "room.verify", a.Verify),
		a.action(keyWhole, "room.numbers", a.ShowWhole),
		a.action("F8", "room.hand-over", a.HandOver),
	}
}

func (a *Model) action(key, word string, do func()) action {
	return action{widget.Action{Key: key, Word: a.s.Words.Say(word)}, do}
}

// Press does the action of a key; any other key means nothing here.
func (a *Model) Press(key string) {
	for _, d := range a.actions() {
		if d.Key == key {
			d.do()
			return
		}
	}
}

// awaits keeps a key for the page of what is chosen, where that is still to come.
func (a *Model) awaits(do func()) bool {
	if a.nodePage != nil && a.nodePage.Node == a.node() {
		return false
	}
	a.early = do
	return true
}
