package main

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/strataconf/strata/bench/peers"
)

// A machine says what the figures are of.
type machine struct {
	commit, date, processor, system, golang string
	versions                                map[string]string // by module
}

var (
	model = regexp.MustCompile(`(?m)^model name\s*: (.*)$`)
	major = regexp.MustCompile(`^v\d+$`)
)

func thisMachine() (*machine, error) {
	git := func(args ...string) (string, error) {
		cmd := exec.Command("git", args...)
		cmd.Env = environ
		out, err := cmd.Output()
		return strings.TrimSpace(string(out)), err
	}
	commit, err := git("rev-parse", "--short=12", "HEAD")
	if err != nil {
		return nil, fmt.Errorf("git: %w", err)
	}
	changed, err := git("status", "--porcelain", "--", "..", ":!../docs", ":!../bench")
	if err != nil {
		return nil, fmt.Errorf("git: %w", err)
	}
	if changed != "" {
		commit += ", with changes"
	}
	m := &machine{
		commit: commit, date: time.Now().UTC().Format(time.DateOnly),
		processor: "unknown processor", system: runtime.GOOS + "/" + runtime.GOARCH, golang: runtime.Version(), versions: map[string]string{},
	}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if name := model.FindSubmatch(b); name != nil {
			m.processor = string(name[1])
		}
	}
	m.processor = fmt.Sprintf("%d × %s", runtime.NumCPU(), m.processor)
	if b, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.system += ", kernel " + strings.TrimSpace(string(b))
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, fmt.Errorf("this program does not know its modules")
	}
	for _, dep := range info.Deps {
		m.versions[dep.Path] = dep.Version
	}
	return m, nil
}

// modules says which versions of which libraries were measured.
func (m *machine) modules() string {
	var out []string
	for _, p := range peers.All {
		for _, name := range p.Modules {
			short := path.Base(name)
			if major.MatchString(short) {
				short = path.Base(path.Dir(name))
			}
			if item := short + " " + m.versions[name]; !slices.Contains(out, item) && p.Name != "strata" {
				out = append(out, item)
			}
		}
	}
	return strings.Join(out, ", ")
}
