// SPDX-License-Identifier: Apache-2.0

package station

// WrongTries is how many wrong secrets of one kind in a row lock an account.
const WrongTries = 5

// Try is one try to sign in, as the record has it.
type Try struct {
	Kind Credential // that was given; "" for a badge alone
	Code Code       // why it led nowhere; "" when it went well
}

// Lockout reports whether an account is to be locked after these tries: all
// since it was last unlocked, in the order in which the record took them, which
// no clock can change. Wrong PINs and wrong passwords are counted each by
// itself, for whoever knows the one must not be able to guess at the other.
func Lockout(tries []Try) bool {
	wrong := map[Credential]int{}
	for _, t := range tries {
		switch {
		case t.Code == SignInWrong:
			wrong[t.Kind]++
		case t.Code == "" || ChooseAnother(t.Code): // it was the right one
			wrong[t.Kind] = 0
		default: // nothing was held against what was set: it tells neither way
			continue
		}
		if wrong[t.Kind] >= WrongTries {
			return true
		}
	}
	return false
}

// ChooseAnother reports whether code says that a PIN or password was the right
// one and good for nothing but to choose another.
func ChooseAnother(code Code) bool { return code == SecretNotOwn || code == SecretExpired }
