// SPDX-License-Identifier: Apache-2.0

package bundle_test

import (
	"context"
	"fmt"
	"os"

	"bindery/station/report/bundle"
)

// A bundle is checked by itself: no record is needed, only the public key of
// the station, best from somebody else than who handed the bundle over.
func ExampleVerify() {
	key, err := os.ReadFile("testdata/bundle-1.key")
	if err != nil {
		fmt.Println(err)
		return
	}
	checked, err := bundle.Verify(context.Background(), "testdata/bundle-1.zip", string(key))
	fmt.Println(checked.OK, checked.Subject, checked.Units, checked.Labels, err)

	// A file that is no bundle is no error: the result says what is wrong.
	checked, err = bundle.Verify(context.Background(), "testdata/bundle-1.key", string(key))
	fmt.Println(checked.OK, checked.FirstFault, err)
	// Output:
	// true unit:CL-000002 1 2 <nil>
	// false The file is damaged or no bundle: zip: not a valid zip file. <nil>
}
