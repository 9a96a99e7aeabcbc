package files

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A folder is where a file stands. It is held open, so that all steps happen
// in the same one, whatever becomes of its name.
type folder struct {
	root   *os.Root
	handle *os.File // the same folder, to list and to flush
}

func openFolder(dir string) (*folder, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	handle, err := root.Open(".")
	if err != nil {
		_ = root.Close()
		return nil, err
	}
	return &folder{root, handle}, nil
}

func (d *folder) close() {
	_ = d.handle.Close()
	_ = d.root.Close()
}

// open opens what is a regular file and no link, without waiting.
func (d *folder) open(base string, flag int) (*os.File, fs.FileInfo, error) {
	info, err := d.root.Lstat(base)
	if err != nil {
		return nil, nil, err
	}
	if err := regular(info); err != nil {
		return nil, nil, err
	}
	f, err := d.root.OpenFile(base, flag|nonblock, 0)
	if err != nil {
		return nil, nil, err
	}
	opened, err := f.Stat()
	if err == nil && !os.SameFile(info, opened) {
		err = ErrChanged
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, opened, nil
}

// openTarget opens the file to replace as if to write into it: who may not do
// that may not replace it either.
func (d *folder) openTarget(base string) (*os.File, fs.FileInfo, error) {
	return d.open(base, os.O_RDWR)
}

// same reports an error unless a name means the file of which info tells.
func (d *folder) same(base string, info fs.FileInfo) error {
	now, err := d.root.Lstat(base)
	if err == nil && !os.SameFile(now, info) {
		err = ErrChanged
	}
	return err
}

// remove tries twice, since what it leaves stays until another run.
func (d *folder) remove(base string) error {
	err := d.root.Remove(base)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = d.root.Remove(base)
	}
	return err
}

// sync makes what happened to the names of a folder survive a power failure.
func (d *folder) sync() error { return flushFolder(d.handle) }

// tempPrefix begins the names of our temporary files; 26 random letters and
// digits follow.
const tempPrefix = ".strata-"

func isTemp(name string) bool {
	rest, ours := strings.CutPrefix(name, tempPrefix)
	return ours && len(rest) == 26 && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// A temp is a file that no one uses yet. Its owner holds a lock on it, which
// ends with the process: what has none is left over from a killed run.
type temp struct {
	*os.File
	in   *folder
	name string
	info fs.FileInfo
}

// prepare makes a temporary file with the content and all other traits that
// the file which it will replace has; like is nil for one that replaces none.
// The step is what could not be done.
func (d *folder) prepare(data []byte, like *os.File, info fs.FileInfo) (*temp, string, error) {
	d.sweep()
	t, err := d.temp()
	if err != nil {
		return nil, stepTemp, err
	}
	if step, err := t.fill(data, like, info); err != nil {
		_ = t.remove()
		t.close()
		return nil, step, err
	}
	return t, "", nil
}

func (t *temp) fill(data []byte, like *os.File, info fs.FileInfo) (step string, err error) {
	if _, err := t.Write(data); err != nil {
		return stepWrite, err
	}
	if like != nil {
		// The owner first: a mode is meant for the owner and the group that it
		// came with, and changing these drops bits of it.
		if err := keepOwner(t.File, t.info, info); err != nil {
			return stepOwner, err
		}
		if err := keepAttributes(t.File, like); err != nil {
			return stepAttributes, err
		}
		const kept = fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky
		if t.info.Mode()&kept != info.Mode()&kept {
			if err := t.Chmod(info.Mode() & kept); err != nil {
				return stepMode, err
			}
		}
	}
	return stepFlush, t.Sync()
}

// temp makes an empty temporary file.
func (d *folder) temp() (*temp, error) {
	for range 10 {
		name := tempPrefix + rand.Text()
		f, err := d.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		t := &temp{File: f, in: d, name: name}
		// Between the last two calls the file had no lock, and another run may
		// have taken it for a leftover.
		if lock(f) != lockBusy {
			if t.info, err = f.Stat(); err == nil {
				err = d.same(name, t.info)
			}
			if err == nil {
				return t, nil
			}
		}
		_ = t.remove()
		t.close()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, ErrBusy
}

// Sweep removes what killed runs have left beside a file. [Writer.Replace] and
// [Writer.Create] do so themselves; it is for those who find nothing to write.
func Sweep(name string) {
	path, err := behindLinks(name)
	if err != nil {
		return
	}
	d, err := openFolder(filepath.Dir(path))
	if err != nil {
		return
	}
	defer d.close()
	d.sweep()
}

// sweep removes temporary files that killed runs have left. It is a courtesy:
// what fails is left to the next run.
func (d *folder) sweep() {
	names, _ := d.handle.Readdirnames(-1)
	for _, name := range names {
		if !isTemp(name) {
			continue
		}
		f, info, err := d.open(name, os.O_RDONLY)
		if err != nil {
			continue
		}
		left := false
		switch lock(f) {
		case lockHeld:
			left = true
		case lockBusy:
			// With two names it is in its place already, and may be what this
			// very run has a lock on.
			left = otherNames(info) > 0
		case lockUnknown:
			at, err := d.root.Stat(".")
			left = err == nil && at.ModTime().Sub(info.ModTime()) > leftoverAge
		}
		if left {
			_ = d.root.Remove(name)
		}
		release(f)
	}
}

// leftoverAge is for systems without locks: no write takes an hour. It is
// measured against the last change of the folder.
const leftoverAge = time.Hour

// rename puts the file where it belongs, in the place of the one there, which
// may be open.
func (t *temp) rename(base string, there *os.File) error {
	beforeRename(t.File, there)
	err := again(func() error { return t.in.root.Rename(t.name, base) })
	// A file server may have done it, and lost only its answer.
	if err != nil && t.in.same(base, t.info) == nil {
		return nil
	}
	return err
}

// link puts the file where it belongs, if nothing is there.
func (t *temp) link(base string) error {
	err := again(func() error { return t.in.root.Link(t.name, base) })
	switch {
	case errors.Is(err, fs.ErrExist) && t.in.same(base, t.info) == nil, err == nil:
		_ = t.remove()
		return nil
	case errors.Is(err, fs.ErrExist):
		return err
	}
	// Not every file system has hard links. Then a file that others make now
	// is lost, which takes them a microsecond's luck.
	if _, err := t.in.root.Lstat(base); err == nil {
		return fs.ErrExist
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return t.rename(base, nil)
}

func (t *temp) remove() error { return t.in.remove(t.name) }

// close ignores the error: the content was flushed, or is thrown away.
func (t *temp) close() { release(t.File) }

func release(f *os.File) {
	unlock(f)
	_ = f.Close()
}
