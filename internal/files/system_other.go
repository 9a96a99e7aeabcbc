//go:build !unix

package files

import (
	"io/fs"
	"os"
	"syscall"
)

// nonblock has no meaning here: an open does not wait.
const nonblock = 0

// errDiskFull is ERROR_DISK_FULL of Windows.
const errDiskFull = syscall.Errno(112)

// keepOwner leaves the owner to the folder, which hands its rights down.
func keepOwner(*os.File, fs.FileInfo, fs.FileInfo) error { return nil }

func otherNames(fs.FileInfo) int { return 0 }

// flushFolder has nothing to do: the journal of the file system keeps names.
func flushFolder(*os.File) error { return nil }

// beforeRename closes both files, since open ones can't be renamed or replaced.
func beforeRename(open ...*os.File) {
	for _, f := range open {
		_ = f.Close()
	}
}

// hasModes tells that a mode says who may read a file; access lists do here.
const hasModes = false
