package main

import (
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/values"
)

// BenchmarkCold starts the program for one "config check" of a plain
// deployment file, and beside it the floor as a program: yaml.v3 into a plain
// struct, os.Getenv for each option, a switch over flags. The figure that
// counts is cpu-ms/op, the processor time of the whole process.
func BenchmarkCold(b *testing.B) {
	reg, err := values.Build(option.Host{Version: "v0.0.0"})
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	source := filepath.Join(dir, "floor.go")
	if err := os.WriteFile(source, floorProgram(b, reg.Catalog), 0o600); err != nil {
		b.Fatal(err)
	}
	file, err := filepath.Abs("../../testdata/plain.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name, pkg string
		args      []string
	}{
		{"engine", ".", []string{"config", "check", "-c", file}},
		{"floor", source, []string{"--config=" + file}},
	} {
		bin := filepath.Join(dir, c.name)
		build := exec.Command("go", "build", "-trimpath", "-o", bin, c.pkg)
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // as releases are
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		b.Run(c.name, func(b *testing.B) {
			var cpu time.Duration
			for b.Loop() {
				cmd := exec.Command(bin, c.args...)
				if out, err := cmd.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}

// floorProgram writes what a programmer would write by hand who cares for the
// values alone.
func floorProgram(b *testing.B, c *option.Catalog) []byte {
	b.Helper()
	var fields, env, flags strings.Builder
	goType := func(o *option.Option) string {
		switch {
		case o.Value.Traits().Struct:
			return "any"
		case o.Value.Traits().List:
			return "[]string"
		case o.Type() == "bool":
			return "bool"
		case o.Type() == "int":
			return "int64"
		}
		return "string"
	}
	set := func(selector, text string, o *option.Option) string {
		switch goType(o) {
		case "any":
			return "_ = " + text
		case "[]string":
			return selector + " = strings.Split(" + text + `, ",")`
		case "bool":
			return selector + ", _ = strconv.ParseBool(" + text + ")"
		case "int64":
			return selector + ", _ = strconv.ParseInt(" + text + ", 10, 64)"
		}
		return selector + " = " + text
	}
	assign := func(selector string, o *option.Option) {
		fmt.Fprintf(&env, "if v := os.Getenv(%q); v != \"\" { %s }\n", o.Env, set(selector, "v", o))
		fmt.Fprintf(&flags, "case \"--%s\": %s\n", o.Flag, set(selector, "v", o))
	}
	var lay func(s *option.Section, selector string)
	lay = func(s *option.Section, selector string) {
		for i, key := range s.Keys() {
			name := fmt.Sprintf("F%d", i)
			if sub, o := s.Child(key); o != nil {
				fmt.Fprintf(&fields, "%s %s `yaml:%q`\n", name, goType(o), key)
				assign(selector+"."+name, o)
			} else {
				fmt.Fprintf(&fields, "%s struct {\n", name)
				lay(sub, selector+"."+name)
				fmt.Fprintf(&fields, "} `yaml:%q`\n", key)
			}
		}
	}
	lay(c.Section(), "cfg")
	for o := range c.All() {
		if o.YAML == "" {
			name := fmt.Sprintf("O%d", o.Index())
			fmt.Fprintf(&fields, "%s %s `yaml:\"-\"`\n", name, goType(o))
			assign("cfg."+name, o)
		}
	}
	src := `package main
import ("fmt"; "os"; "strconv"; "strings"; "gopkg.in/yaml.v3")
var cfg struct {
` + fields.String() + `}
func main() {
	_ = strconv.Itoa
	file := ""
	for _, a := range os.Args[1:] { if v, ok := strings.CutPrefix(a, "--config="); ok { file = v } }
	src, err := os.ReadFile(file)
	if err == nil { err = yaml.Unmarshal(src, &cfg) }
	if err != nil { fmt.Fprintln(os.Stderr, err); os.Exit(1) }
` + env.String() + `
	for _, a := range os.Args[1:] {
		name, v, _ := strings.Cut(a, "=")
		switch name {
` + flags.String() + `
		}
	}
	fmt.Println("ok:", len(src))
}
`
	out, err := format.Source([]byte(src))
	if err != nil {
		b.Fatal(err)
	}
	return out
}
