package option_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// vault is four secrets and a text.
type vault struct {
	A kind.Secret  `json:"a"`
	B kind.Secrets `json:"b"`
	C kind.Secret  `json:"c"`
	D string       `json:"d"`
}

// vaultOf builds a catalog of rows that edit changes.
func vaultOf(edit func(*option.Config[vault], []option.Option)) (*option.Registry[vault], error) {
	cfg := option.Config[vault]{Program: "vault", EnvPrefix: "V_"}
	rows := func(v *vault) []option.Option {
		return []option.Option{
			{Name: "A", Flag: "a", Value: kind.SecretOf(&v.A)},
			{Name: "B", Flag: "b", Env: option.Absolute("PGB"), Value: kind.SecretsOf(&v.B)},
			{Name: "C", Flag: "c", Env: option.None, Value: kind.SecretOf(&v.C)},
			{Name: "D", Flag: "d", YAML: "d", Value: kind.String(&v.D)},
		}
	}
	edit(&cfg, rows(new(vault)))
	cfg.Tables = func(v *vault) []option.Table {
		all := rows(v)
		edit(new(option.Config[vault]), all)
		return []option.Table{{Rows: all}}
	}
	return option.Build(cfg)
}

func TestFileSpellings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what string
		edit func(*option.Config[vault], []option.Option)
		want string // spellings, or the fault
	}{
		{"all secrets", func(*option.Config[vault], []option.Option) {}, "a: a-file V_A_FILE; b: b-file PGB_FILE; c: c-file "},
		{"none", func(cfg *option.Config[vault], _ []option.Option) { cfg.NoSecretFiles = true }, "a: a-file V_A_FILE; b: b-file PGB_FILE; c: c-file "},
		{"a row turned off", func(_ *option.Config[vault], rows []option.Option) { rows[0].NoFile = true }, "b: b-file PGB_FILE; c: c-file "},
		{"a row for the file", func(_ *option.Config[vault], rows []option.Option) { rows[3].Flag = "a-file" }, "b: b-file PGB_FILE; c: c-file "},
		{"a variable that is taken", func(_ *option.Config[vault], rows []option.Option) { rows[3].Env = "A_FILE" }, `option "a": its spelling by a file, variable V_A_FILE, is taken by option "d"; set NoFile`},
		{"a variable taken of an option without", func(_ *option.Config[vault], rows []option.Option) { rows[3].Env, rows[0].NoFile = "A_FILE", true }, "b: b-file PGB_FILE; c: c-file "},
		{"a foreign variable", func(cfg *option.Config[vault], _ []option.Option) { cfg.Foreign = []string{"A_FILE"} }, `option "a": its spelling by a file, variable V_A_FILE, is foreign; set NoFile`},
		{"a retired flag", func(cfg *option.Config[vault], _ []option.Option) {
			cfg.Tombstones = []option.Tombstone{{Flag: "c-file"}}
		}, `option "c": its spelling by a file is a retired name; set NoFile`},
		{"a retired variable", func(cfg *option.Config[vault], _ []option.Option) {
			cfg.Tombstones = []option.Tombstone{{Flag: "old", Env: "A_FILE"}}
		}, `option "a": its spelling by a file is a retired name; set NoFile`},
	} {
		r, err := vaultOf(c.edit)
		if err != nil {
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: got %v, want %s", c.what, err, c.want)
			}
			continue
		}
		for o := range r.All() {
			if named := o.FileFlag()+o.FileEnv() != ""; named != slices.Contains(r.FromFiles(), o) {
				t.Errorf("%s: option %s: got spellings %q and %q", c.what, o.Flag, o.FileFlag(), o.FileEnv())
			}
		}
		var got []string
		for _, o := range r.FromFiles() {
			got = append(got, fmt.Sprintf("%s: %s %s", o.Flag, o.FileFlag(), o.FileEnv()))
			if r.ByFileFlag(o.FileFlag()) != o || o.FileEnv() != "" && r.ByFileEnv(o.FileEnv()) != o || r.ByFlag(o.FileFlag()) != nil || r.ByEnv(o.FileEnv()) != nil {
				t.Errorf("%s: option %s is not found by its spellings, or as an option", c.what, o.Flag)
			}
		}
		want := c.want
		if c.what == "none" {
			want = ""
		}
		if strings.Join(got, "; ") != want || r.ByFileFlag("d-file") != nil || r.ByFileEnv("") != nil || r.ByFlag("d-file") != nil || r.Len() != 4 {
			t.Errorf("%s: got %q, want %q", c.what, got, want)
		}
	}
}

func TestGuessKnowsFileSpellings(t *testing.T) {
	t.Parallel()
	r, err := vaultOf(func(_ *option.Config[vault], rows []option.Option) {
		rows[0].Flag, rows[2].Flag, rows[1].Env = "postgres-url", "client-secret", option.Absolute("STORE_PASS")
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		source option.Source
		name   string
		want   string
	}{
		{option.SourceFlag, "postgres-url-fil", "--postgres-url-file"},
		{option.SourceFlag, "postgresurlfile", "--postgres-url-file"},
		{option.SourceFlag, "V_POSTGRES_URL_FILE", "--postgres-url-file"},
		{option.SourceEnv, "V_POSTGRES_URL_FLIE", "V_POSTGRES_URL_FILE"},
		{option.SourceEnv, "postgres-url-file", "V_POSTGRES_URL_FILE"},
		{option.SourceEnv, "V_CLIENT_SECRET_FILE", "--client-secret-file"},
		{option.SourceYAML, "postgres_url_file", "--postgres-url-file"},
		{option.SourceFlag, "postgres-ulr", "--postgres-url"},
		{option.SourceEnv, "V_POSTGRES_ULR", "V_POSTGRES_URL"},
		{option.SourceEnv, "store.pass.file", "STORE_PASS_FILE"},
	} {
		if got, ok := r.Guess(c.source, c.name); !ok || got.Spelling != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got.Spelling, c.want)
		}
	}
}

func TestOriginOfAFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		origin        option.Origin
		place, string string
	}{
		{option.Origin{Source: option.SourceFlag, Arg: 3, Name: "--a-file", File: "/s"}, "argv[3], file /s", "file /s, named by --a-file (argv[3])"},
		{option.Origin{Source: option.SourceEnv, Name: "V_A_FILE", File: "/s"}, "environment, file /s", "file /s, named by $V_A_FILE"},
		{option.Origin{Source: option.SourceEnv, Name: "V_A_FILE", File: "/a\x1bb", In: "process 7"}, `environment of process 7, file /a\x1bb`, `file /a\x1bb, named by $V_A_FILE (environment of process 7)`},
		{option.Origin{Source: option.SourceEnv, Name: "V_A_FILE", File: "/s", In: ".env", Span: option.Span{Line: 2, Column: 5}}, ".env:2:5, file /s", "file /s, named by $V_A_FILE (.env:2:5)"},
	} {
		if got := c.origin.Place(); got != c.place {
			t.Errorf("place: got %q, want %q", got, c.place)
		}
		if got := c.origin.String(); got != c.string {
			t.Errorf("string: got %q, want %q", got, c.string)
		}
	}
}
