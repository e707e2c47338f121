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

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
