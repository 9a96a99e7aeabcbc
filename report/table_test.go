package report_test

import (
	"strings"
	"testing"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/report"
)

// TestTableOfFilesInFolders has two files far from here, on a terminal where
// their names fit and on one where they do not.
func TestTableOfFilesInFolders(t *testing.T) {
	t.Parallel()
	r := build(t, true)
	vars, _ := load.EnvFile("/etc/toy/services/toy.env", "TOY_WORKERS=9\n")
	const file = "/etc/toy/services/toy.yaml"
	s, problems := load.Inspect(r, load.Process{Variables: vars, Args: []string{"-c", file}, FirstArg: 1, Files: one("name: other\n")})
	for _, tt := range []struct {
		width int
		want  string
	}{
		{0, `General
  --config   /etc/toy/services/toy.yaml  flag  argv[1]
  --workers  9                           env   /etc/toy/services/toy.env:1:13
  --name     other                       yaml  /etc/toy/services/toy.yaml:1:7
`},
		{80, `General
  --config   /etc/toy/services/toy.yaml  flag  argv[1]
  --workers  9                           env   /etc/toy/services/toy.env:1:13
  --name     other                       yaml  /etc/toy/services/toy.yaml:1:7
`},
		{70, `General
  --config   /etc/toy/services/toy.yaml  flag  argv[1]
  --workers  9                           env   toy.env:1:13
  --name     other                       yaml  toy.yaml:1:7

toy.env is /etc/toy/services/toy.env
toy.yaml is /etc/toy/services/toy.yaml
`},
	} {
		var out strings.Builder
		if err := report.Table(&out, s.Redact(), problems, report.Filter{Modified: true}, report.Style{Width: tt.width}); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != tt.want {
			t.Errorf("%d columns: got\n%s\nwant\n%s", tt.width, got, tt.want)
		}
	}
}
