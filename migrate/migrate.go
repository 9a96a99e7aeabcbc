package migrate

import (
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/yamledit"
)

// A Migration knows what the inputs of one catalog are to be written as. It
// does not change and is safe for concurrent use.
type Migration struct {
	catalog    *option.Catalog
	resolve    func([]option.Layer) (*option.Redacted, option.Problems)
	rules      []*rule
	old        map[option.Source]map[string]*rule // by the name that a source spells
	short      map[string]*rule                   // by one-letter flag
	lists      []*option.Option                   // those that numbered variables spell
	converting bool
}

// New returns the migration to a catalog: what follows from its rows and its
// retired names, and the rules, which go before. The error is a fault in the
// rules. The checks are those that a start makes beside those of the registry.
func New[T any](r *option.Registry[T], rules []Rule, checks ...option.Check[T]) (*Migration, error) {
	m := &Migration{
		catalog: r.Catalog, short: map[string]*rule{},
		old: map[option.Source]map[string]*rule{option.SourceYAML: {}, option.SourceEnv: {}, option.SourceFlag: {}},
		resolve: func(layers []option.Layer) (*option.Redacted, option.Problems) {
			s, problems := r.Inspect(layers, checks...)
			return s.Redact(), problems
		},
	}
	taken := map[string]bool{}
	for _, d := range rules {
		made, err := declared(r.Catalog, d)
		if err != nil {
			return nil, err
		}
		m.rules = append(m.rules, made)
		for _, flag := range d.From {
			taken[flag] = true
		}
	}
	for o := range r.All() {
		if o.Indexed != nil && len(o.Indexed.Prefixes) > 0 {
			m.lists = append(m.lists, o)
		}
	}
	m.rules = append(m.rules, known(r.Catalog, taken)...)
	for _, made := range m.rules {
		for _, n := range made.from {
			for source, by := range m.old {
				if name := n.in(source); name != "" && by[name] == nil {
					by[name] = made
				}
			}
			if n.short != "" {
				m.short[n.short] = made
			}
		}
	}
	return m, nil
}

// Converting returns the migration that also follows the rules that change
// what is configured, see [Rule.Changes].
func (m *Migration) Converting() *Migration {
	c := *m
	c.converting = true
	return &c
}

// A File is one text to be brought up to date.
type File struct {
	Name string
	Text string
	// As is the format of the text; the zero Format has it told by the text.
	As Format
}

// A Plan is what is to be done to one file.
type Plan struct {
	File File
	// As is the format of the file, "" if it could not be told.
	As Format
	// Text is the file as it is to be: that of File where nothing is to be
	// done, and where something is refused.
	Text string
	// Steps are the edits, in the order of the file.
	Steps []Step
	// Refused says why the file must stay as it is; then it has no steps.
	Refused option.Problems
	// Notes are what was left alone and may need a person.
	Notes option.Problems
	// Changes are the differences that a migration which is [Migration.Converting]
	// brings, one for each environment or file that has any.
	Changes []Change

	sites, after []site
	doc          *yamledit.Document         // of the text that was read last, of a configuration file
	line         *argv                      // of a command line
	reread       func(text string) *reading // likewise
}

// A Step is one edit, with the place of the old name.
type Step struct {
	Place option.Origin
	// From and To are names as the file spells them. To is "" where the input
	// is taken away.
	From, To string
}

// String says the step: "app.env:3:1: APP_OLD becomes APP_NEW".
func (s Step) String() string {
	if s.To == "" {
		return s.Place.Place() + ": " + option.Escape(s.From) + " goes"
	}
	return s.Place.Place() + ": " + option.Escape(s.From) + " becomes " + option.Escape(s.To)
}

// A Change is a configuration before and after a conversion.
type Change struct {
	// Of names what has the configuration, "" for the whole file.
	Of            string
	Before, After *option.Redacted
}

// Idle reports whether there is nothing to write.
func (p *Plan) Idle() bool { return len(p.Steps) == 0 }

// Format prints a fixed word for every verb: the text may hold secrets.
func (File) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld file)") }

// Format prints a fixed word for every verb: both texts may hold secrets.
func (Plan) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "(withheld plan)") }

// Plan plans all the files, in their order. Names that files of variables get
// are also got by what takes them from there, such as ${NAME} in a file of
// compose.
func (m *Migration) Plan(files ...File) []*Plan {
	plans := make([]*Plan, len(files))
	given := map[string]string{} // what files of variables rename
	// Files of variables first, for others may take variables from them.
	for _, first := range []bool{true, false} {
		for i, f := range files {
			if plans[i] == nil {
				plans[i] = m.start(f)
			}
			if p := plans[i]; first == (p.As == Env) && len(p.Refused) == 0 {
				m.plan(p, given)
				if first {
					for _, s := range p.Steps {
						given[s.From] = s.To
					}
				}
			}
		}
	}
	return plans
}

// MostBytes is how large a file may be.
const MostBytes = 1 << 20

// start tells the format.
func (m *Migration) start(f File) *Plan {
	p := &Plan{File: f, Text: f.Text, As: f.As}
	if len(f.Text) > MostBytes {
		p.refuse(option.Span{Line: 1, Column: 1}, "", "larger than "+strconv.Itoa(MostBytes)+" bytes", "")
		return p
	}
	if bad := notText(f.Text); bad != "" {
		p.refuse(option.Span{Line: 1, Column: 1}, "", bad, "save the file as UTF-8")
		return p
	}
	if p.As != "" {
		return p
	}
	may := m.formats(p)
	switch len(may) {
	case 0:
		p.refuse(option.Span{}, "", "neither a configuration file nor one of another format that is known here", "say which with --as")
	case 1:
		p.As = may[0]
	default:
		p.refuse(option.Span{}, "", "may be "+list(may), "say which with --as")
	}
	return p
}

func list(formats []Format) string {
	var words []string
	for _, f := range formats {
		words = append(words, string(f))
	}
	return strings.Join(words, " or ")
}

// problem makes a problem at a place of the file.
func (p *Plan) problem(s option.Severity, code string, at option.Span, name, reason, hint string) *option.Problem {
	return &option.Problem{Severity: s, Code: code, Origin: p.at(at), Name: name, Reason: reason, Hint: hint}
}

// at is a place of the file. The source that it is of does not matter here.
func (p *Plan) at(span option.Span) option.Origin {
	if p.line != nil {
		i := sort.SearchInts(p.line.starts, int(span.Offset)+1) - 1
		return option.Origin{Source: option.SourceFlag, Arg: int32(p.line.first + max(i, 0)), Span: span}
	}
	return option.Origin{Source: option.SourceYAML, Name: p.File.Name, Span: span}
}

func (p *Plan) refuse(at option.Span, name, reason, hint string, related ...option.Span) {
	r := p.problem(option.Error, "not-migrated", at, name, reason, hint)
	for _, other := range related {
		r.Related = append(r.Related, p.at(other))
	}
	p.Refused = append(p.Refused, r)
}

func (p *Plan) note(code string, at option.Span, name, reason, hint string) {
	p.Notes = append(p.Notes, p.problem(option.Note, code, at, name, reason, hint))
}
