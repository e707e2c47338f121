// SPDX-License-Identifier: Apache-2.0

package station

import "strconv"

// numberWords are the numbers that a sentence has in words.
var numberWords = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// inWords is how a number stands in a sentence: in words, or in digits where it is a
// large one.
func inWords(n int) string {
	if n >= 0 && n < len(numberWords) {
		return numberWords[n]
	}
	return strconv.Itoa(n)
}

// Counted is so many of something in English, as "1 unit" or "2 units".
func Counted[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(int64(n), 10) + " " + many
}
