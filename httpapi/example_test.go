package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/strataconf/strata/httpapi"
	"github.com/strataconf/strata/option"
	"github.com/strataconf/strata/option/kind"
	"github.com/strataconf/strata/stats"
)

// The settings of a program that has nothing to do with this project.
type shop struct {
	Currency string      `json:"currency"`
	PayKey   kind.Secret `json:"pay_key"`
}

func shopTables(v *shop) []option.Table {
	return []option.Table{{Rows: []option.Option{
		{Name: "Currency", Flag: "currency", Value: kind.String(&v.Currency), Default: "EUR", Help: "Currency of the prices."},
		{Name: "Pay Key", Flag: "pay-key", Value: kind.SecretOf(&v.PayKey), Help: "Key of the payment service."},
	}}}
}

// shopStore stands for sign-in and figures of the program's own.
type shopStore struct{ redacted *option.Redacted }

func (s shopStore) Redacted() *option.Redacted { return s.redacted }
func (shopStore) Token(context.Context, string) (hash [32]byte, id, name, role string, end time.Time, err error) {
	return hash, "", "", "", end, missing{}
}

func (shopStore) User(context.Context, string) (id, name, role string, err error) {
	return "", "", "", missing{}
}
func (shopStore) Report(context.Context, stats.Batch) error { return nil }
func (shopStore) Snapshot() stats.Answer                    { return stats.Empty(time.Time{}) }

// A program mounts the API beside its own paths, with its own catalog.
func ExampleNew() {
	reg, err := option.Build(option.Config[shop]{Program: "shop", EnvPrefix: "SHOP_", Tables: shopTables})
	if err != nil {
		fmt.Println(err)
		return
	}
	snapshot, _ := reg.Resolve(nil)
	store := shopStore{snapshot.Redact()}
	api, err := httpapi.New(httpapi.Config{
		Build:    httpapi.Build{Version: "v3.1.4"},
		Settings: store, Tokens: store, Users: store, Stats: store, Now: time.Now,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("/api/", api)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the shop")) })

	for _, path := range []string{"/", "/api/v2/", "/api/v2/deployment/config"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		fmt.Println(w.Code, w.Body)
	}
	// Output:
	// 200 the shop
	// 200 {"message":"Welcome to the API of this deployment.","detail":"","validations":[]}
	// 401 {"message":"This needs a valid token.","detail":"Send it in the header Coder-Session-Token.","validations":[]}
}
