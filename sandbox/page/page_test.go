package page

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"footnote/sandbox"
)

// serve serves the page of a stand-in to which no bot is connected.
func serve(t *testing.T) (*sandbox.Server, *httptest.Server) {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{AckWithin: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	articles := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "pane "+r.URL.Path) })
	srv := httptest.NewServer(New(s, articles, func() Info { return Info{Questions: []string{"Why?"}} }))
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
		s.Close()
	})
	return s, srv
}

func TestGuard(t *testing.T) {
	_, srv := serve(t)
	own := strings.TrimPrefix(srv.URL, "http://")
	for _, c := range []struct {
		name, method, path string
		host               string
		header             map[string]string
		want               int
	}{
		{name: "the page", want: 200},
		{name: "by the name localhost", host: "localhost:" + own[strings.LastIndex(own, ":")+1:], want: 200},
		{name: "by IPv6", host: "[::1]:8080", want: 200},
		{name: "a foreign name that leads here", host: "evil.example:8080", want: 403},
		{name: "a name that begins like ours", host: "localhost.evil.example", want: 403},
		{name: "an address of the network", host: "192.168.1.7:8080", want: 403},
		{name: "no host", host: " ", want: 403},
		{name: "own origin", path: "/articles/", header: map[string]string{"Origin": srv.URL}, want: 200},
		{name: "foreign origin", path: "/articles/", header: map[string]string{"Origin": "https://evil.example"}, want: 403},
		{name: "origin on another port", path: "/events", header: map[string]string{"Origin": "http://127.0.0.1:1"}, want: 403},
		{name: "origin null", path: "/articles/", header: map[string]string{"Origin": "null"}, want: 403},
		{name: "a foreign picture of ours", path: "/static/icon.svg", header: map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, want: 403},
		{name: "a link to the page", header: map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, want: 200},
		{name: "a foreign form", method: "POST", path: "/do/post", header: map[string]string{"Origin": "https://evil.example", "Content-Type": "application/json"}, want: 403},
		{name: "a form without origin", method: "POST", path: "/do/post", header: map[string]string{"Content-Type": "text/plain"}, want: 415},
		{name: "no such action", method: "POST", path: "/do/harm", header: map[string]string{"Content-Type": "application/json"}, want: 404},
		{name: "an action by GET", path: "/do/post", want: 405},
		{name: "no such person", path: "/events?user=1", want: 404},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.method == "" {
				c.method = "GET"
			}
			if c.path == "" {
				c.path = "/"
			}
			req, err := http.NewRequest(c.method, srv.URL+c.path, strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			req.Host = c.host
			for k, v := range c.header {
				req.Header.Set(k, v)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != c.want {
				t.Errorf("status %d, want %d", resp.StatusCode, c.want)
			}
			if csp := resp.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") {
				t.Errorf("the policy is %q", csp)
			}
		})
	}
}

// What the page loads is its own.
func TestNothingFromElsewhere(t *testing.T) {
	_, srv := serve(t)
	for _, path := range []string{"/", "/static/style.css", "/static/main.js"} {
		resp, err := http.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != 200 || bytes.Contains(body, []byte("http:")) || bytes.Contains(body, []byte("https:")) {
			t.Errorf("%s: status %d, error %v, or it names another address:\n%s", path, resp.StatusCode, err, body)
		}
	}
}

// stream reads a page's events.
type stream struct {
	t *testing.T
	r *bufio.Scanner
}

func listen(t *testing.T, srv *httptest.Server, user string) stream {
	t.Helper()
	resp, err := http.Get(srv.URL + "/events?user=" + user)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return stream{t, bufio.NewScanner(resp.Body)}
}

// next returns the next event of the kind; others are passed over.
func (s stream) next(kind string, v any) {
	s.t.Helper()
	found := false
	for s.r.Scan() {
		if s.r.Text() == "event: "+kind {
			found = true
		} else if data, ok := strings.CutPrefix(s.r.Text(), "data: "); ok && found {
			if err := json.Unmarshal([]byte(data), v); err != nil {
				s.t.Fatal(err)
			}
			return
		}
	}
	s.t.Fatalf("the stream ended without %s: %v", kind, s.r.Err())
}

