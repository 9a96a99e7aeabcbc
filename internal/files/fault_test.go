//go:build linux

package files_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/strataconf/strata/internal/faulttest"
)

// putProgram builds testdata/put once.
var putProgram = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "put")
	if err != nil {
		return "", err
	}
	if err := os.Chmod(dir, 0o755); err != nil { // other users run it too
		return "", err
	}
	name := filepath.Join(dir, "put")
	cmd := exec.Command("go", "build", "-o", name, "./testdata/put")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return name, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if name, err := putProgram(); err == nil {
		_ = os.RemoveAll(filepath.Dir(name))
	}
	os.Exit(code)
}

func lines(n int) string { return strings.Repeat(fmt.Sprintf("%08d\n", n), 1000) }

// A scene is a folder that the program works in, and what has to be true of it
// at the end.
type scene struct {
	how   string // of the program
	old   int    // the number in the file; 0: there is none
	mode  os.FileMode
	uid   int
	link  bool // the program is given a link
	rests bool // a killed run has left a temporary file
}

var scenes = map[string]scene{
	"a plain file":                          {how: "next", old: 7, mode: 0o600},
	"a link to another's file, with backup": {how: "backup", old: 7, mode: 0o640, uid: 65534, link: true, rests: true},
	"a new file":                            {how: "create"},
}

const leftover = ".strata-ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func (s scene) setup(dir string) error {
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o700); err != nil {
		return err
	}
	name := filepath.Join(dir, "real", "file")
	if s.rests {
		if err := os.WriteFile(filepath.Join(dir, "real", leftover), []byte("left"), 0o600); err != nil {
			return err
		}
	}
	if s.link {
		if err := os.Symlink("real/file", filepath.Join(dir, "link")); err != nil {
			return err
		}
	}
	if s.old == 0 {
		return nil
	}
	if err := os.WriteFile(name, []byte(lines(s.old)), 0o600); err != nil {
		return err
	}
	if s.uid != 0 && os.Geteuid() == 0 {
		if err := os.Chown(name, s.uid, s.uid); err != nil {
			return err
		}
	}
	return os.Chmod(name, s.mode)
}

func (s scene) name() string {
	if s.link {
		return "link"
	}
	return "real/file"
}

// judge says whether the file is whole after a run.
func (s scene) judge(r faulttest.Result) error {
	dir := filepath.Join(r.Dir, "real")
	isNew, err := s.whole(dir)
	if err != nil {
		return err
	}
	temps, backups, err := beside(dir)
	if err != nil {
		return err
	}
	if !r.Ended() {
		if temps > 2 || temps > 1 && !s.rests || backups > 1 {
			return fmt.Errorf("%d temporary files and %d backups are left", temps, backups)
		}
		return s.recovers(dir, isNew)
	}
	switch {
	case isNew != (r.Code == 0 || r.Code == 3):
		return fmt.Errorf("exit code %d, and the file is new: %t", r.Code, isNew)
	case r.Code == 3 && r.Call != "fsync":
		return fmt.Errorf("exit code 3, said %s", r.Stderr)
	case r.Code != 0 && !strings.HasPrefix(r.Stderr, s.name()+": ") || r.Code == 0 && r.Stderr != "":
		return fmt.Errorf("exit code %d, said %s", r.Code, r.Stderr)
	case isNew && s.how == "backup" && backups != 1 || !(isNew && s.how == "backup") && backups != 0:
		return fmt.Errorf("exit code %d, and there are %d backups", r.Code, backups)
	case temps > 0 && !s.rests || temps > 1:
		return fmt.Errorf("exit code %d, and %d temporary files are left", r.Code, temps)
	}
	return nil
}

// whole reports whether the file is the new one, or that it is neither.
func (s scene) whole(dir string) (isNew bool, err error) {
	name := filepath.Join(dir, "file")
	got, err := os.ReadFile(name)
	if s.old == 0 && os.IsNotExist(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return false, err
	}
	mode, uid := s.mode, uint32(s.uid)
	if s.old == 0 {
		mode = 0o600
	}
	if os.Geteuid() != 0 {
		uid = uint32(os.Geteuid())
	}
	if owner := info.Sys().(*syscall.Stat_t).Uid; info.Mode() != mode || owner != uid {
		return false, fmt.Errorf("the file has the mode %v and the owner %d", info.Mode(), owner)
	}
	switch string(got) {
	case lines(s.old + 1):
		return true, nil
	case lines(s.old):
		return false, nil
	}
	return false, fmt.Errorf("the file is neither old nor new: %d bytes", len(got))
}

// tries is how often a run after a kill may find the locks of the killed one
// still there: its last thread may end after strace does.
const tries = 20

// recovers runs the program once more: it must work and leave nothing.
func (s scene) recovers(dir string, isNew bool) error {
	program, err := putProgram()
	if err != nil {
		return err
	}
	how := s.how
	if isNew {
		how = "next"
	}
	for range tries {
		out, failed := exec.Command(program, how, filepath.Join(dir, "file")).CombinedOutput()
		if failed != nil && !strings.Contains(string(out), "being written by another process") {
			return fmt.Errorf("the next run: %w: %s", failed, out)
		}
		temps, _, wrong := beside(dir)
		if wrong != nil {
			return wrong
		}
		if failed == nil && temps == 0 {
			return nil
		}
		if failed == nil {
			how = "next"
		}
		err = fmt.Errorf("after the next run there are %d temporary files; it said %q", temps, out)
	}
	return err
}

// beside counts what the program left in a folder.
func beside(dir string) (temps, backups int, err error) {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		switch {
		case e.Name() == "file":
		case strings.HasPrefix(e.Name(), ".strata-"):
			temps++
		case e.Name() == "file.bak":
			backups++
			got, failed := os.ReadFile(filepath.Join(dir, e.Name()))
			if failed != nil || string(got) != lines(7) {
				return 0, 0, fmt.Errorf("the backup has %d bytes, error %w", len(got), failed)
			}
		default:
			return 0, 0, fmt.Errorf("there is a file %s", e.Name())
		}
	}
	return temps, backups, err
}

// TestFaults makes every system call of the writer fail in each way, and kills
// it at each. Beside the soak it is a sample: the calls that change something,
// by one error and by a kill.
func TestFaults(t *testing.T) {
	t.Parallel()
	faulttest.Need(t)
	program, err := putProgram()
	if err != nil {
		t.Fatal(err)
	}
	calls := []string{"write", "fsync", "renameat", "fchmod", "fchown", "linkat", "unlinkat"}
	faults := []string{"EIO", faulttest.Kill}
	if soak() {
		calls, faults = faulttest.Calls, append(faulttest.Errors, faulttest.Kill)
	}
	var all faulttest.Figures
	for name, s := range scenes {
		got := faulttest.Program{Args: []string{program, s.how, s.name()}, Setup: s.setup, Judge: s.judge}.Run(t, calls, faults)
		t.Logf("%s: %v", name, got)
		all.Add(got)
	}
	t.Logf("in all: %v", all)
	if all.Points < 20 {
		t.Errorf("only %d faults hit", all.Points)
	}
}

func soak() bool { return os.Getenv("STRATA_SOAK") != "" }
