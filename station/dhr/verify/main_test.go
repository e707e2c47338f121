// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"os"
	"testing"

	"bindery/station/dhr/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }
