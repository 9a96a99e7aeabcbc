package docgen_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// A browser is a real Chromium with one page, told what to do over a pipe.
type browser struct {
	t       testing.TB
	to      *os.File
	mu      sync.Mutex
	asked   int
	waits   map[int]chan json.RawMessage
	session string
	loaded  chan struct{}
	gone    chan struct{} // closed when the browser says no more
	said    []string      // what the page wrote to the console, and its faults
}

func newBrowser(t testing.TB) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	home, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	theirIn, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-breakpad", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir="+filepath.Join(home, "profile"), "about:blank")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home}
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it starts many others
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = theirIn.Close(), theirOut.Close()
	b := &browser{t: t, to: to, waits: map[int]chan json.RawMessage{}, loaded: make(chan struct{}, 64), gone: make(chan struct{})}
	go func() {
		defer close(b.gone)
		b.listen(bufio.NewReader(from))
	}()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
		_ = from.Close()
		<-b.gone
		_ = to.Close()
		for range 100 { // those that are about to die may still write
			if os.RemoveAll(home) == nil {
				return
			}
		}
	})
	var target struct{ TargetID string }
	b.ask("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.ask("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log"} {
		b.ask(domain+".enable", map[string]any{}, nil)
	}
	return b
}

// listen hands each answer to who waits for it, and keeps what the page says.
// Messages end with a NUL byte.
func (b *browser) listen(r *bufio.Reader) {
	for {
		line, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m struct {
			ID             int
			Method         string
			Result, Params json.RawMessage
			Error          *struct{ Message string }
		}
		if err := json.Unmarshal(line[:len(line)-1], &m); err != nil {
			b.t.Errorf("the browser sends no JSON: %v", err)
			return
		}
		switch m.Method {
		case "":
			if m.Error != nil {
				b.t.Errorf("the browser refuses: %s", m.Error.Message)
			}
			b.waiting(m.ID) <- m.Result
		case "Page.loadEventFired":
			b.loaded <- struct{}{}
		case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
			b.mu.Lock()
			b.said = append(b.said, string(m.Params))
			b.mu.Unlock()
		}
	}
}

func (b *browser) waiting(id int) chan json.RawMessage {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waits[id] == nil {
		b.waits[id] = make(chan json.RawMessage, 1)
	}
	return b.waits[id]
}

func (b *browser) ask(method string, params map[string]any, answer any) {
	b.t.Helper()
	b.mu.Lock()
	b.asked++
	id := b.asked
	b.mu.Unlock()
	message := map[string]any{"id": id, "method": method, "params": params}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	body, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	if _, err := b.to.Write(append(body, 0)); err != nil {
		b.t.Fatal(err)
	}
	select {
	case <-b.gone:
		b.t.Fatal("the browser ended without an answer")
	case got := <-b.waiting(id):
		if answer == nil {
			return
		}
		if err := json.Unmarshal(got, answer); err != nil {
			b.t.Fatalf("%v: %.300s", err, got)
		}
	}
}

// show opens a page in a window of a width, in a light or a dark room.
func (b *browser) show(url string, width int, scheme string) {
	b.t.Helper()
	b.ask("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	b.ask("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
	for _, page := range []string{"about:blank", url} { // a new hash alone would load nothing
		b.ask("Page.navigate", map[string]any{"url": page}, nil)
		select {
		case <-b.loaded:
		case <-b.gone:
			b.t.Fatal("the browser ended before the page was there")
		}
	}
}

// run runs a script in the page and reads its value.
func (b *browser) run(script string, value any) {
	b.t.Helper()
	var got struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	b.ask("Runtime.evaluate", map[string]any{"expression": script, "returnByValue": true, "awaitPromise": true}, &got)
	if got.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", script, got.ExceptionDetails)
	}
	if value == nil {
		return
	}
	if err := json.Unmarshal(got.Result.Value, value); err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
}

// press presses a key as a person does; text is what the key types.
func (b *browser) press(key, text string) {
	b.t.Helper()
	down := map[string]any{"type": "keyDown", "key": key, "text": text}
	if key == "Escape" {
		down["windowsVirtualKeyCode"] = 27
	}
	b.ask("Input.dispatchKeyEvent", down, nil)
	b.ask("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key}, nil)
}

// typed writes into what has the focus.
func (b *browser) typed(text string) {
	b.t.Helper()
	b.ask("Input.insertText", map[string]any{"text": text}, nil)
}

// click clicks in the middle of an element.
func (b *browser) click(selector string) {
	b.t.Helper()
	var at struct{ X, Y float64 }
	b.run(fmt.Sprintf(`(() => { const box = document.querySelector(%q).getClientRects()[0]; return {x: box.x + box.width / 2, y: box.y + box.height / 2} })()`, selector), &at)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		b.ask("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at.X, "y": at.Y, "button": "left", "clickCount": 1}, nil)
	}
}

// picture keeps what the window shows in the folder that STRATA_PICTURES names,
// for whoever wants to look.
func (b *browser) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("STRATA_PICTURES")
	if folder == "" {
		return
	}
	var shot struct{ Data string }
	b.ask("Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	png, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// faults are what the page wrote to the console.
func (b *browser) faults() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Join(b.said, "\n")
}
