package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// hardships is every hardship that the machine lets us make.
func hardships(t *testing.T) []hardship {
	t.Helper()
	all := []hardship{
		{name: "no HOME", env: []string{"HOME"}, want: fine},
		{name: "no HOME and no folder for the state", env: []string{"HOME", "CODER_CONFIG_DIR"}, want: fails},
		{name: "HOME is missing", env: []string{"HOME=/nowhere/at/all", "CODER_CONFIG_DIR"}, want: fails},
		{name: "HOME is a file", env: []string{"HOME={}/work/coder.yaml", "CODER_CONFIG_DIR"}, want: fails},
		{name: "HOME is no text", env: []string{"HOME={}/home/\xff\x1b[2J"}, want: fine},
		{name: "the folder of the state is no text", env: []string{"CODER_CONFIG_DIR=/proc/\xff\x1b[2J"}, want: fails},
		{name: "HOME is relative", env: []string{"HOME=.", "CODER_CONFIG_DIR={}/state"}, want: fine},
		{name: "TMPDIR is missing", env: []string{"TMPDIR=/nowhere/at/all"}, want: fails},
		{name: "nothing but a command", env: []string{"HOME", "PATH", "CODER_CONFIG_DIR", "CODER_HTTP_ADDRESS"}, want: fails},
		{name: "the folder is gone", wrap: []string{"sh", "-c", `d=$(mktemp -d) && cd "$d" && rmdir "$d" && exec "$@"`, "sh"}, want: fails},
		{name: "LANG=C", env: []string{"LANG=C"}, want: fine},
		{name: "LC_ALL=C", env: []string{"LC_ALL=C", "LANG=de_DE.UTF-8"}, want: fine},
		{name: "LANG is nonsense", env: []string{"LANG=\xff\xfe", "LC_ALL=" + strings.Repeat("x", 4096)}, want: fine},
		{name: "TERM=dumb", env: []string{"TERM=dumb"}, want: same},
		{name: "COLUMNS=0", env: []string{"COLUMNS=0"}, want: same},
		{name: "COLUMNS=1", env: []string{"COLUMNS=1"}, want: fine},
		{name: "COLUMNS is huge", env: []string{"COLUMNS=9223372036854775807"}, want: fine},
		{name: "COLUMNS is beyond numbers", env: []string{"COLUMNS=99999999999999999999"}, want: same},
		{name: "TZ is nonsense", env: []string{"TZ=/nowhere"}, want: fine},
		{name: "10,000 unrelated variables", env: many("OTHER_%d=%d", 10_000), want: same},
		{name: "10,000 variables of our prefix", env: many("CODER_NOTHING_%d=%d", 10_000), want: fails},
		{name: "an unrelated variable of 128 KiB", env: []string{"OTHER=" + long('x')}, want: same},
		{name: "a variable of 128 KiB of our prefix", env: []string{"CODER_NOTHING=" + long('x')}, want: fails},
		{name: "a number of 128 KiB", env: []string{"CODER_API_RATE_LIMIT=" + long('9')}, want: fails},
		{name: "a list of 128 KiB", env: []string{"CODER_PROXY_TRUSTED_HEADERS=" + long(',')}, want: fails},
		{name: "a structure of 128 KiB", env: []string{"CODER_SUPPORT_LINKS=" + long('[')}, want: fails},
		{name: "a pattern of 128 KiB", env: []string{"CODER_LOG_FILTER=" + long('(')}, want: fails},
		{name: "variables that are no text", env: []string{"CODER_TLS_ADDRESS=\xff\x1b", "CODER_\xff\x1b=1", "\xff=\xff"}, want: fails},
		{name: "an argument that is no text", args: []string{"\xff\xfe\x1b[2J"}, want: wrong},
		{name: "a flag that is no text", args: []string{"--\xff\x1b[2J"}, want: wrong},
		{name: "a flag with a value that is no text", args: []string{"--tls-address=\xff\x1b[2J"}, want: wrong},
		{name: "a file whose name is no text", args: []string{"--config=\xff\x1b[2J.yaml"}, want: free},
		{name: "an argument of 128 KiB", args: []string{long('x')}, want: wrong},
		{name: "a flag of 128 KiB", args: []string{"--" + long('-')[2:]}, want: wrong},
		{name: "standard input is a terminal", stdin: func(t *testing.T) *os.File { return terminal(t, 80, 24) }, want: fine},
		{name: "standard input is a pipe at its end", stdin: endedPipe, want: same},
		{name: "standard input is a socket at its end", stdin: endedSocket, want: same},
		{name: "standard input is a folder", stdin: opened(".", os.O_RDONLY), want: fails},
		{name: "standard input is only to be written", stdin: opened(os.DevNull, os.O_WRONLY), want: fails},
		{name: "standard input never ends", stdin: opened("/dev/zero", os.O_RDONLY), want: fails},
		{name: "standard output is full", stdout: opened("/dev/full", os.O_WRONLY), want: mute},
		{name: "standard output has no reader", stdout: widowed, want: mute, alone: true},
		{name: "standard output is only to be read", stdout: opened(os.DevNull, os.O_RDONLY), want: mute},
		{name: "standard error is full", stderr: opened("/dev/full", os.O_WRONLY), want: same},
		{name: "standard error has no reader", stderr: widowed, want: fine, alone: true},
		{name: "both outputs are full", stdout: opened("/dev/full", os.O_WRONLY), stderr: opened("/dev/full", os.O_WRONLY), want: mute},
		{name: "files may have no byte", wrap: []string{"prlimit", "--fsize=0"}, want: fails},
		{name: "no stack to speak of", wrap: []string{"prlimit", "--stack=65536"}, want: fine},
		{name: "signals are ignored", wrap: []string{"sh", "-c", `trap '' INT HUP QUIT PIPE USR1 USR2; exec "$@"`, "sh"}, want: same},
		{name: "the lowest priority", wrap: []string{"nice", "-n", "19"}, want: same},
	}
	for bits := range 8 {
		all = append(all, closedStreams(bits))
	}
	for _, size := range [][2]uint16{{0, 0}, {1, 1}, {2, 1}, {7, 3}, {20, 5}, {math.MaxUint16, 1}} {
		all = append(all, hardship{
			name: fmt.Sprintf("a terminal of %d columns", size[0]), env: []string{"TERM=xterm"}, want: fine,
			stdout: func(t *testing.T) *os.File { return terminal(t, size[0], size[1]) },
		})
	}
	for n := 3; n <= 24; n++ {
		all = append(all, hardship{name: fmt.Sprintf("%d files at most", n), wrap: []string{"prlimit", fmt.Sprintf("--nofile=%d", n)}, want: torn})
	}
	for _, mib := range []int{8, 32, 64, 128, 256, 512, 1024} {
		all = append(all, hardship{name: fmt.Sprintf("%d MiB of addresses", mib), wrap: []string{"prlimit", fmt.Sprintf("--as=%d", mib<<20)}, want: torn})
	}
	for _, n := range []int{1, 2, 3, 4, 5, 8, 12, 20, 40} {
		if exec.Command("strace", "-qq", "-o", os.DevNull, "true").Run() != nil {
			break // the other tests that need it say so
		}
		all = append(all, hardship{name: fmt.Sprintf("no memory at the %d. call for some", n), wrap: injecting(fmt.Sprintf("mmap:error=ENOMEM:when=%d", n)), want: torn})
	}
	return append(all, privileged(t)...)
}

