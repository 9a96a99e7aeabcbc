package files_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/strataconf/strata/internal/faulttest"
	"github.com/strataconf/strata/internal/files"
)

// asRoot skips where only the superuser can set the scene. The gate runs as
// one.
func asRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("needs root")
	}
}

// TestFullDisk writes on a file system of 64 KiB that has 20 KiB left.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	asRoot(t)
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
	name := filepath.Join(dir, "file")
	if err := errors.Join(os.WriteFile(name, []byte("old"), 0o600), os.WriteFile(filepath.Join(dir, "fill"), make([]byte, 40<<10), 0o600)); err != nil {
		t.Fatal(err)
	}
	large := bytes.Repeat([]byte("x"), 30<<10)
	_, err := files.Writer{Backup: true}.Replace(name, []byte("old"), large)
	refused(t, name, err, "its new content can't be written: no space left on the disk")
	if _, err := (files.Writer{}).Create(name+"2", large); !errors.Is(err, syscall.ENOSPC) || names(t, name) != "file fill" {
		t.Errorf("create: got error %v, files %s", err, names(t, name))
	}
	// A leftover is in the way only until the next run.
	if err := os.WriteFile(filepath.Join(dir, leftover), large[:18<<10], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (files.Writer{}).Replace(name, []byte("old"), large[:16<<10]); err != nil {
		t.Errorf("with the space of a leftover: %v", err)
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	t.Parallel()
	asRoot(t)
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, 0) })
	name := filepath.Join(dir, "file")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	_, err := put(files.Writer{}, name, "old", "new")
	refused(t, name, err, "it can't be opened for writing: the file system is read-only")
}

// TestImmutable is chattr +i on the file, and on its folder.
func TestImmutable(t *testing.T) {
	t.Parallel()
	asRoot(t)
	for _, c := range []struct{ what, flag, want string }{
		{"file", "+i", "it can't be opened for writing: no permission"},
		{"file", "+a", "it can't be opened for writing: no permission"},
		{".", "+i", "no file can be made beside it: no permission"},
		{".", "+a", "its new content can't take its place: no permission"},
	} {
		name := withMode(t, 0o600)
		at := filepath.Join(filepath.Dir(name), c.what)
		if out, err := exec.Command("chattr", c.flag, at).CombinedOutput(); err != nil {
			t.Fatalf("chattr: %v %s", err, out)
		}
		_, err := put(files.Writer{}, name, "old", "new")
		if out, err := exec.Command("chattr", "-ai", at).CombinedOutput(); err != nil {
			t.Fatalf("chattr: %v %s", err, out)
		}
		// In a folder that only grows nothing can be removed again.
		if c.what+c.flag == ".+a" {
			if got := content(t, name); got != "old" || err == nil {
				t.Errorf("in a folder that only grows: got error %v, content %q", err, got)
			}
			continue
		}
		refused(t, name, err, c.want)
	}
}

