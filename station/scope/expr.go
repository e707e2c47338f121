// SPDX-License-Identifier: Apache-2.0

package scope

// Field is what a condition is about; it is its name in text and in JSON.
type Field string

// The fields.
const (
	TAC         Field = "tac" // of either IMEI
	SNR         Field = "snr" // with its TAC, of either IMEI
	Maker       Field = "maker"
	Module      Field = "module"
	Firmware    Field = "firmware" // of the module
	REF         Field = "ref"      // of the product
	Lot         Field = "lot"
	Order       Field = "order"
	Made        Field = "made"
	Station     Field = "station"
	Operator    Field = "operator" // ID of the person
	Issuer      Field = "issuer"   // that issued the SIM: what its ICCID begins with
	Layout      Field = "layout"
	Dialect     Field = "dialect"
	Program     Field = "program" // version of the program that bound it
	Disposition Field = "disposition"
	Flag        Field = "flag"
	ListField   Field = "list" // of serials and identities
	FileField   Field = "in"   // the same, in a file
)

// fields are all of them, in the order in which people are told of them.
var fields = []Field{TAC, SNR, Maker, Module, Firmware, REF, Lot, Order, Made, Station, Operator, Issuer, Layout, Dialect, Program, Disposition, Flag,
	ListField, FileField}

// others are names that carriers' answers and other programs have for a field.
var others = map[string]Field{"product": REF, "model": Module, "issuer_prefix": Issuer}

// Fields are the fields of all conditions, for a screen to choose from.
func Fields() []Field { return append([]Field{}, fields...) }

// Ranged reports whether a field may be compared with <, <=, > and >=: versions
// by their parts, times by the clock.
func (f Field) Ranged() bool { return f == Firmware || f == Program || f == Made }

// Expr is a node of an expression: And, Or, Not, Is, Range, SNRs, List or File.
type Expr interface{ expr() }

// And holds where all of its parts do. It has two at least.
type And []Expr

// Or holds where one of its parts does. It has two at least.
type Or []Expr

// Not holds where what it is of does not.
type Not struct{ Of Expr }

// Is holds where the field has this value, letter for letter; a TAC and an
// issuer are the beginning of a number.
type Is struct {
	Field Field
	Value string
}

// Range holds where a field that is [Field.Ranged] lies between two bounds, each
// in it unless it is said to be open; "" sets no bound.
type Range struct {
	Field            Field
	From, To         string
	OpenFrom, OpenTo bool // set only where the other bound is ""
}

// SNRs holds where an IMEI has this TAC and a serial number from From to To.
type SNRs struct {
	TAC      string
	From, To int
}

// ListExpr holds for the units that its items lead to: see [ListExpr.Read]. One
// that stood in a file knows its name and the line of each item.
type ListExpr struct {
	Items []string
	File  string // "" for one that stood in the expression
	Lines []int  // from 1; nil for one that stood in the expression

	// The comparison whose rows of a class led to the items: what a carrier gets of them
	// are the SIMs of these rows. 0 and "" for a list that was not made from one.
	Comparison int64
	Class      string
}

// FileExpr is a list that stands in a file: see [ReadFiles].
type FileExpr struct{ Name string }

func (And) expr()      {}
func (Or) expr()       {}
func (Not) expr()      {}
func (Is) expr()       {}
func (Range) expr()    {}
func (SNRs) expr()     {}
func (ListExpr) expr() {}
func (FileExpr) expr() {}
