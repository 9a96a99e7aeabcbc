package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/strataconf/strata/internal/golden"
	"github.com/strataconf/strata/option/optiontest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"greet": main})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true, UpdateScripts: golden.Update()})
}

func TestOptions(t *testing.T) {
	t.Parallel()
	optiontest.Run(t, config())
}