// as runs the program as another user, below a shell that sets the scene.
func as(t *testing.T, uid int, dir, script string) (string, error) {
	t.Helper()
	program, err := putProgram()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", script, "sh", program)
	cmd.Dir = dir
	if uid != 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestAnotherUser writes as a user to whom not everything belongs.
func TestAnotherUser(t *testing.T) {
	t.Parallel()
	asRoot(t)
	const user = 65534
	for _, c := range []struct {
		what            string
		dirMode, mode   os.FileMode
		dirOwner, owner int
		group           int
		want            string
	}{
		{"all is theirs", 0o755, 0o640, user, user, user, ""},
		{"a group of others", 0o755, 0o660, user, user, 4242, "its owner can't be kept: no permission"},
		{"a file of root", 0o777, 0o666, user, 0, 0, "its owner can't be kept: no permission"},
		{"a folder of root", 0o755, 0o666, 0, user, user, "no file can be made beside it: no permission"},
		{"a file that is closed", 0o777, 0o444, user, 0, 0, "it can't be opened for writing: no permission"},
		{"their own file, closed", 0o777, 0o444, user, user, user, "it can't be opened for writing: no permission"},
		{"a sticky folder", 0o777 | os.ModeSticky, 0o666, 0, user, user, ""},
		{"a folder that can't be listed", 0o333, 0o600, user, user, user, "its folder can't be opened: no permission"},
	} {
		dir, err := os.MkdirTemp("", "files")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		name := filepath.Join(dir, "file")
		if err := errors.Join(os.WriteFile(name, []byte(lines(7)), 0o600), os.Chown(name, c.owner, c.group), os.Chmod(name, c.mode),
			os.Chown(dir, c.dirOwner, c.dirOwner), os.Chmod(dir, c.dirMode)); err != nil {
			t.Fatal(err)
		}
		out, err := as(t, user, dir, `exec "$1" next file`)
		got := content(t, name)
		if c.want == "" && (err != nil || got != lines(8)) || c.want != "" && (out != "file: "+c.want+"\n" || got != lines(7)) {
			t.Errorf("%s: said %q, error %v, want %q", c.what, out, err, c.want)
		}
		if names(t, name) != "file" {
			t.Errorf("%s: the folder has %s", c.what, names(t, name))
		}
	}
}

// TestUmask shows that the mode of a file comes from the file alone, and that
// nothing is ever open to more people on the way.
func TestUmask(t *testing.T) {
	t.Parallel()
	for _, umask := range []string{"000", "022", "077", "777"} {
		for _, mode := range []os.FileMode{0o600, 0o640, 0o666} {
			dir := t.TempDir()
			name := filepath.Join(dir, "file")
			if err := errors.Join(os.WriteFile(name, []byte(lines(7)), 0o600), os.Chmod(name, mode)); err != nil {
				t.Fatal(err)
			}
			out, err := as(t, 0, dir, "umask "+umask+` && "$1" backup file && "$1" create new`)
			if err != nil || content(t, name) != lines(8) {
				t.Errorf("umask %s: said %s, error %v", umask, out, err)
			}
			for file, want := range map[string]os.FileMode{"file": mode, "file.bak": mode, "new": 0o600} {
				info, err := os.Stat(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				if got := info.Mode(); got != want && (file != "new" || got&^want != 0) {
					t.Errorf("umask %s: %s has the mode %v, want %v", umask, file, got, want)
				}
			}
		}
	}
}

func TestSizeLimit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	if err := os.WriteFile(name, []byte(lines(7)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := as(t, 0, dir, `ulimit -f 4; exec "$1" next file`)
	if want := "file: its new content can't be written: larger than a file may be here\n"; err == nil || out != want {
		t.Errorf("said %q, error %v, want %q", out, err, want)
	}
	if content(t, name) != lines(7) || names(t, name) != "file" {
		t.Errorf("the folder has %s", names(t, name))
	}
}

// TestKills kills the program at random moments: the file always has the
// lines of one number, and at most one temporary file is beside it.
func TestKills(t *testing.T) {
	t.Parallel()
	program, err := putProgram()
	if err != nil {
		t.Fatal(err)
	}
	times := 50
	if soak() {
		times = 10_000
	}
	name := write(t, lines(1))
	dir := filepath.Dir(name)
	random := rand.New(rand.NewPCG(1, 2))
	last, killed, left, violations := 1, 0, 0, 0
	for range times {
		cmd := exec.Command(program, "next", name)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(random.Int64N(int64(4*time.Millisecond))), func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		kill.Stop()
		if err != nil {
			killed++
		}
		text := content(t, name)
		first, _, _ := strings.Cut(text, "\n")
		n, wrong := strconv.Atoi(first)
		if wrong != nil || text != lines(n) || n < last || n > last+1 || err == nil && n != last+1 {
			violations++
			t.Errorf("after %d: the file has %d bytes that begin with %d, error %v", last, len(text), n, err)
		}
		last = n
		temps := strings.Count(names(t, name), ".strata-")
		if temps > 1 || err == nil && temps > 0 {
			violations++
			t.Errorf("after %d: %d temporary files, error %v", n, temps, err)
		}
		left += temps
	}
	if out, err := exec.Command(program, "next", name).CombinedOutput(); err != nil || names(t, name) != "file" {
		t.Errorf("the last run: said %s, error %v, and %s has %s", out, err, dir, names(t, name))
	}
	t.Logf("%d runs, %d killed, %d of them with a temporary file left, %d writes, %d violations", times, killed, left, last-1, violations)
	if killed == 0 {
		t.Error("no run was killed")
	}
}

const accessList = "system.posix_acl_access"

// acl makes an access list of entries: what they are for, their rights, and
// of whom.
func acl(entries ...[3]uint32) []byte {
	b := binary.LittleEndian.AppendUint32(nil, 2)
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint16(b, uint16(e[0]))
		b = binary.LittleEndian.AppendUint16(b, uint16(e[1]))
		b = binary.LittleEndian.AppendUint32(b, e[2])
	}
	return b
}

// TestAccessLists shows that a list is kept, that none is made of one that the
// folder hands down, and that other attributes are kept too.
func TestAccessLists(t *testing.T) {
	t.Parallel()
	const owner, user, group, mask, other, nobody = 1, 2, 4, 16, 32, ^uint32(0)
	// The user 12345 may read and write, the group nothing, though the mode
	// says 0660.
	list := acl([3]uint32{owner, 6, nobody}, [3]uint32{user, 6, 12345}, [3]uint32{group, 0, nobody}, [3]uint32{mask, 6, nobody}, [3]uint32{other, 0, nobody})
	for _, c := range []struct {
		what           string
		file, inFolder []byte
	}{{"of the file", list, nil}, {"of the folder", nil, list}, {"of both", acl([3]uint32{owner, 6, nobody}, [3]uint32{user, 4, 1}, [3]uint32{group, 4, nobody}, [3]uint32{mask, 4, nobody}, [3]uint32{other, 0, nobody}), list}} {
		name := withMode(t, 0o640)
		if c.inFolder != nil {
			if err := syscall.Setxattr(filepath.Dir(name), "system.posix_acl_default", c.inFolder, 0); err != nil {
				t.Skipf("this file system has no access lists: %v", err)
			}
		}
		if c.file != nil {
			if err := syscall.Setxattr(name, accessList, c.file, 0); err != nil {
				t.Skipf("this file system has no access lists: %v", err)
			}
		}
		if err := syscall.Setxattr(name, "user.note", []byte("kept"), 0); err != nil {
			t.Fatal(err)
		}
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := put(files.Writer{}, name, "old", "new"); err != nil {
			t.Fatal(err)
		}
		after, err := os.Stat(name)
		if err != nil || after.Mode() != before.Mode() || content(t, name) != "new" {
			t.Errorf("list %s: got mode %v, want %v, error %v", c.what, after.Mode(), before.Mode(), err)
		}
		for attribute, want := range map[string]string{accessList: string(c.file), "user.note": "kept"} {
			buf := make([]byte, 1024)
			n, err := syscall.Getxattr(name, attribute, buf)
			if want == "" && !errors.Is(err, syscall.ENODATA) || want != "" && (err != nil || string(buf[:n]) != want) {
				t.Errorf("list %s: %s is %q, error %v, want %q", c.what, attribute, buf[:max(n, 0)], err, want)
			}
		}
	}
}

// TestOrderOfCalls watches what has to come before what for the file to
// survive a power failure.
func TestOrderOfCalls(t *testing.T) {
	t.Parallel()
	faulttest.Need(t)
	program, err := putProgram()
	if err != nil {
		t.Fatal(err)
	}
	name := write(t, lines(7))
	log := filepath.Join(t.TempDir(), "log")
	cmd := exec.Command("strace", "-f", "-y", "-qq", "-o", log, "-e", "trace=write,fsync,renameat,openat", program, "next", name)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	trace := content(t, log)
	dir, at := filepath.Dir(name), 0
	for _, call := range []string{"O_RDWR|O_CREAT|O_EXCL|O_NOFOLLOW|O_CLOEXEC, 0600", `write(`, "fsync(", "renameat(", "fsync("} {
		n := strings.Index(trace[at:], call)
		if n < 0 {
			t.Fatalf("no %s behind the %d-th byte of\n%s", call, at, trace)
		}
		at += n + len(call)
	}
	if end := trace[at:]; !strings.Contains(strings.SplitN(end, "\n", 2)[0], "<"+dir+">") {
		t.Errorf("the last flush is not that of the folder:\n%s", trace)
	}
	if n := strings.Count(trace, "O_CREAT"); n != 1 {
		t.Errorf("%d files were made:\n%s", n, trace)
	}
}
