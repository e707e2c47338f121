// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"testing"
	"time"
)

func TestAPrinterThatNeverAnswersIsAskedLessAndLessThenNoMore(t *testing.T) {
	var a printerMemory
	began := time.Unix(0, 0)
	var asked []time.Duration
	watch := func(from, to time.Duration) {
		for at := from; at < to; at += time.Second {
			if _, due := a.due(began.Add(at)); due {
				asked = append(asked, at)
				a.recordCondition(began.Add(at), Foreign)
			}
		}
	}
	watch(0, 24*time.Hour)
	pause := firstPause
	if len(asked) != mostAsked {
		t.Fatalf("asked at %v", asked)
	}
	for i := 1; i < len(asked); i, pause = i+1, 2*pause {
		if got := asked[i] - asked[i-1]; got != pause {
			t.Errorf("pause %d is %v, want %v", i, got, pause)
		}
	}
	if last, _ := a.due(began.Add(24 * time.Hour)); last != Foreign {
		t.Errorf("then it counts as %q", last)
	}
	a.forgetQuestions()
	watch(24*time.Hour, 48*time.Hour)
	if len(asked) != 2*mostAsked || asked[mostAsked] != 24*time.Hour {
		t.Errorf("after a print: asked at %v", asked[mostAsked:])
	}
}

func TestAPrinterThatHasAnsweredOnceIsAskedOn(t *testing.T) {
	var a printerMemory
	now := time.Unix(0, 0)
	a.recordAnswer()
	for range 3 * mostAsked {
		a.recordCondition(now, Offline)
		if _, due := a.due(now); !due {
			t.Fatal("it is not asked any more")
		}
	}
}

func TestAHostIdentificationIsReadForItsResolution(t *testing.T) {
	for line, want := range map[string]int{
		"ZD421-203dpi,V93.21.26Z,8,8192KB": 8, "GX430t,V56.17.17Z, 12 ,2104KB,X": 12, "ZT610,V99,24": 24,
		"": 0, "ZD421": 0, "ZD421,V93": 0, "ZD421,V93,many,8192KB": 0, "ZD421,V93,0,8192KB": 0,
		"030,0,0,1245,000,0,0,0,000,0,0,0": 0, "000,0,0,0,0,2,4,0,00000000,1,000": 0, "1234,0": 0, "12,0,8,9": 0,
	} {
		if got := identification(line); got != want {
			t.Errorf("%q: %d, want %d", line, got, want)
		}
	}
	for dpi, want := range map[int]int{203: 8, 300: 12, 600: 24} {
		if got := dotsOf(dpi); got != want || sold(got) != dpi {
			t.Errorf("%d dots per inch are %d per mm, and back %d", dpi, got, sold(got))
		}
	}
}
