package files_test

import (
	"errors"
	"syscall"
	"testing"

	"github.com/strataconf/strata/internal/files"
)

// A fault of the machine is told as one: the memory of a process can be opened
// and never be read at its beginning.
func TestFaultOfTheMachine(t *testing.T) {
	t.Parallel()
	_, err := files.Reader{}.ReadFile("/proc/self/mem")
	if refusal := (*files.Refusal)(nil); !errors.As(err, &refusal) || refusal.Reason() != "the disk reports a fault" || !errors.Is(err, syscall.EIO) {
		t.Errorf("got %v, want a refusal that tells of a fault of the disk", err)
	}
}
