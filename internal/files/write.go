package files

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// A Writer replaces the files of a user. Whoever looks at the name sees the
// old content or the new one, whole, at every moment and after a crash. The
// zero Writer keeps no backup.
type Writer struct {
	// Backup keeps the old file under its name and ".bak", or ".bak.1" and so
	// on: never over a file that is there.
	Backup bool
}

// Written tells what became of a file.
type Written struct {
	// Path is the file that was written: behind the links, if the name is one.
	Path string
	// Backup is the path of the old file; empty without [Writer.Backup].
	Backup string
	// OtherNames is how many more names the old file has. These are hard
	// links, and still show the old content.
	OtherNames int
}

// Replace gives a file new content, if it still has the old one: what was read
// before the new content was thought out. Links are followed, and mode and
// owner stay. A file that may not be written is not replaced, though its
// folder would allow it. Content that is equal is not written.
//
// The error is a [*Failure]. The file then is as it was, and there is nothing
// beside it that was not there, except where [Failure.InPlace] says so.
func (w Writer) Replace(name string, old, data []byte) (Written, error) {
	done := Written{Path: name}
	fail := func(step string, err error) (Written, error) {
		return done, &Failure{Path: name, step: step, cause: err}
	}
	path, err := behindLinks(name)
	if err != nil {
		return fail(stepFind, err)
	}
	done.Path = path
	d, err := openFolder(filepath.Dir(path))
	if err != nil {
		return fail(stepFolder, err)
	}
	defer d.close()
	base := filepath.Base(path)
	target, info, err := d.openTarget(base)
	if err != nil {
		return fail(stepOpen, err)
	}
	defer release(target)
	if lock(target) == lockBusy {
		return fail("", ErrBusy)
	}
	// Another one of us may have put a new file there before we got the lock.
	if err := d.same(base, info); err != nil {
		return fail(stepRead, err)
	}
	if err := holds(target, old); err != nil {
		return fail(stepRead, err)
	}
	if bytes.Equal(old, data) {
		return done, nil
	}
	done.OtherNames = otherNames(info)

	t, step, err := d.prepare(data, target, info)
	if err != nil {
		return fail(step, err)
	}
	defer t.close()
	if w.Backup {
		kept, err := d.backUp(base, info)
		if err != nil {
			_ = t.remove()
			return fail(stepBackup, err)
		}
		done.Backup = filepath.Join(filepath.Dir(path), kept)
	}
	undo := func() {
		_ = t.remove()
		if done.Backup != "" {
			_ = d.remove(filepath.Base(done.Backup))
			done.Backup = ""
		}
	}
	// The last look comes as late as it can: what others write from here on,
	// which takes microseconds, is lost.
	if err := d.unchanged(base, info, old); err != nil {
		undo()
		return fail(stepRead, err)
	}
	if err := t.rename(base, target); err != nil {
		undo()
		return fail(stepRename, err)
	}
	if err := d.sync(); err != nil {
		return done, &Failure{Path: name, InPlace: true, step: stepFlushed, cause: err}
	}
	return done, nil
}

// Create makes a new file that only its owner can read. The error is a
// [*Failure]; it wraps [fs.ErrExist] if there is something of that name, even
// a link that leads nowhere.
func (w Writer) Create(name string, data []byte) (Written, error) {
	done := Written{Path: name}
	fail := func(step string, err error) (Written, error) {
		return done, &Failure{Path: name, step: step, cause: err}
	}
	if notFile(name) {
		return fail("", ErrNotRegular)
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return fail(stepFolder, err)
	}
	d, err := openFolder(dir)
	if err != nil {
		return fail(stepFolder, err)
	}
	defer d.close()
	base := filepath.Base(name)
	done.Path = filepath.Join(dir, base)
	if info, err := d.root.Lstat(base); !errors.Is(err, fs.ErrNotExist) {
		switch {
		case err == nil && info.Mode()&fs.ModeSymlink != 0:
			err = errNowhere
		case err == nil:
			err = fs.ErrExist
		}
		return fail(stepNew, err)
	}
	t, step, err := d.prepare(data, nil, nil)
	if err != nil {
		return fail(step, err)
	}
	defer t.close()
	if err := t.link(base); err != nil {
		_ = t.remove()
		return fail(stepNew, err)
	}
	if err := d.sync(); err != nil {
		return done, &Failure{Path: name, InPlace: true, step: stepFlushed, cause: err}
	}
	return done, nil
}

// behindLinks is the path of the file that a name means.
func behindLinks(name string) (string, error) {
	if notFile(name) {
		return "", ErrNotRegular
	}
	return filepath.EvalSymlinks(name)
}

// notFile reports whether [Reader.ReadFile] takes a name for something else
// than a file.
func notFile(name string) bool {
	return name == "" || name == "-" || name == "/dev/stdin" || name == os.DevNull
}

// holds reports an error unless a file has that content and no more.
func holds(f *os.File, content []byte) error {
	got, err := io.ReadAll(io.LimitReader(f, int64(len(content))+1))
	if err == nil && !bytes.Equal(got, content) {
		err = ErrChanged
	}
	return err
}

// unchanged reports an error unless a name still means the file of which info
// tells, with that content.
func (d *folder) unchanged(base string, info fs.FileInfo, content []byte) error {
	f, now, err := d.open(base, os.O_RDONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	if !os.SameFile(now, info) {
		return ErrChanged
	}
	return holds(f, content)
}

// backUp gives the file a second name. It needs no copy: the file itself stays
// under this name once the new one has taken its own. A killed run may have
// come as far already.
func (d *folder) backUp(base string, info fs.FileInfo) (string, error) {
	for n := range 1000 {
		name := base + ".bak"
		if n > 0 {
			name += "." + strconv.Itoa(n)
		}
		err := again(func() error { return d.root.Link(base, name) })
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
		if d.same(name, info) == nil {
			return name, nil
		}
	}
	return "", fs.ErrExist
}
