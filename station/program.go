// SPDX-License-Identifier: Apache-2.0

package station

import "strings"

// Program is a build of one of our programs, as the build itself tells it
// (runtime/debug.ReadBuildInfo). What a build does not know is "".
type Program struct {
	Name     string `json:"program"`             // of the command, such as bindery-station
	Version  string `json:"version" null:"zero"` // of the source, such as v1.2.0
	Commit   string `json:"commit" null:"zero"`  // of the source, hex
	Modified bool   `json:"modified"`            // the source had changes that are in no commit
	Go       string `json:"go" null:"zero"`      // version of the compiler
}

// shortCommit is how many hex digits of a commit tell it from all others.
const shortCommit = 12

// String names program and build on one line, as rows, papers and bundles have
// it: "bindery v1.2.0 (commit 0123456789ab, modified)". It is "" for the zero
// value.
func (p Program) String() string {
	if p == (Program{}) {
		return ""
	}
	return strings.TrimSpace(p.Name + " " + p.Build())
}

// VersionOf is the version in the name of a program, as [Program.String] writes it,
// without the v before it; "" where the build did not know it.
func VersionOf(program string) string {
	before, _, _ := strings.Cut(program, " (commit ")
	version := before[strings.LastIndex(before, " ")+1:]
	if version == "unknown" {
		return ""
	}
	return strings.TrimPrefix(version, "v")
}

// Build is the build alone, which all commands of it have in common.
func (p Program) Build() string {
	commit := p.Commit[:min(len(p.Commit), shortCommit)]
	s := orUnknown(p.Version) + " (commit " + orUnknown(commit)
	if p.Modified {
		s += ", modified"
	}
	return s + ")"
}

// SameBuild reports whether two programs were made of the same source by the
// same compiler, as the commands of one build are.
func (p Program) SameBuild(q Program) bool {
	p.Name, q.Name = "", ""
	return p == q
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}
