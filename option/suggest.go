package option

import (
	"math/bits"
	"strings"
	"unicode"
)

// A Guess is what a misspelt name most likely meant.
type Guess struct {
	// Spelling is the right name as the asking source spells it; of another
	// source if this one can't set the option.
	Spelling string
	// Option is the option meant.
	Option *Option
	// Certain guesses are the name of an option on another surface, in
	// another case, or with other separators; the rest are near misses.
	Certain bool
}

// Guess finds the option that a name unknown to source s most likely meant.
// It knows the spellings of every source: a flag used as a YAML key, a
// variable without its prefix, a key under the wrong group.
func (c *Catalog) Guess(s Source, name string) (Guess, bool) {
	plain := fold(strings.TrimPrefix(strings.ToUpper(name), c.prefix))
	names := c.names()
	if n := names.exact[plain]; n.option != nil {
		return Guess{n.spelledIn(s), n.option, true}, true
	}
	best, at := limit(plain)+1, (*foldedName)(nil)
	mask := letterSet(plain)
	for i := range names.all {
		n := &names.all[i]
		if bits.OnesCount64(mask^n.mask) >= 2*best {
			continue // a slip adds one letter at most, and removes one
		}
		if d := Distance(plain, n.text, best); d < best {
			best, at = d, n
		}
	}
	if at == nil {
		return Guess{}, false
	}
	return Guess{at.spelledIn(s), at.option, false}, true
}

// Nearest returns the candidate within a few slips of name, or "".
func Nearest(name string, candidates []string) string {
	best, found := limit(name)+1, ""
	for _, c := range candidates {
		if d := Distance(strings.ToLower(name), strings.ToLower(c), best); d < best {
			best, found = d, c
		}
	}
	return found
}

// limit is how many slips a name of that length may have: so few that a
// secret in the place of a name is not taken for one.
func limit(name string) int {
	switch n := len(name); {
	case n < 6: // two slips would make true of trace
		return 1
	case n < 8:
		return 2
	}
	return 3
}

// fold removes case and separators.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_. $", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// names is the index that Guess looks in.
type names struct {
	exact map[string]foldedName
	all   []foldedName
}

type foldedName struct {
	text   string
	mask   uint64
	option *Option
	file   bool // a spelling that names a file
}

// spelledIn names what was meant as a source spells it.
func (n *foldedName) spelledIn(s Source) string {
	switch {
	case n.file && s == SourceEnv && n.option.FileEnv() != "":
		return n.option.FileEnv()
	case n.file:
		return "--" + n.option.FileFlag()
	}
	return n.option.SpelledIn(s)
}

func (n *names) add(text string, o *Option, file bool) {
	if text == "" || n.exact[text].option != nil {
		return
	}
	name := foldedName{text, letterSet(text), o, file}
	n.exact[text] = name
	n.all = append(n.all, name)
}

func newNames(c *Catalog) *names {
	n := &names{exact: make(map[string]foldedName, 3*len(c.options))}
	count := map[string]int{}
	for _, o := range c.options {
		count[fold(o.YAML)]++
	}
	// Names that replaced others come first, so that they win a tie.
	for _, deprecated := range []bool{false, true} {
		for _, o := range c.options {
			if o.Deprecated() != deprecated {
				continue
			}
			spellings := []string{o.Flag, strings.TrimPrefix(string(o.Env), c.prefix), o.path}
			if count[fold(o.YAML)] == 1 {
				spellings = append(spellings, o.YAML)
			}
			for _, s := range spellings {
				n.add(fold(s), o, false)
			}
		}
	}
	for _, o := range c.fromFiles {
		n.add(fold(o.FileFlag()), o, true)
		n.add(fold(strings.TrimPrefix(o.FileEnv(), c.prefix)), o, true)
	}
	return n
}

func letterSet(s string) uint64 {
	var m uint64
	for i := range len(s) {
		m |= 1 << (s[i] & 63)
	}
	return m
}

// Distance returns the number of slips between two names: characters added,
// dropped, changed, or two neighbours swapped. It stops counting at most.
func Distance(a, b string, most int) int {
	if max(len(a), len(b))-min(len(a), len(b)) >= most {
		return most
	}
	var buf [3][64]int
	row := func(i int) []int {
		if len(b) < 64 {
			return buf[i][:len(b)+1]
		}
		return make([]int, len(b)+1)
	}
	before, prev, cur := row(0), row(1), row(2)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
			least = min(least, cur[j])
		}
		if least >= most {
			return most
		}
		before, prev, cur = prev, cur, before
	}
	return min(most, prev[len(b)])
}
