// SPDX-License-Identifier: Apache-2.0

// Package auditor is the audit room: an auditor walks from any fact to its
// leaf, has the whole record verified and takes a bundle along. Nothing in it
// changes the record.
package auditor
