// SPDX-License-Identifier: Apache-2.0

package query

// Clean is how a text is read before anything is made of it.
var Clean = clean
