package docgen

import (
	"encoding/json"
	"io"

	"github.com/strataconf/strata/option"
)

// ListingVersion is the version of the form of a [Listing]. It counts up when
// a member changes its meaning or goes away; new members leave it as it is.
const ListingVersion = 1

// A Listing is a catalog as data, for programs that read it: other tools, and
// later versions of the same program.
type Listing struct {
	// Version is [ListingVersion].
	Version    int            `json:"catalog_version"`
	Program    string         `json:"program"`
	EnvPrefix  string         `json:"env_prefix"`
	ConfigFlag string         `json:"config_flag,omitempty"`
	KeepEmpty  bool           `json:"keep_empty"` // an empty variable is a value
	Groups     []ListedGroup  `json:"groups"`
	Options    []ListedOption `json:"options"`
	Retired    []ListedName   `json:"retired"`
}

// A ListedGroup is one group of a [Listing].
type ListedGroup struct {
	Title string `json:"title"` // names from the root: "Networking / TLS"
	Name  string `json:"name"`
	Path  string `json:"path,omitempty"` // dotted, in a file
	Help  string `json:"help,omitempty"`
}

// A ListedOption is one option of a [Listing].
type ListedOption struct {
	Name  string `json:"name"`
	Flag  string `json:"flag"`
	Short string `json:"short,omitempty"`
	Env   string `json:"env,omitempty"`
	YAML  string `json:"yaml,omitempty"` // dotted path in a file
	// FileFlag and FileEnv name a file with the value.
	FileFlag string `json:"file_flag,omitempty"`
	FileEnv  string `json:"file_env,omitempty"`
	JSON     string `json:"json"` // dotted path in the config tree of the API
	Group    string `json:"group,omitempty"`
	Help     string `json:"help"`
	Type     string `json:"type"`
	// Default is in the grammar that people type. It is left out where it
	// depends on the host; DefaultDoc then says how.
	Default     string             `json:"default,omitempty"`
	DefaultDoc  string             `json:"default_doc,omitempty"`
	Choices     []string           `json:"choices,omitempty"`
	Rules       []string           `json:"rules,omitempty"`
	Limits      []ListedLimit      `json:"limits,omitempty"` // those of Rules that a program can compare
	Keys        []string           `json:"keys,omitempty"`
	List        bool               `json:"list,omitempty"`
	Struct      bool               `json:"struct,omitempty"`
	NoValue     bool               `json:"no_value,omitempty"`
	EmptyText   bool               `json:"empty_text,omitempty"`
	Secret      bool               `json:"secret,omitempty"`
	Hidden      bool               `json:"hidden,omitempty"`
	UseInstead  []string           `json:"use_instead,omitempty"`
	SameField   []string           `json:"same_field,omitempty"` // flags of other spellings
	Effect      string             `json:"effect"`
	Reload      bool               `json:"reload,omitempty"` // changes need no restart
	Since       string             `json:"since,omitempty"`
	Retires     string             `json:"retires,omitempty"`
	Complete    string             `json:"complete,omitempty"` // "file" or "dir"
	Example     string             `json:"example,omitempty"`
	Annotations option.Annotations `json:"annotations,omitempty"`
	Indexed     *ListedFamily      `json:"numbered_variables,omitempty"`
}

// A ListedLimit is one of the rules of an option, in numbers or as a pattern.
type ListedLimit struct {
	Text    string `json:"text"` // as among the rules
	Pattern string `json:"pattern,omitempty"`
	// Least and Most are bounds of a number, or of a duration in nanoseconds.
	Least *int64 `json:"least,omitempty"`
	Most  *int64 `json:"most,omitempty"`
}

// A ListedFamily is the numbered variables of an option: PREFIX_0_SUFFIX.
type ListedFamily struct {
	Prefixes []string `json:"prefixes"` // whole, the newest first
	Suffixes []string `json:"suffixes"`
}

// A ListedName is a retired name of a [Listing].
type ListedName struct {
	Flag       string `json:"flag,omitempty"`
	Env        string `json:"env,omitempty"`
	YAML       string `json:"yaml,omitempty"`
	UseInstead string `json:"use_instead,omitempty"` // a flag
}

// List returns a catalog as data. It is the same on every host.
func List(c *option.Catalog) *Listing {
	l := &Listing{
		Version: ListingVersion, Program: c.Program(), EnvPrefix: c.EnvPrefix(), KeepEmpty: c.KeepEmpty(),
		Groups: []ListedGroup{}, Options: make([]ListedOption, 0, c.Len()), Retired: []ListedName{},
	}
	if o := c.ConfigOption(); o != nil {
		l.ConfigFlag = o.Flag
	}
	for g := range c.Groups() {
		l.Groups = append(l.Groups, ListedGroup{Title: g.Title(), Name: g.Name, Path: groupPath(g), Help: g.Help})
	}
	for o := range c.All() {
		l.Options = append(l.Options, listOption(c, o))
	}
	for _, t := range c.Tombstones() {
		l.Retired = append(l.Retired, ListedName{Flag: t.Flag, Env: string(t.Env), YAML: t.YAML, UseInstead: t.UseInstead})
	}
	return l
}

func listOption(c *option.Catalog, o *option.Option) ListedOption {
	t := o.Value.Traits()
	l := ListedOption{
		Name: o.Name, Flag: o.Flag, Short: o.Short, Env: string(o.Env), YAML: o.Path(), JSON: o.JSONPath(),
		FileFlag: o.FileFlag(), FileEnv: o.FileEnv(),
		Group: o.Group.Title(), Help: o.Help, Type: o.Type(),
		Choices: t.Choices, Rules: t.Rules, Keys: t.Keys, List: t.List, Struct: t.Struct, NoValue: t.NoValue,
		EmptyText: t.EmptyText, Secret: t.Secret, Hidden: o.Hidden, UseInstead: o.UseInstead,
		Effect: o.Effect.String(), Reload: o.Reload == option.ReloadLive, Since: o.Since, Retires: o.Retires,
		Complete: hints[o.Complete], Annotations: o.Annotations,
	}
	if text, words := defaultOf(o); words {
		l.DefaultDoc = text
	} else {
		l.Default = text
	}
	if !t.Secret {
		l.Example = o.Example
	}
	for _, x := range t.Limits {
		l.Limits = append(l.Limits, ListedLimit{Text: x.Text, Pattern: x.Pattern, Least: x.Least, Most: x.Most})
	}
	for _, s := range o.Siblings() {
		l.SameField = append(l.SameField, s.Flag)
	}
	if x := o.Indexed; x != nil {
		l.Indexed = &ListedFamily{}
		for _, p := range x.Prefixes {
			l.Indexed.Prefixes = append(l.Indexed.Prefixes, c.EnvPrefix()+p)
		}
		for _, f := range x.Fields {
			l.Indexed.Suffixes = append(l.Indexed.Suffixes, f.Env)
		}
	}
	return l
}

var hints = [...]string{option.HintNone: "", option.HintFile: "file", option.HintDir: "dir"}

// Catalog writes the [Listing] of a catalog as JSON, indented, for people
// compare it too. The error is that of w.
func Catalog(w io.Writer, c *option.Catalog) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(List(c))
}
