package lint

import (
	"slices"
	"strings"

	"github.com/strataconf/strata/option"
)

// A Rule is one row: what is found, and all that is said about it.
type Rule struct {
	// ID is the short name for comments and reports: "L012". It is never used
	// again for another rule.
	ID string
	// Name is the name for people: "equals-default".
	Name string
	// Severity is that of what Check finds and of the risks of rows. What the
	// load and checks tell keeps the severity it has there.
	Severity option.Severity
	// Title is one line, without a period.
	Title string
	// Help is prose: what is found, why it matters, and what to do.
	Help string
	// Codes are those of the problems and risks that the rule stands for.
	Codes []string
	// Check finds more; it may be nil.
	Check func(*Look)
}

// Doc returns the address of the section about the rule in a page that
// [Markdown] wrote.
func (r *Rule) Doc(page string) string { return page + "#" + strings.ToLower(r.ID) }

// Rules returns the rules of this package, in the order of their IDs.
func Rules() []Rule { return slices.Concat(checkRules(), fileRules(), valueRules(), riskRules()) }

// Find returns the rule of an ID or a name, in any case, or nil.
func Find(rules []Rule, name string) *Rule {
	i := slices.IndexFunc(rules, func(r Rule) bool { return strings.EqualFold(r.ID, name) || strings.EqualFold(r.Name, name) })
	if i < 0 {
		return nil
	}
	return &rules[i]
}

// Lookup returns the rule of an ID or a name, as [Find] does. The error is an
// [*UnknownRuleError].
func Lookup(rules []Rule, name string) (*Rule, error) {
	if r := Find(rules, name); r != nil {
		return r, nil
	}
	return nil, &UnknownRuleError{Near: near(rules, name)}
}

// byCode returns the rule that stands for a code, or nil.
func byCode(rules []Rule, code string) *Rule {
	i := slices.IndexFunc(rules, func(r Rule) bool { return slices.Contains(r.Codes, code) })
	if i < 0 {
		return nil
	}
	return &rules[i]
}

// checkRules stand for what a load tells by itself.
func checkRules() []Rule {
	return []Rule{
		{
			ID: "L001", Name: "check", Severity: option.Error, Codes: []string{anyCode}, Title: "Something that a check of the configuration tells",
			Help: "A start of the program would tell this too, and refuse to start if it is an error. Mend it first: the other rules " +
				"look at what is left.",
		},
		{
			ID: "L002", Name: "deprecated", Severity: option.Warning, Codes: []string{"deprecated"}, Title: "An older spelling",
			Help: "The option has a newer name. The older one still works and will be dropped one day. Write the newer one in its " +
				"place.",
		},
		{
			ID: "L003", Name: "both-spellings", Severity: option.Warning, Codes: []string{"both-spellings"}, Title: "An older and a newer spelling side by side",
			Help: "One source gives an option by its older and by its newer name. The newer one wins, so the older line says " +
				"something that does not hold. Remove it.",
		},
		{
			ID: "L004", Name: "retired", Severity: option.Error, Codes: []string{"retired"}, Title: "A name that is no longer read",
			Help: "The name belonged to an option that is gone. In a file or on the command line it stops a start; a variable is left " +
				"unread, so what it asks for does not happen. Use what took its place, or remove it.",
		},
		{
			ID: "L005", Name: "empty-variable", Severity: option.Note, Codes: []string{"empty-variable"}, Title: "A variable that is set to nothing",
			Help: "An empty variable counts as not set, so that deployments can pass on variables that nobody set. If it was meant to " +
				"empty an option, it does not. Remove the variable, or set the empty value by the file or a flag.",
		},
		{
			ID: "L006", Name: "service-links", Severity: option.Warning, Codes: []string{"service-links"}, Title: "A variable that Kubernetes made",
			Help: "Kubernetes gives each pod variables for the services of its namespace. The name of a service begins as the " +
				"variables of this program do, and so some look like its options. They are not read, but they hide the variables " +
				"they share a name with. Set enableServiceLinks: false in the pod, or rename the service.",
		},
		{
			ID: "L007", Name: "secret-on-argv", Severity: option.Warning, Codes: []string{"secret-on-argv"}, Title: "A secret on the command line",
			Help: "Every user of the machine can read the command line of every process, and shells keep it in their history. Give " +
				"the secret by a variable or by a file.",
		},
		{
			ID: "L008", Name: "kept-quotes", Severity: option.Warning, Codes: []string{"quotes", "line-break"}, Title: "Quotes or a line end inside a value",
			Help: "A shell removes quotes, and most readers of files the last line end. Something did not: docker --env-file keeps " +
				"quotes, and a secret that was made with echo ends in a line break. Both are part of the value now. Remove them " +
				"where they stand.",
		},
		{
			ID: "L009", Name: "duplicate-variable", Severity: option.Warning, Codes: []string{"duplicate-variable"}, Title: "A variable that is set again",
			Help: "A file of variables sets one twice, or a later file sets it again. The last one counts. Across files that may be " +
				"how they are layered; inside one it is a slip. Remove the line that does not count.",
		},
		{
			ID: "L010", Name: "unknown-variable", Severity: option.Warning, Codes: []string{"unknown-variable"}, Title: "A variable that no option has",
			Help: "The variable begins as those of this program do, and nothing reads it: a slip of the pen, a name of another " +
				"version, or a variable of another program. Correct it or remove it.",
		},
		{
			ID: "L011", Name: "env-dialects", Severity: option.Warning, Codes: []string{"env-dialects"}, Title: "A line that readers of variables take for different things",
			Help: "systemd, containers and development tools read files of variables, each in a way of its own. This line means " +
				"something else to another of them. Write it in the plain form NAME=value. What systemd fills in by itself, such as %h in a " +
				"unit, is told too: the value that is looked at here is not the one that the service gets.",
		},
	}
}

// anyCode is the code of a rule that takes what no other one does.
const anyCode = "*"
