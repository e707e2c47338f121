// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
	"bindery/ui/quality"
)

func TestAScopeIsCountedAndListedAndItsValuesAreThoseOfTheRecord(t *testing.T) {
	b, _ := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	mayBeEmpty := []scope.Field{scope.Made, scope.ListField, scope.FileField, scope.Dialect, scope.Program}
	for _, f := range scope.Fields() {
		values, err := d.ScopeValues(ctx, f)
		if err != nil {
			t.Errorf("%s: %v", f, err)
		}
		if f != scope.SNR { // of which a value is only a part
			countsEach(t, d, f, values)
		}
		if len(values) == 0 && !slices.Contains(mayBeEmpty, f) {
			t.Errorf("the record has units, and no value of %s is offered", f)
		}
	}
	e := scope.Is{Field: scope.TAC, Value: stationtest.TAC}
	n, err := d.ScopeCount(ctx, e)
	units, err2 := d.ScopeUnits(ctx, e, 0)
	rest, err3 := d.ScopeUnits(ctx, e, 1)
	if errors.Join(err, err2, err3) != nil || n != 2 || len(units) != 2 || units[0].Serial != stationtest.Serial(1) || len(rest) != 1 || rest[0].Serial != stationtest.Serial(2) {
		t.Errorf("%d units %+v, %+v, %v", n, units, rest, errors.Join(err, err2, err3))
	}
}

// countsEach takes each value that is offered for a condition.
func countsEach(t *testing.T, d quality.Services, f scope.Field, values []string) {
	t.Helper()
	for _, v := range values {
		e, err := scope.ParseJSON([]byte(`{"` + string(f) + `": "` + v + `"}`))
		if err != nil {
			t.Errorf("%s: %q is offered, and no condition: %v", f, v, err)
		} else if _, err := d.ScopeCount(t.Context(), e); err != nil {
			t.Errorf("%s: %q is offered, and cannot be counted: %v", f, v, err)
		}
	}
}

func TestAListInAFileIsAScopeAndWhatIsWrongWithItIsToldWithoutItsPath(t *testing.T) {
	b, serial := labelled(t)
	file := filepath.Join(t.TempDir(), "leaked.txt")
	if err := os.WriteFile(file, []byte("\ufeff"+serial+"\r\n\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := b.qualityService()
	if units, err := d.ScopeUnits(t.Context(), scope.FileExpr{Name: file}, 0); err != nil || len(units) != 1 || units[0].Serial != serial {
		t.Errorf("%+v, %v", units, err)
	}
	var wrong *scope.ExprError
	if _, err := d.ScopeCount(t.Context(), scope.FileExpr{Name: file + ".lost"}); !errors.As(err, &wrong) || strings.Contains(wrong.Message, filepath.Dir(file)) {
		t.Error(err)
	}
}

func TestAFlagIsInTheListOfFlagsAndBesideTheUnitThatIsFound(t *testing.T) {
	b, serial := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	if _, err := d.Flag(ctx, "quality", record.FlagRequest{Serial: serial, Flag: station.FlagLost, Reason: "left in a train"}); err != nil {
		t.Fatal(err)
	}
	list, err := d.Flags(ctx)
	found, err2 := b.recordReader().Find(ctx, serial, 0)
	today, err3 := d.Units(ctx, record.Today, 0)
	if errors.Join(err, err2, err3) != nil || len(list) != 1 || len(found.Units) != 1 || !slices.Equal(found.Units[0].Flags, []station.Flag{station.FlagLost}) {
		t.Fatalf("%+v, %+v, %v", list, found, errors.Join(err, err2, err3))
	}
	if !slices.ContainsFunc(today, func(m record.Match) bool { return m.Serial == serial && len(m.Flags) == 1 }) {
		t.Errorf("the list of the day does not show it: %+v", today)
	}
	if s, err := b.unitHistory(ctx, serial); err != nil || len(s.Flags) != 1 || !s.Proof.OK {
		t.Errorf("%+v, %v", s.Flags, err)
	}
	if _, err := d.Unflag(context.WithoutCancel(ctx), "quality", serial, station.FlagLost, "found"); err != nil {
		t.Error(err)
	}
}
