// Package files reads and writes the small files that a configuration is made
// of.
//
// A [Reader] never reads more of them than a limit, and nothing that is not a
// regular file, since a device, a pipe or a socket may block for ever or never
// end. A [Writer] replaces them whole: after any fault or crash a file has its
// old content or its new one.
package files

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"syscall"
)

// DefaultLimit is how many bytes a file may have: 1 MiB.
const DefaultLimit = 1 << 20

// The reasons beside those of [fs] for which a file is not read. Errors wrap
// them, so compare with [errors.Is].
var (
	ErrNotRegular = errors.New("not a regular file")
	ErrTooLarge   = errors.New("too large")
)

// A Refusal says why a file was not read. It names no path, because a secret
// may stand where a path is expected.
type Refusal struct {
	cause  error
	reason string
}

// Error returns the reason.
func (r *Refusal) Error() string { return r.reason }

// Reason says why, in words for a message: "not a regular file".
func (r *Refusal) Reason() string { return r.reason }

// Unwrap returns [ErrNotRegular], [ErrTooLarge] or an error of the operating
// system, whose text is not for people.
func (r *Refusal) Unwrap() error { return r.cause }

// A Reader reads files. The zero Reader has the [DefaultLimit] and an empty
// standard input.
type Reader struct {
	// Limit is how many bytes a file may have; 0 is [DefaultLimit].
	Limit int
	// Stdin is what the names "-" and "/dev/stdin" read; nil is empty.
	Stdin io.Reader
}

// ReadFile returns the content of a regular file, links followed. The names
// "-" and "/dev/stdin" mean the standard input, and the null device is empty.
// Anything else is refused without waiting for it. The error is a [*Refusal]
// or one of the operating system.
func (r Reader) ReadFile(name string) ([]byte, error) {
	switch name {
	case "-", "/dev/stdin":
		if r.Stdin == nil {
			return nil, nil
		}
		return r.read(r.Stdin, 0)
	case os.DevNull:
		return nil, nil
	}
	b, err := r.readFile(name)
	// Where a volume of Kubernetes is renewed, the folder that its links led
	// to goes while we are on the way. The links lead to the next one by then.
	for tries := 2; tries > 0 && errors.Is(err, fs.ErrNotExist) && isLink(name); tries-- {
		b, err = r.readFile(name)
	}
	return b, err
}

// isLink reports whether a name is that of a link, wherever it leads.
func isLink(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

func (r Reader) readFile(name string) ([]byte, error) {
	// A look before the open, for opening a device may already do something.
	if info, err := os.Stat(name); err != nil {
		return nil, scarce(err)
	} else if err := regular(info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDONLY|nonblock, 0)
	if err != nil {
		return nil, scarce(err)
	}
	defer f.Close()
	// And one after it, for the name may mean another file by now.
	info, err := f.Stat()
	if err != nil {
		return nil, scarce(err)
	}
	if err := regular(info); err != nil {
		return nil, err
	}
	if info.Size() > int64(r.limit()) {
		return nil, r.tooLarge()
	}
	return r.read(f, int(info.Size()))
}

func (r Reader) limit() int {
	if r.Limit > 0 {
		return r.Limit
	}
	return DefaultLimit
}

// read takes one byte more than allowed, since a size is only a promise: files
// grow, and those of /proc say that they are empty.
func (r Reader) read(from io.Reader, size int) ([]byte, error) {
	most := r.limit()
	buf := make([]byte, 0, min(max(size, 511)+1, most+1))
	for {
		n, err := from.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case len(buf) > most:
			return nil, r.tooLarge()
		case errors.Is(err, io.EOF):
			return buf, nil
		case err != nil:
			return nil, scarce(err)
		case len(buf) == cap(buf):
			more := make([]byte, len(buf), min(2*cap(buf), most+1))
			copy(more, buf)
			buf = more
		}
	}
}

// scarce puts a reason into words that lies in the machine and not in the
// name, so that nobody looks for a mistake of theirs.
func scarce(err error) error {
	for _, no := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.EIO, syscall.ESTALE} {
		if errors.Is(err, no) {
			return &Refusal{cause: err, reason: why(err)}
		}
	}
	return err
}

func (r Reader) tooLarge() error {
	return &Refusal{cause: ErrTooLarge, reason: "larger than " + size(r.limit())}
}

func regular(info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return &Refusal{cause: ErrNotRegular, reason: "a directory, not a regular file"}
	}
	return &Refusal{cause: ErrNotRegular, reason: "not a regular file"}
}

func size(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return strconv.Itoa(n>>20) + " MiB"
	case n >= 1<<10 && n%(1<<10) == 0:
		return strconv.Itoa(n>>10) + " KiB"
	}
	return strconv.Itoa(n) + " bytes"
}
