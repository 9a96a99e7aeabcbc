module github.com/strataconf/strata

go 1.26.0
