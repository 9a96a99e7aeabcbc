package compat_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/compat"
)

// A name of a catalog that anybody may have written shows in part only.
func TestLongNamesAreCut(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{157: strings.Repeat("k", 157), 400: strings.Repeat("k", 150)} {
		flag := strings.Repeat("k", n)
		_, err := compat.Read([]byte(`{"catalog_version":1,"options":[{"flag":"` + flag + `"},{"flag":"` + flag + `"}]}`))
		if err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 220 || strings.HasSuffix(err.Error(), "…") != (n > 160) {
			t.Errorf("a name of %d characters: got %v, want it shown, and cut behind 160", n, err)
		}
	}
}
