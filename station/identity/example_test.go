// SPDX-License-Identifier: Apache-2.0

package identity_test

import (
	"fmt"

	"bindery/station/identity"
)

// A number is parsed once. From then on it prints itself masked, and only Full
// gives all of it.
func ExampleParseIMEI() {
	imei, err := identity.ParseIMEI("980000420001012")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(imei)
	fmt.Println(imei.TAC(), imei.SNR())
	fmt.Println(imei.Full())

	_, err = identity.ParseIMEI("980000420001013")
	fmt.Println(err)
	// Output:
	// 98000042•••••12
	// 98000042 101
	// 980000420001012
	// imei-check-digit
}

// The check digit alone proves little: a module that was never programmed
// passes it too.
func ExampleCheckIMEI() {
	fmt.Println(identity.CheckIMEI("980000420001012"))
	fmt.Println(identity.CheckIMEI("000000000000000"))
	// Output:
	// []
	// [imei-repeated-digit imei-known-default imei-test-range]
}

// Text from outside goes into a log or an error only masked.
func ExampleMaskIn() {
	fmt.Println(identity.MaskIn("+CGSN: 980000420001012, lot L2607A"))
	// Output:
	// +CGSN: •••••••••••1012, lot L2607A
}
