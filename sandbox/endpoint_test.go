package sandbox_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"footnote/sandbox"
)

// signed reports whether the stand-in signed a request, and returns its body.
func signed(s *sandbox.Server, r *http.Request) ([]byte, bool) {
	key, _ := hex.DecodeString(s.PublicKey())
	signature, _ := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	body, _ := io.ReadAll(r.Body)
	return body, ed25519.Verify(key, append([]byte(r.Header.Get("X-Signature-Timestamp")), body...), signature)
}

// TestSetEndpoint: what does not answer a PING, or does not look at signatures,
// is not taken.
func TestSetEndpoint(t *testing.T) {
	s := start(t, sandbox.Options{})
	answers := func(good, bad int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if _, ok := signed(s, r); !ok {
				w.WriteHeader(bad)
				return
			}
			w.WriteHeader(good)
			fmt.Fprint(w, body)
		}
	}
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		ok     bool
	}{
		{"right", answers(200, 401, `{"type":1}`), true},
		{"no pong", answers(200, 401, `{"type":4}`), false},
		{"not JSON", answers(200, 401, "pong"), false},
		{"202", answers(202, 401, ""), false},
		{"careless about signatures", answers(200, 200, `{"type":1}`), false},
		{"the wrong refusal", answers(200, 403, `{"type":1}`), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			front := httptest.NewServer(test.answer)
			defer front.Close()
			if err := s.SetEndpoint(soon(t), front.Client(), front.URL); (err == nil) != test.ok {
				t.Errorf("%v, want taken: %v", err, test.ok)
			}
		})
	}
	if err := s.SetEndpoint(soon(t), http.DefaultClient, "http://127.0.0.1:1"); err == nil {
		t.Error("an address where nobody listens was taken")
	}
}

// TestDeliveries: the answer to a delivery is the first response, held to the
// same rules as a callback.
func TestDeliveries(t *testing.T) {
	const fine = `{"type":4,"data":{"content":"At noon.","allowed_mentions":{"parse":[]}}}`
	for _, test := range []struct {
		name       string
		status     int
		body       string
		callback   bool // before the answer
		want       string
		err        error
		violations int
	}{
		{name: "a reply", status: 200, body: fine, want: "At noon."},
		{name: "202 and a callback", status: 202, callback: true, want: "At noon."},
		{name: "202 and nothing", status: 202, err: sandbox.ErrNoResponse},
		{name: "both", status: 200, body: fine, callback: true, want: "At noon.", violations: 1},
		{name: "no room", status: 503, err: sandbox.ErrNoResponse},
		{name: "refused", status: 401, err: sandbox.ErrNoResponse, violations: 1},
		{name: "too long", status: 200, body: `{"type":4,"data":{"content":"","allowed_mentions":{"parse":[]}}}`, err: sandbox.ErrNoResponse, violations: 1},
		{name: "not JSON", status: 200, body: "noon", err: sandbox.ErrNoResponse, violations: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, sandbox.Options{AckWithin: 300 * time.Millisecond})
			front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, ok := signed(s, r)
				var i struct {
					Type      int
					ID, Token string
				}
				switch {
				case !ok:
					w.WriteHeader(http.StatusUnauthorized)
					return
				case json.Unmarshal(body, &i) != nil:
					t.Errorf("delivered %q", body)
				case i.Type == 1:
					fmt.Fprint(w, `{"type":1}`)
					return
				}
				if test.callback {
					if status, out := call(t, s, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", fine); status != 204 {
						t.Errorf("callback: %d %v", status, out)
					}
				}
				w.WriteHeader(test.status)
				fmt.Fprint(w, test.body)
			}))
			defer front.Close()
			if err := s.SetEndpoint(soon(t), front.Client(), front.URL); err != nil {
				t.Fatal(err)
			}
			if status, out := call(t, s, "PUT", "/applications/700000000000000001/commands", `[{"name":"tide","description":"When"}]`); status != 200 {
				t.Fatalf("register: %d %v", status, out)
			}
			i, err := s.Slash(soon(t), s.As("reader", "general"), "tide", nil)
			if err != nil {
				t.Fatal(err)
			}
			o, err := i.Outcome(soon(t))
			if !errors.Is(err, test.err) || err == nil && o.Message.Content != test.want {
				t.Errorf("outcome %+v, %v; want %q, %v", o.Message, err, test.want, test.err)
			}
			// The answer to the delivery may come behind the outcome.
			for deadline := time.Now().Add(2 * time.Second); len(s.Violations()) < test.violations && time.Now().Before(deadline); {
				time.Sleep(time.Millisecond)
			}
			s.Close()
			if v := s.Violations(); len(v) != test.violations {
				t.Errorf("%d violations, want %d: %+v", len(v), test.violations, v)
			}
		})
	}
}
