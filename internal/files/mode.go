package files

import (
	"io/fs"
	"os"
)

// Mode returns who may read a file, links followed. It is 0 where the mode
// says nothing: of the standard input, and on systems with other permissions.
func (r Reader) Mode(name string) (fs.FileMode, error) {
	if !hasModes || notFile(name) {
		return 0, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	return info.Mode(), nil
}
