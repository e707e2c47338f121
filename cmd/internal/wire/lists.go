// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"bindery/station/identity"
	"bindery/station/safefile"
	"bindery/station/scope"
	"bindery/station/table"
)

// mostOfList is how many bytes a list of a scope has at most: two million serials.
const mostOfList = 64 << 20

// Lines are those of a list in a file, as [scope.ReadFiles] takes them, in UTF-8 or
// UTF-16. What is wrong with the file is a [scope.ExprError], without its folder.
func Lines(path string) ([]string, error) {
	name := identity.MaskIn(filepath.Base(path))
	fail := func(why string) ([]string, error) {
		return nil, &scope.ExprError{Message: "The file " + name + " cannot be read: " + why + ".", Cure: "Give the path of a text file with a serial or an identity on each line."}
	}
	f, _, err := safefile.Open(path)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) { // whose path has been said
			err = at.Err
		}
		return fail(err.Error())
	}
	defer f.Close() // it was only read
	text, err := table.All(f, mostOfList)
	if err != nil {
		return fail(err.Error())
	}
	return strings.Split(text, "\n"), nil
}