// privileged are the hardships that only root can make.
func privileged(t *testing.T) []hardship {
	t.Helper()
	if os.Getuid() != 0 || exec.Command("unshare", "-m", "true").Run() != nil {
		return nil
	}
	nobody := []string{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"}
	under := func(script string) []string {
		return []string{"unshare", "-m", "sh", "-c", script + ` && exec "$@"`, "sh"}
	}
	const small = `mount -t tmpfs -o size=4k none "{}/state" && mount -t tmpfs -o size=4k none "{}/home" && head -c 4096 /dev/zero >{}/home/full && head -c 4096 /dev/zero >{}/state/full`
	return []hardship{
		{name: "all is somebody else's", wrap: nobody, want: fails},
		{name: "HOME is somebody else's", wrap: nobody, env: []string{"CODER_CONFIG_DIR"}, want: fails},
		{
			name: "no /tmp", want: fails, env: []string{"HOME=/mnt/home", "CODER_CONFIG_DIR=/mnt/state"}, wrap: []string{
				"unshare", "-m", "sh", "-c",
				`mount --bind {} /mnt && mount --bind "${1%/*}" /srv && mount -t tmpfs -o ro none /tmp && cd /mnt/work && shift && exec /srv/coder "$@"`, "sh",
			},
		},
		{name: "the disk is full", wrap: under(small), want: fails},
		{name: "the file system is read-only", wrap: under(`mount --bind "{}" "{}" && mount -o remount,bind,ro "{}" && cd "{}/work"`), want: fails},
		{name: "no /proc", wrap: under("mount -t tmpfs none /proc"), want: fails},
		{name: "no /dev", wrap: under("mount -t tmpfs none /dev"), want: fails},
		{name: "no network", wrap: []string{"unshare", "-n"}, want: fails},
		{name: "a clock that began a day ago", wrap: []string{"unshare", "--time", "--monotonic=86400", "--boottime=86400"}, want: same},
		{name: "a clock that began ten years ago", wrap: []string{"unshare", "--time", "--monotonic=315360000", "--boottime=315360000"}, want: same},
	}
}

// many are variables with numbers.
func many(format string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(format, i, i)
	}
	return out
}

