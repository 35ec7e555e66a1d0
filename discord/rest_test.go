package discord

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// replies is a transport that plays one reply after another, the last one for
// ever, without a network.
type replies struct {
	play  []func(w http.ResponseWriter)
	tries int
	times []time.Time
}

func (p *replies) RoundTrip(r *http.Request) (*http.Response, error) {
	next := p.play[min(p.tries, len(p.play)-1)]
	p.tries++
	p.times = append(p.times, time.Now())
	if next == nil {
		return nil, errors.New("connection reset by peer")
	}
	w := httptest.NewRecorder()
	next(w)
	return w.Result(), nil
}

func status(code int, body string, headers ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/json")
		for n := 0; n < len(headers); n += 2 {
			w.Header().Set(headers[n], headers[n+1])
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(body))
	}
}

var (
	fine       = status(200, `{}`)
	broken     = status(502, `<html>Bad gateway</html>`, "Content-Type", "text/html")
	slowDown   = status(429, `{"message":"You are being rate limited.","retry_after":1.5,"global":false}`, "Retry-After", "2")
	everything = status(429, `{"message":"You are being rate limited.","retry_after":3,"global":true}`, "Retry-After", "3", "X-RateLimit-Global", "true")
	cloudflare = status(429, `<html>error code: 1015</html>`, "Content-Type", "text/html", "Retry-After", "7")
)

func TestTries(t *testing.T) {
	for _, c := range []struct {
		name  string
		play  []func(http.ResponseWriter)
		tries int
		code  int // of the APIError that is left, as HTTP status; 0 for none
		least time.Duration
		most  time.Duration
	}{
		{"at once", []func(http.ResponseWriter){fine}, 1, 0, 0, 0},
		{"after two 502", []func(http.ResponseWriter){broken, broken, fine}, 3, 0, 100 * time.Millisecond, time.Second},
		{"after a cut", []func(http.ResponseWriter){nil, fine}, 2, 0, 50 * time.Millisecond, time.Second},
		{"a 429 is waited for", []func(http.ResponseWriter){slowDown, fine}, 2, 0, 1500 * time.Millisecond, 2 * time.Second},
		{"Cloudflare's 429 is waited for", []func(http.ResponseWriter){cloudflare, fine}, 2, 0, 7 * time.Second, 8 * time.Second},
		{"a refusal is not tried again", []func(http.ResponseWriter){status(403, `{"code":50013,"message":"Missing Permissions"}`)}, 1, 403, 0, 0},
		{"a limit beyond the deadline is not waited for", []func(http.ResponseWriter){status(429, `{"retry_after":900}`, "Retry-After", "900")}, 1, 429, 0, 0},
		{"a 429 without a time", []func(http.ResponseWriter){status(429, `{}`), fine}, 2, 0, 5 * time.Second, 5 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := &replies{play: c.play}
				r := newREST(&http.Client{Transport: p}, "bot-token")
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				start := time.Now()
				tries, err := r.do(ctx, request{route: "POST /x", url: "https://discord.com/api/x", bucket: "x"}, nil)
				took := time.Since(start)
				got := 0
				var api *APIError
				if errors.As(err, &api) {
					got = api.Status
				}
				if tries != c.tries || got != c.code || (err != nil) != (c.code != 0) {
					t.Errorf("%d tries, error %v; want %d tries, status %d", tries, err, c.tries, c.code)
				}
				if took < c.least || took > c.most {
					t.Errorf("took %v, want %v to %v", took, c.least, c.most)
				}
			})
		})
	}
}

// What Discord asks one request it asks all of that bucket or, if global, all
// but the interactions.
func TestHolds(t *testing.T) {
	const here, elsewhere, interaction = "channel 1", "channel 2", ""
	for _, c := range []struct {
		name  string
		reply func(http.ResponseWriter)
		wait  map[string]time.Duration
	}{
		{"a 429 of one route", slowDown, map[string]time.Duration{here: 2 * time.Second, elsewhere: 0, interaction: 0}},
		{"a global 429", everything, map[string]time.Duration{here: 3 * time.Second, elsewhere: 3 * time.Second, interaction: 0}},
		{"Cloudflare", cloudflare, map[string]time.Duration{here: 7 * time.Second, elsewhere: 7 * time.Second, interaction: 0}},
		{"none left", status(200, `{}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "0.5"), map[string]time.Duration{here: 500 * time.Millisecond, elsewhere: 0, interaction: 0}},
		{"some left", status(200, `{}`, "X-RateLimit-Remaining", "1", "X-RateLimit-Reset-After", "0.5"), map[string]time.Duration{here: 0, elsewhere: 0}},
		{"headers nobody understands", status(200, `{}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "soon"), map[string]time.Duration{here: 0}},
	} {
		for bucket, want := range c.wait {
			t.Run(c.name+"/"+bucket, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					p := &replies{play: []func(http.ResponseWriter){c.reply, fine}}
					r := newREST(&http.Client{Transport: p}, "bot-token")
					short, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
					defer cancel()
					_, _ = r.do(short, request{route: "POST /x", url: "https://discord.com/api/x", bucket: here}, nil)
					start := time.Now()
					if _, err := r.do(t.Context(), request{route: "POST /y", url: "https://discord.com/api/y", bucket: bucket}, nil); err != nil {
						t.Fatal(err)
					}
					if got := time.Since(start); got != want {
						t.Errorf("waited %v, want %v", got, want)
					}
				})
			})
		}
	}
}

// A context that ends is noticed in the middle of a long hold.
func TestHoldEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newREST(&http.Client{Transport: &replies{play: []func(http.ResponseWriter){everything}}}, "bot-token")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		start := time.Now()
		_, err := r.do(ctx, request{route: "POST /x", url: "https://discord.com/api/x", bucket: "x"}, nil)
		if err == nil || time.Since(start) != time.Second {
			t.Errorf("returned %v after %v", err, time.Since(start))
		}
	})
}

// No error that leaves this package holds a token, whatever went wrong.
func TestErrorsHoldNoToken(t *testing.T) {
	const url = "https://discord.com/api/v9/interactions/123/interaction-token/callback"
	for _, play := range []func(http.ResponseWriter){nil, broken, cloudflare, status(400, `{"code":50035,"message":"Invalid Form Body","errors":{"data":{"content":{"_errors":[{"code":"X","message":"too long"}]}}}}`)} {
		r := newREST(&http.Client{Transport: &replies{play: []func(http.ResponseWriter){play}}}, "bot-token")
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := r.do(ctx, request{route: "POST /interactions/…/callback", url: url}, nil)
		cancel()
		if err == nil || strings.Contains(err.Error(), "token/") || strings.Contains(err.Error(), "bot-token") {
			t.Errorf("error %v", err)
		}
	}
	r := newREST(nil, "bot-token")
	if got := r.scrub(errors.New(`Get "` + url + `": refused; Authorization: Bot bot-token`)); strings.Contains(got, "token") {
		t.Errorf("scrub left %q", got)
	}
}

// The nested form errors of a 400 are told, or nobody could mend a command.
func TestFormErrorsAreTold(t *testing.T) {
	e := refusalOf("PUT /x", &http.Response{StatusCode: 400}, []byte(`{"code":50035,"message":"Invalid Form Body","errors":{"0":{"options":{"1":{"name":{"_errors":[{"code":"BASE","message":"Must be lower case."}]}}}}}}`))
	const want = "PUT /x: HTTP 400, code 50035: Invalid Form Body; 0.options.1.name: Must be lower case."
	if e.Error() != want {
		t.Errorf("got %s\nwant %s", e, want)
	}
}
