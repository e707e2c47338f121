// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"strings"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// relation is a set of nodes of one kind that lie next to a node. Its rows are
// name, text, state, at, by; ?1 and ?2 are the key of the node.
type relation struct {
	kind record.NodeKind
	rows string
}

// Parts of relations that several nodes have. Each gives the same five columns, so
// that one function reads them all; names are made by SQL, for only it sees
// thousands of rows at once.
const (
	toUnit     = `SELECT t.serial, t.serial, coalesce(u.disposition, 'fail'), coalesce(u.made, ''), '' FROM {} t LEFT JOIN units u ON u.serial = t.serial WHERE t.id = ?1`
	toPerson   = `SELECT p.id, p.name, p.role, '', p.id FROM {} t JOIN people p ON p.id IN (t.person, t.approver) WHERE t.id = ?1`
	toBinding  = `SELECT id, imei, iif(superseded, 'superseded', 'live'), at, person FROM bindings `
	toAttempt  = `SELECT id, id, coalesce(outcome, 'open'), started, person FROM attempts `
	toPrint    = `SELECT id, n, state, at, person FROM prints `
	toMove     = `SELECT id, was || ' → ' || became, '', at, person FROM moves `
	toAlarm    = `SELECT id, code, iif(closed IS NULL, 'open', 'closed'), at, coalesce(nullif(serial, ''), person) FROM alarms `
	toSigned   = `SELECT id, name, meaning, at, person FROM signatures `
	toProduct  = `SELECT DISTINCT p.ref || '/' || p.version, p.ref || ' ' || p.version, '', '', p.name FROM products p `
	toOrder    = `SELECT id, id, iif(closed, 'closed', 'open'), '', ref FROM orders `
	toLeaf     = `SELECT number, number || ' ' || json_extract(body, '$.what'), '', json_extract(body, '$.at'), json_extract(body, '$.who') FROM leaves `
	toRange    = `SELECT id, tac, '', '', printf('%06d – %06d', snr_from, snr_to) FROM allocations `
	toClear    = `SELECT id, station, iif(leftover IS NULL, 'open', 'closed'), at, person FROM clearances `
	toList     = `SELECT f.id, f.name, f.state, f.at, f.person FROM history_files f `
	toOldUnit  = `SELECT t.file || '/' || t.n, t.serial, t.disposition, t.made, t.lot FROM imported_units t `
	toOldBound = `SELECT t.file || '/' || t.n, t.imei, t.state, t.since, t.serial FROM imported_bindings t `
	toFlag     = `SELECT id, flag, iif(ended IS NULL, 'open', 'closed'), since, person FROM flags `
	toFlagged  = `SELECT id, serial, iif(ended IS NULL, flag, 'closed'), since, person FROM flags `
	toSIM      = `SELECT id, iccid, iif(ended = '', 'live', 'superseded'), since, person FROM subscriptions `
	bySerial   = `SELECT u.serial, u.serial, u.disposition, u.made, '' FROM {} t JOIN units u ON u.serial = t.serial `
	toCase     = `SELECT id, name, iif(closed IS NULL, 'open', 'closed'), at, person FROM cases `
	toExport   = `SELECT id, audience, '', at, recipient FROM incident_exports `
	toAlias    = `SELECT alias, alias, '', '', kind FROM aliases `
	ofPerson   = `SELECT p.id, p.name, p.role, '', p.id FROM {} t JOIN people p ON p.id = t.person WHERE t.id = ?1`
	toLayout   = `SELECT l.hash, l.name, '', '', substr(l.hash, 1, 16) FROM layouts l `
	toDialect  = `SELECT d.hash, d.name, '', '', substr(d.hash, 1, 16) FROM dialects d `
	newestLast = ` ORDER BY id`
)

