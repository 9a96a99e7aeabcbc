package files

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// The reasons beside those of [fs] and of the operating system for which a
// file is not written. Errors wrap them, so compare with [errors.Is].
var (
	ErrChanged = errors.New("changed since it was read")
	ErrBusy    = errors.New("being written by another process")
)

// errNowhere is what is there already where reading found no file.
var errNowhere = fmt.Errorf("a link that leads nowhere: %w", fs.ErrExist)

// A Failure says why a file was not written. It never holds content.
type Failure struct {
	// Path is the name of the file, as it was given.
	Path string
	// InPlace tells that the file has its new content all the same: only what
	// should make it survive a power failure did not work.
	InPlace bool

	step  string
	cause error
}

// What was being done when a write failed, in words before a reason.
const (
	stepFind       = "it can't be found"
	stepFolder     = "its folder can't be opened"
	stepOpen       = "it can't be opened for writing"
	stepRead       = "it can't be read"
	stepTemp       = "no file can be made beside it"
	stepWrite      = "its new content can't be written"
	stepOwner      = "its owner can't be kept"
	stepAttributes = "its access list and attributes can't be kept"
	stepMode       = "its mode can't be kept"
	stepFlush      = "its new content can't be flushed to the disk"
	stepBackup     = "no backup can be made"
	stepNew        = "it can't be made"
	stepRename     = "its new content can't take its place"
	stepFlushed    = "it has its new content, which may be lost if the power fails"
)

// Error returns the path and the reason.
func (f *Failure) Error() string {
	path := f.Path
	if strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) }) {
		path = strconv.Quote(path)
	}
	return path + ": " + f.Reason()
}

// Reason says why, without the path, in words for a message: "no file can be
// made beside it: no space left on the disk".
func (f *Failure) Reason() string {
	switch {
	case errors.Is(f.cause, ErrChanged):
		return ErrChanged.Error()
	case errors.Is(f.cause, ErrBusy):
		return ErrBusy.Error()
	case f.step == "":
		return why(f.cause)
	}
	return f.step + ": " + why(f.cause)
}

// Unwrap returns the cause: one of the reasons above, or an error of the
// operating system, whose text is not for people.
func (f *Failure) Unwrap() error { return f.cause }

// why puts an error of the operating system into words.
func why(err error) string {
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) {
		return refusal.Reason()
	}
	for _, r := range reasons {
		if errors.Is(err, r.cause) {
			return r.words
		}
	}
	return "the operating system refuses"
}

var reasons = []struct {
	cause error
	words string
}{
	{ErrNotRegular, ErrNotRegular.Error()},
	{errNowhere, "a link of that name is there, and leads to no file"},
	{errDiskFull, "no space left on the disk"},
	{syscall.EDQUOT, "the quota is used up"},
	{syscall.EFBIG, "larger than a file may be here"},
	{syscall.EROFS, "the file system is read-only"},
	{syscall.EIO, "the disk reports a fault"},
	{syscall.ESTALE, "it has gone from the server that keeps it"},
	{syscall.EMFILE, "too many open files"},
	{syscall.ENFILE, "too many open files in the system"},
	{syscall.ENOMEM, "no memory left"},
	{syscall.ELOOP, "a circle of links"},
	{syscall.ENAMETOOLONG, "the name is too long"},
	{syscall.ENOTDIR, "a part of the path is not a folder"},
	{syscall.EINTR, "interrupted"},
	{fs.ErrNotExist, "no such file or folder"},
	{fs.ErrExist, "something of that name is there already"},
	{fs.ErrPermission, "no permission"},
}

// again repeats a call that a signal has interrupted.
func again(call func() error) error {
	for {
		if err := call(); !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
