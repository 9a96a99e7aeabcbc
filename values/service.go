package values

import (
	"strconv"

	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
)

// Service holds what the server offers beside its main work. The API keeps
// these fields at the top.
type Service struct {
	Experiments       []string `json:"experiments"`
	UpdateCheck       bool     `json:"update_check"`
	Swagger           Swagger  `json:"swagger"`
	TermsOfServiceURL string   `json:"terms_of_service_url"`
	Support           Support  `json:"support"`
}

// Swagger is the interactive description of the API.
type Swagger struct {
	Enable bool `json:"enable"`
}

func serviceTable(v *DeploymentValues) option.Table {
	return option.Table{Rows: []option.Option{
		{
			Name: "Experiments", Flag: "experiments", YAML: "experiments",
			Value:       kind.Strings(&v.Experiments),
			Annotations: forProxies,
			Help: "Features to try before they are finished, by name; an asterisk stands for all that are safe. They may " +
				"change or go without notice.",
		},
		{
			Name: "Update Check", Flag: "update-check", YAML: "updateCheck",
			Value: kind.Bool(&v.UpdateCheck), Computed: updateCheck,
			DefaultDoc: "true in a release build, and false in other builds and while tests run",
			Help: "Look once a day whether a newer version has been published, and tell owners of it. It is the only " +
				"request that this program makes on its own.",
		},
		{
			Name: "Enable swagger endpoint", Flag: "swagger-enable", YAML: "enableSwagger",
			Value: kind.Bool(&v.Swagger.Enable),
			Help:  "Serve a page under /swagger on which the API can be read and tried out.",
		},
		{
			Name: "Terms of Service URL", Flag: "terms-of-service-url", YAML: "termsOfServiceURL",
			Value:  kind.URLText(&v.TermsOfServiceURL, kind.Schemes("http", "https"), kind.NeedHost(), kind.PublicLink()),
			Effect: option.EffectPage, Example: "https://example.com/terms",
			Help: "Link to terms that people must accept before they sign in. Without one they are asked nothing.",
		},
	}}
}

func updateCheck(h option.Host) string { return strconv.FormatBool(h.Release && !h.Testing) }
