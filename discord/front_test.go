package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"footnote/sandbox"
)

// signer makes requests as Discord does, or nearly.
type signer struct{ key ed25519.PrivateKey }

func newSigner(t testing.TB) (signer, string) {
	pub, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return signer{key}, hex.EncodeToString(pub)
}

func (s signer) request(body string, at time.Time) *http.Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	r := httptest.NewRequest("POST", "/interactions", strings.NewReader(body))
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(s.key, []byte(stamp+body))))
	return r
}

func TestFront(t *testing.T) {
	const pong, slash = `{"type":1}`, `{"type":2,"id":"5","token":"t"}`
	discord, key := newSigner(t)
	stranger, _ := newSigner(t)
	header := func(r *http.Request, name, value string) *http.Request {
		r.Header.Set(name, value)
		return r
	}
	for _, c := range []struct {
		name   string
		r      func(now time.Time) *http.Request
		full   bool
		status int
		taken  int
	}{
		{name: "good", r: func(now time.Time) *http.Request { return discord.request(slash, now) }, status: 202, taken: 1},
		{name: "a ping", r: func(now time.Time) *http.Request { return discord.request(pong, now) }, status: 200},
		{name: "a ping by a stranger", r: func(now time.Time) *http.Request { return stranger.request(pong, now) }, status: 401},
		{name: "by a stranger", r: func(now time.Time) *http.Request { return stranger.request(slash, now) }, status: 401},
		{name: "another body", r: func(now time.Time) *http.Request {
			r := discord.request(slash, now)
			r.Body = io.NopCloser(strings.NewReader(strings.Replace(slash, "5", "6", 1)))
			return r
		}, status: 401},
		{name: "another time", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Timestamp", strconv.FormatInt(now.Unix()+1, 10))
		}, status: 401},
		{name: "no signature", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Ed25519", "")
		}, status: 401},
		{name: "half a signature", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Ed25519", strings.Repeat("ab", 32))
		}, status: 401},
		{name: "a signature that is not hex", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Ed25519", strings.Repeat("x", 128))
		}, status: 401},
		{name: "no time", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Timestamp", "")
		}, status: 401},
		{name: "a time that is no number", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Timestamp", "soon")
		}, status: 401},
		{name: "the largest time", r: func(now time.Time) *http.Request {
			return header(discord.request(slash, now), "X-Signature-Timestamp", "9223372036854775807")
		}, status: 401},
		{name: "nearly too old", r: func(now time.Time) *http.Request { return discord.request(slash, now.Add(-299*time.Second)) }, status: 202, taken: 1},
		{name: "too old", r: func(now time.Time) *http.Request { return discord.request(slash, now.Add(-302*time.Second)) }, status: 401},
		{name: "from the future", r: func(now time.Time) *http.Request { return discord.request(slash, now.Add(302*time.Second)) }, status: 401},
		{name: "oversized", r: func(now time.Time) *http.Request {
			return discord.request(`{"type":2,"x":"`+strings.Repeat("x", maxInteraction)+`"}`, now)
		}, status: 413},
		{name: "the largest", r: func(now time.Time) *http.Request {
			return discord.request(`{"type":2,"x":"`+strings.Repeat("x", maxInteraction-17)+`"}`, now)
		}, status: 202, taken: 1},
		{name: "signed, but not JSON", r: func(now time.Time) *http.Request { return discord.request("ferry", now) }, status: 400},
		{name: "no room", r: func(now time.Time) *http.Request { return discord.request(slash, now) }, full: true, status: 503},
	} {
		t.Run(c.name, func(t *testing.T) {
			taken := 0
			f, err := newFront(key, func(json.RawMessage, time.Time) bool {
				if !c.full {
					taken++
				}
				return !c.full
			})
			if err != nil {
				t.Fatal(err)
			}
			w := httptest.NewRecorder()
			f.ServeHTTP(w, c.r(time.Now()))
			if w.Code != c.status || taken != c.taken {
				t.Errorf("status %d, %d taken; want %d and %d", w.Code, taken, c.status, c.taken)
			}
			if c.status == 200 && (w.Body.String() != pong || w.Header().Get("Content-Type") != "application/json") {
				t.Errorf("the pong is %q, %q", w.Header().Get("Content-Type"), w.Body)
			}
			if c.status == 202 && w.Body.Len() > 0 {
				t.Errorf("202 with the body %q", w.Body)
			}
		})
	}
}

// Whatever was signed is taken once, as long as its time lets it through at all,
// and forgotten afterwards.
func TestReplays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		discord, key := newSigner(t)
		taken := 0
		f, err := newFront(key, func(json.RawMessage, time.Time) bool { taken++; return true })
		if err != nil {
			t.Fatal(err)
		}
		sent := time.Now().Add(4 * time.Minute) // Discord's clock is ahead
		for range 600 {
			f.ServeHTTP(httptest.NewRecorder(), discord.request(`{"type":2}`, sent))
			time.Sleep(time.Second)
		}
		if taken != 1 {
			t.Errorf("taken %d times", taken)
		}
		time.Sleep(2 * time.Minute)
		f.ServeHTTP(httptest.NewRecorder(), discord.request(`{"type":2}`, time.Now()))
		if taken != 2 || len(f.seen) != 1 {
			t.Errorf("taken %d times, %d remembered; want 2 and 1", taken, len(f.seen))
		}
		for range 2 {
			w := httptest.NewRecorder()
			if f.ServeHTTP(w, discord.request(`{"type":1}`, sent.Add(10*time.Minute))); w.Code != 200 {
				t.Errorf("a ping is answered with %d", w.Code)
			}
		}
	})
}

