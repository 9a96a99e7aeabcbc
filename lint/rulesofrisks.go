package lint

import "github.com/strataconf/strata/option"

// riskRules stand for what rows and checks of a program call risky. The codes
// are words for classes of danger, so that any program can use them.
func riskRules() []Rule {
	risk := func(id, name string, severity option.Severity, title, help string) Rule {
		return Rule{ID: id, Name: name, Severity: severity, Codes: []string{name}, Title: title, Help: help}
	}
	return []Rule{
		risk("L024", "skip-verify", option.Warning, "A check of the other side's identity is off",
			"The program talks to another one without making sure that it is the right one. Whoever is on the way between them can "+
				"read and change everything, passwords included. Give the program the certificate authority to trust instead."),
		risk("L025", "open-cors", option.Warning, "Pages of any site may use the API",
			"Browsers keep pages of other sites from using the API in the name of the person who looks at them, unless the server "+
				"allows it. This server allows it to all sites. Turn it off outside of development."),
		risk("L026", "no-rate-limit", option.Warning, "A limit on the number of requests is off",
			"Without the limit one client can keep the server from answering all others, and passwords can be guessed at full speed. "+
				"Set a limit that is high enough for the clients there are."),
		risk("L027", "public-diagnostics", option.Warning, "Figures or profiles on an address that other machines reach",
			"Metrics and profiles tell of users, of memory and of the inside of the program, and nobody has to sign in for them. Serve "+
				"them on a loopback address, or on one that only the monitoring reaches, and say so where you silence this."),
		risk("L028", "plain-http", option.Warning, "Sign-in over plain HTTP from other machines",
			"The server answers HTTP on an address that other machines reach, and nothing says that HTTPS stands in front of it. "+
				"Passwords and cookies cross the network readable. Turn HTTPS on, or give the address under which a proxy offers it."),
		risk("L029", "trusts-everyone", option.Warning, "Everyone may say who the client is",
			"Headers that name the client are believed from any address, so anybody can write any address into logs and dodge limits "+
				"on requests. List only the networks in which your proxies stand."),
		risk("L030", "cookie-scheme", option.Warning, "Cookies that do not fit the address of the server",
			"A cookie that is marked secure is sent over HTTPS only, and one that is not marked is sent over plain HTTP as well, "+
				"readable to everybody on the way. Mark cookies as secure where the address begins with https, and only there."),
		risk("L031", "hsts-without-https", option.Warning, "A promise of HTTPS without HTTPS",
			"Browsers are told to come back by HTTPS only, while the address that people are given begins with http. Browsers heed the "+
				"header only when they see it over HTTPS, and then the address stops working for them. Change one of the two."),
		risk("L032", "weak-tls", option.Warning, "A version or cipher of TLS that is known to be weak",
			"Connections can be made that an attacker may read or change. Allow these only for clients that can't be brought up to "+
				"date, and only for as long as there are any."),
		risk("L033", "weak-protection", option.Warning, "A protection is switched off",
			"The option takes away a protection for good reasons that few deployments have. What may happen is said with each finding. "+
				"Turn it off, or silence this with the reason."),
		risk("L034", "open-sign-up", option.Warning, "Anybody may make an account",
			"Everyone who has an account with the provider of sign-in can make one here, which for a public provider is everyone. "+
				"Restrict it to organizations, teams or domains."),
		risk("L035", "plain-credentials", option.Warning, "A password that crosses the network unencrypted",
			"The program logs in to another machine over a connection without encryption. Whoever is on the way can read the password "+
				"and all that follows. Turn encryption on for that connection."),
	}
}
