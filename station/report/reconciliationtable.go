// SPDX-License-Identifier: Apache-2.0

package report

import (
	"errors"
	"strconv"
	"strings"

	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/record"
)

// reconciliationSchema is that of its table; see the others.
const reconciliationSchema = "bindery-reconciliation/1"

// reconciliationTable is the result as a table: CSV or a workbook.
type reconciliationTable struct {
	tableWriter
	shown
	flush  func() error
	closed func()
}

func (t *reconciliationTable) head() error {
	return t.begin("schema", "line", "class", "labels", "serial", "iccid", "imei", "state", "connects", "flags", "damage", "change", "before")
}

// Row writes a row of the list.
func (t *reconciliationTable) Row(row reconcile.ClassifiedRow) error {
	connects := ""
	if row.State != "" {
		connects = "no"
		if row.Active {
			connects = "yes"
		}
	}
	return t.add(reconciliationSchema, strconv.Itoa(row.Line), string(row.Class), classes(row.Labels), row.Serial, t.iccid(row.ICCID),
		t.imei(row.Device), identity.MaskIn(row.State), connects, strings.Join(row.Flags, " "), string(row.Damage), "", "")
}

// Missing writes a SIM that the list lacks.
func (t *reconciliationTable) Missing(c reconcile.Card) error {
	return t.add(reconciliationSchema, "", string(reconcile.Missing), string(reconcile.Missing), c.Serial,
		t.iccid(identity.ICCID(c.ICCID)), t.imei(identity.IMEI(c.IMEI)), "", "", strings.Join(c.Flags, " "), "", "", "")
}

// Change writes what became of a SIM since an earlier comparison.
func (t *reconciliationTable) Change(c reconcile.Change) error {
	return t.add(reconciliationSchema, "", "", classes(c.After), c.Serial, t.iccid(c.SIM), "", "", "", "", "", string(c.Kind), classes(c.Before))
}

func (t *reconciliationTable) end(reconcile.Summary, record.Reconciliation) error {
	return errors.Join(t.tableWriter.end(), t.flush())
}

func (t *reconciliationTable) close() { t.closed() }

func classes(list []reconcile.Class) string {
	var all []string
	for _, c := range list {
		all = append(all, string(c))
	}
	return strings.Join(all, " ")
}
