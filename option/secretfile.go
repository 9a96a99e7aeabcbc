package option

import "slices"

// A secret option has two more spellings beside its flag and its variable:
// --FLAG-file and X_FILE name a file that holds the value, as programs in
// containers expect it. They are spellings, not options: nothing lists them
// among the options, and what they give is an input of the option itself. An
// option that has a row for a file of its own, called FLAG-file, has neither.

const (
	fileFlagEnd = "-file"
	fileEnvEnd  = "_FILE"
)

// fileNames are the spellings by a file of one option.
type fileNames struct {
	flag, env string
}

// FileFlag returns the flag, without dashes, that names a file with the value
// of the option: "postgres-url-file". It is "" for an option without one.
//
// It is also where the option gets its value by credentials of systemd: the
// credential is called as the flag of the option.
func (o *Option) FileFlag() string {
	if o.file == nil {
		return ""
	}
	return o.file.flag
}

// FileEnv returns the variable that names a file with the value of the option,
// by its whole name: "APP_POSTGRES_URL_FILE". It is "" for an option without
// one.
func (o *Option) FileEnv() string {
	if o.file == nil {
		return ""
	}
	return o.file.env
}

// ByFileFlag returns the option whose [Option.FileFlag] it is, or nil.
func (c *Catalog) ByFileFlag(name string) *Option { return c.byFileFlag[name] }

// ByFileEnv returns the option whose [Option.FileEnv] it is, or nil.
func (c *Catalog) ByFileEnv(name string) *Option { return c.byFileEnv[name] }

// FromFiles returns the options that may take their values from files of their
// own, in catalog order. The slice is shared: read only.
func (c *Catalog) FromFiles() []*Option { return c.fromFiles }

// fileSpellings gives every secret option its spellings by a file. They come
// after all names of rows are known, for they give way to nobody: a name that
// is taken is a fault.
func (b *builder) fileSpellings() {
	c := b.c
	c.byFileFlag, c.byFileEnv = map[string]*Option{}, map[string]*Option{}
	for _, o := range c.options {
		if o.Value == nil || !o.Secret() || o.NoFile || c.byFlag[o.Flag+fileFlagEnd] != nil {
			continue
		}
		f := &fileNames{flag: o.Flag + fileFlagEnd}
		if o.Env != "" {
			f.env = string(o.Env) + fileEnvEnd
		}
		if c.dead["--"+f.flag] != nil || c.dead["$"+f.env] != nil {
			b.fault(o, "its spelling by a file is a retired name; set NoFile")
			continue
		}
		if other := c.byEnv[f.env]; other != nil {
			b.fault(o, "its spelling by a file, variable %s, is taken by option %q; set NoFile", f.env, other.Flag)
			continue
		}
		if slices.Contains(c.foreign, f.env) {
			b.fault(o, "its spelling by a file, variable %s, is foreign; set NoFile", f.env)
			continue
		}
		o.file = f
		c.fromFiles = append(c.fromFiles, o)
		c.byFileFlag[f.flag] = o
		if f.env != "" {
			c.byFileEnv[f.env] = o
		}
	}
}
