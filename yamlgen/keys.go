package yamlgen

import (
	"strings"

	"github.com/strataconf/strata/internal/yamltree"
	"github.com/strataconf/strata/option"
)

// A Key is one key of a file that has a value.
type Key struct {
	// Path is the dotted path of the key.
	Path string
	// Span is the place of its value.
	Span option.Span
}

// longestPath is how long the path of a key may be that [Keys] returns. No
// option has one near that.
const longestPath = 1000

// Keys returns the keys of a file in the order in which they stand there, those
// of groups and those inside values too, whether or not an option has them; it
// is for files of another program, or of an older one. A key whose value is
// null sets nothing, and one that is empty or has a dot in it is of no option,
// so they are left out. A file that is no YAML gives the problem that [Parse] has with it.
func Keys(name, src string, limits Limits) ([]Key, *option.Problem) {
	tree, fault := read(src, yamltree.Limits(limits))
	if fault != nil {
		b := binder{layer: option.Layer{Name: name}}
		return nil, b.problem("invalid-yaml", fault.Span, "", fault.Reason, fault.Hint)
	}
	k := keys{tree: tree}
	if len(tree.Nodes) > 0 {
		k.below(0, "") // the items of a list have empty keys
	}
	return k.found, nil
}

type keys struct {
	tree  *yamltree.Tree
	found []Key
}

// below adds the keys of mapping i.
func (k *keys) below(i int32, path string) {
	for n := k.tree.First(i); n != 0; n = k.tree.Nodes[n].Next {
		node := &k.tree.Nodes[n]
		key := k.tree.Key(n)
		if node.Kind == yamltree.Null || key == "" || strings.Contains(key, ".") || len(path)+len(key) > longestPath {
			continue
		}
		at := key
		if path != "" {
			at = path + "." + key
		}
		k.found = append(k.found, Key{at, option.Span(node.Value)})
		if node.Kind == yamltree.Mapping {
			k.below(n, at)
		}
	}
}
