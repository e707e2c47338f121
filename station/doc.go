// SPDX-License-Identifier: Apache-2.0

// Package station is the domain of Bindery: what a provisioning station knows,
// what it decides, and in which order things happen to one unit. It has no
// idea of files, sockets, SQL or screens; what it needs of them stands in
// ports.go.
//
// The way of one unit, which [Bench.Provision] walks from top to bottom:
//
//	scan ─► DUT.Identify ─► Judge ─► Bind ─► label ─► print ─► scan back ─► Complete
//	serial  reading +       verdict  one     dots     status   equal?       one
//	        evidence                 commit                                 commit
//
// There are two kinds of no. A refusal is the unit's fault: findings at level
// fail, outcome [Fail], stored. A fault is the bench's: a [*Fault], outcome
// [Errored], which never condemns the unit.
//
// The zero value of every enumeration means "not set", never pass.
package station
