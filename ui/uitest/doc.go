// SPDX-License-Identifier: Apache-2.0

// Package uitest is what the tests of the screens share: a bench that runs what
// screens post, windows of the test driver, keys that are typed, and texts that
// are found where they are drawn.
package uitest
