// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path, text string) string {
	t.Helper()
	must(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	must(t, err)
	if string(got) != want {
		t.Errorf("%s holds %q, want %q", path, got, want)
	}
}

func namesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

const database = "SQLite format 3\x00 and its pages"

func TestAFileIsWrittenWholeForItsOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "new")
	must(t, Write(path, []byte("whole"), Rules{}))
	holds(t, path, "whole")
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
	if got := namesIn(t, dir); len(got) != 1 {
		t.Errorf("beside it is left: %v", got)
	}
}

func TestAnOrdinaryFileGoesOnlyWhenTheCallerSaysSo(t *testing.T) {
	path := put(t, filepath.Join(t.TempDir(), "mine.txt"), "mine")
	err := Write(path, []byte("yours"), Rules{})
	if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "already") {
		t.Errorf("without a wish: %v", err)
	}
	holds(t, path, "mine")
	must(t, Write(path, []byte("yours"), Rules{Overwrite: true}))
	holds(t, path, "yours")
}

// factory is a folder with all that belongs to a record.
func factory(t *testing.T) (dir, record string) {
	t.Helper()
	dir = t.TempDir()
	record = put(t, filepath.Join(dir, "bindery.db"), database)
	for tail, text := range map[string]string{
		"-wal": "log", "-shm": "shared", "-journal": "journal", ".key": "PRIVATE+KEY+bindery/a+1+2\n", ".lock": "", ".version-1": database,
		".replaced-20260702T060000Z": database, "-20260702T060000Z.backup": database,
	} {
		put(t, record+tail, text)
	}
	return dir, record
}

func TestWhatBelongsToTheRecordIsNeverWrittenOver(t *testing.T) {
	dir, record := factory(t)
	elsewhere := t.TempDir()
	must(t, os.Symlink(dir, filepath.Join(elsewhere, "folder")))
	must(t, os.Symlink(record, filepath.Join(elsewhere, "link.pdf")))
	must(t, os.Link(record, filepath.Join(elsewhere, "hard.pdf")))
	must(t, os.Link(record+"-shm", filepath.Join(elsewhere, "shared.pdf")))
	must(t, os.Link(record+".lock", filepath.Join(elsewhere, "lock.pdf")))
	t.Chdir(elsewhere)
	relative, err := filepath.Rel(elsewhere, record)
	must(t, err)
	for _, path := range []string{
		record, record + "-wal", record + "-shm", record + "-journal", record + ".key", record + ".lock", record + ".version-1",
		record + ".replaced-20260702T060000Z", record + "-20260702T060000Z.backup",
		relative, "link.pdf", "hard.pdf", "shared.pdf", "lock.pdf", "folder/bindery.db", "folder/bindery.db-wal", "folder/../" + filepath.Base(dir) + "/bindery.db.key", "folder/./bindery.db-shm",
	} {
		before, err := os.ReadFile(path)
		must(t, err)
		var conflict *ConflictError
		if err := Write(path, []byte("%PDF"), Rules{Overwrite: true, Record: record}); !errors.As(err, &conflict) {
			t.Errorf("%s: %v", path, err)
		}
		holds(t, path, string(before))
	}
}

func TestANameThatBelongsToTheRecordStaysFreeForIt(t *testing.T) {
	dir := t.TempDir()
	record := filepath.Join(dir, "bindery.db") // not there: as good as lost
	real, linked := put(t, filepath.Join(t.TempDir(), "real.db"), "emptied"), filepath.Join(dir, "linked.db")
	must(t, os.Symlink(real, linked))
	for _, c := range []struct{ path, record string }{
		{record, record}, {record + "-wal", record}, {record + "-journal", record}, {record + ".key", record}, {record + ".version-3", record},
		{filepath.Join(dir, "BINDERY.DB"), record}, {filepath.Join(dir, "Bindery.db-WAL"), record},
		{filepath.Join(t.TempDir(), ".bindery.db.lock"), record},
		{real + "-wal", linked}, {linked + ".key", linked}, {real, linked},
	} {
		if err := (Rules{Overwrite: true, Record: c.record}).Check(c.path); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s of %s: %v", c.path, c.record, err)
		}
	}
	for _, name := range []string{"bindery.db-lot.pdf", "bindery.pdf", "x.key", "report-wal"} {
		must(t, (Rules{Record: record}).Check(filepath.Join(dir, name)))
	}
}

