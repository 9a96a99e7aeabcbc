package docgen_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// npmFolder is where .ci/npm has installed the packages of a folder below .ci.
func npmFolder(t testing.TB, name string) string {
	t.Helper()
	lock, err := os.ReadFile("../.ci/" + name + "/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	cache := os.Getenv("XDG_CACHE_HOME")
	if cache == "" {
		cache = filepath.Join(os.Getenv("HOME"), ".cache")
	}
	folder := filepath.Join(cache, fmt.Sprintf("strata-%s-%x", name, sha256.Sum256(lock))[:len("strata--")+len(name)+16])
	if _, err := os.Stat(filepath.Join(folder, "done")); err != nil {
		t.Skipf("the packages are not installed; run .ci/npm %s", name)
	}
	return folder
}

// An editor is what an editor with a YAML language server knows: one process
// of the real server, asked as editors ask it.
type editor struct {
	t      testing.TB
	in     io.Writer
	mu     sync.Mutex
	asked  int
	waits  map[string]chan json.RawMessage // by the number of a question, or the name of a document
	opened int
	gone   chan struct{} // closed when the server says no more
}

// A finding is what the server marks in a document.
type finding struct {
	Range    struct{ Start position }
	Message  string
	Severity int // 1 is an error, 2 a warning
}

type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

func newEditor(t testing.TB) *editor {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	server := filepath.Join(npmFolder(t, "editor"), "node_modules/yaml-language-server/bin/yaml-language-server")
	cmd := exec.CommandContext(t.Context(), "node", server, "--stdio")
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	e := &editor{t: t, in: in, waits: map[string]chan json.RawMessage{}, gone: make(chan struct{})}
	go func() {
		defer close(e.gone)
		e.listen(bufio.NewReader(out))
	}()
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Process.Kill()
		<-e.gone
		_ = cmd.Wait()
	})
	e.ask("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": nil,
		"capabilities": map[string]any{
			"workspace":    map[string]any{"configuration": true},
			"textDocument": map[string]any{"hover": map[string]any{"contentFormat": []string{"markdown"}}},
		},
	}, nil)
	e.tell("initialized", map[string]any{})
	return e
}

// listen hands each answer to who waits for it, and answers what the server
// asks: its settings, which are null for the defaults.
func (e *editor) listen(r *bufio.Reader) {
	for {
		size := 0
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
				size, _ = strconv.Atoi(n)
			}
		}
		body := make([]byte, size)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		var m struct {
			ID             json.RawMessage
			Method         string
			Result, Params json.RawMessage
			Error          *struct{ Message string }
		}
		if err := json.Unmarshal(body, &m); err != nil {
			e.t.Errorf("the server sends no JSON: %v", err)
			return
		}
		var of struct{ URI string }
		switch {
		case m.Method == "":
			if m.Error != nil {
				e.t.Errorf("the server refuses a question: %s", m.Error.Message)
			}
			e.waiting(string(m.ID)) <- m.Result
		case m.Method == "textDocument/publishDiagnostics":
			_ = json.Unmarshal(m.Params, &of)
			e.waiting(of.URI) <- m.Params
		case len(m.ID) > 0:
			var items struct{ Items []any }
			_ = json.Unmarshal(m.Params, &items)
			e.send(map[string]any{"jsonrpc": "2.0", "id": m.ID, "result": make([]any, len(items.Items))})
		}
	}
}

func (e *editor) waiting(name string) chan json.RawMessage {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waits[name] == nil {
		e.waits[name] = make(chan json.RawMessage, 8)
	}
	return e.waits[name]
}

func (e *editor) send(message any) {
	body, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

func (e *editor) tell(method string, params any) {
	e.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

func (e *editor) ask(method string, params, answer any) {
	e.t.Helper()
	e.mu.Lock()
	e.asked++
	id := strconv.Itoa(e.asked)
	e.mu.Unlock()
	e.send(map[string]any{"jsonrpc": "2.0", "id": json.RawMessage(id), "method": method, "params": params})
	e.take(id, answer)
}

func (e *editor) take(name string, answer any) {
	e.t.Helper()
	select {
	case <-e.gone:
		e.t.Fatal("the server ended without an answer")
	case got := <-e.waiting(name):
		if answer == nil {
			return
		}
		if err := json.Unmarshal(got, answer); err != nil {
			e.t.Fatalf("%v: %.300s", err, got)
		}
	}
}

// open opens documents, all at once because the server takes its time over
// each, and returns their names and what is marked in them.
func (e *editor) open(texts ...string) (uris []string, found [][]finding) {
	e.t.Helper()
	for _, text := range texts {
		e.opened++
		uri := "file:///toy/" + strconv.Itoa(e.opened) + ".yaml"
		uris = append(uris, uri)
		e.tell("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
	}
	for _, uri := range uris {
		var marked struct{ Diagnostics []finding }
		e.take(uri, &marked)
		found = append(found, marked.Diagnostics)
	}
	return uris, found
}

func place(uri string, at position) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at}
}

// hover is the text that a pointer over a place shows.
func (e *editor) hover(uri string, at position) string {
	e.t.Helper()
	var got struct{ Contents struct{ Value string } }
	e.ask("textDocument/hover", place(uri, at), &got)
	return got.Contents.Value
}

// offers are the words that are offered at a place.
func (e *editor) offers(uri string, at position) []string {
	e.t.Helper()
	var got struct{ Items []struct{ Label string } }
	e.ask("textDocument/completion", place(uri, at), &got)
	var out []string
	for _, item := range got.Items {
		out = append(out, item.Label)
	}
	return out
}
