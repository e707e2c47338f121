// SPDX-License-Identifier: Apache-2.0

package app

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/safefile"
	"bindery/ui/quality"
)

// preferencesFile is the file of what people have arranged for themselves on this
// screen: searches, columns. It is no part of the record. Losing it loses nothing
// but habits, so that it is kept beside the settings of the account, and not in
// what is backed up and signed.
type preferencesFile string

// ownPreferences is the file of the account that runs the station.
func ownPreferences() preferencesFile {
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return preferencesFile(filepath.Join(dir, "bindery", "desk.json"))
}

// all is what everybody has arranged, by person ID.
func (f preferencesFile) all() (map[string]quality.Preferences, error) {
	all := map[string]quality.Preferences{}
	text, err := safefile.Read(string(f), safefile.MostOfText)
	// Nobody has arranged anything yet.
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	return all, f.fault(err)
}

// read is what one person has arranged; nothing where they never did.
func (f preferencesFile) read(person string) (quality.Preferences, error) {
	all, err := f.all()
	return all[person], err
}

// write leaves what others have arranged as it is. Of an identity only as much is
// kept as may be shown: a search by it finds the unit still.
func (f preferencesFile) write(person string, mine quality.Preferences) error {
	all, err := f.all()
	if err != nil {
		return err
	}
	mine.Searches = slices.Clone(mine.Searches) // the screen goes on with its own
	all[person] = mine
	for _, one := range all { // also of an earlier program
		for i, s := range one.Searches {
			one.Searches[i] = quality.Search{Name: identity.MaskIn(s.Name), Text: identity.MaskIn(s.Text)}
		}
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	// For the account alone: what somebody searches for is theirs.
	err = os.MkdirAll(filepath.Dir(string(f)), 0o700)
	if err == nil {
		err = safefile.Write(string(f), append(text, '\n'), safefile.Rules{Overwrite: true})
	}
	return f.fault(err)
}

// fault names the file: a person can mend it or take it away, and loses no record.
func (f preferencesFile) fault(err error) error {
	if err == nil {
		return nil
	}
	return station.NewFault(station.SettingsFault, string(f), err)
}
