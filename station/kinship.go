// SPDX-License-Identifier: Apache-2.0

package station

// Kinship is how a backup stands to the record that it is to replace.
type Kinship string

// The kinships.
const (
	KinUnknown  Kinship = ""          // the record is lost, and its key is enrolled in the backup
	KinOlder    Kinship = "older"     // the record goes on from it: the usual case
	KinNewer    Kinship = "newer"     // it goes on from the record, which was set back
	KinDiverged Kinship = "diverged"  // both begin alike, then each goes its own way
	KinStranger Kinship = "stranger"  // they have nothing in common
	KinOtherKey Kinship = "other-key" // the record is lost, and the station's key has signed nothing in the backup
	KinNothing  Kinship = "nothing"   // record and key are lost: there is nothing to hold it against
)

// Kin is what is known of a backup and of the record in whose place it is to
// be put.
type Kin struct {
	Backup, Record int64 // number of the last leaf; Record is 0 where it cannot be read
	First          bool  // leaf 1 of both has the same hash
	Last           bool  // so has the last leaf that both have

	// The key of the station, beside the record: whether it is there, and
	// whether it was ever enrolled in the backup.
	Key, KeyKnown bool
}

// KinshipOf tells how a backup stands to a record.
func KinshipOf(k Kin) Kinship {
	switch {
	case k.Record == 0 && k.Key && !k.KeyKnown:
		return KinOtherKey
	case k.Record == 0 && !k.Key:
		return KinNothing
	case k.Record == 0:
		return KinUnknown
	case k.Last && k.Backup <= k.Record:
		return KinOlder
	case k.Last:
		return KinNewer
	case k.First:
		return KinDiverged
	}
	return KinStranger
}

// foreign says of a backup that is not one of this record what it is.
var foreign = map[Kinship]string{
	KinDiverged: "it begins as the record here does, and then goes its own way",
	KinStranger: "it has no leaf in common with the record here",
	KinOtherKey: "the key of this station has signed nothing in it",
	KinNothing:  "record and key are lost, so nothing here tells whose it is",
}

// AllowRestore refuses a backup of another record, unless that is what somebody
// has asked for.
func AllowRestore(k Kinship, asked bool) error {
	if what := foreign[k]; what != "" && !asked {
		return Refuse(BackupForeign, what)
	}
	return nil
}
