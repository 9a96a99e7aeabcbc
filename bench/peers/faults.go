package peers

import (
	"regexp"
	"strings"

	"github.com/strataconf/strata/bench/work"
)

// A Verdict is what a library does with inputs that are wrong.
type Verdict struct {
	Fault string
	Good  bool
}

// mistyped stands where a number belongs, as a secret does that was pasted
// into the wrong line.
const mistyped = "hunter2-hunter2"

// wrong are inputs that a start must refuse.
var wrong = []struct {
	fault, file string
	environ     []string
	args        []string
}{
	{fault: "a key of the file that no option has", file: "zulu: 1\n"},
	{fault: "a key that comes twice", file: "g00:\n  alpha: x\n  alpha: y\n"},
	{fault: "a word for a number, in the file", file: "g00:\n  golf: " + mistyped + "\n"},
	{fault: "a word for a number, in a variable", environ: []string{"BENCH_G00_GOLF=" + mistyped}},
	{fault: "a word for a number, by a flag", args: []string{"--g00-golf=" + mistyped}},
	{fault: "a flag that is not there", args: []string{"--zulu=1"}},
}

// lineTwo finds the place of the faults in the file.
var lineTwo = regexp.MustCompile(`line 2\b|:2\b`)

// Judge gives a library inputs that are wrong, which it writes into dir. The
// error is one of the machine.
func (p *Peer) Judge(dir string) (out []Verdict, err error) {
	start := func(file string, environ, args []string) (string, error) {
		in := &work.Input{Size: work.Small, File: file, Environ: environ, Args: args}
		if in.File == "" {
			in.File = "g00:\n  alpha: x\n"
		}
		if err := in.Enter(dir); err != nil {
			return "", err
		}
		if _, err := p.Start(in); err != nil {
			return err.Error(), nil
		}
		return "", nil
	}
	var said []string
	for _, w := range wrong {
		text, err := start(w.file, w.environ, w.args)
		if err != nil {
			return nil, err
		}
		said = append(said, text)
		out = append(out, Verdict{"refuses " + w.fault, text != ""})
	}
	all := strings.Join(said, "\n")
	out = append(out, Verdict{"does not show what was typed there", !strings.Contains(all, mistyped)})
	out = append(out, Verdict{"says the line of the file", lineTwo.MatchString(said[2])})
	out = append(out, Verdict{"names the variable", strings.Contains(said[3], "BENCH_G00_GOLF")})
	text, err := start("g00:\n  golf: x\n", []string{"BENCH_G01_GOLF=x"}, []string{"--g02-golf=x"})
	named := 0
	for _, spelt := range []string{"g00.golf", "BENCH_G01_GOLF", "--g02-golf"} {
		if strings.Contains(text, spelt) {
			named++
		}
	}
	return append(out, Verdict{"reports the faults of three sources at once", named == 3}), err
}
