// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"

	"bindery/station"
	"bindery/station/dhr/store"
)

// raiseChoiceAlarm raises the alarm of a choice that somebody else could have made, if it
// asks for one and none is open: see [station.SecretChoice].
func (t *tx) raiseChoiceAlarm(owner station.Person, setBy string) error {
	others, err := t.couldConfirm(owner.ID, setBy)
	if err != nil {
		return err
	}
	f := station.SecretChoice{Owner: owner, SetBy: setBy, Others: others}.Alarm()
	if f == nil {
		return nil
	}
	if open, err := t.openAbout(owner.ID, f.Code); err != nil || open {
		return err
	}
	return t.alarmAbout(owner.ID, *f)
}

// couldConfirm counts who else may confirm a choice and have a secret that they
// chose themselves and that nobody has to confirm, but for these two.
func (t *tx) couldConfirm(owner, setBy string) (n int, err error) {
	able := map[string]bool{}
	err = t.Each(`SELECT o.person, o.own, p.role FROM (`+selectOwner+`) o JOIN people p ON p.id = o.person
		WHERE p.active = 1 AND p.id NOT IN (?1, ?2) AND NOT EXISTS (
			SELECT 1 FROM alarms a WHERE a.person = p.id AND a.code = ?3 AND a.serial = '' AND a.closed IS NULL)`,
		[]any{store.Text(owner), store.Text(setBy), string(station.SecretUnconfirmed)}, func(scan func(...any) error) error {
			var p station.Person
			var own bool
			err := scan(&p.ID, &own, &p.Role)
			if own && station.Allow(p, station.MayConfirmSecret) == nil {
				able[p.ID] = true
			}
			return err
		})
	return len(able), err
}

// openAbout reports whether an alarm of this kind about a person is open.
func (t *tx) openAbout(person string, code station.Code) (bool, error) {
	var n int
	err := t.Get("SELECT count(*) FROM alarms WHERE code = ? AND person = ? AND closed IS NULL AND serial = ''",
		[]any{string(code), store.Text(person)}, &n)
	return n > 0, err
}

// becomes asks for the same of somebody who is given another role and has a secret
// already: nobody may have had to confirm it then.
func (t *tx) becomes(id string, role station.Role, by string) error {
	p, err := t.anybody(id)
	if err != nil || p.Role == role {
		return err
	}
	var secrets int
	if err := t.Get("SELECT count(*) FROM secrets WHERE person = ?", []any{store.Text(id)}, &secrets); err != nil || secrets == 0 {
		return err
	}
	p.Role = role
	return t.raiseChoiceAlarm(p, by)
}

// checkGiven is what stands against a secret that was given rightly, nil if
// nothing does.
func (t *tx) checkGiven(person string, set secretRow, given signInAttempt) (*station.Refusal, error) {
	if !bytes.Equal(set.hash, given.hash) {
		return station.Refuse(station.SignInWrong, given.kind.Name()), nil
	}
	if given.kind == "" {
		return nil, nil
	}
	if no := set.Check(t.Now, t.ClockFault != nil); no != nil {
		return no, nil
	}
	open, err := t.openAbout(person, station.SecretUnconfirmed)
	if open {
		return station.Refuse(station.SecretUnconfirmed, person), err
	}
	return nil, err
}
