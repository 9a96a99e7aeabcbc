package lint

import "github.com/strataconf/strata/option"

// CutBoth finds the range of a fix in both ways: the short one, if it knows,
// and the one that edits.
func (r *Report) CutBoth(f *Fix) (short, long option.Span, known bool) {
	d := r.files[f.File]
	_, _ = r.Cut(f) // reads the file
	short, known = d.line(f.path)
	if after, ok := without(d.yaml, [][]string{f.path}); ok {
		long, _ = cut(d.file.Text, after)
	}
	return short, long, known
}