// unitsIn are the units of a scope, and the serials that were only refused.
func unitsIn(by record.ExportBy) string {
	return `SELECT s.serial, s.serial, coalesce(u.disposition, 'fail'),
		coalesce(u.made, (SELECT max(started) FROM attempts WHERE serial = s.serial), ''),
		coalesce(b.imei, (SELECT code FROM attempts WHERE serial = s.serial ORDER BY id DESC LIMIT 1), '')
		FROM (` + dhr.SerialsOf(record.ExportSubject{By: by}) + `) s LEFT JOIN units u ON u.serial = s.serial
		LEFT JOIN bindings b ON b.serial = s.serial AND b.superseded = 0 ORDER BY s.serial`
}

// sameNumbers are the other bindings that have a number of this one.
var sameNumbers = strings.Join([]string{
	sameNumber("imei", "imei"), sameNumber("imei2", "imei2"), sameNumber("imei", "imei2"), sameNumber("imei2", "imei"),
	sameNumber("iccid", "iccid"), sameNumber("imsi", "imsi"), sameNumber("eid", "eid"),
}, " UNION ALL ") + ` ORDER BY 1`

// sameNumber are the bindings with the same number, also in the other of two slots: a
// module that was turned round is the same module.
func sameNumber(theirs, ours string) string {
	return strings.NewReplacer("{theirs}", theirs, "{ours}", ours).Replace(
		`SELECT b.id, b.{theirs}, iif(b.superseded, 'superseded', 'live'), b.at, b.serial FROM bindings h
			JOIN bindings b ON b.{theirs} = h.{ours} AND b.{theirs} <> '' AND b.id <> h.id WHERE h.id = ?1`)
}