// long is as much as the system takes in one string, with the longest name
// here in front.
func long(c byte) string { return strings.Repeat(string(c), 128<<10-40) }

// closedStreams closes those of the bits: 1, 2 and 4. Some commands give their
// verdict by the exit code alone then, others say that nothing can be printed.
func closedStreams(bits int) hardship {
	h := hardship{want: fails}
	var closed, how []string
	for i, name := range []string{"standard input", "standard output", "standard error"} {
		if bits&(1<<i) != 0 {
			closed, how = append(closed, name), append(how, []string{"<&-", ">&-", "2>&-"}[i])
		}
	}
	h.name = "closed: " + strings.Join(closed, ", ")
	h.wrap = []string{"sh", "-c", `exec "$@" ` + strings.Join(how, " "), "sh"}
	return h
}

// injecting makes a system call of each thread fail. The tracer is no parent
// of the program, so that signals arrive.
func injecting(what string) []string {
	call, _, _ := strings.Cut(what, ":")
	return []string{"strace", "-D", "-f", "-qq", "-o", os.DevNull, "-e", "trace=" + call, "-e", "inject=" + what, "--"}
}

func opened(name string, flags int) func(*testing.T) *os.File {
	return func(t *testing.T) *os.File {
		t.Helper()
		f, err := os.OpenFile(name, flags, 0)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
}

// endedPipe has no writer any more.
func endedPipe(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	return r
}

// widowed has no reader any more.
func widowed(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	return w
}

func endedSocket(t *testing.T) *os.File {
	t.Helper()
	pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	_ = syscall.Close(pair[1])
	return os.NewFile(uintptr(pair[0]), "socket")
}

// terminal is one of a size, at which nobody types but the end of the input.
func terminal(t *testing.T, columns, rows uint16) *os.File {
	t.Helper()
	keeper, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	call := func(request uintptr, argument unsafe.Pointer) {
		t.Helper()
		if _, _, no := syscall.Syscall(syscall.SYS_IOCTL, keeper.Fd(), request, uintptr(argument)); no != 0 {
			t.Fatal(no)
		}
	}
	var unlocked, number int32
	call(syscall.TIOCSPTLCK, unsafe.Pointer(&unlocked))
	call(syscall.TIOCGPTN, unsafe.Pointer(&number))
	size := [4]uint16{rows, columns}
	call(syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	f, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keeper.Write([]byte{4}); err != nil { // the end of the input
		t.Fatal(err)
	}
	go func() { // so that nobody waits for a reader
		b := make([]byte, 4096)
		for err := error(nil); err == nil; _, err = keeper.Read(b) {
		}
		_ = keeper.Close()
	}()
	return f
}
