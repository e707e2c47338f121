// SPDX-License-Identifier: Apache-2.0

// Package setup is the screen on which an admin sees what the station is made
// of, and puts each component to the test.
package setup
