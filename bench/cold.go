package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A coldStart is what a program costs that starts, prints one line and ends.
type coldStart struct {
	clock, processor, memory, faults float64 // µs, µs, kB, pages: medians
	size                             int64   // of the file, in bytes
	wrong                            bool    // it prints another line than the others
}

// programs are the small programs, one for each library and one without any.
var programs = []string{"nothing", "hand", "strata", "cleanenv", "urfave", "koanf", "kong", "viper", "ff"}

var (
	coldFile = "name: from the file\ntimeout: 90s\ntags: [blue, green]\ncolor: false\nworkers: 5\n"
	coldEnv  = []string{"COLD_WORKERS=8", "COLD_NAME=boat"}
	coldArgs = []string{"--name=harbour", "--verbose=true"}
)

const coldLine = "harbour localhost:8080 true 8 1m30s [blue green] /srv/data false\n"

// coldStarts builds the programs, holds what they print against one line, and
// starts them in turns.
func coldStarts(dir string, rounds int) (map[string]*coldStart, error) {
	if err := build(dir, append(slices.Clone(programs), "launch")...); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "cold.yaml")
	if err := os.WriteFile(file, []byte(coldFile), 0o600); err != nil {
		return nil, err
	}
	args := append([]string{"--config=" + file}, coldArgs...)
	var paths []string
	wrong := map[string]bool{}
	for _, name := range programs {
		path := filepath.Join(dir, name)
		paths = append(paths, path)
		cmd := exec.Command(path, args...)
		cmd.Env = coldEnv
		out, err := cmd.CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("%s: %w: %s", name, err, out)
		}
		wrong[name] = string(out) != coldLine
	}
	starts, err := launch(dir, rounds, args, paths)
	for name, c := range starts {
		c.wrong = wrong[name]
	}
	return starts, err
}

// server is the cold start of the whole program, which has a server in it.
func server(dir string, rounds int) (map[string]*coldStart, error) {
	if err := goBuild(filepath.Join(dir, "coder"), "../cmd/coder", ".."); err != nil {
		return nil, err
	}
	file, err := filepath.Abs("../testdata/deployment.yaml")
	if err != nil {
		return nil, err
	}
	return launch(dir, rounds, []string{"config", "check", "-c", file}, []string{filepath.Join(dir, "coder")})
}

func build(dir string, names ...string) error {
	for _, name := range names {
		if err := goBuild(filepath.Join(dir, name), "./cold/"+name, "."); err != nil {
			return err
		}
	}
	return nil
}

// environ is the environment that the program began with. What libraries read
// replaces it.
var environ = os.Environ()

func goBuild(out, pkg, dir string) error {
	if dir != "." {
		pkg = "./" + strings.TrimPrefix(pkg, dir+"/")
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, pkg)
	cmd.Dir, cmd.Env = dir, append(slices.Clone(environ), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, text)
	}
	return nil
}

func launch(dir string, rounds int, args, paths []string) (map[string]*coldStart, error) {
	all := append([]string{strconv.Itoa(rounds)}, args...)
	cmd := exec.Command(filepath.Join(dir, "launch"), append(append(all, "--"), paths...)...)
	cmd.Env = coldEnv
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("launch: %w: %s", err, said.Bytes())
	}
	columns := map[string]*[4][]float64{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		name := filepath.Base(fields[0])
		if columns[name] == nil {
			columns[name] = new([4][]float64)
		}
		for i, f := range fields[1:] {
			n, err := strconv.ParseFloat(f, 64)
			if err != nil {
				return nil, err
			}
			columns[name][i] = append(columns[name][i], n)
		}
	}
	starts := map[string]*coldStart{}
	for name, c := range columns {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		starts[name] = &coldStart{clock: median(c[0]), processor: median(c[1]), memory: median(c[2]), faults: median(c[3]), size: info.Size()}
	}
	return starts, nil
}

func median(numbers []float64) float64 {
	slices.Sort(numbers)
	return numbers[len(numbers)/2]
}
