// SPDX-License-Identifier: Apache-2.0

// Command bindery is the station without a screen: everything that Bindery can
// do, one verb each, for people in a terminal and for scripts. Each verb stands
// in the file of its name; what they share is in cli.go and answer.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(untilInterrupted(os.Args[1:])) }

// untilInterrupted runs the command and returns its exit code: it is taken before
// the process ends, so that what is deferred in a verb, such as closing the
// record, has been done.
func untilInterrupted(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, args)
}
