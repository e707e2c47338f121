// SPDX-License-Identifier: Apache-2.0

package scope

import "encoding/json"

// jsonParser reads the tokens of an expression, and knows where it is.
type jsonParser struct{ d *json.Decoder }

func (p jsonParser) at() int { return int(p.d.InputOffset()) + 1 }

func (p jsonParser) fail(message, cure string) error { return &ExprError{p.at(), message, cure} }

// token gives the next token; JSON that breaks off is an error here.
func (p jsonParser) token() (json.Token, error) {
	t, err := p.d.Token()
	if err != nil {
		return nil, p.fail("This is not JSON, or it is cut off.", `Write an object, as {"lot": "A260001"}.`)
	}
	return t, nil
}

func (p jsonParser) expect(d json.Delim, message, cure string) error {
	t, err := p.token()
	if err == nil && t != d {
		err = p.fail(message, cure)
	}
	return err
}
