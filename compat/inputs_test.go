package compat_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/compat"
	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

func argAt(i int, name string) option.Origin {
	return option.Origin{Source: option.SourceFlag, Arg: int32(i + 1), Name: name}
}

func envAt(_ int, name string) option.Origin {
	return option.Origin{Source: option.SourceEnv, Name: name}
}

// deployment is what arguments, variables ("$NAME=value") and keys ("path@line")
// use.
func deployment(older, newer *docgen.Listing, words ...string) *compat.Deployment {
	d := &compat.Deployment{}
	var args, environ []string
	for _, w := range words {
		path, line, isKey := strings.Cut(w, "@")
		switch {
		case strings.HasPrefix(w, "$"):
			environ = append(environ, w[1:])
		case isKey:
			at := option.Origin{Source: option.SourceYAML, Name: "toy.yaml"}
			_, _ = fmt.Sscan(line, &at.Span.Line)
			at.Span.Column = 3
			d.Uses = append(d.Uses, compat.Use{Name: path, Origin: at})
		default:
			args = append(args, w)
		}
	}
	d.Uses = append(d.Uses, compat.ArgUses(older, newer, args, argAt)...)
	d.Uses = append(d.Uses, compat.VariableUses(older, newer, environ, envAt)...)
	return d
}

func touches(r *compat.Report) string {
	var out []string
	for i := range r.Touches {
		t := &r.Touches[i]
		text := string(t.Kind) + " " + t.Option
		for _, u := range t.Uses {
			text += " " + u.Origin.Place()
		}
		for _, p := range t.Problems {
			text += " refused at " + p.Origin.Place()
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func TestTouching(t *testing.T) {
	t.Parallel()
	edits := map[string]func(*docgen.Listing){
		"removed": func(l *docgen.Listing) { drop(l, "wait") },
		"default": func(l *docgen.Listing) { l.Options[4].Default = "x" },
		"renamed": func(l *docgen.Listing) { l.Options[3].Flag = "pause" },
		"moved":   func(l *docgen.Listing) { l.Options[2].YAML = "web.color" },
		"short":   func(l *docgen.Listing) { l.Options[1].Short = "" },
		"choices": func(l *docgen.Listing) { l.Options[2].Choices = l.Options[2].Choices[:1] },
		"effect":  func(l *docgen.Listing) { l.Options[3].Effect = "embedder" },
		"secret":  func(l *docgen.Listing) { l.Options[10].Secret = true },
		"numbers": func(l *docgen.Listing) { l.Options[9].Indexed.Suffixes = []string{"TARGET"} },
		"old":     func(l *docgen.Listing) { l.Options[3].UseInstead = []string{"workers"} },
		"new": func(l *docgen.Listing) {
			l.Options = append(l.Options, docgen.ListedOption{Flag: "new", Env: "TOY_NEW", JSON: "new"})
		},
		"empty": func(l *docgen.Listing) { l.KeepEmpty = true },
		"prefix": func(l *docgen.Listing) {
			l.EnvPrefix, l.Options[3].Env, l.Options[9].Indexed.Prefixes[0] = "APP_", "APP_WAIT", "APP_LINK"
		},
		"bool": func(l *docgen.Listing) { l.Options[6].Type, l.Options[6].NoValue = "string", false },
	}
	for _, k := range []struct{ edit, uses, want string }{
		{"removed", "", ""},
		{"removed", "--wait 1s", "removed wait argv[1]"},
		{"removed", "--wait=1s wait@4 $TOY_WAIT=1s", "removed wait toy.yaml:4:3 environment argv[1]"},
		{"removed", "--site --wait", ""}, // it is the value of another flag
		{"removed", "--debug --wait=1s", "removed wait argv[2]"},
		{"removed", "-- --wait=1s", ""},
		{"removed", "--workers=1 $TOY_WAITS=1", ""},
		{"removed", "$TOY_WAIT=", ""},
		{"default", "", "default site"},
		{"default", "--site=a", ""},
		{"default", "--old-site a", ""},
		{"default", "$TOY_OLD_SITE=a", ""},
		{"default", "net@1 net.site@2", ""},
		{"default", "net@1 net.color@2", "default site"},
		{"renamed", "$TOY_WAIT=1s wait@1", ""}, // these stay
		{"renamed", "--wait=1s", "renamed pause argv[1]"},
		{"moved", "--color=red", ""},
		{"moved", "net.color@7", "moved color toy.yaml:7:3"},
		{"short", "-w4", "short workers argv[1]"},
		{"short", "-c x -w 4", "short workers argv[3]"},
		{"short", "-c -w", ""}, // it is the value of -c
		{"short", "--workers=4", ""},
		{"short", "-xw4 -- -w4", ""}, // -x is unknown, and what follows it too
		{"choices", "", ""},
		{"choices", "--color=blue", "choices color argv[1]"},
		{"effect", "wait@1", "effect wait toy.yaml:1:3"},
		{"effect", "", ""},
		{"secret", "--cache=x", ""}, // it is readers that are concerned
		{"numbers", "$TOY_LINK_0_NAME=a $TOY_LINK_12_NAME=b $TOY_LINK_0_TARGET=c", "numbered links environment environment"},
		{"old", "--wait=1s", "deprecated wait argv[1]"},
		{"new", "", ""},
		{"new", "$TOY_NEW=1", "added new environment"},
		{"empty", "", "program "},
		{"prefix", "$TOY_WAIT=1s", "program  environment"},
		{"prefix", "$TOY_LINK_0_NAME=a", "program  environment"},
		{"prefix", "", ""},
		{"bool", "--debug", "type debug argv[1]"},
	} {
		t.Run(k.edit+" "+k.uses, func(t *testing.T) {
			t.Parallel()
			older, newer := toy(), toy()
			edits[k.edit](newer)
			r := compat.Compare(older, newer).Touching(deployment(older, newer, strings.Fields(k.uses)...))
			// A prefix that changes alone takes the other variables along.
			if k.edit == "prefix" {
				r.Touches = slices.DeleteFunc(r.Touches, func(t compat.Touch) bool { return t.Kind != compat.KindProgram })
			}
			if got := touches(r); got != k.want {
				t.Errorf("got %s, want %s", got, k.want)
			}
		})
	}
}

// TestTouchingWithVerdict holds that values decide where the newer program has
// read them.
func TestTouchingWithVerdict(t *testing.T) {
	t.Parallel()
	reg := registry(t)
	older := docgen.List(reg.Catalog)
	newer := copied(t, older)
	at(t, older, "color").Choices = []string{"red", "green", "pink"}
	at(t, older, "site").Default = "x"
	d := deployment(older, newer, "net.color@2")
	d.Judged = true
	r := compat.Compare(older, newer)
	if got, want := touches(r.Touching(d)), "default site"; got != want {
		t.Errorf("a value that is fine: got %s, want %s", got, want)
	}
	d.Set = map[string]bool{"site": true}
	d.Refused = option.Problems{{Code: "invalid-value", Option: reg.ByFlag("color"), Name: "net.color", Reason: "not one of red, green", Origin: d.Uses[0].Origin}}
	touching := r.Touching(d)
	if got, want := touches(touching), "choices color toy.yaml:2:3 refused at toy.yaml:2:3"; got != want {
		t.Errorf("a value that is refused: got %s, want %s", got, want)
	}
	if got, want := text(t, touching), "      toy.yaml:2:3: net.color: not one of red, green\n"; !strings.Contains(got, want) {
		t.Errorf("got %s, want %q in it", got, want)
	}
	b, err := json.Marshal(touching)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"refused":[{"name":"net.color","place":"toy.yaml:2:3","source":"yaml","file":"toy.yaml","line":2,"column":3,"reason":"not one of red, green"}]`; !strings.Contains(string(b), want) {
		t.Errorf("got %s, want %s in it", b, want)
	}
}

// TestReportOfDeployment holds the forms of a report on one deployment.
func TestReportOfDeployment(t *testing.T) {
	t.Parallel()
	older, newer := toy(), toy()
	at(t, newer, "wait").Env = "TOY_PAUSE"
	at(t, newer, "wait").Short = "p"
	at(t, newer, "cache").Secret = true
	words := strings.Fields(strings.Repeat("another ", 20))
	for i := range words {
		words[i] += fmt.Sprint(i)
	}
	at(t, newer, "color").Choices = words
	d := deployment(older, newer, "net.color@2")
	d.Uses = append(d.Uses, compat.Use{Name: "$TOY_WAIT", Origin: option.Origin{Source: option.SourceEnv, Name: "TOY_WAIT", In: "toy.env", Span: option.Span{Line: 4, Column: 10}}})
	r := compat.Compare(older, newer).Touching(d)
	var notes strings.Builder
	if err := r.WriteMarkdown(&notes); err != nil {
		t.Fatal(err)
	}
	const rest = "1 further change concerns no input, but programs and people that read the options from the API or from documents.\n"
	for _, want := range []string{"2 changes for this configuration: 2 breaking, 0 notable, 0 compatible.\n", "  - `toy.env:4:10: TOY_WAIT`\n", "another10, another11, …`", "\n" + rest} {
		if !strings.Contains(notes.String(), want) {
			t.Errorf("notes: got\n%s\nwant %q in it", notes.String(), want)
		}
	}
	if got := text(t, r); !strings.HasSuffix(got, "\n\n"+rest) || !strings.Contains(got, "      toy.env:4:10: TOY_WAIT\n") {
		t.Errorf("text: got\n%s", got)
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"name":"$TOY_WAIT","place":"toy.env:4:10","source":"env","file":"toy.env","line":4,"column":10}`; !strings.Contains(string(b), want) {
		t.Errorf("JSON: got %s, want %s in it", b, want)
	}
}
