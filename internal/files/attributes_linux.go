package files

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// accessList is the attribute in which Linux keeps an access list. A file with
// one has its mask where the mode has the rights of the group, so a mode that
// is kept without the list would give these to the whole group.
const accessList = "system.posix_acl_access"

// mostAttribute is how much Linux lets an attribute, or a list of names, have.
const mostAttribute = 64 << 10

// keepAttributes gives a file the access list and the attributes of another,
// and takes away a list that its folder handed down.
func keepAttributes(to, from *os.File) error {
	wanted, err := attributes(from)
	if err != nil {
		return err
	}
	buf := make([]byte, mostAttribute)
	for _, name := range wanted {
		var n int
		if err := again(func() (err error) { n, err = syscall.Getxattr(byDescriptor(from), name, buf); return err }); errors.Is(err, syscall.ENODATA) {
			continue
		} else if err != nil {
			return err
		}
		err := again(func() error { return syscall.Setxattr(byDescriptor(to), name, buf[:n], 0) })
		if err != nil && name != labelOfSELinux { // policy may give the new file its own
			return err
		}
	}
	has, err := attributes(to)
	if err != nil || !slices.Contains(has, accessList) || slices.Contains(wanted, accessList) {
		return err
	}
	return again(func() error { return syscall.Removexattr(byDescriptor(to), accessList) })
}

const labelOfSELinux = "security.selinux"

// attributes lists those that a user may want to keep; the others belong to
// the system. None is what a file system without attributes has.
func attributes(f *os.File) ([]string, error) {
	buf := make([]byte, mostAttribute)
	var n int
	err := again(func() (err error) { n, err = syscall.Listxattr(byDescriptor(f), buf); return err })
	if errors.Is(err, syscall.ENOTSUP) || errors.Is(err, syscall.ENOSYS) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []string
	for name := range bytes.SplitSeq(buf[:n], []byte{0}) {
		if s := string(name); strings.HasPrefix(s, "user.") || s == accessList || s == labelOfSELinux {
			out = append(out, s)
		}
	}
	return out, nil
}

// byDescriptor names an open file so that no other can take its place. Where
// /proc is missing it is the path.
func byDescriptor(f *os.File) string {
	name := "/proc/self/fd/" + strconv.Itoa(int(f.Fd()))
	if _, err := os.Lstat(name); err != nil {
		return f.Name()
	}
	return name
}
