// SPDX-License-Identifier: Apache-2.0

package browse_test

import (
	"os"
	"testing"

	"bindery/station/dhr/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }
