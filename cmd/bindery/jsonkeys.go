// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"bindery/station"
)

// marshalKeys is a struct as [station.MarshalNull] has it, with these keys alone and in
// this order: for an answer that holds a value of the record, and whose keys stood in
// an order of their own before it did. Of a key that appears twice the outer, which
// comes later in the struct, counts.
func marshalKeys(v any, keys ...string) ([]byte, error) {
	whole, err := station.MarshalNull(v)
	if err != nil {
		return nil, err
	}
	// By way of the members, whose texts stay as they were marshalled.
	var members map[string]json.RawMessage
	if err := json.Unmarshal(whole, &members); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for i, key := range keys {
		value, ok := members[key]
		if !ok {
			// A member that was renamed is told here, and not by a script that finds none.
			return nil, fmt.Errorf("%T has no key %q", v, key)
		}
		b.WriteByte("{,"[min(i, 1)])
		fmt.Fprintf(&b, "%q:%s", key, value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}
