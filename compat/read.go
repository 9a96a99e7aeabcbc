package compat

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/strataconf/strata/docgen"
	"github.com/strataconf/strata/option"
)

// The limits of a catalog that is read.
const (
	MaxBytes   = 8 << 20
	MaxOptions = 10_000
)

// The reasons for which a catalog is refused without one of its own.
var (
	errTooLarge = fmt.Errorf("larger than %d MiB", MaxBytes>>20)
	errNoJSON   = errors.New("not JSON")
	errOther    = errors.New("JSON, but no catalog: it has no catalog_version")
	errNoFlag   = errors.New("an option has no flag")
	errNoTitle  = errors.New("a group has no title")
)

// Read reads a catalog that [docgen.Catalog] wrote, by this program or an older
// or newer one of the same form. What a newer program added is passed over.
//
// The error says what is wrong in words of this package, and shows nothing of
// the text but names of options: anything may be in a file that is no catalog.
func Read(text []byte) (*docgen.Listing, error) {
	if len(text) > MaxBytes {
		return nil, errTooLarge
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	// The version first, since a newer form may not fit the members.
	var form struct {
		Version json.RawMessage `json:"catalog_version"`
	}
	if err := decode(text, &form); err != nil {
		return nil, err
	}
	if form.Version == nil {
		return nil, errOther
	}
	switch n, err := strconv.ParseInt(string(form.Version), 10, 64); {
	case err != nil || n < 1:
		return nil, errors.New("catalog_version is no version")
	case n > docgen.ListingVersion:
		return nil, fmt.Errorf("catalog_version is %d, and this program reads %d at most; compare with the newer program", n, docgen.ListingVersion)
	}
	l := new(docgen.Listing)
	if err := decode(text, l); err != nil {
		return nil, err
	}
	if err := check(l); err != nil {
		return nil, err
	}
	return l, nil
}

// check refuses what no program writes and [Compare] can't do without.
func check(l *docgen.Listing) error {
	if len(l.Options) > MaxOptions || len(l.Retired) > MaxOptions || len(l.Groups) > MaxOptions {
		return fmt.Errorf("more than %d options, groups or retired names", MaxOptions)
	}
	groups := make(map[string]bool, len(l.Groups))
	for i := range l.Groups {
		title := l.Groups[i].Title
		if title == "" {
			return errNoTitle
		}
		if groups[title] {
			return fmt.Errorf("two groups have the title %s", shown(title))
		}
		groups[title] = true
	}
	seen := make(map[string]bool, len(l.Options))
	for i := range l.Options {
		o := &l.Options[i]
		if o.Flag == "" {
			return errNoFlag
		}
		if f := o.Indexed; f != nil && len(f.Prefixes)*len(f.Suffixes) > MaxOptions {
			return fmt.Errorf("--%s has more than %d numbered variables", shown(o.Flag), MaxOptions)
		}
		for _, name := range names(o) {
			if seen[name] {
				return fmt.Errorf("two options have the name %s", shown(name))
			}
			seen[name] = true
		}
	}
	return nil
}

func decode(text []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	err := d.Decode(to)
	wrong := new(json.UnmarshalTypeError)
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Errorf("a catalog whose member %s is of another type than expected", shown(wrong.Field))
	case errors.As(err, &wrong):
		return errOther
	case err != nil:
		return errNoJSON
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more text behind the catalog")
	}
	return nil
}

// mostShown is how many characters of a text of a catalog a report shows.
const mostShown = 160

// shown is a text of a catalog as a report shows it: without control
// characters, cut where it is long.
func shown(s string) string {
	cut := false
	if n := 0; len(s) > mostShown {
		for i := range s {
			if n++; n > mostShown {
				s, cut = s[:i], true
				break
			}
		}
	}
	if s = option.Escape(s); cut {
		s += "…"
	}
	return s
}