func TestWrongKey(t *testing.T) {
	for _, key := range []string{"", "ab", strings.Repeat("ab", 31), strings.Repeat("ab", 33), strings.Repeat("xy", 32)} {
		b, err := New(Options{Log: testLog(t), Token: "x", Handlers: silent})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.RunHTTP(t.Context(), nil, key, nil); err == nil || !strings.Contains(err.Error(), "public key") {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

// pipes is a net.Listener without sockets, for synctest.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error   { close(p.done); return nil }
func (p pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

// client returns a client whose requests all come out of p.
func (p pipes) client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		select {
		case p.conns <- there:
			return here, nil
		case <-p.done:
			return nil, net.ErrClosed
		}
	}}}
}

// overHTTP lets a bot, made by c, take its interactions by HTTP.
func overHTTP(t *testing.T, c setup, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c.sandbox.InMemory = true
		l := pipes{make(chan net.Conn), make(chan struct{})}
		c.run = func(ctx context.Context, r *rig) error {
			return r.bot.RunHTTP(ctx, l, r.PublicKey(), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "well") }))
		}
		r := newRig(t, c)
		r.front = l.client()
		if err := r.SetEndpoint(t.Context(), r.front, "http://footnote.example/interactions"); err != nil {
			t.Fatal(err)
		}
		r.register()
		test(t, r)
		r.cancel()
		if err := <-r.ended; err != nil {
			t.Errorf("RunHTTP returned %v", err)
		}
		r.front.CloseIdleConnections()
		r.finish()
	})
}

// The two fronts are one: see also the tables of TestOneOutcome and TestComponents.
func TestHTTPShutdown(t *testing.T) {
	for _, c := range []struct {
		name   string
		takes  time.Duration
		before time.Duration // from the question to the shutdown
		want   string
		most   time.Duration // that the shutdown takes
	}{
		{"idle", 0, time.Second, "yes", 10 * time.Millisecond},
		{"in the middle of a handler", 600 * time.Millisecond, 200 * time.Millisecond, "yes", 450 * time.Millisecond},
		{"handler too slow", 20 * time.Second, 200 * time.Millisecond, words.Failed, time.Second},
		{"after a deferral", 20 * time.Second, 1400 * time.Millisecond, words.Failed, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			overHTTP(t, setup{handlers: Handlers{Interaction: after(c.takes, says("yes")), Private: func(*discordgo.Interaction) bool { return true }}}, func(t *testing.T, r *rig) {
				i, err := r.Slash(t.Context(), r.reader, "ask", map[string]any{"question": question})
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(c.before)
				start := time.Now()
				r.cancel()
				err = <-r.ended
				r.ended <- err
				if took := time.Since(start); took > c.most {
					t.Errorf("shutdown took %v, want at most %v", took, c.most)
				}
				if o, err := i.Outcome(t.Context()); err != nil || o.Message == nil || o.Message.Content != c.want {
					t.Errorf("outcome %+v, %v", o.Message, err)
				}
				late, err := r.Slash(t.Context(), r.reader, "ask", map[string]any{"question": question})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := late.Outcome(t.Context()); !errors.Is(err, sandbox.ErrNoResponse) {
					t.Errorf("asked after the end: %v", err)
				}
			})
		})
	}
}

// Other paths and methods are not interactions.
func TestHTTPPaths(t *testing.T) {
	overHTTP(t, setup{}, func(t *testing.T, r *rig) {
		if s := r.bot.Status(); !s.Connected {
			t.Errorf("status %+v", s)
		}
		var got []string
		for _, path := range []string{"GET /healthz", "GET /interactions", "POST /interactions", "POST /"} {
			method, path, _ := strings.Cut(path, " ")
			q, err := http.NewRequestWithContext(t.Context(), method, "http://footnote.example"+path, strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := r.front.Do(q)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			got = append(got, fmt.Sprint(method, path, " ", resp.StatusCode, " ", strings.TrimSpace(string(body))))
		}
		want := []string{"GET/healthz 200 well", "GET/interactions 200 well", "POST/interactions 401 not signed, or not now", "POST/ 200 well"}
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

func FuzzFront(f *testing.F) {
	s, key := newSigner(f)
	f.Add(`{"type":2}`, "1", "ab")
	f.Fuzz(func(t *testing.T, body, stamp, signature string) {
		front, err := newFront(key, func(json.RawMessage, time.Time) bool { t.Error("taken unsigned"); return true })
		if err != nil {
			t.Fatal(err)
		}
		r := s.request(body, time.Now())
		r.Header.Set("X-Signature-Timestamp", stamp)
		r.Header.Set("X-Signature-Ed25519", signature)
		front.ServeHTTP(httptest.NewRecorder(), r)
	})
}
