package yamltree_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/strataconf/strata/internal/yamltree"
)

// TestPlainAgainstSecond holds the scanner against a parser that shares no line
// with yaml.v3, whose mistakes the fuzz targets would take for ours. The second
// parser has mistakes of its own, which fuzzing finds in seconds, so the
// documents are always the same.
func TestPlainAgainstSecond(t *testing.T) {
	t.Parallel()
	documents := slices.Clone(plainSeeds)
	r := rand.New(rand.NewPCG(18, 1))
	for range 30_000 {
		var b strings.Builder
		for range 2 + r.IntN(14) {
			b.WriteString(words[r.IntN(len(words))])
		}
		documents = append(documents, b.String())
	}
	compared := 0
	for _, src := range documents {
		ascii, fault := yamltree.Check(src, yamltree.Limits{})
		tree, again, ok := yamltree.Scan(&src, ascii, yamltree.Limits{})
		if fault != nil || again != nil || !ok || len(tree.Nodes) == 0 {
			continue
		}
		want, err := second(strings.TrimPrefix(src, yamltree.BOM)) // which it takes for text
		if err != nil {
			continue // it refuses more than it should
		}
		compared++
		if got := outline(tree, 0); got != want {
			t.Errorf("%q: the scanner reads %s, the second parser %s", src, got, want)
		}
	}
	if t.Logf("%d documents compared", compared); compared < 500 {
		t.Errorf("%d documents compared, too few to tell", compared)
	}
}

// outline is the content of a node without places.
func outline(t *yamltree.Tree, i int32) string {
	var parts []string
	for k := t.First(i); k != 0; k = t.Nodes[k].Next {
		part := outline(t, k)
		if t.Nodes[i].Kind == yamltree.Mapping {
			part = fmt.Sprintf("%q:%s", t.Key(k), part)
		}
		parts = append(parts, part)
	}
	switch t.Nodes[i].Kind {
	case yamltree.Null:
		return "~"
	case yamltree.Scalar:
		return fmt.Sprintf("%q", t.Text(i))
	case yamltree.Sequence:
		return "[" + strings.Join(parts, " ") + "]"
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// second is the outline that the second parser makes.
func second(src string) (out string, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("it panics: %v", v)
		}
	}()
	file, err := parser.ParseBytes([]byte(src), 0)
	if err != nil {
		return "", err
	}
	if len(file.Docs) != 1 {
		return "", fmt.Errorf("%d documents", len(file.Docs))
	}
	return outlineOf(file.Docs[0].Body)
}

func outlineOf(n ast.Node) (string, error) {
	var parts []string
	add := func(key string, n ast.Node) error {
		text, err := outlineOf(n)
		parts = append(parts, key+text)
		return err
	}
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return "~", nil
	case *ast.MappingNode:
		for _, pair := range n.Values {
			if err := add(fmt.Sprintf("%q:", keyText(pair)), pair.Value); err != nil {
				return "", err
			}
		}
		return "{" + strings.Join(parts, " ") + "}", nil
	case *ast.MappingValueNode:
		err := add(fmt.Sprintf("%q:", keyText(n)), n.Value)
		return "{" + strings.Join(parts, " ") + "}", err
	case *ast.SequenceNode:
		for _, item := range n.Values {
			if err := add("", item); err != nil {
				return "", err
			}
		}
		return "[" + strings.Join(parts, " ") + "]", nil
	case *ast.StringNode:
		return fmt.Sprintf("%q", n.Value), nil
	case ast.ScalarNode:
		return fmt.Sprintf("%q", n.GetToken().Value), nil
	}
	return "", fmt.Errorf("a %s", n.Type())
}

func keyText(pair *ast.MappingValueNode) string {
	if s, ok := pair.Key.(*ast.StringNode); ok {
		return s.Value
	}
	return pair.Key.GetToken().Value
}
