// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bindery/station"
	"bindery/station/dhr/store"
)

// raiseChoiceAlarm raises the alarm of a choice that somebody else could have made, if it
// asks for one and none is open: see [station.SecretChoice].
func (t *tx) raiseChoiceAlarm(owner station.Person, setBy string) error {
	witnesses, err := t.witnesses()
	if err != nil {
		return err
	}
	others := station.CountWitnesses(witnesses, owner.ID, setBy)
	f := station.SecretChoice{Owner: owner, SetBy: setBy, Others: others}.Alarm()
	if f == nil {
		return nil
	}
	if open, err := t.openAbout(owner.ID, f.Code); err != nil || open {
		return err
	}
	return t.alarmAbout(owner.ID, *f)
}

// witnesses lists who works here and has a secret, once for each.
func (t *tx) witnesses() (list []station.Witness, err error) {
	err = t.Each(`SELECT p.id, p.role, EXISTS (SELECT 1 FROM alarms a WHERE a.person = p.id AND a.code = ? AND a.serial = '' AND a.closed IS NULL),
		s.kind, `+setLast+` JOIN people p ON p.id = s.person WHERE p.active = 1`,
		[]any{string(station.SecretUnconfirmed)}, func(scan func(...any) error) error {
			var w station.Witness
			var kind station.Credential
			var what, by string
			err := scan(&w.ID, &w.Role, &w.Unconfirmed, &kind, &what, &by)
			w.Own = ownChoice(w.ID, kind, what, by)
			list = append(list, w)
			return err
		})
	return list, err
}

// openAbout reports whether an alarm of this kind about a person is open.
func (t *tx) openAbout(person string, code station.Code) (bool, error) {
	var n int
	err := t.Get("SELECT count(*) FROM alarms WHERE code = ? AND person = ? AND closed IS NULL AND serial = ''",
		[]any{string(code), store.Text(person)}, &n)
	return n > 0, err
}

// confirmChoiceInNewRole asks for the same of somebody who is given another role and has a secret
// already: nobody may have had to confirm it then.
func (t *tx) confirmChoiceInNewRole(id string, role station.Role, by string) error {
	p, err := anybody(t, id)
	if err != nil {
		return err
	}
	var secrets int
	err = t.Get("SELECT count(*) FROM secrets WHERE person = ?", []any{store.Text(id)}, &secrets)
	if err != nil || !station.KeepsSecretInNewRole(p.Role, role, secrets) {
		return err
	}
	p.Role = role
	return t.raiseChoiceAlarm(p, by)
}
