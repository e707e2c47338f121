// SPDX-License-Identifier: Apache-2.0

package sound

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestWAVIsWhatPlayersExpect(t *testing.T) {
	for tone, notes := range tunes {
		wav := WAV(tone, 1)
		if string(wav[:4]) != "RIFF" || string(wav[8:16]) != "WAVEfmt " || string(wav[36:40]) != "data" {
			t.Fatalf("%s is no WAV file: % x", tone, wav[:44])
		}
		if n := binary.LittleEndian.Uint32(wav[40:]); int(n) != len(wav)-44 {
			t.Errorf("%s says %d bytes of sound and has %d", tone, n, len(wav)-44)
		}
		var long time.Duration
		for _, n := range notes {
			long += n.long
		}
		if got := time.Duration(len(wav)-44) * time.Second / (2 * rate); (got - long).Abs() > time.Millisecond {
			t.Errorf("%s lasts %v, want %v", tone, got, long)
		}
	}
}

func TestPassRisesAndFailFalls(t *testing.T) {
	if n := tunes[Rising]; n[0].hertz >= n[1].hertz {
		t.Error("the tone of PASS does not rise")
	}
	if n := tunes[Falling]; n[0].hertz <= n[1].hertz {
		t.Error("the tone of FAIL does not fall")
	}
}

func TestFind(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, silent := Find(1).(Silent); !silent {
		t.Error("a machine that can't play is not silent")
	}
	dir := t.TempDir()
	heard := filepath.Join(dir, "heard")
	script := "#!/bin/sh\n/bin/cat > " + heard + "\n"
	if err := os.WriteFile(filepath.Join(dir, "aplay"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	if _, silent := Find(0).(Silent); !silent {
		t.Error("volume 0 is not silent")
	}
	Find(1).Play(Rising)
	want := WAV(Rising, 1)
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if got, err := os.ReadFile(heard); err == nil && bytes.Equal(got, want) {
			return
		}
	}
	t.Error("the player did not get the tone")
}
