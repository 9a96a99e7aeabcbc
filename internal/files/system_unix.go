//go:build unix

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// nonblock keeps the open of a FIFO without a writer from waiting for one.
const nonblock = syscall.O_NONBLOCK

const errDiskFull = syscall.ENOSPC

// keepOwner gives a file the owner and the group of another. Only what differs
// is changed, since few may change anything.
func keepOwner(f *os.File, has, wants fs.FileInfo) error {
	from, ok := has.Sys().(*syscall.Stat_t)
	to, too := wants.Sys().(*syscall.Stat_t)
	if !ok || !too {
		return syscall.ENOTSUP
	}
	uid, gid := -1, -1
	if from.Uid != to.Uid {
		uid = int(to.Uid)
	}
	if from.Gid != to.Gid {
		gid = int(to.Gid)
	}
	if uid == -1 && gid == -1 {
		return nil
	}
	return f.Chown(uid, gid)
}

// otherNames is how many hard links a file has beside the one name.
func otherNames(info fs.FileInfo) int {
	if s, ok := info.Sys().(*syscall.Stat_t); ok && s.Nlink > 1 {
		return int(s.Nlink) - 1
	}
	return 0
}

// flushFolder has no say where folders can't be flushed.
func flushFolder(dir *os.File) error {
	err := dir.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil
	}
	return err
}

// beforeRename has nothing to do: the locks are kept until the new file has its
// place.
func beforeRename(...*os.File) {}

// hasModes tells that a mode says who may read a file.
const hasModes = true
