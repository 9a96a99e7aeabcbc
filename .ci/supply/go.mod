// The tools of releases, kept out of go.mod so that nobody who imports the
// module inherits what they need. Run them as: .ci/release, make size.
module github.com/strataconf/strata/supply

go 1.26.0

require (
	github.com/CycloneDX/cyclonedx-go v0.12.0
	github.com/google/licensecheck v0.3.1
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
)

require golang.org/x/text v0.43.0 // indirect
