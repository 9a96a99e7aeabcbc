package yamlgen

import "github.com/strataconf/strata/internal/yamltree"

// Read reads the text of one document as [Parse] does and returns its tree,
// with the place of every key and value, for packages that edit files. A
// fault says why the document was refused.
func Read(src string, limits Limits) (*yamltree.Tree, *yamltree.Fault) {
	return read(src, yamltree.Limits(limits))
}

// Quote returns s as a scalar or key on one line that every YAML reader takes
// for this text: plain where that is sure, else in double quotes.
func Quote(s string) string { return string(yamltree.AppendText(nil, s)) }