// relations lead from each kind of node, what is asked for first above.
var relations = map[record.NodeKind][]relation{
	record.KindRecord: {
		{record.KindLots, `SELECT '', count(DISTINCT lot), '', '', '' FROM orders`},
		{record.KindPeople, `SELECT '', count(*), '', '', '' FROM people`},
		{record.KindRules, `SELECT '', (SELECT count(*) FROM products) + (SELECT count(*) FROM allocations) + (SELECT count(*) FROM layouts) + (SELECT count(*) FROM dialects) + (SELECT count(*) FROM devices), '', '', ''`},
		{record.KindAlarms, `SELECT '', count(*), '', '', '' FROM alarms`},
		{record.KindKeys, `SELECT '', count(*), '', '', '' FROM checkpoints`},
		{record.KindFlag, toFlagged + `ORDER BY ended IS NOT NULL, id DESC`},
		{record.KindHistory, toList + `ORDER BY f.id DESC`},
		{record.KindReconciliation, `SELECT id, file, '', at, person FROM reconciliations ORDER BY id DESC`},
		{record.KindCase, toCase + `ORDER BY closed IS NOT NULL, id DESC`},
		{record.KindIncidentExport, toExport + `ORDER BY id DESC`},
		{record.KindTrail, `SELECT '', coalesce(max(number), 0), '', '', '' FROM leaves`},
	},
	record.KindLots: {{record.KindLot, `SELECT lot, lot, '', '', count(*) || ' × ' || min(ref) FROM orders GROUP BY lot ORDER BY max(leaf) DESC, lot`}},
	record.KindRules: {
		{record.KindProduct, toProduct + `ORDER BY p.ref, p.version DESC`},
		{record.KindAllocation, toRange + `ORDER BY tac, snr_from`},
		{record.KindLayout, toLayout + `ORDER BY l.n DESC`},
		{record.KindDialect, toDialect + `ORDER BY d.n DESC`},
		{record.KindDevice, `SELECT kind || '/' || name, name, iif(allowed, 'yes', 'no'), '', kind FROM devices ORDER BY kind DESC, name`},
	},
	record.KindPeople: {{record.KindPerson, `SELECT id, name, iif(active, role, 'retired'), '', id FROM people ORDER BY active DESC, name`}},
	record.KindAlarms: {{record.KindAlarm, toAlarm + `ORDER BY closed IS NOT NULL, id DESC`}},
	record.KindKeys: {
		{record.KindEnrolment, `SELECT id, station, '', at, person FROM enrolments ORDER BY id DESC`},
		{record.KindProgram, `SELECT id, iif(version = '', 'unknown', version), '', at, revision FROM programs ORDER BY id DESC`},
		{record.KindKey, `SELECT key, substr(key, 1, instr(key, '+') + 8), '', '', station FROM station_keys ORDER BY leaf DESC`},
		{record.KindCheckpoint, `SELECT size, size, '', json_extract(l.body, '$.at'), json_extract(l.body, '$.who')
			FROM checkpoints c JOIN leaves l ON l.number = c.leaf ORDER BY size DESC`},
		{record.KindAliasKey, `SELECT id, id, '', '', '' FROM alias_keys`},
		{record.KindBackup, `SELECT id, file, iif(code = '', 'verified', 'fail'), at, code FROM backups ORDER BY id DESC`},
	},
	record.KindTrail: {{record.KindLeaf, toLeaf + `ORDER BY number DESC`}},

	record.KindLot: {
		{record.KindOrder, toOrder + `WHERE lot = ?1` + newestLast},
		{record.KindSignature, toSigned + `WHERE subject = 'lot:' || ?1` + newestLast},
		{record.KindUnit, unitsIn(record.ByLot)},
		{record.KindLeaf, toLeaf + `WHERE subject = 'lot:' || ?1 ORDER BY number`},
	},
	record.KindDates: {{record.KindUnit, unitsIn(record.ByDates)}},
	record.KindOrder: {
		{record.KindLot, `SELECT lot, lot, '', '', '' FROM orders WHERE id = ?1`},
		{record.KindProduct, toProduct + `JOIN orders o ON o.ref = p.ref AND o.version = p.version WHERE o.id = ?1`},
		{record.KindClearance, toClear + `WHERE order_after = ?1` + newestLast},
		{record.KindExplanation, `SELECT id, id, '', at, person FROM explanations WHERE work_order = ?1` + newestLast},
		{record.KindUnit, unitsIn(record.ByOrder)},
		{record.KindLeaf, toLeaf + `WHERE subject = 'order:' || ?1 ORDER BY number`},
	},
	record.KindUnit: {
		{record.KindOrder, `SELECT o.id, o.id, iif(o.closed, 'closed', 'open'), '', o.lot FROM orders o JOIN units u ON u.work_order = o.id WHERE u.serial = ?1`},
		{record.KindBinding, toBinding + `WHERE serial = ?1 ORDER BY superseded <> 0, id DESC`},
		{record.KindAttempt, toAttempt + `WHERE serial = ?1 ORDER BY id DESC`},
		{record.KindPrint, toPrint + `WHERE serial = ?1 ORDER BY id DESC`},
		{record.KindMove, toMove + `WHERE serial = ?1 ORDER BY id DESC`},
		{record.KindAlarm, toAlarm + `WHERE serial = ?1 ORDER BY id DESC`},
		{record.KindFlag, toFlag + `WHERE serial = ?1 ORDER BY id DESC`},
		{record.KindSubscription, toSIM + `WHERE serial = ?1 ORDER BY id DESC`},
		{record.KindImportedUnit, toOldUnit + `WHERE t.serial = ?1 ORDER BY t.file, t.n`},
		{record.KindImportedBinding, toOldBound + `WHERE t.serial = ?1 ORDER BY t.file, t.n`},
		{record.KindProduct, toProduct + `JOIN units u ON u.ref = p.ref AND u.version = p.version WHERE u.serial = ?1`},
		{record.KindSignature, toSigned + `WHERE id IN (SELECT signature FROM moves WHERE serial = ?1) OR subject IN (
			SELECT 'product:' || ref || '/' || version FROM units WHERE serial = ?1
			UNION SELECT 'lot:' || lot FROM orders o JOIN units u ON u.work_order = o.id WHERE u.serial = ?1)` + newestLast},
		{record.KindLeaf, toLeaf + `WHERE subject = 'unit:' || ?1 ORDER BY number`},
	},
	record.KindHistory: {
		{record.KindSignature, toSigned + `WHERE id = (SELECT signature FROM history_files WHERE id = ?1)`},
		{record.KindHistory, toList + `WHERE f.goes_with = ?1 OR f.id = (SELECT goes_with FROM history_files WHERE id = ?1)` + newestLast},
		{record.KindHistoryPart, `SELECT file || '/' || n, n, '', '', '' FROM history_parts WHERE file = ?1 ORDER BY n`},
		{record.KindImportedUnit, toOldUnit + `WHERE t.file = ?1 ORDER BY t.n`},
		{record.KindImportedBinding, toOldBound + `WHERE t.file = ?1 ORDER BY t.n`},
		{record.KindPerson, `SELECT p.id, p.name, p.role, '', p.id FROM history_files t JOIN people p ON p.id IN (t.person, t.compared_by)
			OR p.id IN (SELECT value FROM json_each(iif(t.fed_by = '', '[]', t.fed_by))) WHERE t.id = ?1`},
	},
	record.KindHistoryPart: {{record.KindHistory, toList + `WHERE f.id = ?1 AND ?2 = ?2`}},
	record.KindImportedUnit: {
		{record.KindHistory, toList + `WHERE f.id = ?1 AND ?2 = ?2`},
		{record.KindImportedBinding, toOldBound + `WHERE t.file = ?1 AND t.n = ?2`},
		{record.KindUnit, from(bySerial, "imported_units") + `WHERE t.file = ?1 AND t.n = ?2`},
		{record.KindFlag, toFlag + `WHERE serial = (SELECT serial FROM imported_units WHERE file = ?1 AND n = ?2) ORDER BY id DESC`},
		{record.KindSubscription, toSIM + `WHERE serial = (SELECT serial FROM imported_units WHERE file = ?1 AND n = ?2) ORDER BY id DESC`},
	},
	record.KindImportedBinding: {
		{record.KindHistory, toList + `WHERE f.id = ?1 AND ?2 = ?2`},
		{record.KindImportedUnit, toOldUnit + `WHERE t.file = ?1 AND t.n = ?2`},
		{record.KindUnit, from(bySerial, "imported_bindings") + `WHERE t.file = ?1 AND t.n = ?2`},
	},
	record.KindReconciliation: {{record.KindPerson, from(ofPerson, "reconciliations")}},
	record.KindCase: {
		{record.KindCaseList, `SELECT case_id || '/' || n, n, '', at, person FROM case_lists WHERE case_id = ?1 ORDER BY n DESC`},
		{record.KindIncidentExport, toExport + `WHERE case_id = ?1 ORDER BY id DESC`},
		{record.KindAnswers, `SELECT id, file, '', at, person FROM case_answers WHERE case_id = ?1 ORDER BY id DESC`},
		{record.KindPerson, from(ofPerson, "cases")},
	},
	record.KindCaseList:       {{record.KindCase, toCase + `WHERE id = ?1 AND ?2 = ?2`}},
	record.KindIncidentExport: {{record.KindCase, toCase + `WHERE id = (SELECT case_id FROM incident_exports WHERE id = ?1)`}, {record.KindPerson, from(ofPerson, "incident_exports")}},
	record.KindAnswers:        {{record.KindCase, toCase + `WHERE id = (SELECT case_id FROM case_answers WHERE id = ?1)`}, {record.KindPerson, from(ofPerson, "case_answers")}},
	record.KindAliasKey:       {{record.KindAlias, toAlias + `WHERE ?1 = ?1 ORDER BY alias`}},
	record.KindAlias: {
		{record.KindUnit, from(bySerial, "aliases") + `WHERE t.alias = ?1`},
		{record.KindImportedUnit, toOldUnit + `WHERE t.serial = (SELECT serial FROM aliases WHERE alias = ?1) ORDER BY t.file, t.n`},
	},
	record.KindFlag: {
		{record.KindUnit, from(bySerial, "flags") + `WHERE t.id = ?1`},
		{record.KindImportedUnit, toOldUnit + `WHERE t.serial = (SELECT serial FROM flags WHERE id = ?1) ORDER BY t.file, t.n`},
	},
	record.KindSubscription: {
		{record.KindUnit, from(bySerial, "subscriptions") + `WHERE t.id = ?1`},
		{record.KindImportedUnit, toOldUnit + `WHERE t.serial = (SELECT serial FROM subscriptions WHERE id = ?1) ORDER BY t.file, t.n`},
	},
	record.KindBinding: {
		{record.KindUnit, from(toUnit, "bindings")},
		{record.KindBinding, sameNumbers},
		{record.KindAllocation, toRange + `WHERE id = (SELECT allocation FROM bindings WHERE id = ?1)`},
		{record.KindAttempt, toAttempt + `WHERE (serial, started) = (SELECT serial, at FROM bindings WHERE id = ?1)`},
		{record.KindPrint, toPrint + `WHERE serial = (SELECT serial FROM bindings WHERE id = ?1) AND binding = ?1` + newestLast},
		{record.KindPerson, from(ofPerson, "bindings")},
	},
	record.KindAttempt: {
		{record.KindUnit, from(toUnit, "attempts")},
		{record.KindVerdict, `SELECT attempt, '', '', '', '' FROM verdicts WHERE attempt = ?1`},
		{record.KindEvidence, `SELECT attempt, '', '', '', '' FROM evidence WHERE attempt = ?1`},
		{record.KindBinding, toBinding + `WHERE (serial, at) = (SELECT serial, started FROM attempts WHERE id = ?1)`},
		{record.KindPerson, from(ofPerson, "attempts")},
	},
	record.KindEvidence: {{record.KindAttempt, toAttempt + `WHERE id = ?1`}},
	record.KindVerdict:  {{record.KindAttempt, toAttempt + `WHERE id = ?1`}},
	record.KindPrint: {
		{record.KindUnit, from(toUnit, "prints")},
		{record.KindBinding, toBinding + `WHERE id = (SELECT binding FROM prints WHERE id = ?1)`},
		{record.KindLayout, toLayout + `JOIN prints t ON t.layout_hash = l.hash WHERE t.id = ?1`},
		{record.KindPerson, from(toPerson, "prints")},
	},
	record.KindMove: {
		{record.KindUnit, from(toUnit, "moves")},
		{record.KindSignature, toSigned + `WHERE id = (SELECT signature FROM moves WHERE id = ?1)`},
		{record.KindPerson, from(toPerson, "moves")},
	},
	record.KindAlarm: {
		{record.KindUnit, from(toUnit, "alarms") + ` AND t.serial <> ''`},
		{record.KindPerson, `SELECT p.id, p.name, p.role, '', p.id FROM alarms t JOIN people p ON p.id IN (t.person, t.closed_by) WHERE t.id = ?1`},
	},
	record.KindSignature: {
		{record.KindLot, `SELECT substr(subject, 5), substr(subject, 5), '', '', '' FROM signatures WHERE id = ?1 AND subject LIKE 'lot:%'`},
		{record.KindProduct, toProduct + `JOIN signatures s ON s.subject = 'product:' || p.ref || '/' || p.version WHERE s.id = ?1`},
		{record.KindMove, toMove + `WHERE signature = ?1` + newestLast},
		{record.KindPerson, from(ofPerson, "signatures")},
	},
	record.KindProduct: {
		{record.KindSignature, toSigned + `WHERE subject = 'product:' || ?1 || '/' || ?2` + newestLast},
		{record.KindLayout, toLayout + `JOIN products p ON p.layout_hash = l.hash WHERE p.ref = ?1 AND p.version = ?2`},
		{record.KindDialect, toDialect + `JOIN products p ON p.dialect_hash = d.hash WHERE p.ref = ?1 AND p.version = ?2`},
		{record.KindAllocation, toRange + `WHERE product = ?1 ORDER BY tac, snr_from`},
		{record.KindProduct, toProduct + `WHERE p.ref = ?1 AND p.version <> ?2 ORDER BY p.version DESC`},
		{record.KindOrder, toOrder + `WHERE ref = ?1 AND version = ?2` + newestLast},
	},
	record.KindDialect: {
		{record.KindDialect, toDialect + `JOIN dialects l ON l.name = '` + station.AutoDialect + `' AND instr(l.text, d.hash) > 0 WHERE l.hash = ?1 ORDER BY d.name`},
		{record.KindDialect, toDialect + `JOIN dialects m ON d.name = '` + station.AutoDialect + `' AND instr(d.text, m.hash) > 0 WHERE m.hash = ?1 ORDER BY d.n DESC`},
		{record.KindProduct, toProduct + `WHERE p.dialect_hash = ?1 ORDER BY p.ref, p.version`},
	},
	record.KindLayout: {{record.KindProduct, toProduct + `WHERE p.layout_hash = ?1 ORDER BY p.ref, p.version`}},
	record.KindAllocation: {
		{record.KindProduct, toProduct + `JOIN allocations a ON a.product = p.ref WHERE a.id = ?1 ORDER BY p.version DESC`},
		{record.KindBinding, toBinding + `WHERE allocation = ?1 AND imei BETWEEN
			(SELECT tac || printf('%06d0', snr_from) FROM allocations WHERE id = ?1) AND
			(SELECT tac || printf('%06d9', snr_to) FROM allocations WHERE id = ?1)` + newestLast},
	},
	record.KindPerson: {
		{record.KindSignature, toSigned + `WHERE person = ?1 ORDER BY id DESC`},
		{record.KindMove, toMove + `WHERE ?1 IN (person, approver) ORDER BY id DESC`},
		{record.KindLeaf, toLeaf + `WHERE subject = 'person:' || ?1 ORDER BY number DESC`},
		{record.KindSecret, `SELECT person || '/' || kind, kind, '', set_at, '' FROM secrets WHERE person = ?1 ORDER BY kind`},
		{record.KindAttempt, toAttempt + `WHERE person = ?1 ORDER BY id DESC`},
		{record.KindSignIn, `SELECT id, station, iif(code = '', 'pass', 'fail'), at, code FROM sign_ins WHERE person = ?1 ORDER BY id DESC`},
	},
	record.KindSecret: {{record.KindPerson, `SELECT id, name, role, '', id FROM people WHERE id = ?1`}},
	record.KindSignIn: {{record.KindPerson, from(ofPerson, "sign_ins")}},
	record.KindClearance: {
		{record.KindOrder, toOrder + `WHERE id IN (SELECT order_before FROM clearances WHERE id = ?1 UNION SELECT order_after FROM clearances WHERE id = ?1)` + newestLast},
		{record.KindPerson, from(ofPerson, "clearances")},
	},
	record.KindExplanation: {
		{record.KindOrder, toOrder + `WHERE id = (SELECT work_order FROM explanations WHERE id = ?1)`},
		{record.KindPerson, from(ofPerson, "explanations")},
	},
	record.KindCheckpoint: {{record.KindLeaf, toLeaf + `WHERE number <= ?1 ORDER BY number DESC`}},
	record.KindEnrolment:  {{record.KindKey, `SELECT k.key, substr(k.key, 1, instr(k.key, '+') + 8), '', '', k.station FROM station_keys k JOIN enrolments e ON e.key = k.key WHERE e.id = ?1`}},
	record.KindKey:        {{record.KindCheckpoint, `SELECT size, size, '', '', '' FROM checkpoints WHERE instr(note, substr(?1, 1, instr(?1, '+') - 1)) ORDER BY size DESC`}},
}

// from puts the table of a node into a query that several kinds share.
func from(query, table string) string { return strings.Replace(query, "{}", table, 1) }
