package migrate_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/strataconf/strata/migrate"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// toy is what the toy catalog fills.
type toy struct {
	Name    string      `json:"name"`
	Port    int64       `json:"port"`
	On      bool        `json:"on"`
	Items   []string    `json:"items"`
	Token   kind.Secret `json:"token"`
	Listen  string      `json:"listen"`
	Old     string      `json:"old"`
	Host    string      `json:"host"`
	HostNo  int64       `json:"host_no"`
	URL     string      `json:"url"`
	Wait    int64       `json:"wait"`
	Links   []toyLink   `json:"links"`
	Feature bool        `json:"feature"`
	Config  string      `json:"config"`
	Loud    bool        `json:"loud"`
	Level   string      `json:"level"`
}

type toyLink struct {
	ID  string `json:"id" yaml:"id"`
	URL string `json:"url" yaml:"url"`
}

func toyConfig() option.Config[toy] {
	net := &option.Group{Name: "Network", YAML: "net"}
	old := &option.Group{Name: "Older", YAML: "older"}
	deep := &option.Group{Name: "Deep", YAML: "deep", Parent: old}
	return option.Config[toy]{
		Program: "toy", EnvPrefix: "TOY_", ConfigFlag: "config", Groups: []*option.Group{net, old, deep},
		Tombstones: []option.Tombstone{
			{Flag: "insights", Env: "INSIGHTS", YAML: "stats.insights", UseInstead: "feature"},
			{Flag: "gone", Env: "GONE"},
			{Flag: "wait-seconds", Env: "WAIT_SECONDS", YAML: "older.waitSeconds"},
		},
		Tables: func(v *toy) []option.Table {
			return []option.Table{{Rows: []option.Option{
				{Name: "Name", Flag: "name", Short: "n", YAML: "name", Value: kind.String(&v.Name)},
				{Name: "Token", Flag: "token", Value: kind.SecretOf(&v.Token)},
				{Name: "Feature", Flag: "feature", YAML: "feature", Value: kind.Bool(&v.Feature)},
				{Name: "Config", Flag: "config", Short: "c", Value: kind.ConfigPath(&v.Config)},
				{Name: "Wait", Flag: "wait", YAML: "wait", Value: kind.Int(&v.Wait)},
				{Name: "Level", Flag: "level", YAML: "level", Value: kind.String(&v.Level)},
				{Name: "Loud", Flag: "loud", Short: "l", YAML: "loud", Value: kind.Bool(&v.Loud), UseInstead: []string{"level"}},
				{Name: "Links", Flag: "links", Env: option.None, YAML: "links", Value: kind.Struct(&v.Links), Indexed: &option.Indexed{
					Prefixes: []string{"LINK", "OLDLINK"}, Fields: []option.IndexedField{{Env: "ID", Key: "id"}, {Env: "URL", Key: "url"}},
				}},
			}}, {Group: net, Rows: []option.Option{
				{Name: "Port", Flag: "port", YAML: "port", Value: kind.Int(&v.Port)},
				{Name: "On", Flag: "on", YAML: "enable", Value: kind.Bool(&v.On)},
				{Name: "Items", Flag: "items", YAML: "items", Value: kind.Strings(&v.Items)},
				{Name: "Listen", Flag: "listen", YAML: "listen", Value: kind.String(&v.Listen)},
				{Name: "Host", Flag: "host", YAML: "host", Value: kind.String(&v.Host)},
				{Name: "Host number", Flag: "host-no", YAML: "hostNo", Value: kind.Int(&v.HostNo)},
			}}, {Group: old, Rows: []option.Option{
				{Name: "Old port", Flag: "old-port", YAML: "port", Value: kind.Int(&v.Port), UseInstead: []string{"port"}},
				{Name: "Old on", Flag: "old-on", YAML: "enable", Value: kind.Bool(&v.On), UseInstead: []string{"on"}},
				{Name: "Old token", Flag: "old-token", Value: kind.SecretOf(&v.Token), UseInstead: []string{"token"}},
				{Name: "Old listen", Flag: "old-listen", YAML: "listen", Value: kind.String(&v.Old), UseInstead: []string{"listen"}, StandsFor: func(p option.Peek) []option.Stand {
					if p.Bool("on") {
						return []option.Stand{{Flag: "listen", Text: ""}}
					}
					return []option.Stand{{Flag: "listen", Same: true}}
				}},
				{Name: "URL", Flag: "url", YAML: "url", Value: kind.String(&v.URL), UseInstead: []string{"host", "host-no"}},
			}}, {Group: deep, Rows: []option.Option{
				{Name: "Old items", Flag: "old-items", YAML: "items", Value: kind.Strings(&v.Items), UseInstead: []string{"items"}},
				{Name: "Old name", Flag: "old-name", YAML: "name", Value: kind.String(&v.Name), UseInstead: []string{"name"}},
			}}}
		},
	}
}

// rules of a split, a change of type, and one that changes what is meant.
func toyRules() []migrate.Rule {
	return []migrate.Rule{
		{From: []string{"url"}, To: []string{"host", "host-no"}, Convert: func(old []migrate.Value, _ option.Peek) ([]migrate.Value, *option.Fault) {
			host, no, ok := strings.Cut(old[0].Text, ":")
			if !ok {
				return []migrate.Value{{Text: host, Set: true}, {}}, nil
			}
			if _, err := strconv.Atoi(no); err != nil {
				return nil, &option.Fault{Reason: "no number behind the colon"}
			}
			return []migrate.Value{{Text: host, Set: true}, {Text: no, Set: true}}, nil
		}, Changes: true},
		{From: []string{"wait-seconds"}, To: []string{"wait"}, Convert: func(old []migrate.Value, _ option.Peek) ([]migrate.Value, *option.Fault) {
			n, err := strconv.Atoi(old[0].Text)
			if err != nil {
				return nil, &option.Fault{Reason: "not a number of seconds"}
			}
			return []migrate.Value{{Text: strconv.Itoa(1000 * n), Set: true}}, nil
		}},
		{From: []string{"loud"}, To: []string{"level"}, Changes: true, Convert: func(_ []migrate.Value, p option.Peek) ([]migrate.Value, *option.Fault) {
			return []migrate.Value{{Text: "all", Set: p.Bool("loud")}}, nil
		}},
	}
}

func build(t testing.TB) *option.Registry[toy] {
	t.Helper()
	r, err := option.Build(toyConfig())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func newMigration(t testing.TB, rules ...migrate.Rule) *migrate.Migration {
	t.Helper()
	m, err := migrate.New(build(t), rules)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// said renders what a plan refuses and notes, one a line.
func said(p *migrate.Plan) string {
	var b strings.Builder
	for _, each := range []option.Problems{p.Refused, p.Notes} {
		for _, q := range each {
			b.WriteString(q.Severity.String() + ": " + q.Error() + "\n")
		}
	}
	return b.String()
}
