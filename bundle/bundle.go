package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/strataconf/strata/load"
	"github.com/strataconf/strata/option"
)

// Kind is what the member "kind" of every bundle says.
const Kind = "configuration bundle"

// Format is the version of the form. It grows when a reader of an older one
// would be told something wrong.
const Format = 1

// The reasons for which [Decode] and [Settings] refuse a text.
var (
	ErrNotBundle = errors.New("not a bundle")
	ErrNewer     = errors.New("a bundle of a newer form than this program reads")
	ErrBroken    = errors.New("a bundle that was changed or cut off")
)

// A Bundle is a configuration as it was read, less everything that must not
// leave the process.
type Bundle struct {
	Kind   string `json:"kind"`
	Format int    `json:"format"`
	// Program is the name of the program, and Catalog the [Identity] of its
	// options.
	Program string `json:"program"`
	Catalog string `json:"catalog"`
	// Host is what the defaults depend on.
	Host Host `json:"host"`
	// Of names the process that the inputs are of, if it is not the one that
	// took the bundle.
	Of string `json:"of,omitempty"`
	// Arguments, Environment and Files are for people.
	Arguments   []Argument `json:"arguments"`
	Environment []Variable `json:"environment"`
	// Strangers is how many more variables begin with the prefix of the
	// program. Their names do not show.
	Strangers int    `json:"strangers"`
	Files     []File `json:"files"`
	// Read names the configuration file, "" if there is none.
	Read     string    `json:"read"`
	Problems []Problem `json:"problems"`
	Options  []Option  `json:"options"`

	Anchors []Span `json:"anchors"`
}

// A Host is the [option.Host] of a bundle.
type Host struct {
	Version  string `json:"version"`
	Release  bool   `json:"release"`
	Testing  bool   `json:"testing,omitempty"`
	CacheDir string `json:"cache_dir"`
	StateDir string `json:"state_dir"`
}

// Take reads a configuration and returns what may be told of it. The checks are
// those that a start makes beside those of the registry. The texts are those of
// the files of variables, by name. The configuration file is read twice, which
// p.Files must take well. The excerpts of a problem are lines fit to
// print; excerpt may be nil.
func Take[T any](r *option.Registry[T], host option.Host, p load.Process, texts map[string]string, excerpt func(*option.Problem) []string, checks ...option.Check[T]) *Bundle {
	snap, problems := load.Inspect(r, p, checks...)
	e := encoder{anchors: map[*option.Span]int{}}
	b := &Bundle{
		Kind: Kind, Format: Format, Program: r.Program(), Catalog: Identity(r.Catalog), Host: Host(host), Of: p.In,
		Problems: []Problem{}, Options: []Option{}, Files: []File{},
	}
	for _, problem := range problems {
		out := e.problem(problem)
		if excerpt != nil {
			out.Excerpt = excerpt(problem)
		}
		b.Problems = append(b.Problems, out)
	}
	for _, k := range snap.Redact().Records() {
		b.Options = append(b.Options, e.option(&k))
	}
	c := newCapture(r.Catalog, snap.Layers(), problems)
	b.Arguments = c.arguments(&p)
	b.Environment, b.Strangers = c.environment(p.Environ)
	for _, l := range snap.Layers() {
		if l.Source == option.SourceYAML && p.Files != nil {
			b.Read = l.Name
			if text, err := p.Files.ReadFile(l.Name); err == nil {
				b.Files = append(b.Files, c.file(l.Name, string(text)))
			}
		}
	}
	told := map[string]bool{}
	for _, v := range p.Variables {
		if text, ok := texts[v.In]; ok && !told[v.In] {
			told[v.In] = true
			b.Files = append(b.Files, c.variables(v.In, text, p.Variables))
		}
	}
	b.Anchors = e.spans
	return b
}

// Encode returns the bundle as text that [Decode] reads.
func (b *Bundle) Encode() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(b)
	return out.Bytes(), err
}

// Decode reads a bundle. The error is one of [ErrNotBundle], [ErrNewer] and
// [ErrBroken], and holds nothing of the text.
func Decode(text []byte) (*Bundle, error) {
	var head struct {
		Kind   string `json:"kind"`
		Format int    `json:"format"`
	}
	if json.Unmarshal(text, &head) != nil || head.Kind != Kind {
		return nil, ErrNotBundle
	}
	if head.Format > Format {
		return nil, ErrNewer
	}
	b := new(Bundle)
	d := json.NewDecoder(bytes.NewReader(text))
	if head.Format < 1 || d.Decode(b) != nil {
		return nil, ErrBroken
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, ErrBroken
	}
	return b, nil
}

// Settings returns what the bundle tells: the settings and the problems, as
// [load.Inspect] found them. The registry is to be built for the host of the
// bundle. Options that it does not have are left out; there are none if the
// catalog has the identity of that of the bundle. The error is [ErrBroken].
func Settings[T any](b *Bundle, r *option.Registry[T]) (*option.Redacted, option.Problems, error) {
	d := decoder{c: r.Catalog, spans: make([]*option.Span, len(b.Anchors))}
	for i, s := range b.Anchors {
		span := option.Span(s)
		d.spans[i] = &span
	}
	var records []option.Record
	seen := map[string]bool{}
	for i := range b.Options {
		k, ok := d.option(&b.Options[i])
		if !ok {
			continue
		}
		if seen[k.Option.FieldPath()] {
			return nil, nil, ErrBroken
		}
		seen[k.Option.FieldPath()] = true
		records = append(records, k)
	}
	problems := make(option.Problems, 0, len(b.Problems))
	for i := range b.Problems {
		problems = append(problems, d.problem(&b.Problems[i]))
	}
	if d.broken {
		return nil, nil, ErrBroken
	}
	return r.Restore(records), problems, nil
}

// Identity is a digest of all that makes two catalogs tell the same of one
// bundle: names, kinds, defaults. It does not depend on the host.
func Identity(c *option.Catalog) string {
	sum := sha256.New()
	for o := range c.All() {
		def := o.Default
		if o.Computed != nil {
			def = o.DefaultDoc
		}
		t := o.Value.Traits()
		fmt.Fprintf(sum, "%q %q %q %q %q %q %q %q %q %q %v %v %v %v\n", o.Flag, o.Short, o.Env, o.Path(), o.JSONPath(), o.Type(), def, o.Name, o.Help,
			o.Group.Title(), o.UseInstead, t.Choices, t.Rules, t.Keys)
	}
	for _, t := range c.Tombstones() {
		fmt.Fprintf(sum, "%q %q %q %q\n", t.Flag, t.Env, t.YAML, t.UseInstead)
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}
