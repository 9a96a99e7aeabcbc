package load

import (
	"strings"

	"github.com/spf13/pflag"
)

// A search finds the flags that a parser reported, in the order in which it
// did, among the arguments that it read.
type search struct {
	m    *Mounted
	args []string
	at   int // the argument to look at next
	off  int // in it, of the next of a run of short flags
}

// next returns the occurrence as typed, and its argument; -1 if it is not
// there, which leaves the search where it was.
func (s *search) next(f *occurrence) (typed string, at int) {
	was := *s
	for s.at < len(s.args) && s.args[s.at] != "--" {
		at = s.at
		if typed, ok := s.step(f); ok {
			return typed, at
		}
	}
	*s = was
	return "--" + f.flag, -1
}

// step passes one flag and reports whether it is the occurrence.
func (s *search) step(f *occurrence) (typed string, ok bool) {
	arg := s.args[s.at]
	switch {
	case len(arg) < 2 || arg[0] != '-':
		s.at++
		return "", false
	case arg[1] == '-':
		name, text, given := strings.Cut(arg[2:], "=")
		text = s.value(s.m.fs.Lookup(name), text, given)
		return "--" + f.flag, name == f.flag && text == f.text
	}
	name := arg[s.off : s.off+1]
	flag := s.m.fs.ShorthandLookup(name)
	rest := arg[s.off+1:]
	text, given := rest, rest != ""
	if flag != nil && flag.NoOptDefVal != "" {
		text, given = strings.CutPrefix(rest, "=")
		if s.off++; !given && rest != "" {
			return "-" + name, name == f.short && f.text == flag.NoOptDefVal // more flags follow
		}
	} else if len(rest) > 1 {
		text = strings.TrimPrefix(rest, "=")
	}
	s.off = 1
	text = s.value(flag, text, given)
	if name == f.short && text == f.text {
		if rest == "=" {
			f.text = "" // pflag takes -c= for the value "="
		}
		return "-" + name, true
	}
	return "", false
}

// value passes an argument, and the one behind it if that is the value of the
// flag. It returns the value.
func (s *search) value(flag *pflag.Flag, text string, given bool) string {
	s.at++
	switch {
	case given || flag == nil:
		return text
	case flag.NoOptDefVal != "":
		return flag.NoOptDefVal
	case s.at == len(s.args):
		return ""
	}
	s.at++
	return s.args[s.at-1]
}
