// SPDX-License-Identifier: Apache-2.0

package record

import "time"

// BindingView is one binding of the unit; the live one is not superseded.
type BindingView struct {
	ID         int64     `json:"id"`
	Superseded bool      `json:"superseded"`
	IMEI       string    `json:"imei"`
	IMEI2      string    `json:"imei2"`
	ICCID      string    `json:"iccid"`
	IMSI       string    `json:"imsi"`
	EID        string    `json:"eid"`
	Allocation int64     `json:"allocation"`
	Maker      string    `json:"maker"`
	Model      string    `json:"model"`
	Firmware   string    `json:"firmware"`
	At         time.Time `json:"at"`
	By         string    `json:"by"`
	Leaf       int64     `json:"leaf"` // that wrote it last: once it is superseded, the one that did that

	// How it was given up; nil and "" while it is live.
	SupersededAt     *time.Time `json:"superseded_at"`
	SupersededBy     string     `json:"superseded_by"`     // person ID
	SupersededSecond string     `json:"superseded_second"` // person ID of who agreed, where that was due
	SupersededWhy    string     `json:"superseded_why"`
}