func TestARecordABackupAKeyAndACheckpointAreKnownWithoutTheirNames(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		text string
		want Found
	}{
		"a.pdf": {database, Record},
		"b.pdf": {"\x37\x7f\x06\x82 frames", Companion},
		"c.pdf": {"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 pages", Companion},
		"d.pdf": {"PRIVATE+KEY+bindery/a+12345678+AAAA\n", SigningKey},
		"e.pdf": {"bindery-key-1 argon2id m=65536,t=3,p=4 SALT\n", SigningKey},
		"f.pdf": {"bindery/a\n12\nq1ZC3PDOmKcVZNRcFnYuoDbE6gO8Ud0gTfNFhXOl1yM=\n\n— bindery/a AAAA\n", Checkpoint},
		"g.pdf": {"%PDF-1.7 SQLite format 3\x00", Ordinary},
		"h.txt": {"a\nb\nc\n\n— said somebody\n", Ordinary},
		"i.txt": {"", Ordinary},
	} {
		path := put(t, filepath.Join(dir, name), c.text)
		err := Write(path, []byte("new"), Rules{Overwrite: true})
		var conflict *ConflictError
		if c.want == Ordinary {
			must(t, err)
		} else if !errors.As(err, &conflict) || conflict.Found != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		} else {
			holds(t, path, c.text)
		}
	}
	put(t, filepath.Join(dir, "other.db"), database)
	if err := (Rules{}).Check(filepath.Join(dir, "other.db-wal")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a log beside somebody's database: %v", err)
	}
}

func TestALinkAFolderAndADeviceAreNoPlaceForAFile(t *testing.T) {
	dir := t.TempDir()
	target := put(t, filepath.Join(dir, "target"), "mine")
	must(t, os.Symlink(target, filepath.Join(dir, "link")))
	must(t, os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "dangling")))
	must(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
	must(t, unix.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	for path, want := range map[string]Found{
		filepath.Join(dir, "link"): Link, filepath.Join(dir, "dangling"): Link, filepath.Join(dir, "folder"): Directory,
		filepath.Join(dir, "pipe"): Device, "/dev/null": Device,
	} {
		var conflict *ConflictError
		if err := Write(path, []byte("x"), Rules{Overwrite: true}); !errors.As(err, &conflict) || conflict.Found != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
	holds(t, target, "mine")
	if _, err := os.Lstat(filepath.Join(dir, "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was written through a link")
	}
}

func TestTheRecordItselfMayUseItsNames(t *testing.T) {
	_, record := factory(t)
	must(t, Write(record+".version-2", []byte(database), Rules{Own: true, Record: record}))
	must(t, Write(record+".key", []byte("PRIVATE+KEY+new\n"), Rules{Own: true, Overwrite: true, Record: record}))
	for _, tail := range []string{"", ".version-1", "-20260702T060000Z.backup"} {
		if err := Write(record+tail, []byte("x"), Rules{Own: true, Overwrite: true, Record: record}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%q: %v", tail, err)
		}
	}
}

func TestWhoeverComesFirstKeepsTheName(t *testing.T) {
	for i, way := range waysToMove {
		dir := t.TempDir()
		folder, err := openFolder(dir)
		must(t, err)
		defer folder.Close()
		fd := int(folder.Fd())
		put(t, filepath.Join(dir, "ours"), "ours")
		put(t, filepath.Join(dir, "theirs"), "theirs")
		if err := way(fd, "ours", fd, "theirs"); !errors.Is(err, unix.EEXIST) {
			t.Errorf("way %d: %v", i, err)
		}
		holds(t, filepath.Join(dir, "theirs"), "theirs")
		must(t, way(fd, "ours", fd, "free"))
		holds(t, filepath.Join(dir, "free"), "ours")
		if got := namesIn(t, dir); len(got) != 2 {
			t.Errorf("way %d left %v", i, got)
		}
	}
}

func TestAFileThatAppearsMeanwhileIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(filepath.Join(dir, "name"))
	must(t, err)
	defer f.Discard()
	_, err = f.Write([]byte("ours"))
	must(t, err)
	put(t, filepath.Join(dir, "name"), database)
	for _, r := range []Rules{{}, {Overwrite: true}} {
		if err := f.Publish("name", r); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%+v: %v", r, err)
		}
	}
	holds(t, filepath.Join(dir, "name"), database)
	must(t, f.Publish("other", Rules{})) // nothing was lost
	holds(t, filepath.Join(dir, "other"), "ours")
}

func TestWhatIsDiscardedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(filepath.Join(dir, "name"))
	must(t, err)
	if _, err := f.Write([]byte("half")); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	f.Discard()
	own, err := CreateFolder(filepath.Join(dir, "name"))
	must(t, err)
	put(t, own.Path("x"), "half")
	own.Discard()
	if got := namesIn(t, dir); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

func TestAFileMadeInAFolderOfItsOwnIsPublishedBesideIt(t *testing.T) {
	dir := t.TempDir()
	own, err := CreateFolder(filepath.Join(dir, "name"))
	must(t, err)
	defer own.Discard()
	if info, err := os.Stat(own.Path("")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info.Mode(), err)
	}
	put(t, own.Path("copy"), database)
	there := put(t, filepath.Join(dir, "there"), "mine")
	if err := own.Publish("copy", there, Rules{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another file: %v", err)
	}
	must(t, own.Publish("copy", filepath.Join(dir, "backup"), Rules{}))
	holds(t, filepath.Join(dir, "backup"), database)
}

func TestOnlyWhatAKilledProcessLeftIsCleared(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, ".bindery-mine.partial"), "of a person")
	left := filepath.Join(dir, partialName())
	must(t, os.Mkdir(left, 0o700))
	put(t, filepath.Join(left, "copy"), database)
	put(t, filepath.Join(dir, partialName()), "half")
	f, err := Create(filepath.Join(dir, "name"))
	must(t, err)
	defer f.Discard()
	own, err := CreateFolder(filepath.Join(dir, "name"))
	must(t, err)
	defer own.Discard()
	Clear(dir)
	if got := namesIn(t, dir); len(got) != 3 {
		t.Errorf("there are %v", got)
	}
	must(t, f.Publish("whole", Rules{}))
}

func TestWhatIsReadHasALimit(t *testing.T) {
	dir := t.TempDir()
	small := put(t, filepath.Join(dir, "small"), "12345678")
	if got, err := Read(small, 8); err != nil || string(got) != "12345678" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Read(small, 7); !errors.Is(err, ErrTooLarge) {
		t.Errorf("one byte too many: %v", err)
	}
	huge := filepath.Join(dir, "huge")
	must(t, os.WriteFile(huge, nil, 0o600))
	must(t, os.Truncate(huge, 1<<40))
	if n := testing.AllocsPerRun(1, func() { _, _ = Read(huge, 1<<20) }); n > 100 {
		t.Errorf("a huge file takes %v allocations", n)
	}
	must(t, unix.Mkfifo(filepath.Join(dir, "pipe"), 0o600))
	for _, path := range []string{filepath.Join(dir, "pipe"), dir, "/dev/zero"} {
		if _, err := Read(path, 1<<20); !errors.Is(err, ErrNotOrdinary) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
