// Command supply tells what a release of coder is made of, and packs it.
//
//	supply dependencies                         docs/dependencies.md
//	supply notices BINARY                       the licences that go with it
//	supply sbom VERSION BINARY                  its parts as CycloneDX
//	supply size BINARY                          what its bytes are; it needs its symbols
//	supply weigh BINARY                         what it weighs; refuses one that has grown
//	supply pack SECONDS FOLDER FILE             FOLDER as an archive, the same each time
//	supply sums FOLDER                          the SHA-256 of each file in it
//
// It prints to standard output. The checkout is the folder that -C names.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"
)

func main() {
	root := flag.String("C", ".", "the folder of the checkout")
	flag.Parse()
	if err := run(os.Stdout, repository{*root}, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "supply:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: go doc . tells the commands and their arguments")

// run does what args say.
func run(w io.Writer, r repository, args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	command, args := args[0], args[1:]
	switch {
	case command == "dependencies" && len(args) == 0:
		return r.page(w)
	case command == "notices" && len(args) == 1:
		return r.notices(w, args[0])
	case command == "sbom" && len(args) == 2:
		return r.sbom(w, args[0], args[1])
	case command == "size" && len(args) == 1:
		return size(w, args[0])
	case command == "weigh" && len(args) == 1:
		return weigh(w, args[0])
	case command == "pack" && len(args) == 3:
		seconds, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil {
			return errUsage
		}
		return pack(args[2], args[1], time.Unix(seconds, 0).UTC())
	case command == "sums" && len(args) == 1:
		return sums(w, args[0])
	}
	return errUsage
}
