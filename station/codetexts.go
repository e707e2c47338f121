// SPDX-License-Identifier: Apache-2.0

package station

import (
	"maps"
	"slices"

	"bindery/station/identity"
)

// codeText is what a code says to people. {} in message stands for the masked
// value or detail.
type codeText struct {
	level   Level
	step    Step
	message string
	kept    string // faults only
	next    string
}

const (
	reworkIt   = "Put back what was in it and scan the same serial again. Otherwise put the unit on the red shelf: the lead has it reworked."
	redShelf   = "Put the unit on the red shelf and call the lead."
	callLead   = "Stop and call the lead."
	scanAgain  = "Fix it, then scan the same serial again."
	scanSerial = "Scan the serial on the device."
	chooseOwn  = "Choose another: where the screen asks for it, or with bindery people secret."
	notJudged  = "The unit is not judged; nothing was bound."
	asBefore   = "What was bound stays bound; nothing else was changed."

	settleClock = "Call an admin: if the clock is right now, their badge and PIN at the screen accept it, or bindery settle-clock; else set the clock first."
	enrolKey    = "Call an admin: find out what became of the station's own key, then put it back, or enrol this one on the set-up screen or with bindery key enrol."
)

// texts has every code.
//
//exhaustive:enforce
var texts = map[Code]codeText{
	SerialSound:   {LevelPass, StepSerial, "The serial fits the product and the order.", "", ""},
	IMEISound:     {LevelPass, StepIMEI, "The IMEI {} is sound.", "", ""},
	TACAllocated:  {LevelPass, StepAllocation, "The IMEI is in a range that we own ({}).", "", ""},
	SIMSound:      {LevelPass, StepSIM, "The SIM answers ({}).", "", ""},
	ModuleAllowed: {LevelPass, StepDevice, "The module is allowed ({}).", "", ""},

	identity.IMEIMissing:      {LevelFail, StepIMEI, "The device gave no IMEI.", "", redShelf},
	identity.IMEIMalformed:    {LevelFail, StepIMEI, "What the device gave as its IMEI is not 15 digits ({}).", "", redShelf},
	identity.IMEI14Digits:     {LevelFail, StepIMEI, "The device gave 14 digits; an IMEI has 15 ({}).", "", redShelf},
	identity.IMEIIsIMEISV:     {LevelFail, StepIMEI, "The device gave 16 digits: an IMEISV, not an IMEI ({}).", "", redShelf},
	identity.IMEICheckDigit:   {LevelFail, StepIMEI, "The check digit of the IMEI is wrong ({}).", "", redShelf},
	identity.IMEISpareDigit:   {LevelFail, StepIMEI, "The last digit of the IMEI is a filler 0, not its check digit ({}).", "", redShelf},
	identity.IMEIRepeated:     {LevelFail, StepIMEI, "The IMEI is one digit repeated: the module was never programmed ({}).", "", redShelf},
	identity.IMEIKnownDefault: {LevelFail, StepIMEI, "The IMEI is a well-known default, not this unit's own ({}).", "", redShelf},
	identity.IMEITestRange:    {LevelFail, StepIMEI, "The IMEI is from a range kept for test equipment ({}).", "", redShelf},
	IMEIUnstable:              {LevelFail, StepIMEI, "The device gave different IMEIs when asked again.", "", redShelf},
	IMEIIsIMSI:                {LevelFail, StepIMEI, "The device gave the number of its SIM where its IMEI was asked ({}).", "", redShelf},
	IMEISame:                  {LevelFail, StepIMEI, "The device gave the same IMEI for both of its slots ({}).", "", redShelf},

	TACNotAllocated: {LevelFail, StepAllocation, "This IMEI is not in a range that we own (TAC {}).", "", redShelf},
	TACOtherProduct: {LevelFail, StepAllocation, "This IMEI belongs to another product ({}).", "", redShelf},
	SNROutOfRange:   {LevelFail, StepAllocation, "The TAC is ours but its number is outside our range ({}).", "", redShelf},
	SNROtherStation: {LevelFail, StepAllocation, "This IMEI is in a block reserved to another station ({}).", "", redShelf},
	SNRGap:          {LevelWarn, "", "{} between the first and the last number in use are not in use.", "", "Look for units that were refused or never came to a station."},
	SNRUsedTwice:    {LevelWarn, "", "{} have been bound under more than one serial.", "", "See the history of those units: each change must be a rework that somebody signed for."},
	RangeLow:        {LevelWarn, "", "Few numbers are left for the product ({}).", "", "Order another TAC in time."},
	IMEIInUse:       {LevelFail, StepAllocation, "This IMEI is already bound to another unit ({}).", "", "Keep the unit. Call the lead and quality at once."},
	IMEIsSwapped:    {LevelFail, StepAllocation, "The device gives its two IMEIs the other way round (first was {}).", "", reworkIt},
	IMEIChanged:     {LevelFail, StepAllocation, "This serial was bound to another IMEI before ({}).", "", "Keep the unit. Call the lead and quality at once."},

	identity.ICCIDMissing:    {LevelFail, StepSIM, "The SIM gave no ICCID.", "", redShelf},
	identity.ICCIDMalformed:  {LevelFail, StepSIM, "What the SIM gave is not an ICCID ({}).", "", redShelf},
	identity.ICCIDCheckDigit: {LevelWarn, StepSIM, "The check digit of the ICCID does not fit ({}); some issuers have none.", "", "No action needed."},
	identity.IMSIMalformed:   {LevelFail, StepSIM, "What the SIM gave is not an IMSI ({}).", "", redShelf},
	identity.EIDMalformed:    {LevelFail, StepSIM, "What the device gave as EID is not 32 digits ({}).", "", redShelf},
	identity.EIDCheckDigits:  {LevelFail, StepSIM, "The check digits of the EID are wrong ({}).", "", redShelf},
	ICCIDInUse:               {LevelFail, StepSIM, "This SIM is already bound to another unit ({}).", "", redShelf},
	ICCIDChanged:             {LevelFail, StepSIM, "The unit is bound to another SIM ({}).", "", reworkIt},
	IMSIChanged:              {LevelFail, StepSIM, "The unit is bound to another IMSI ({}).", "", reworkIt},
	EIDInUse:                 {LevelFail, StepSIM, "This eUICC is already bound to another unit ({}).", "", redShelf},
	EIDChanged:               {LevelFail, StepSIM, "The unit is bound to another EID ({}).", "", reworkIt},
	SIMIsAbsent:              {LevelFail, StepSIM, "There is no SIM in the device.", "", "Put in the SIM, then scan the same serial again."},
	SIMIsLocked:              {LevelFail, StepSIM, "The SIM asks for a PIN or PUK.", "", redShelf},
	SIMHasFault:              {LevelFail, StepSIM, "The SIM does not work.", "", "Seat the SIM again, then scan the same serial again."},

	identity.GTINMalformed:  {LevelFail, StepLabel, "This is not a GTIN of 8, 12, 13 or 14 digits that are not all zeros ({}).", "", "Correct the product definition."},
	identity.GTINCheckDigit: {LevelFail, StepLabel, "The check digit of the GTIN is wrong ({}).", "", "Correct the product definition."},

	ModuleNotAllowed: {LevelFail, StepDevice, "This module is not allowed in the product ({}).", "", redShelf},
	ModuleChanged:    {LevelFail, StepDevice, "The unit is bound with another module ({}).", "", reworkIt},
	FirmwareChanged:  {LevelFail, StepDevice, "The unit is bound with another module firmware ({}).", "", reworkIt},
	DialectOther:     {LevelWarn, StepDevice, "The device was read by a dialect that the product does not name ({}).", "", "Import the product with this dialect, or take the dialect out of use."},
	FWNotAllowed:     {LevelFail, StepDevice, "This module firmware is not allowed in the product ({}).", "", redShelf},

	SerialFormat:     {LevelFail, StepSerial, "This is not a serial of the product ({}).", "", "Scan the serial on the product itself."},
	SerialInUse:      {LevelFail, StepSerial, "This serial is already bound to another IMEI ({}).", "", "Keep the unit. Call the lead and quality at once."},
	SerialOtherCase:  {LevelFail, StepSerial, "The record has this serial with different upper and lower case ({}).", "", "Scan the serial on the product itself. If it does read like that, put the unit on the red shelf and call the lead."},
	SerialOtherOrder: {LevelFail, StepSerial, "This serial belongs to another order ({}).", "", "Check the order on the screen, or put the unit aside for its own order."},
	OrderUnknown:     {LevelFail, StepSerial, "There is no such order ({}).", "", "Check the order number."},
	OrderClosed:      {LevelFail, StepSerial, "The order is closed ({}).", "", callLead},
	OrderComplete:    {LevelFail, StepSerial, "The order has as many units as were planned ({}).", "", "Finish those that were begun; if there are none, call the lead."},
	LineClearanceDue: {LevelWarn, StepSerial, "The line has not been cleared since the previous order ({}).", "", "Count its remaining labels to zero, and confirm."},
	NotApproved:      {LevelFail, StepSerial, "Quality has not approved this version of the product ({}).", "", callLead + " Quality must approve it by signature."},
	ExportNothing:    {LevelFail, "", "The record has nothing under {}.", "", "Check it; bindery find looks for a part of it."},
	UnitPassed:       {LevelWarn, StepSerial, "This unit has passed before ({}).", "", "Put it with the units that passed."},
	ReprintTooLate:   {LevelFail, StepPrint, "This unit has passed: no other label is printed for it ({}).", "", "Have it reworked (bindery rework), then provision it again: it gets a new label."},
	UnitQuarantined:  {LevelFail, StepSerial, "This unit is in quarantine.", "", redShelf},
	UnitScrapped:     {LevelFail, StepSerial, "This unit was scrapped.", "", redShelf},
	UnitReleased:     {LevelFail, StepSerial, "This unit is already released.", "", callLead},
	UnitImported:     {LevelFail, StepSerial, "This unit comes from a list of another system, from before this record ({}).", "", "Put the unit on the red shelf. The lead or quality supersedes what the list says of it (bindery supersede); then scan the same serial again."},
	UnitFlagged:      {LevelFail, StepSerial, "This unit is flagged ({}).", "", "Keep the unit and note who brought it. Call quality at once: they look into it, and end the flag on its page."},
	IdentityFlagged:  {LevelFail, StepAllocation, "This device has an identity of a flagged unit ({}).", "", "Keep the device and note who brought it. Call quality at once: they look into it, and end the flag on its page."},
	AlarmOpen:        {LevelFail, StepSerial, "This unit was stopped by an alarm ({}).", "", "Keep the unit. Call quality: they must close the alarm first."},
	LabelSound:       {LevelPass, StepScan, "The scanned label is this unit's ({}).", "", ""},
	LabelMismatch:    {LevelFail, StepScan, "The scanned label is not the label of this unit.", "", "Scan the label that was just printed for this unit."},
	LabelOtherUnit:   {LevelFail, StepScan, "This is the label of another unit ({}).", "", "Keep the two apart. Scan the label that was just printed for this unit."},
	LabelOtherCode:   {LevelWarn, StepScan, "This is a number of the unit, but not a code on its label ({}).", "", "Scan a code of the label that was just printed."},
	LabelCodeShared:  {LevelWarn, StepScan, "This code may stand elsewhere on the unit, as on its module ({}).", "", "Scan the code of the label that has the serial in it."},
	LabelNotScanned:  {LevelWarn, StepScan, "The text is right, but no scanner has read it from the label ({}).", "", "Scan the label with the scanner at the screen. Where less is enough, quality approves a product version that says so (scan_back)."},
	NumberUnknown:    {LevelFail, "", "This is not a number that a station can check ({}).", "", "Check that the whole number was typed."},
	NotRecorded:      {LevelFail, "", "The record does not have {}.", "", "Check what was typed; bindery find looks for a part of it."},
	PersonUnknown:    {LevelFail, "", "This badge is not known.", "", "Ask an admin to add the badge."},
	PersonMalformed:  {LevelFail, "", "This cannot be recorded for a person: {}", "", "Correct it and try again."},
	PersonNotAllowed: {LevelFail, "", "This person may not do that ({}).", "", "Ask somebody who has the role."},

	ScanIMEI:         {LevelWarn, StepSerial, "That is an IMEI ({}).", "", scanSerial},
	ScanICCID:        {LevelWarn, StepSerial, "That is the ICCID of a SIM ({}).", "", scanSerial},
	ScanIMSI:         {LevelWarn, StepSerial, "That is the IMSI of a SIM ({}).", "", scanSerial},
	ScanEID:          {LevelWarn, StepSerial, "That is the EID of an eUICC ({}).", "", scanSerial},
	ScanOrder:        {LevelWarn, StepSerial, "That is an order that is not worked on ({}).", "", scanSerial + " Esc leads to the orders."},
	ScanLabel:        {LevelWarn, StepSerial, "That is the label of a unit that has not passed ({}).", "", "Scan the serial on the device, not its label."},
	ScanLabelPassed:  {LevelWarn, StepSerial, "That is the label of a unit that has passed ({}).", "", "Put that unit with those that passed. " + scanSerial},
	ScanProduct:      {LevelWarn, StepSerial, "That is the code of the product, the same on every unit ({}).", "", scanSerial},
	ScanOtherProduct: {LevelWarn, StepSerial, "That is a serial of another product ({}).", "", "Check the order on the screen. " + scanSerial},
	SerialBefore:     {LevelWarn, StepDevice, "That is the serial of the unit before, which has passed ({}); another device is in the fixture.", "", "Scan the serial on the device in the fixture."},
	ScanUnknown:      {LevelWarn, StepSerial, "No product has a serial like that ({}).", "", scanSerial},

	MoveNotAllowed:  {LevelFail, "", "The unit cannot go from its state to the one asked for ({}).", "", "See the unit's history; choose a move that its state allows."},
	ReasonMissing:   {LevelFail, "", "A reason is needed ({}).", "", "Give the reason in a few words."},
	ReasonIdentity:  {LevelFail, "", "The text holds what may be an identity ({}). What is written there stays, and many read it.", "", "Write the serial of the unit, or the alias of the number, in its place."},
	SignInWrong:     {LevelFail, "", "The {} is wrong for this badge.", "", "Try again; after " + inWords(WrongTries) + " wrong tries the account is locked."},
	AccountLocked:   {LevelFail, "", "This account is locked after wrong tries ({}).", "", "Ask an admin to unlock it."},
	AdminLetIn:      {LevelWarn, "", "The computer's owner restored an admin's access ({}).", "", "Ask both whether they did it; then close the alarm."},
	TrainingExpired: {LevelFail, "", "The training of this person has run out ({}).", "", "Renew the training; an admin then enters the new date."},
	SecretExpired:   {LevelFail, "", "The {} is too old: use it only to choose another.", "", chooseOwn},
	SecretNotOwn:    {LevelFail, "", "Somebody else set this {}: use it only to choose your own.", "", chooseOwn},
	SecretWeak:      {LevelFail, "", "This PIN or password is too easy: {}", "", "A PIN has " + lengthOfPIN + " that are not all the same; a password has " + lengthOfPassword + ". Neither may be one that was used before."},
	SecretMissing:   {LevelFail, "", "This person has no PIN or password, and here a badge alone is not enough ({}).", "", "Ask an admin to set one: bindery people secret."},
	SignedOther:     {LevelFail, "", "What was to be signed has changed since it was shown; nothing was signed.", "", "Look at it again, then sign."},
	MeaningWrong:    {LevelFail, "", "A signature with the meaning {} is not accepted here; nothing was signed.", "", "Sign with the meaning that is asked for: a release is an approval."},
	LotNotReady:     {LevelFail, "", "The lot cannot be released: {}", "", "Correct what is named, then sign again."},
	OrderNotReady:   {LevelFail, "", "The order cannot be closed: {}", "", "Account for what is named, then close it again."},
	HistoryKnown:    {LevelFail, "", "This list is in the record already ({}).", "", "See bindery history; withdraw the one that is there if it was wrong."},
	HistoryNotReady: {LevelFail, "", "The list cannot be accepted: {}", "", "Settle what is named, then sign again."},
	BindingsOverlap: {LevelFail, "", "A binding of a list cannot be true beside another, or at that time ({}).", "", "Compare both with their source, and leave the wrong row out."},
	HistoryDiffers:  {LevelFail, "", "The import of this file was started with other settings: {}. Nothing was added.", "", "Import it with the settings that it was started with, or withdraw that list first."},
	FlagWrong:       {LevelFail, "", "The unit cannot be flagged this way: {}", "", "See bindery show; a flag is " + FlagNames() + "."},
	ListUnreadable:  {LevelFail, "", "The list cannot be compared: {}", "", "Correct which column is what, or export the list again from where it comes from."},
	CaseWrong:       {LevelFail, "", "The case cannot be saved: {}", "", "See bindery case; a case is closed once, and no two cases share a name."},
	NothingDue:      {LevelFail, "", "This is already done: {}", "", "No action needed."},

	NameMalformed:      {LevelFail, "", "This cannot be recorded as the name of a {}", "", "Correct it and try again."},
	StationNameMissing: {LevelFail, "", "The station needs a name ({}).", "", "Name it with --station."},
	SecretUnconfirmed:  {LevelFail, "", "Nobody has confirmed yet who chose the new PIN or password of this person ({}).", "", "A lead, or somebody else of quality, asks them whether they chose it; then close the alarm."},
	SecretUnwitnessed:  {LevelWarn, "", "A PIN or password was chosen while no other lead and nobody else of quality could confirm by whom ({}).", "", "Ask the person whether they chose it; then close the alarm."},
	NewKey:             {LevelFail, "", "The station has a key that is not enrolled ({}).", "", enrolKey},
	StationNotEnrolled: {LevelFail, StepSerial, "The key of this station is not enrolled in the record ({}).", "The unit is not judged; nothing was bound, printed or signed.", enrolKey},
	StationOtherName:   {LevelFail, StepSerial, "The key of this station is enrolled under another name ({}).", "Nothing was written.", "Start it without --station, or with that name; an admin gives the key another name with bindery key enrol."},
	ClockAhead:         {LevelFail, StepBind, "The clock of the station is far ahead of the last entry ({}).", "Nothing was written.", settleClock},

	DUTSilent:      {LevelFail, StepDevice, "The device does not answer on {}.", notJudged, "Check its power and cable. " + scanAgain},
	DUTTimeout:     {LevelFail, StepDevice, "The device stopped in the middle of its answer.", notJudged, "Check the cable. " + scanAgain},
	DUTRestarted:   {LevelFail, StepDevice, "The device restarted while it was read.", notJudged, "Wait until it has started, then scan the same serial again."},
	DUTUnplugged:   {LevelFail, StepDevice, "The device was unplugged.", notJudged, "Plug it in, then scan the same serial again."},
	DUTNotAT:       {LevelFail, StepDevice, "What is on {} does not speak AT.", notJudged, "Choose another port of the device."},
	DUTNoisy:       {LevelFail, StepDevice, "The line to the device is noisy: bytes that are not text came with its answers.", notJudged, "Check cable, plugs and ground, and the speed of the line. " + scanAgain},
	DUTFloods:      {LevelFail, StepDevice, "The device does not stop talking: {}.", notJudged, "Choose another port of the device, or switch it off and on. " + scanAgain},
	ModemOff:       {LevelFail, StepDevice, "The modem in the device is switched off (+CFUN), so its SIM cannot be asked.", notJudged, "Start the device so that its own program switches the modem on, then scan the same serial again."},
	PortMissing:    {LevelFail, StepDevice, "There is no port {}.", notJudged, "Plug in the fixture, or choose the port in the settings."},
	PortBusy:       {LevelFail, StepDevice, "The port is used by another program ({}).", notJudged, "Close that program. " + scanAgain},
	PortDenied:     {LevelFail, StepDevice, "This user may not use the port {}.", notJudged, "Add the user to the group dialout and log in again."},
	PortNotSerial:  {LevelFail, StepDevice, "{} is not a serial port.", notJudged, "Choose another port in the settings."},
	PortStuck:      {LevelFail, StepDevice, "The port {} is stuck.", notJudged, "Unplug the fixture, plug it in again, then scan the same serial."},
	PortNameShared: {LevelFail, StepDevice, "The name of the port can go to another adapter ({}).", notJudged, "Call an admin: start the station with the name that the port has by its place; bindery ports and the set-up screen show it."},

	LabelRefused:       {LevelFail, StepLabel, "The label cannot be drawn: {}", asBefore, "Call the lead; quality must correct the layout or the product."},
	LabelSelfcheck:     {LevelFail, StepLabel, "The drawn label does not read back: {}", asBefore, "Call the lead; quality must correct the layout."},
	PrinterSilent:      {LevelFail, StepPrint, "The printer does not answer ({}).", asBefore, "Check its power, cable and paper. " + scanAgain},
	PrinterFault:       {LevelFail, StepPrint, "The printer cannot print: {}", asBefore, scanAgain},
	PrinterResolution:  {LevelFail, StepBind, "The resolution of the printer is not the one that its labels are drawn for ({}).", asBefore, "Call an admin: start the station with the resolution of the printer (--dpi). Then scan the same serial again."},
	RecordFull:         {LevelFail, StepBind, "The disk of the record is full.", "All that was shown as PASS is on disk; what was under way is not.", "Call the lead: free space on the disk, then scan the same serial again."},
	RecordLocked:       {LevelFail, StepBind, "The record is locked by another program.", "All that was shown as PASS is on disk; what was under way is not.", "Close the other program. " + scanAgain},
	RecordDamaged:      {LevelFail, StepBind, "The record is damaged ({}).", "Nothing was written.", "Stop the line. Restore the last good backup."},
	IndexDamaged:       {LevelFail, "", "The index by which parts of serials and numbers are found cannot be read.", "The record itself is whole: a whole serial or number is still found.", "Quality or an admin rebuilds it: bindery rebuild-index, or F9 on the first page after quality has signed in."},
	RecordReadOnly:     {LevelFail, StepBind, "The record cannot be written ({}).", "All that was shown as PASS is on disk; what was under way is not.", "Call the lead: give the station permission to write there."},
	RecordFault:        {LevelFail, StepBind, "The record could not be read or written ({}).", "All that was shown as PASS is on disk; what was under way is not.", callLead},
	RecordNewer:        {LevelFail, StepBind, "The record was made by a newer program ({}).", "Nothing was written.", "Use the newer program, or another record."},
	RecordOlder:        {LevelFail, StepBind, "The record was made by an older program ({}).", "Nothing was written.", "Open a copy with --db, which brings it up to date, or check it unchanged with docs/verify_record.py."},
	RecordNotOurs:      {LevelFail, StepBind, "This file is not a record of this program.", "Nothing was written.", "Choose another file."},
	RecordSetBack:      {LevelFail, StepBind, "The record is older than its newest checkpoint ({}).", "Nothing was written.", "Stop the line and call quality: the file was replaced by an older copy, or its end is missing."},
	KeyFault:           {LevelFail, StepBind, "The signing key of the station cannot be used: {}", "All that was shown as PASS is on disk; no checkpoint was signed.", "Call an admin."},
	CopiesFault:        {LevelFail, "", "The checkpoint could not be copied to its second place ({}).", "It is signed, and in the record; all that was shown as PASS is on disk.", "Call an admin: see that the folder is there and can be written; the next checkpoint is copied again."},
	BackupFault:        {LevelFail, "", "The backup was not made: {}", "The record and the older backups are as they were.", "Fix it, then make the backup again; bindery check-db shows the last good one."},
	BackupForeign:      {LevelFail, "", "This is not a backup of the record here: {}; nothing was restored.", "", "Check the name of the file. If this other record is wanted in place of the one here: bindery restore --foreign."},
	BackupUnsound:      {LevelFail, "", "The backup does not verify: {}", "It was set aside with the ending .unsound; the older backups are as they were.", "Stop the line and call quality: bindery verify tells whether the record itself is sound."},
	DeviceNotListed:    {LevelFail, StepSerial, "This device may not feed the record ({}).", "The unit is not judged; what was bound stays bound.", "Use one that is on the list; an admin changes it with bindery devices."},
	ExportFault:        {LevelFail, "", "The export could not be written: {}", "The record says that it was begun; no part of a file was left.", "Check the folder and its free space, then export again."},
	ExportStopped:      {LevelFail, "", "The export was given up.", "The record says that it was begun; no part of a file was left.", "Export again when you need it."},
	ImportStopped:      {LevelFail, "", "The import was given up: {}", "The rows so far are kept, and count for nothing yet.", "Import the same file again, and it goes on where it was; or withdraw the list: bindery history withdraw."},
	BundleFault:        {LevelFail, "", "The bundle could not be opened.", "Nothing was checked.", "Check the name of the file and that it can be read."},
	ClockBack:          {LevelFail, StepBind, "The clock of the station went backwards ({}).", "Nothing was written.", settleClock},
	ZoneUnknown:        {LevelFail, "", "The time zone of this computer is not known: {}.", "Nothing was written: labels would have the day of another zone.", "Set the zone of the system, or TZ, to a name such as Europe/Berlin or Asia/Shanghai."},
	DisplayFault:       {LevelFail, "", "The screen cannot be used: {}", "All that was shown as PASS is on disk; what was under way is not.", "Check monitor and graphics driver, log in to the computer again, then start the station."},
	SettingsFault:      {LevelFail, "", "The settings of the screen cannot be read or kept ({}).", "The record is as it was.", "Check the rights to that file."},
	DialectNotApproved: {LevelFail, StepDevice, "The product was not approved with this dialect ({}).", notJudged, "Take the dialect out of use, or have quality approve the product with it. Then scan the same serial again."},
	ProductNotReady:    {LevelFail, StepSerial, "The product definition cannot be used: {}", "Nothing was written.", "Quality must correct the product definition."},

	ScannerCase:      {LevelFail, StepScan, "It is this unit's label, but capital and small letters were swapped ({}).", asBefore, "Switch Caps Lock off and let the scanner send letters as they are; then scan the label again."},
	ScannerLayout:    {LevelFail, StepScan, "It is this unit's label, but the scanner is set to another keyboard layout than the station ({}).", asBefore, "Set the keyboard country of the scanner to that of the station; then scan the label again."},
	ScannerSeparator: {LevelFail, StepScan, "The scanner leaves out the separator between the fields or sends something else for it, so that the label cannot be told from others ({}).", asBefore, "Set the scanner to send GS (ASCII 29), as Ctrl+] or in words; then scan the label again."},
	ScannerPart:      {LevelFail, StepScan, "Only part of the label's code arrived, or something extra came with it ({}).", asBefore, "Set the scanner to send the whole code, and nothing but Enter after it; then scan the label again."},
}

// Codes lists every code that the station can give, sorted. It is for the tests of
// other packages, which hold the languages and the documentation to all of them.
func Codes() []Code { return slices.Sorted(maps.Keys(texts)) }
