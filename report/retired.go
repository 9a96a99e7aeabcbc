package report

import (
	"io"

	"github.com/strataconf/strata/option"
)

// Retired is the answer for a name that is out of use.
type Retired struct {
	Catalog   *option.Catalog
	Tombstone *option.Tombstone
}

// Text says what took over, in all spellings.
func (r Retired) Text() string {
	text := "The name no longer exists, and an input that uses it is refused."
	if o := r.Catalog.ByFlag(r.Tombstone.UseInstead); o != nil {
		text += " Use --" + o.Flag
		for _, name := range []string{string(o.Env), o.Path()} {
			if name != "" {
				text += " or " + name
			}
		}
		text += " instead."
	}
	return text
}

// WriteText writes the answer for people. The error is that of w.
func (r Retired) WriteText(w io.Writer, style Style) error {
	s := &sheet{Paper: style.Paper()}
	s.prose(0, r.Text())
	_, err := io.WriteString(w, s.b.String())
	return err
}

// MarshalJSON returns the answer for programs.
func (r Retired) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Retired    bool   `json:"retired"`
		Text       string `json:"text"`
		UseInstead string `json:"use_instead,omitempty"`
	}{true, r.Text(), r.Tombstone.UseInstead})
}
