package yamlgen

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// unknown reports key k, which section s does not have. The key itself is
// shown only if it is near a name that people may know: anything else could
// be a secret in the wrong place.
func (b *binder) unknown(k int32, key string, s *option.Section) {
	path := join(s.Path(), key)
	if b.retired(k, path) {
		return
	}
	if left := b.catalog.Dropped(path); left != "" {
		b.problem("unknown-key", b.nodes[k].Key, path, left, "")
		return
	}
	p := b.problem("unknown-key", b.nodes[k].Key, s.Path(), unnamed(s.Path()), "")
	// Guessing is dear, and nobody reads more than a screenful.
	if b.unknowns++; b.unknowns > maxGuesses {
		return
	}
	if hint, opt := b.meant(key, s); hint != "" {
		p.Name, p.Reason, p.Hint, p.Option = path, unknownKey, hint, opt
		if hint == "did you mean "+path+"?" { // a dot in a key does not nest it
			keys := strings.Split(path, ".")
			slices.Reverse(keys)
			p.Hint = "write " + strings.Join(keys, " inside ")
		}
	}
}

const (
	maxGuesses = 100
	unknownKey = "a key that is not known here"
)

// unnamed is what is said of a key that does not show: the name before it is
// that of the group around it, which must not look like the unknown one.
func unnamed(group string) string {
	if group == "" {
		return unknownKey
	}
	return "holds " + unknownKey
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// retired reports the retired names at and below key k, if there are any.
func (b *binder) retired(k int32, path string) bool {
	if t := b.catalog.Tombstone(path); t != nil && t.YAML == path {
		p := b.catalog.Retired(t, option.SourceYAML)
		p.Origin, p.Name = b.origin(b.nodes[k].Key), path
		b.layer.Problems = append(b.layer.Problems, p)
		return true
	}
	above := false
	for _, t := range b.catalog.Tombstones() {
		above = above || strings.HasPrefix(t.YAML, path+".")
	}
	if !above {
		return false
	}
	found, others := false, []int32(nil)
	for child := b.tree.First(k); child != 0; child = b.nodes[child].Next {
		if b.retired(child, join(path, b.tree.Key(child))) {
			found = true
		} else {
			others = append(others, child)
		}
	}
	if !found {
		return false // so k itself is what is not known
	}
	for _, child := range others {
		b.problem("unknown-key", b.nodes[child].Key, path, unnamed(path), "")
	}
	return true
}

// meant returns a hint at what a key most likely stands for, "" if there is
// none. Names that are the same but for case and separators come first, then
// near misses.
func (b *binder) meant(key string, s *option.Section) (hint string, opt *option.Option) {
	const longest = 200
	if len(key) > longest {
		return "", nil
	}
	plain := folded(key)
	for _, near := range s.Keys() {
		if folded(near) == plain {
			return b.known(near, s)
		}
	}
	places := elsewhere(b.catalog.Section(), plain, nil)
	for _, name := range []string{join(s.Path(), key), key} {
		// An option without a key is the last thing that a key meant.
		if g, _ := b.catalog.Guess(option.SourceYAML, name); g.Certain && (g.Option.Path() != "" || len(places) == 0) {
			return guessed(g)
		}
	}
	const few = 3
	switch n := len(places); {
	case n == 1:
		return "did you mean " + places[0] + "?", nil
	case n > few:
		return "there are " + strings.Join(places[:few], ", ") + " and more", nil
	case n != 0:
		return "there are " + strings.Join(places, " and "), nil
	}
	if near := option.Nearest(key, s.Keys()); near != "" {
		return b.known(near, s)
	}
	if g, ok := b.catalog.Guess(option.SourceYAML, key); ok {
		return guessed(g)
	}
	return "", nil
}

func (b *binder) known(key string, s *option.Section) (string, *option.Option) {
	_, opt := s.Child(key)
	return "did you mean " + join(s.Path(), key) + "?", opt
}

func guessed(g option.Guess) (string, *option.Option) {
	if g.Option.Path() == "" {
		return "a file can't set it; use " + g.Spelling, g.Option
	}
	return "did you mean " + g.Spelling + "?", g.Option
}

// tight is the hint for text such as port:80, which is no pair of key and
// value for want of a space, if the key is one of the section.
func (b *binder) tight(k int32, s *option.Section) string {
	if b.nodes[k].Kind != yamltree.Scalar || b.nodes[k].Style.IsQuoted() {
		return ""
	}
	key, _, found := strings.Cut(b.tree.Text(k), ":")
	if sub, opt := s.Child(key); !found || sub == nil && opt == nil {
		return ""
	}
	return "put a space behind the colon of " + key
}

// elsewhere appends the paths of all keys of this name, those near the top
// first.
func elsewhere(s *option.Section, plain string, paths []string) []string {
	for _, k := range s.Keys() {
		if folded(k) == plain {
			paths = append(paths, join(s.Path(), k))
		}
	}
	for _, k := range s.Keys() {
		if sub, _ := s.Child(k); sub != nil {
			paths = elsewhere(sub, plain, paths)
		}
	}
	return paths
}

var separators = strings.NewReplacer("-", "", "_", "", ".", "")

// folded removes what tells camelCase, snake_case and kebab-case apart.
func folded(s string) string { return strings.ToLower(separators.Replace(s)) }
