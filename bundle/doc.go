// Package bundle takes all that a configuration was read from, less everything
// that must not leave the process, so that somebody elsewhere can be told the
// same of it: which value each option has and from where, what lost, and what is
// wrong.
//
//	b := bundle.Take(registry, process, texts, excerpts)
//	text, err := b.Encode()
//
// and elsewhere
//
//	b, err := bundle.Decode(text)
//	registry, err := … // built for b.Host
//	settings, problems, err := bundle.Settings(b, registry)
//
// A withheld value does not travel, nor a digest of it. Its verdict does:
// whether it was taken, and the words of the problem if it was not; and so does
// its place, which in a file says how many bytes it takes. So nothing is read or judged again where a bundle is opened, and what is
// told there is the same to the byte.
//
// For people who read a bundle it also has the command line, the variables and
// the files, in which only names and values of options are left that would be
// shown anyway. What is shown stands where it stood: in the same argument, line
// and column.
package bundle
