// SPDX-License-Identifier: Apache-2.0

package station

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// MarshalNull is a struct as encoding/json has it, but for its fields with the
// tag null:"zero": those are null while they hold nothing. A script that reads
// JSON tells null from a value in any language, and "" or 0 only where it knows
// that they are none. The zero value in Go stays what the rules ask for.
//
// A type calls it in its MarshalJSON; one that embeds such a type needs its own.
func MarshalNull(v any) ([]byte, error) {
	b := &bytes.Buffer{}
	if err := writeMembers(b, reflect.ValueOf(v)); err != nil {
		return nil, err
	}
	return append(append([]byte{'{'}, b.Bytes()...), '}'), nil
}

// writeMembers writes the fields of a struct, those of an embedded one in its
// place, each with a comma before it but the first.
func writeMembers(b *bytes.Buffer, v reflect.Value) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false) // whether < stays as it is, who encodes the whole decides
	for field, value := range v.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous {
			if err := writeMembers(b, value); err != nil {
				return err
			}
			continue
		}
		if name == "" || name == "-" || options == "omitempty" && value.Len() == 0 {
			continue
		}
		shown := value.Interface()
		if field.Tag.Get("null") == "zero" && value.IsZero() {
			shown = nil
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + name + `":`)
		if err := enc.Encode(shown); err != nil {
			return err
		}
	}
	return nil
}
