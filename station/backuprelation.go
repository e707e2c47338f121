// SPDX-License-Identifier: Apache-2.0

package station

// BackupRelation is how a backup stands to the record that it is to replace.
type BackupRelation string

// The relations.
const (
	RelationUnknown     BackupRelation = ""          // the record is lost, and its key is enrolled in the backup
	RelationOlder       BackupRelation = "older"     // the record goes on from it: the usual case
	RelationNewer       BackupRelation = "newer"     // it goes on from the record, which was set back
	RelationDiverged    BackupRelation = "diverged"  // both begin alike, then each goes its own way
	RelationStranger    BackupRelation = "stranger"  // they have nothing in common
	RelationOtherKey    BackupRelation = "other-key" // the record is lost, and the station's key has signed nothing in the backup
	RelationNothingLeft BackupRelation = "nothing"   // record and key are lost: there is nothing to hold it against
)

// BackupFacts is what is known of a backup and of the record in whose place it is to
// be put.
type BackupFacts struct {
	Backup, Record int64 // number of the last leaf; Record is 0 where it cannot be read
	First          bool  // leaf 1 of both has the same hash
	Last           bool  // so has the last leaf that both have

	// The key of the station, beside the record: whether it is there, and
	// whether it was ever enrolled in the backup.
	Key, KeyKnown bool
}

// RelateBackup tells how a backup stands to a record.
func RelateBackup(k BackupFacts) BackupRelation {
	switch {
	case k.Record == 0 && k.Key && !k.KeyKnown:
		return RelationOtherKey
	case k.Record == 0 && !k.Key:
		return RelationNothingLeft
	case k.Record == 0:
		return RelationUnknown
	case k.Last && k.Backup <= k.Record:
		return RelationOlder
	case k.Last:
		return RelationNewer
	case k.First:
		return RelationDiverged
	}
	return RelationStranger
}

// foreign says of a backup that is not one of this record what it is.
var foreign = map[BackupRelation]string{
	RelationDiverged:    "it begins as the record here does, and then goes its own way",
	RelationStranger:    "it has no leaf in common with the record here",
	RelationOtherKey:    "the key of this station has signed nothing in it",
	RelationNothingLeft: "record and key are lost, so nothing here tells whose it is",
}

// AllowRestore refuses a backup of another record, unless that is what somebody
// has asked for.
func AllowRestore(k BackupRelation, asked bool) error {
	if what := foreign[k]; what != "" && !asked {
		return Refuse(BackupForeign, what)
	}
	return nil
}