func do(t *testing.T, srv *httptest.Server, what string, a action) result {
	t.Helper()
	resp, err := http.Post(srv.URL+"/do/"+what, "application/json", bytes.NewReader(encode(a)))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out result
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestStream(t *testing.T) {
	s, srv := serve(t)
	reader := s.As("reader", "general")
	mine := listen(t, srv, "")
	var w world
	mine.next("world", &w)
	if w.Me != reader.User || len(w.Channels) != 3 || w.Info.Questions[0] != "Why?" {
		t.Errorf("the world is %+v", w)
	}
	var all []message
	if mine.next("messages", &all); len(all) != 0 {
		t.Errorf("messages before the first: %v", all)
	}
	if out := do(t, srv, "post", action{User: reader.User, Channel: reader.Channel, Text: "Hello"}); out.Error != "" {
		t.Fatal(out.Error)
	}
	var m message
	if mine.next("message", &m); m.Content != "Hello" || m.Author != reader.User {
		t.Errorf("the message is %+v", m)
	}
	s.Delete(m.ID)
	var gone string
	if mine.next("delete", &gone); gone != m.ID {
		t.Errorf("deleted %q, want %q", gone, m.ID)
	}

	// The moderator sees neither the reader's direct messages nor what is for the reader alone.
	moderator := s.As("moderator", "general")
	theirs := listen(t, srv, moderator.User)
	if theirs.next("world", &w); len(w.Channels) != 2 {
		t.Errorf("the moderator sees %d channels, want 2", len(w.Channels))
	}
	private := sandbox.Message{Channel: reader.Channel, Author: w.Bot.ID, Content: "for you", Viewer: reader.User}
	if _, err := s.Plant(private); err != nil {
		t.Fatal(err)
	}
	do(t, srv, "post", action{User: reader.User, Channel: reader.Channel, Text: "for all"})
	if theirs.next("message", &m); m.Content != "for all" {
		t.Errorf("the moderator sees %q", m.Content)
	}
	if mine.next("message", &m); m.Content != "for you" {
		t.Errorf("the reader sees %q, want what is for the reader", m.Content)
	}
}

// What goes wrong is a sentence for the person.
func TestErrors(t *testing.T) {
	s, srv := serve(t)
	by := s.As("reader", "general")
	id, err := s.Plant(sandbox.Message{Channel: by.Channel, Author: "700000000000000001", Content: "press", Components: []sandbox.Component{
		{Type: 1, Components: []sandbox.Component{{Type: 2, Style: 1, Label: "Press", CustomID: "x"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	gone, err := s.Plant(sandbox.Message{Channel: by.Channel, Author: "700000000000000001", Content: "gone"})
	if err != nil {
		t.Fatal(err)
	}
	s.Delete(gone)
	for _, c := range []struct {
		what string
		a    action
		want string
	}{
		{"slash", action{Name: "nothing"}, "There is no such command here: nothing."},
		{"menu", action{Name: "nothing", Message: id}, "There is no such command here: nothing."},
		{"press", action{Message: id, Name: "y"}, "This message has changed: what you pressed is no longer there."},
		{"press", action{Message: id, Name: "x"}, "The application did not respond."},
		{"select", action{Message: id, Name: "y"}, "This message has changed: what you pressed is no longer there."},
		{"press", action{Message: gone, Name: "x"}, "This message has been deleted."},
		{"post", action{Message: gone, Text: "why?"}, "This message has been deleted."},
		{"form", action{Form: "7"}, "Another form was opened since; press the button again."},
		{"post", action{}, "A message has 1 to 2000 characters."},
	} {
		c.a.User, c.a.Channel = by.User, by.Channel
		if got := do(t, srv, c.what, c.a).Error; got != c.want {
			t.Errorf("%s %+v: %q, want %q", c.what, c.a, got, c.want)
		}
	}
}

func TestListen(t *testing.T) {
	first, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	second, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if a, b := first.Addr().(*net.TCPAddr), second.Addr().(*net.TCPAddr); b.Port <= a.Port || b.Port >= a.Port+portsToTry || !b.IP.IsLoopback() {
		t.Errorf("with %v taken it listens at %v", a, b)
	}
	for _, addr := range []string{"0.0.0.0:8080", ":8080", "192.168.1.7:8080", "example.org:80", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999", ""} {
		if l, err := Listen(addr); err == nil {
			l.Close()
			t.Errorf("it listens at %q", addr)
		}
	}
}
