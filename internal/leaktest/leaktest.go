// Package leaktest makes secrets that can be told apart, and finds any part of
// them in what a program wrote, in whatever form: for tests.
package leaktest

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Window is how many bytes of a secret in a row are a leak.
const Window = 6

// A Secret is a text that must not be seen.
type Secret struct {
	// Name says what the secret is and where it was planted, for whoever reads
	// that it leaked.
	Name string
	Text string
}

// letters is what canaries are made of. It has no digit of hexadecimal numbers
// but 0 to 9, and a window holds letters of both cases and a digit: no number,
// no word and no digest looks like a part of a canary.
const letters = "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ0123456789"

// Mint returns a text of n bytes, letters and digits of ASCII. A name always
// gets the same, and no two names share a window.
func Mint(name string, n int) string {
	var b []byte
	for i := 0; len(b) < n; i++ {
		for _, c := range sha256.Sum256(fmt.Appendf(nil, "%s %d", name, i)) {
			b = append(b, letters[int(c)%len(letters)])
			// With two kinds among five there is always a sixth to go on with.
			if kinds(b, Window) < 3 || kinds(b, Window-1) < 2 {
				b = b[:len(b)-1]
			}
		}
	}
	return string(b[:n])
}

// kinds is how many of lower case, upper case and digits are among the last n
// bytes, or 3 if there are not so many.
func kinds(b []byte, n int) int {
	if len(b) < n {
		return 3
	}
	var lower, upper, digit int
	for _, c := range b[len(b)-n:] {
		switch {
		case c >= 'a':
			lower = 1
		case c >= 'A':
			upper = 1
		default:
			digit = 1
		}
	}
	return lower + upper + digit
}

// A Leak is a part of a secret that was found.
type Leak struct {
	Secret string // its name
	Form   string // the form it has, such as "hexadecimal"
	Around string // the text around it
}

// String is the leak in one line.
func (l Leak) String() string {
	return fmt.Sprintf("%s, %s: …%q…", l.Secret, l.Form, l.Around)
}

// A Finder knows how every part of some secrets looks in every form.
type Finder struct {
	bits    [1 << 14]uint64
	pattern map[string][]pattern // by their first bytes
}

// A pattern is a form of a window.
type pattern struct {
	text string
	form string
	of   *Secret
}

// NewFinder returns a Finder of secrets. It panics if one is too short to be
// found.
func NewFinder(secrets ...Secret) *Finder {
	f := &Finder{pattern: map[string][]pattern{}}
	for i := range secrets {
		s := &secrets[i]
		if len(s.Text) < Window {
			panic("leaktest: " + s.Name + " is shorter than a window")
		}
		each(s.Text, func(form, text string) { f.add(pattern{text, form, s}) })
	}
	return f
}

func (f *Finder) add(p pattern) {
	key := p.text[:Window]
	for _, other := range f.pattern[key] {
		if other.text == p.text {
			return
		}
	}
	h := hash(key)
	f.bits[h>>6] |= 1 << (h & 63)
	f.pattern[key] = append(f.pattern[key], p)
}

// hash has a bit of [Finder.bits] for the first bytes of a text.
func hash(s string) uint32 {
	_ = s[Window-1]
	n := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40
	return uint32(n * 0x9E3779B97F4A7C15 >> 44)
}

// Find returns the first leak of each secret in a text.
func (f *Finder) Find(text string) []Leak {
	var out []Leak
	var seen map[*Secret]bool
	for i := 0; i+Window <= len(text); i++ {
		h := hash(text[i:])
		if f.bits[h>>6]&(1<<(h&63)) == 0 {
			continue
		}
		for _, p := range f.pattern[text[i:i+Window]] {
			if seen[p.of] || !strings.HasPrefix(text[i:], p.text) {
				continue
			}
			if seen == nil {
				seen = map[*Secret]bool{}
			}
			seen[p.of] = true
			out = append(out, Leak{p.of.Name, p.form, text[max(0, i-60):min(len(text), i+60)]})
		}
	}
	return out
}
