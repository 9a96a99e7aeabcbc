// Command testsum reads the events of "go test -json" and prints what people
// want of them: one line a package, the output of what failed, and at the end
// every skipped test with its reason, so that a skip never passes for a pass.
//
//	go test -json ./... | testsum [-noskip] [-figures]
//
// Its last line is "N passed, N failed, N skipped". It counts the tests and
// subtests that do the work: one that only holds others is not counted, unless
// it failed by itself. The exit code is 1 if anything failed, if no test ran,
// or, with -noskip, if any was skipped.
package main

import (
	"flag"
	"os"
)

func main() {
	noskip := flag.Bool("noskip", false, "a skipped test is a failure")
	figures := flag.Bool("figures", false, "tell what tests that passed have counted")
	flag.Parse()
	s := newSum(os.Stdout)
	err := s.read(os.Stdin)
	if err != nil {
		_, _ = os.Stderr.WriteString("testsum: " + err.Error() + "\n")
	}
	if *figures {
		s.tell()
	}
	s.close()
	if err != nil || !s.good(*noskip) {
		os.Exit(1)
	}
}
