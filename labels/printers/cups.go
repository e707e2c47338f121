// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"bindery/station"
)

// cupsPrinter is a raw queue of the system's print service, used through its own
// programs. The service says when it has handed a label over, not that it came
// out, and keeps what it could not hand over: such a job is cancelled, or it
// would come out some day unasked.
type cupsPrinter struct{ uri, queue, format string }

func (c *cupsPrinter) Name() string { return c.uri }

// Printed cannot be known.
func (c *cupsPrinter) Printed(context.Context, string, station.Label) (station.Answer, error) {
	return station.Unsure, nil
}

var requestID = regexp.MustCompile(`request id is (\S+)`)

func (c *cupsPrinter) Print(ctx context.Context, _ string, l station.Label) error {
	zpl, err := l.Encode(c.format)
	if err != nil {
		return err
	}
	if f := c.ready(ctx); f != nil {
		return f
	}
	// The title is the same for all: queues show it to everybody.
	out, err := command(ctx, zpl, "lp", "-d", c.queue, "-o", "raw", "-t", "label", "-")
	m := requestID.FindStringSubmatch(out)
	if err != nil || m == nil {
		// Only a program that ended by itself and said no has surely sent nothing.
		var exit *exec.ExitError
		refused := errors.As(err, &exit) && exit.ExitCode() > 0
		return fault("its queue did not take the label: "+firstLine(out)+".", "Look at the queue "+c.queue+", then scan the same serial again.", !refused, err)
	}
	return c.finish(ctx, m[1])
}

// ready asks whether the queue is there, takes jobs and hands them over.
func (c *cupsPrinter) ready(ctx context.Context) *station.Fault {
	next := "Enable the queue " + c.queue + " in the print service, then scan the same serial again."
	out, err := command(ctx, nil, "lpstat", "-p", c.queue)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return fault("this machine has no print service.", "Install CUPS, or choose another printer in the settings.", false, err)
	case err != nil:
		return fault("there is no queue "+c.queue+".", "Choose another printer in the settings.", false, err)
	case strings.Contains(out, "holding new jobs"):
		return fault("its queue holds new labels back.", "Have an admin release the labels that the queue "+c.queue+" holds, then scan the same serial again.", false, nil)
	case strings.Contains(out, "disabled since"):
		return fault("its queue is stopped.", next, false, nil)
	}
	if out, err = command(ctx, nil, "lpstat", "-a", c.queue); err != nil || strings.Contains(out, "not accepting") {
		return fault("its queue takes no labels.", next, false, err)
	}
	return nil
}

// alerts are the reasons that the print service has from a printer's driver
// for its state (RFC 8011 §5.4.12), by what their names hold.
var alerts = []struct {
	holds string
	is    Condition
}{
	{"cover-open", HeadOpen}, {"door-open", HeadOpen}, {"interlock-open", HeadOpen},
	{"media-empty", NoLabels}, {"media-needed", NoLabels}, {"marker-supply-empty", NoRibbon},
	{"paused", Paused}, {"offline", Offline}, {"connecting-to-device", Offline}, {"timed-out", Offline}, {"shutdown", Offline},
}

// readCondition asks the service for its queue; what the printer behind it lacks is
// known where its driver tells.
func (c *cupsPrinter) readCondition(ctx context.Context) Condition {
	out, err := command(ctx, nil, "lpstat", "-l", "-p", c.queue)
	if err != nil {
		return Offline
	}
	return queueCondition(out)
}

// queueCondition reads what lpstat -l says of a queue.
func queueCondition(said string) Condition {
	if strings.Contains(said, "disabled since") {
		return Stopped
	}
	_, reasons, _ := strings.Cut(said, "Alerts:")
	reasons, _, _ = strings.Cut(reasons, "\n")
	for _, a := range alerts {
		if strings.Contains(reasons, a.holds) {
			return a.is
		}
	}
	return Ready
}

// finish waits until the service has handed the job over.
func (c *cupsPrinter) finish(ctx context.Context, id string) error {
	for began := time.Now(); ctx.Err() == nil && time.Since(began) < longest; {
		switch c.job(ctx, id) {
		case jobUnderWay:
		case jobDone:
			return nil
		case jobGivenUp:
			return fault("its queue gave the label up.", "Look at the printer"+sentNext, true, nil)
		case jobHeld:
			_, err := command(context.WithoutCancel(ctx), nil, "cancel", id)
			return fault("its queue held the label back; it was cancelled there.",
				"Have an admin set the queue "+c.queue+" to print at once"+sentNext, true, err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(between):
		}
	}
	_, err := command(context.WithoutCancel(ctx), nil, "cancel", id)
	return fault("its queue could not hand the label over.", "Look at the printer and at the queue "+c.queue+sentNext, true, errors.Join(ctx.Err(), err))
}

// jobState is what has become of a job.
type jobState int

const (
	jobUnderWay jobState = iota
	jobDone              // handed over
	jobHeld              // until a person or a time lets it go
	jobGivenUp
)

// job asks the service for a job that it has taken. Those that are not done are
// asked first: a job that is in neither list is done, at a service that keeps
// no history (PreserveJobHistory No).
func (c *cupsPrinter) job(ctx context.Context, id string) jobState {
	out, err := command(ctx, nil, "lpstat", "-l", "-W", "not-completed", "-o", c.queue)
	switch job := jobStatus(out, id); {
	case err != nil:
		return jobUnderWay
	case strings.Contains(job, "job-hold-until-specified"):
		return jobHeld
	case job != "":
		return jobUnderWay
	}
	out, err = command(ctx, nil, "lpstat", "-l", "-W", "completed", "-o", c.queue)
	switch job := jobStatus(out, id); {
	case err != nil:
		return jobUnderWay
	case strings.Contains(job, "canceled"), strings.Contains(job, "aborted"):
		return jobGivenUp
	}
	return jobDone
}

// jobStatus is the part of a list of jobs that tells of one: its line and the
// indented ones below.
func jobStatus(list, id string) string {
	var part []string
	for line := range strings.Lines(list) {
		switch {
		case strings.HasPrefix(line, id+" "):
			part = []string{line}
		case part != nil && !strings.HasPrefix(line, "\t"):
			return strings.Join(part, "")
		case part != nil:
			part = append(part, line)
		}
	}
	return strings.Join(part, "")
}

// command runs a program of the print service, in English, and gives what it
// said on both outputs.
func command(ctx context.Context, in []byte, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return s
}
