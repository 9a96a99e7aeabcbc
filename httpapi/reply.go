package httpapi

import (
	"net/http"
	"strconv"

	"github.com/strataconf/strata/option"
)

const (
	typeJSON = "application/json; charset=utf-8"
	typeText = "text/plain; charset=utf-8"
)

// A reply is a whole answer. Nothing of it is sent before it is complete.
type reply struct {
	status      int
	contentType string
	body        []byte
	head        []string // canonical names and values of further headers, in turn
	plain       string   // the message again, for those who read no JSON
	reason      string   // for the log, never sent
}

// with adds a header.
func (r reply) with(name, value string) reply {
	r.head = append(r.head[:len(r.head):len(r.head)], http.CanonicalHeaderKey(name), value)
	return r
}

// because adds what the log says of a fault.
func (r reply) because(reason string) reply {
	r.reason = reason
	return r
}

// away is the reply when the store can't do something now.
func away(what string, err error) reply {
	text := err.Error()
	return storeIsAway.because(what + ": " + option.Escape(text[:min(len(text), mostLogged)]))
}

func inJSON(body []byte) reply {
	return reply{status: http.StatusOK, contentType: typeJSON, body: body}
}

func inText(status int, text string) reply {
	return reply{status: status, contentType: typeText, body: []byte(text + "\n")}
}

// A validation says what is wrong with one member of a request.
type validation struct{ field, detail string }

// message is the body of faults and of the greeting.
func message(text, detail string, validations ...validation) []byte {
	b := option.AppendJSONString([]byte(`{"message":`), text)
	b = option.AppendJSONString(append(b, `,"detail":`...), detail)
	b = append(b, `,"validations":[`...)
	for i, v := range validations {
		if i > 0 {
			b = append(b, ',')
		}
		b = option.AppendJSONString(append(b, `{"field":`...), v.field)
		b = append(option.AppendJSONString(append(b, `,"detail":`...), v.detail), '}')
	}
	return append(b, `]}`...)
}

// fault is a refusal. Its texts are fixed: what a client sent is never sent
// back, and no error of Go is shown.
func fault(status int, text, detail string, validations ...validation) reply {
	return reply{status: status, contentType: typeJSON, body: message(text, detail, validations...), plain: text}
}

// retry is a refusal that may be over in so many seconds.
func (r reply) retry(seconds int) reply { return r.with("Retry-After", strconv.Itoa(max(1, seconds))) }

// The refusals that several places give.
var (
	noSuchPath   = fault(http.StatusNotFound, "There is nothing under this path.", "")
	noSuchUser   = fault(http.StatusNotFound, "There is no such user.", "")
	notSignedIn  = fault(http.StatusUnauthorized, "This needs a valid token.", "Send it in the header Coder-Session-Token.").with("WWW-Authenticate", "Bearer")
	notAllowed   = fault(http.StatusForbidden, "Your role does not allow this.", "")
	internal     = fault(http.StatusInternalServerError, "Something went wrong here.", "The log has more under the id in X-Coder-Request-Id.")
	storeIsAway  = fault(http.StatusServiceUnavailable, "The database does not answer.", "Try again in a moment.").retry(5)
	bodyTooLarge = fault(http.StatusRequestEntityTooLarge, "The body of the request is too large.", "It may have 64 KiB.").with("Connection", "close")
)

// send writes a reply.
func (r *reply) send(w http.ResponseWriter, method string) {
	h := w.Header()
	for i := 0; i+1 < len(r.head); i += 2 {
		if name := r.head[i]; name == "Vary" {
			h.Add(name, r.head[i+1])
		} else {
			h[name] = r.head[i+1 : i+2 : i+2]
		}
	}
	if r.contentType != "" {
		h["Content-Type"] = []string{r.contentType}
	}
	if r.status != http.StatusNoContent && r.status != http.StatusNotModified {
		h.Set("Content-Length", strconv.Itoa(len(r.body)))
	}
	w.WriteHeader(r.status)
	if method != http.MethodHead && len(r.body) > 0 {
		_, _ = w.Write(r.body) // a client that has gone needs no answer
	}
}
