package work

import (
	"os"
	"path/filepath"
	"strings"
)

// Enter writes the file of an input into dir and makes the environment of this
// process that of the input, for libraries that read the environment of their
// process and no other.
func (in *Input) Enter(dir string) error {
	in.Name = filepath.Join(dir, "bench.yaml")
	if err := os.WriteFile(in.Name, []byte(in.File), 0o600); err != nil {
		return err
	}
	os.Clearenv()
	for _, entry := range in.Environ {
		name, text, _ := strings.Cut(entry, "=")
		if err := os.Setenv(name, text); err != nil {
			return err
		}
	}
	return nil
}
