package optiontest_test

import (
	"strings"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// shop is a small program: no file, no prefix, one option that its JSON hides.
type shop struct {
	Name  string      `json:"name"`
	Mode  string      `json:"mode"`
	Old   string      `json:"old"`
	Site  kind.URL    `json:"site"`
	Token kind.Secret `json:"-"`
	Tags  []string    `json:"tags"`
	Color string      `json:"color"`
	Note  string      `json:"note"`
}

// shopConfig is without a fault but for those that change makes.
func shopConfig(change func(v *shop, rows []option.Option)) option.Config[shop] {
	red := kind.Rule[string]{Text: "a shade of red", Check: func(s string) *option.Fault {
		if s != "crimson" && s != "ruby" {
			return &option.Fault{Reason: "not a shade of red"}
		}
		return nil
	}}
	return option.Config[shop]{Program: "shop", EnvPrefix: "SHOP_", Tables: func(v *shop) []option.Table {
		rows := []option.Option{
			{Name: "Name", Flag: "name", YAML: "name", Default: "corner", Value: kind.String(&v.Name), Help: "What stands above the door."},
			{Name: "Mode", Flag: "mode", YAML: "mode", Value: kind.Enum(&v.Mode, "open", "shut"), Help: "Whether people may come in."},
			{Name: "Old", Flag: "old", YAML: "old", Value: kind.String(&v.Old), UseInstead: []string{"name"}, Help: "Older words for --name."},
			{Name: "Site", Flag: "site", YAML: "site", Value: kind.URLOf(&v.Site), Help: "Where the shop is on the web."},
			{Name: "Token", Flag: "token", Value: kind.SecretOf(&v.Token), Help: "What opens the till."},
			{Name: "Tags", Flag: "tags", YAML: "tags", Value: kind.Strings(&v.Tags), Help: "Words by which people find it."},
			{Name: "Color", Flag: "color", YAML: "color", Value: kind.String(&v.Color, red), Example: "ruby", Help: "Paint of the door."},
			{Name: "Note", Flag: "note", Value: kind.String(&v.Note), Help: "Words for those who close up."},
		}
		if change != nil {
			change(v, rows)
		}
		return []option.Table{{Rows: rows}}
	}}
}

// chatty is a kind that shows what it refuses.
type chatty struct{ option.Value }

func (c chatty) Decode(dst any, raw option.Raw) error {
	if strings.Contains(raw.Text(), "[") {
		return &option.Fault{Reason: "not fine: " + raw.Text()}
	}
	return c.Value.Decode(dst, raw)
}

// lossy is a kind that does not write what it reads.
type lossy struct{ option.Value }

func (l lossy) Text(src any) string { return l.Value.Text(src) + "?" }
