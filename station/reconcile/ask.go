// SPDX-License-Identifier: Apache-2.0

package reconcile

import "context"

// batch is how many rows are asked of the record at once.
const batch = 512

// asked gathers what is to be asked of the record.
type asked struct {
	iccids, bodies []string
	seen           map[string]bool
}

func (a *asked) cards(iccids ...string) {
	for _, id := range iccids {
		if id != "" && a.first(id) {
			a.iccids = append(a.iccids, id)
		}
	}
}

func (a *asked) device(body string) {
	if a.first(body) {
		a.bodies = append(a.bodies, body)
	}
}

func (a *asked) first(number string) bool {
	if a.seen == nil {
		a.seen = map[string]bool{}
	}
	was := a.seen[number]
	a.seen[number] = true
	return !was
}

// answers are what the record has, by the number that was asked.
type answers struct {
	card   map[string]*Card
	device map[string]*RecordedDevice
}

func (a *asked) answer(ctx context.Context, book Book) (answers, error) {
	got := answers{map[string]*Card{}, map[string]*RecordedDevice{}}
	if len(a.iccids) > 0 {
		cards, err := book.Cards(ctx, a.iccids)
		if err != nil {
			return got, err
		}
		for i := range cards {
			got.card[cards[i].ICCID] = &cards[i]
		}
	}
	if len(a.bodies) > 0 {
		devices, err := book.Devices(ctx, a.bodies)
		if err != nil {
			return got, err
		}
		for i := range devices {
			for _, imei := range []string{devices[i].IMEI, devices[i].IMEI2} {
				if len(imei) >= bodyDigits {
					got.device[imei[:bodyDigits]] = &devices[i]
				}
			}
		}
	}
	return got, nil
}
