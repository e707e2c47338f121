// SPDX-License-Identifier: Apache-2.0

package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bindery/station"
	"bindery/station/safefile"
	"bindery/ui"
)

// own is the file of what people have arranged for themselves on this screen:
// searches, columns. It is no part of the record.
type own string

func ownFile() own {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return own(filepath.Join(dir, "bindery", "desk.json"))
}

// all is what everybody has arranged, by person ID.
func (o own) all() (map[string]ui.Preferences, error) {
	all := map[string]ui.Preferences{}
	text, err := safefile.Read(string(o), safefile.MostOfText)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	return all, o.fault(err)
}

func (o own) read(person string) (ui.Preferences, error) {
	all, err := o.all()
	return all[person], err
}

func (o own) write(person string, mine ui.Preferences) error {
	all, err := o.all()
	if err != nil {
		return err
	}
	all[person] = mine
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	err = os.MkdirAll(filepath.Dir(string(o)), 0o700)
	if err == nil {
		err = safefile.Write(string(o), append(text, '\n'), safefile.Rules{Overwrite: true})
	}
	return o.fault(err)
}

func (o own) fault(err error) error {
	if err == nil {
		return nil
	}
	return station.NewFault(station.SettingsFault, string(o), err)
}
