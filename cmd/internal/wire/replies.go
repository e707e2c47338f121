// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/table"
)

// replyLimits are what is read at once: a field action may be about all units of a
// product, and who fills the list in may add columns.
var replyLimits = table.Limits{Rows: 2_000_001, Columns: 200, Cell: 10_000, Unpacked: 1 << 30}

// RepliesError says why a field action that came back cannot be read.
type RepliesError struct{ Message string }

func (e *RepliesError) Error() string { return e.Message }

func unreadReplies(format string, args ...any) error {
	return &RepliesError{fmt.Sprintf(format, args...)}
}

// ReadReplies reads a field action as it came back. Other columns do not count, so
// that whoever fills it in may keep their own notes there. What is wrong with the
// file is a *RepliesError. It is read as it stands, as the list of a carrier is: a reply
// may begin as a formula does, and be in Windows-1252.
func ReadReplies(path string) (rows []station.FieldReply, list record.SourceFile, err error) {
	f, size, err := safefile.Open(path)
	if err != nil {
		return nil, list, unreadReplies("%s cannot be read", filepath.Base(path))
	}
	defer f.Close() // it was only read
	list.Name = filepath.Base(path)
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		return nil, list, err
	}
	list.Hash = hex.EncodeToString(sum.Sum(nil))
	t, err := table.Open(list.Name, f, size, table.Options{Limits: replyLimits, Tolerant: true})
	if err != nil {
		return nil, list, unreadReplies("the list cannot be read: %v", err)
	}
	defer t.Close() //nolint:errcheck // it was only read
	rows, err = repliesIn(t)
	return rows, list, err
}

func repliesIn(t *table.Table) (rows []station.FieldReply, err error) {
	named, err := table.ReadHeader(t)
	if err != nil {
		return nil, unreadReplies("the list cannot be read: %v", err)
	}
	serial, reply := slices.Index(named.Names, "serial"), slices.Index(named.Names, station.ReplyColumn)
	if serial < 0 || reply < 0 {
		return nil, unreadReplies("the list needs the columns serial and %s", station.ReplyColumn)
	}
	for _, e := range named.Header.Errors {
		if e.Column == "serial" || e.Column == station.ReplyColumn {
			return nil, unreadReplies("the column %s %s of the list: leave one of them", e.Column, e.Message)
		}
	}
	for {
		rec, err := named.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return nil, unreadReplies("the list cannot be read: %v", err)
		}
		for _, e := range rec.Errors {
			if e.Column == "serial" || e.Column == station.ReplyColumn {
				return nil, unreadReplies("the list cannot be read: %v", e)
			}
		}
		at := func(column int) string {
			if column >= len(rec.Cells) {
				return ""
			}
			return strings.TrimPrefix(rec.Cells[column].Text, "'") // as our CSV has it before what a spreadsheet would change
		}
		rows = append(rows, station.FieldReply{Serial: at(serial), Reply: at(reply), Row: rec.Row})
	}
}
