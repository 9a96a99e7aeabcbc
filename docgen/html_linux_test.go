package docgen_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/strataconf/strata/option"
)

// TestHTMLInABrowser opens the page from a file in a real browser, at the width
// of a desk and of a phone, in light and in dark, and uses it.
func TestHTMLInABrowser(t *testing.T) {
	t.Parallel()
	b := newBrowser(t)
	for _, c := range []*option.Catalog{toyCatalog(t), realCatalog(t)} {
		file := filepath.Join(t.TempDir(), "reference.html")
		if err := os.WriteFile(file, []byte(document(t, "toy.html", c)), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{1280, 380} {
			for _, scheme := range []string{"light", "dark"} {
				p := htmlPage{b, t, c, fmt.Sprintf("%s-%d-%s", c.Program(), width, scheme)}
				b.show("file://"+file, width, scheme)
				b.picture(p.name)
				p.readable(width, scheme)
				if scheme == "light" {
					p.search(map[int]int{1280: 7, 380: 50}[width])
					p.keyboard()
					p.links(width)
				}
				p.anchors("file://"+file, width, scheme)
				p.onPaper()
			}
		}
	}
	if said := b.faults(); said != "" {
		t.Errorf("the console says\n%s", said)
	}
}

// An htmlPage is the reference as a browser shows it.
type htmlPage struct {
	*browser
	t    *testing.T
	c    *option.Catalog
	name string
}

// readable holds that nothing is cut off or has to be scrolled to the side,
// and that text stands out from its ground.
func (p htmlPage) readable(width int, scheme string) {
	p.t.Helper()
	var got struct {
		Page, Widest, Contrast float64
		Over, Faint            string
	}
	p.run(`(() => {
		const out = {page: document.documentElement.scrollWidth, widest: 0, over: "", contrast: 99, faint: ""};
		const light = s => {
			const [r, g, b] = s.match(/[\d.]+/g).map(v => (v /= 255, v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
			return .2126 * r + .7152 * g + .0722 * b;
		};
		const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$/.test(c)) return c; } return "rgb(255,255,255)"; };
		for (const e of document.body.querySelectorAll("*")) {
			const box = e.getBoundingClientRect();
			if (!box.width || ["SCRIPT", "STYLE"].includes(e.tagName)) continue;
			if (box.right > out.widest) { out.widest = box.right; out.over = e.outerHTML.slice(0, 80); }
			if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
			const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
			if (ratio < out.contrast) { out.contrast = ratio; out.faint = e.outerHTML.slice(0, 80); }
		}
		return out;
	})()`, &got)
	if got.Page > float64(width) || got.Widest > float64(width) {
		p.t.Errorf("%s: the page is %v wide, and %s reaches to %v", p.name, got.Page, got.Over, got.Widest)
	}
	if got.Contrast < 4.5 {
		p.t.Errorf("%s: the contrast of %s is %.2f, want 4.5 or more", p.name, got.Faint, got.Contrast)
	}
	var ground string
	p.run(`getComputedStyle(document.body).backgroundColor`, &ground)
	if isWhite := ground == "rgb(255, 255, 255)"; isWhite != (scheme == "light") {
		p.t.Errorf("%s: the ground is %s", p.name, ground)
	}
}

// shown are the flags of the options that the page shows.
func (p htmlPage) shown() []string {
	p.t.Helper()
	var out []string
	p.run(`[...document.querySelectorAll("article")].filter(a => a.getClientRects().length).map(a => a.id.slice(2))`, &out)
	return out
}

func (p htmlPage) look(words string) []string {
	p.t.Helper()
	p.run(`document.getElementById("search").focus(); document.getElementById("search").select()`, nil)
	p.typed(words)
	return p.shown()
}

// search types what people know of each so many options, and holds what is
// shown against the catalog.
func (p htmlPage) search(each int) {
	p.t.Helper()
	texts := map[*option.Option]string{}
	for o := range p.c.All() {
		group := "General"
		if o.Group != nil {
			group = o.Group.Title()
		}
		texts[o] = strings.ToLower(strings.Join([]string{group, o.Name, "--" + o.Flag, string(o.Env), o.Path(), o.Type(), strings.Join(strings.Fields(o.Help), " ")}, "\n"))
	}
	for o := range p.c.All() {
		if o.Index()%each != 0 && p.c.Len() > 50 {
			continue
		}
		asks := []string{"--" + o.Flag, strings.ToUpper(o.Flag), string(o.Env), o.Path(), longest(o.Help)}
		for _, ask := range asks {
			if ask == "" {
				continue
			}
			got := p.look(ask)
			if !slices.Contains(got, o.Flag) {
				p.t.Errorf("%s: a search for %q does not find --%s", p.name, ask, o.Flag)
			}
			if want := `"` + strings.ToLower(ask) + `"`; len(got) == p.c.Len() && p.c.Len() > 50 {
				p.t.Errorf("%s: a search for %s leaves nothing out", p.name, want)
			}
			for other, text := range texts { // facts have more words than these
				if strings.Contains(text, strings.ToLower(ask)) && !slices.Contains(got, other.Flag) {
					p.t.Errorf("%s: a search for %q does not find --%s", p.name, ask, other.Flag)
				}
			}
		}
	}
	var said string
	p.look("no such words anywhere")
	p.run(`document.getElementById("count").textContent + "; " + document.querySelector("main").innerText.trim()`, &said)
	if want := "0 options; No option has all of these words."; said != want {
		p.t.Errorf("%s: a search for nothing shows %q, want %q", p.name, said, want)
	}
}

// longest is the longest word of a text.
func longest(text string) string {
	return slices.MaxFunc(strings.FieldsFunc(text, func(r rune) bool { return r < 'A' || r > 'z' }), func(a, b string) int { return len(a) - len(b) })
}

// keyboard uses the page without a mouse.
func (p htmlPage) keyboard() {
	p.t.Helper()
	focus := func() string {
		var id string
		p.run(`document.activeElement.id + "|" + document.getElementById("search").value`, &id)
		return id
	}
	p.press("Escape", "")
	if got := len(p.shown()); got != p.c.Len() {
		p.t.Errorf("%s: Esc leaves %d options, want all %d", p.name, got, p.c.Len())
	}
	p.press("Escape", "")
	if got := focus(); got != "|" {
		p.t.Errorf("%s: a second Esc leaves the focus at %q", p.name, got)
	}
	p.press("/", "/")
	if got := focus(); got != "search|" {
		p.t.Errorf("%s: / gives %q, want the search, empty", p.name, got)
	}
	p.press("/", "/")
	if got := focus(); got != "search|/" {
		p.t.Errorf("%s: a second / gives %q, want it typed", p.name, got)
	}
	p.press("Escape", "")
	p.press("Escape", "")
}

// links follows links of the page, with the list of groups where it is behind
// a button.
func (p htmlPage) links(width int) {
	p.t.Helper()
	var last string
	p.run(`[...document.querySelectorAll("nav a")].pop().hash`, &last)
	if width < 600 {
		p.click("#menu")
		p.picture(p.name + "-menu")
	}
	p.run(`document.querySelector("nav a[href='`+last+`']").scrollIntoView({block: "nearest"})`, nil)
	p.click("nav a[href='" + last + "']")
	p.inView(last)
	var open bool
	if p.run(`document.getElementById("menu").getAttribute("aria-expanded") === "true"`, &open); open {
		p.t.Errorf("%s: the list of groups stays open", p.name)
	}
	var link string
	p.run(`document.querySelector("article p a").hash`, &link)
	p.run(`document.querySelector("article p a").click()`, nil)
	p.inView(link)
	// What the search left out is opened, the second time too.
	for range 2 {
		if got := p.look("no such words anywhere"); len(got) != 0 {
			p.t.Errorf("%s: a search for nothing shows %q", p.name, got)
		}
		p.run(`document.querySelector("article p a").click()`, nil)
		p.inView(link)
	}
	// What is set in stands below what it is set in from.
	p.look("smtp")
	var loose []string
	p.run(`[...document.querySelectorAll("nav a:not([hidden])")].filter((a, i, all) => +a.className[1] > (i ? +all[i-1].className[1] + 1 : 0)).map(a => a.textContent)`, &loose)
	if len(loose) > 0 {
		p.t.Errorf("%s: groups are set in below nothing: %q", p.name, loose)
	}
	p.look("address")
	p.run(`scrollTo(0, 300)`, nil)
	p.picture(p.name + "-search")
	p.look(" ")
}

// inView holds that what an anchor names stands below the head of the page.
func (p htmlPage) inView(hash string) {
	p.t.Helper()
	var top, head float64
	p.run(fmt.Sprintf(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.getElementById(decodeURIComponent(%q)).getBoundingClientRect().top))))`, hash[1:]), &top)
	p.run(`document.querySelector("header").offsetHeight`, &head)
	if top < head || top > 600 {
		p.t.Errorf("%s: %s stands at %v, want it below the head of %v", p.name, hash, top, head)
	}
}

// anchors opens the page at an option, as a link from elsewhere does.
func (p htmlPage) anchors(url string, width int, scheme string) {
	p.t.Helper()
	for _, hash := range []string{"#--" + slices.Collect(p.c.All())[p.c.Len()/2].Flag, "#no-such-thing", "#%E0%A4%A"} {
		p.show(url+hash, width, scheme)
		if strings.HasPrefix(hash, "#--") {
			p.inView(hash)
			p.picture(p.name + "-anchor")
		}
		if got := len(p.shown()); got != p.c.Len() {
			p.t.Errorf("%s: %s shows %d options, want %d", p.name, hash, got, p.c.Len())
		}
	}
}

// onPaper holds that a print has the options and nothing to click.
func (p htmlPage) onPaper() {
	p.t.Helper()
	p.ask("Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
	p.picture(p.name + "-print")
	var left []string
	p.run(`[...document.querySelectorAll("input, button, nav, output, .keys")].filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 40))`, &left)
	if len(left) > 0 || len(p.shown()) != p.c.Len() {
		p.t.Errorf("%s: a print shows %d options, want %d, and %q", p.name, len(p.shown()), p.c.Len(), left)
	}
	p.ask("Emulation.setEmulatedMedia", map[string]any{"media": ""}, nil)
}
